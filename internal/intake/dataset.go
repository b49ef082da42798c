package intake

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
)

// DatasetInfo is one fact table as the data page shows it.
type DatasetInfo struct {
	Table    string         `json:"table"`
	Process  string         `json:"process"`
	Title    base.Text      `json:"title"`
	SQLName  string         `json:"sql_name" doc:"name in the lake's catalogue"`
	Rows     int64          `json:"rows"`
	First    *time.Time     `json:"first"`
	Last     *time.Time     `json:"last"`
	LoadedAt time.Time      `json:"loaded_at"`
	Loads    int            `json:"loads"`
	Bytes    int64          `json:"bytes"`
	Columns  []ResultColumn `json:"columns" nullable:"false"`
	Quality  base.Remarks   `json:"quality" nullable:"false"`
}

// Datasets lists what is loaded; derived tables are left out.
func (s *Service) Datasets(ctx context.Context) ([]DatasetInfo, error) {
	infos, err := s.Lake.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	out := []DatasetInfo{}
	for _, i := range infos {
		if i.Table == "cases" {
			continue
		}
		d := DatasetInfo{Table: i.Table, Process: i.Process, Title: datasetTitle(i.Dataset), SQLName: i.SQLName(), Rows: i.Rows, First: whenever(i.First), Last: whenever(i.Last),
			LoadedAt: i.LoadedAt, Loads: i.Loads, Bytes: i.Bytes, Columns: resultColumns(i.Schema)}
		if d.Quality, err = s.quality(ctx, i.Dataset); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func whenever(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func datasetTitle(d lake.Dataset) base.Text {
	if d.Process != "" {
		return base.T(d.Process, d.Process)
	}
	if len(mapping.Fields(d.Table)) > 0 {
		return mapping.TableTitle(d.Table)
	}
	return base.T(d.Table, d.Table)
}

// quality gathers what the loads in force found worth knowing.
func (s *Service) quality(ctx context.Context, d lake.Dataset) (base.Remarks, error) {
	loads, err := s.loads(ctx, `WHERE table_name = ? AND process = ? AND state = 'loaded' ORDER BY id`, d.Table, d.Process)
	if err != nil {
		return nil, err
	}
	out, refused := base.Remarks{}, int64(0)
	for _, l := range loads {
		refused += l.RowsRefused
		for _, r := range l.Remarks {
			if r.Code != "people" && len(out) < 40 {
				out.Add(r.Code, r.Text)
			}
		}
	}
	if refused > 0 {
		out.AddLink("rows_refused", base.N(refused, base.T("1 Zeile ist zurückgewiesen und aufgehoben.", "1 row is refused and kept."),
			base.T("%s Zeilen sind zurückgewiesen und aufgehoben.", "%s rows are refused and kept.", refused)), "/daten/ladungen")
	}
	return out, nil
}

// Rename gives a process or a free table another name; what was loaded and remembered follows.
func (s *Service) Rename(ctx context.Context, from lake.Dataset, name string) (*lake.Dataset, error) {
	name = lake.Name(name)
	to := lake.Dataset{Table: from.Table, Process: name}
	if from.Process == "" {
		if len(mapping.Fields(from.Table)) > 0 {
			return nil, base.Fail(base.Refused, "table_fixed", base.T("Die Tabelle „%s“ hat einen festen Namen.", "The table “%s” has a fixed name.", from.Table))
		}
		to = lake.Dataset{Table: name}
	}
	if name == "" || len(name) > 200 || from.Process == "" && (name == "cases" || len(mapping.Fields(name)) > 0) {
		return nil, base.Fail(base.Refused, "name_not_allowed", base.T("Dieser Name ist nicht möglich.", "This name is not possible."))
	}
	if err := convert.CheckName(name); err != nil {
		return nil, err
	}
	if s.Renaming != nil && from.Process != "" && from.Process != to.Process {
		if err := s.Renaming(ctx, from.Process); err != nil {
			return nil, err
		}
	}
	err := s.Lake.Rename(ctx, from, to, func(tx *sql.Tx) error {
		set := ` SET table_name = ?, process = ?, plan = json_set(plan, '$.table', ?, '$.process', ?)`
		where := ` WHERE table_name = ? AND process = ?`
		if _, err := tx.Exec(`UPDATE source_mapping`+set+where, to.Table, to.Process, to.Table, to.Process, from.Table, from.Process); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE load`+set+`, learnt = json_set(learnt, '$.table', ?, '$.process', ?)`+where,
			to.Table, to.Process, to.Table, to.Process, to.Table, to.Process, from.Table, from.Process)
		return err
	})
	if err == nil && s.Renamed != nil && from.Process != "" {
		err = s.Renamed(ctx, from.Process, to.Process, auth.From(ctx).By())
	}
	return &to, err
}

// Delete removes a dataset with all its loads.
func (s *Service) Delete(ctx context.Context, d lake.Dataset) error {
	loads, err := s.loads(ctx, `WHERE table_name = ? AND process = ? AND state <> 'deleted'`, d.Table, d.Process)
	if err != nil {
		return err
	}
	err = s.Lake.Drop(ctx, d, func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE load SET state = 'deleted', ended_by = ?, ended_at = ? WHERE table_name = ? AND process = ? AND state <> 'deleted'`,
			auth.From(ctx).By(), database.Stamp(s.Clock()), d.Table, d.Process); err != nil {
			return err
		}
		_, err := tx.Exec(`DELETE FROM source_mapping WHERE table_name = ? AND process = ?`, d.Table, d.Process)
		return err
	})
	if err != nil {
		return err
	}
	for _, l := range loads {
		if err := os.Remove(s.refusedPath(l.ID)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return database.Translate(err)
		}
	}
	return nil
}

// Rows answers rows of a dataset as text, in their order in the lake.
func (s *Service) Rows(ctx context.Context, d lake.Dataset, limit, offset int) (*Preview, error) {
	if _, err := s.Lake.Dataset(ctx, d); err != nil {
		return nil, err
	}
	rows, err := s.Lake.Query(ctx, lake.Query{SQL: `SELECT * FROM t LIMIT ? OFFSET ?`, Args: []any{limit, offset}, Tables: map[string]lake.Dataset{"t": d}})
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	p := &Preview{Columns: rows.Columns(), Rows: [][]string{}}
	for rows.Next() {
		row := make([]string, len(p.Columns))
		for i, v := range rows.Values() {
			row[i] = valueText(v)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, rows.Err()
}

// pseudonyms are the columns of a dataset that hold people as pseudonyms: what a later file brings there becomes one too,
// so that a person stays the same over loads.
func (s *Service) pseudonyms(ctx context.Context, d lake.Dataset) ([]string, error) {
	info, err := s.Lake.Dataset(ctx, d)
	if base.IsKind(err, base.NotFound) {
		return nil, nil
	}
	var out []string
	for _, c := range info.Schema {
		if c.Person {
			out = append(out, c.Name)
		}
	}
	return out, err
}
