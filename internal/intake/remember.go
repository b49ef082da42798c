package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/database"
)

// known is what an earlier file of a source taught, and how the columns of this file differ from it.
type known struct {
	plan        convert.Plan
	fresh, gone []string // columns that only this file has, and that it has no more
}

// remembered returns what the last file of a source taught: one with the same columns, otherwise one whose columns are
// nearly the same; nil for none. table and process, when given, are those of the plan.
func (s *Service) remembered(ctx context.Context, x *examined, table, process string) (*known, error) {
	fits := func(p *convert.Plan) bool {
		return (table == "" || table == p.Table) && (process == "" || process == p.Process)
	}
	var raw string
	err := s.DB.Read().QueryRowContext(ctx, `SELECT plan FROM source_mapping WHERE source_key = ?`, sourceKey(x)).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return s.akin(ctx, columnNames(x.Profile), fits)
	}
	if err != nil {
		return nil, database.Translate(err)
	}
	k := &known{}
	if err := json.Unmarshal([]byte(raw), &k.plan); err != nil || !fits(&k.plan) {
		return nil, err
	}
	return k, nil
}

// How like two files must be to be of one source: the share of columns that both have in all of them, and their number.
const (
	kinShare   = 0.7
	kinColumns = 3
	kinSources = 500 // newest first
)

// akin finds the source whose last file had nearly the columns of this one, and all that are mapped to a field.
func (s *Service) akin(ctx context.Context, columns []string, fits func(*convert.Plan) bool) (*known, error) {
	rows, err := s.DB.Read().QueryContext(ctx, `SELECT plan FROM source_mapping ORDER BY updated_at DESC LIMIT ?`, kinSources)
	if err != nil {
		return nil, database.Translate(err)
	}
	defer rows.Close()
	var best *known
	bestShare := 0.0
	for rows.Next() {
		var raw string
		if err := rows.Scan(&raw); err != nil {
			return nil, database.Translate(err)
		}
		k := &known{}
		if err := json.Unmarshal([]byte(raw), &k.plan); err != nil {
			return nil, err
		}
		if share := k.compare(columns); fits(&k.plan) && share >= kinShare && share > bestShare {
			best, bestShare = k, share
		}
	}
	return best, database.Translate(rows.Err())
}

// compare settles how the columns differ and returns the share that both files have, 0 for files that are not akin.
func (k *known) compare(columns []string) float64 {
	columns = slices.DeleteFunc(slices.Clone(columns), func(n string) bool { return slices.Contains(mapping.OwnColumns, n) })
	kept, whole := map[string]bool{}, true
	k.plan.Mapping = slices.DeleteFunc(k.plan.Mapping, func(e mapping.Entry) bool {
		if slices.Contains(columns, e.Column) {
			kept[e.Column] = true
			return false
		}
		if _, field := mapping.FieldOf(k.plan.Table, e.Field); field {
			whole = false // what the table rests on is gone
			return false
		}
		k.gone = append(k.gone, e.Column)
		return true
	})
	for _, n := range columns {
		if !kept[n] {
			k.fresh = append(k.fresh, n)
		}
	}
	if !whole || len(kept) < kinColumns {
		return 0
	}
	return float64(len(kept)) / float64(len(kept)+len(k.fresh)+len(k.gone))
}

// remark says how the columns differ from those of last time.
func (k *known) remark(out *base.Remarks) {
	if k == nil {
		return
	}
	if len(k.fresh) > 0 {
		out.Add("columns_new", base.T("Neu gegenüber der letzten Datei dieser Quelle: %s. Die übrige Zuordnung ist die vom letzten Mal.",
			"New since the last file of this source: %s. The rest is mapped as last time.", shortList(k.fresh)))
	}
	if len(k.gone) > 0 {
		out.Add("columns_gone", base.T("Nicht mehr dabei gegenüber der letzten Datei dieser Quelle: %s.", "No longer there since the last file of this source: %s.", shortList(k.gone)))
	}
}

func shortList(names []string) string {
	if len(names) > 8 {
		names = append(slices.Clone(names[:8]), "…")
	}
	return strings.Join(names, ", ")
}

// learnt is what a load teaches for the next file of its source. What holds for one file only is left out: that refused
// rows were put up with, that a load was replaced, and columns left out because they are empty this time.
func (l *loading) learnt() convert.Plan {
	plan := l.layout.Plan
	plan.Mapping = l.chosen()
	if plan.Dates == "" && !l.layout.Reading.Open {
		plan.Dates = l.layout.Reading.Name()
	}
	plan.AllowRefused, plan.Replace, plan.Auto = "", false, false
	plan.Sheet, plan.HeaderRow, plan.Delimiter, plan.Encoding = "", 0, "", ""
	return plan
}

// remember keeps what a load taught.
func remember(tx *sql.Tx, sourceKey string, plan convert.Plan, by, at string) error {
	b, err := json.Marshal(plan)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT OR REPLACE INTO source_mapping(source_key, table_name, process, plan, updated_by, updated_at) VALUES (?,?,?,?,?,?)`,
		sourceKey, plan.Table, plan.Process, string(b), by, at)
	return err
}

// fill completes an automatic plan by what is remembered of its source for the same table and process, and returns
// that; nil for nothing.
func (s *Service) fill(ctx context.Context, plan *convert.Plan, x *examined) (*known, error) {
	k, err := s.remembered(ctx, x, plan.Table, plan.Process)
	if err != nil || k == nil || k.plan.Table != plan.Table || k.plan.Process != plan.Process {
		return nil, err
	}
	known := &k.plan
	if plan.Overlap == "" {
		plan.Overlap = known.Overlap
	}
	if !plan.Auto {
		return k, nil
	}
	if len(plan.Mapping) == 0 {
		plan.Mapping = known.Mapping
	}
	if plan.Zone == "" {
		plan.Zone = known.Zone
	}
	if plan.Currency == "" {
		plan.Currency = known.Currency
	}
	if plan.Purposes == nil {
		plan.Purposes = known.Purposes
	}
	if plan.Drop == nil {
		plan.Drop = known.Drop
	}
	return k, nil
}

// recall forgets what a load taught and remembers what the latest load in force of the same source did.
func recall(tx *sql.Tx, sourceKey string) error {
	_, err := tx.Exec(`DELETE FROM source_mapping WHERE source_key = ?`, sourceKey)
	if err != nil {
		return err
	}
	var plan, by, at string
	err = tx.QueryRow(`SELECT learnt, created_by, created_at FROM load WHERE source_key = ? AND state = 'loaded' ORDER BY id DESC LIMIT 1`, sourceKey).Scan(&plan, &by, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	p := convert.Plan{}
	if err := json.Unmarshal([]byte(plan), &p); err != nil {
		return err
	}
	return remember(tx, sourceKey, p, by, at)
}
