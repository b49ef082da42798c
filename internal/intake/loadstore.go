package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
)

// LoadInfo is one load as the list shows it.
type LoadInfo struct {
	ID           int64             `json:"id"`
	Table        string            `json:"table"`
	Process      string            `json:"process"`
	File         string            `json:"file"`
	Size         int64             `json:"size"`
	SHA256       string            `json:"sha256"`
	State        string            `json:"state" enum:"loaded,replaced,undone,deleted"`
	RowsRead     int64             `json:"rows_read"`
	RowsLoaded   int64             `json:"rows_loaded"`
	RowsRefused  int64             `json:"rows_refused"`
	RowsLeftOut  int64             `json:"rows_left_out"`
	Overlapping  int64             `json:"overlapping"`
	RowsReplaced int64             `json:"rows_replaced"`
	Replaces     int64             `json:"replaces"`
	Plan         convert.Plan      `json:"plan"`
	Refused      []convert.Refused `json:"refused" nullable:"false" doc:"the first refused rows"`
	Remarks      base.Remarks      `json:"remarks" nullable:"false"`
	CreatedBy    string            `json:"created_by"`
	CreatedAt    time.Time         `json:"created_at"`
	EndedBy      string            `json:"ended_by"`
	EndedAt      *time.Time        `json:"ended_at"`

	planHash  string
	sourceKey string
}

// reserve gives a load on its way the next number; give takes it back unless the load was recorded under it, so that a
// refused load uses none up.
func (s *Service) reserve(ctx context.Context) (id int64, give func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.DB.Read().QueryRowContext(ctx, `SELECT last FROM load_number WHERE id = 1`).Scan(&id); err != nil {
		return 0, nil, database.Translate(err)
	}
	for n := range s.reserved {
		id = max(id, n)
	}
	id++
	s.reserved[id] = true
	return id, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.reserved, id)
	}, nil
}

// record writes the load within the transaction of its commit.
func (l *loading) record(tx *sql.Tx, rep *convert.Report, remarks base.Remarks, overlapping, replaces int64) error {
	plan := l.layout.Plan
	plan.Mapping = l.layout.Mapping
	planText, err := json.Marshal(plan)
	if err != nil {
		return err
	}
	learnt, err := json.Marshal(l.learnt())
	if err != nil {
		return err
	}
	remarkText, err := keepRemarks(remarks)
	if err != nil {
		return err
	}
	refused, err := keepRefusals(rep.Sample)
	if err != nil {
		return err
	}
	now := database.Stamp(l.s.Clock())
	loaded := rep.RowsUsable
	if plan.Overlap == "skip" {
		loaded -= overlapping
	}
	_, err = tx.Exec(`INSERT INTO load(id, table_name, process, file_name, size, sha256, source_key, plan, learnt, plan_hash, rows_read, rows_loaded, rows_refused,
		rows_left_out, overlapping, rows_replaced, replaces, remarks, refused_sample, state, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		l.id, plan.Table, plan.Process, l.upload.Name, l.upload.Size, l.upload.SHA256, sourceKey(l.x), string(planText), string(learnt), l.hash, rep.RowsRead, loaded, rep.RowsRefused,
		rep.LeftOut, overlapping, 0, replaces, remarkText, refused, "loaded", l.input.By, now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE load_number SET last = max(last, ?) WHERE id = 1`, l.id); err != nil {
		return err
	}
	if replaces != 0 {
		if _, err := tx.Exec(`UPDATE load SET state = 'replaced', ended_by = ?, ended_at = ? WHERE id = ?`, l.input.By, now, replaces); err != nil {
			return err
		}
	}
	return remember(tx, sourceKey(l.x), l.learnt(), l.input.By, now)
}

// chosen is the mapping without columns that are left out only because they are empty this time.
func (l *loading) chosen() []mapping.Entry {
	return slices.DeleteFunc(slices.Clone(l.layout.Mapping), func(e mapping.Entry) bool {
		c := l.x.Profile.Find(e.Column)
		return e.Field == mapping.Skip && c != nil && c.Filled() == 0
	})
}

const selectLoad = `SELECT id, table_name, process, file_name, size, sha256, state, rows_read, rows_loaded, rows_refused, rows_left_out, overlapping, rows_replaced,
	replaces, plan, plan_hash, source_key, refused_sample, remarks, created_by, created_at, ended_by, ended_at FROM load `

func (s *Service) loads(ctx context.Context, where string, args ...any) ([]LoadInfo, error) {
	rows, err := s.DB.Read().QueryContext(ctx, selectLoad+where, args...)
	if err != nil {
		return nil, database.Translate(err)
	}
	defer rows.Close()
	out := []LoadInfo{}
	for rows.Next() {
		l, err := scanLoad(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, database.Translate(rows.Err())
}

func scanLoad(rows *sql.Rows) (l LoadInfo, err error) {
	var plan, refused, remarks, created string
	var ended sql.NullString
	if err := rows.Scan(&l.ID, &l.Table, &l.Process, &l.File, &l.Size, &l.SHA256, &l.State, &l.RowsRead, &l.RowsLoaded, &l.RowsRefused, &l.RowsLeftOut, &l.Overlapping,
		&l.RowsReplaced, &l.Replaces, &plan, &l.planHash, &l.sourceKey, &refused, &remarks, &l.CreatedBy, &created, &l.EndedBy, &ended); err != nil {
		return l, err
	}
	l.CreatedAt, l.EndedAt = database.ParseStamp(created), database.ParseStampPtr(ended)
	if l.Refused, err = readRefusals(refused); err != nil {
		return l, err
	}
	if l.Remarks, err = readRemarks(remarks); err != nil {
		return l, err
	}
	return l, json.Unmarshal([]byte(plan), &l.Plan)
}

// Loads lists the newest loads first, at most limit from offset on.
func (s *Service) Loads(ctx context.Context, limit, offset int) ([]LoadInfo, int, error) {
	var total int
	if err := s.DB.Read().QueryRowContext(ctx, `SELECT count(*) FROM load`).Scan(&total); err != nil {
		return nil, 0, database.Translate(err)
	}
	list, err := s.loads(ctx, `ORDER BY id DESC LIMIT ? OFFSET ?`, limit, offset)
	return list, total, err
}

// Load answers one load.
func (s *Service) Load(ctx context.Context, id int64) (*LoadInfo, error) {
	list, err := s.loads(ctx, `WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, base.Fail(base.NotFound, "load_not_found", base.T("Die Ladung %s gibt es nicht.", "There is no load %s.", strconv.FormatInt(id, 10)))
	}
	return &list[0], nil
}

// loadOfBytes finds the load in force of the same bytes in a dataset, nil for none.
func (s *Service) loadOfBytes(ctx context.Context, d lake.Dataset, sha string) (*LoadInfo, error) {
	list, err := s.loads(ctx, `WHERE table_name = ? AND process = ? AND sha256 = ? AND state = 'loaded' ORDER BY id DESC LIMIT 1`, d.Table, d.Process, sha)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// FileOfLoad returns the name of the file that a load was made from, "" when it is not known.
func (s *Service) FileOfLoad(ctx context.Context, load int64) (string, error) {
	var name string
	err := s.DB.Read().QueryRowContext(ctx, `SELECT file_name FROM load WHERE id = ?`, load).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, database.Translate(err)
}
