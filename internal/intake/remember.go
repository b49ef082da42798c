package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/store/database"
)

// remembered returns the plan of the last file of a source, nil for none.
func (s *Service) remembered(ctx context.Context, sourceKey string) (*convert.Plan, error) {
	var raw string
	err := s.DB.Read().QueryRowContext(ctx, `SELECT plan FROM source_mapping WHERE source_key = ?`, sourceKey).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, database.Translate(err)
	}
	p := &convert.Plan{}
	return p, json.Unmarshal([]byte(raw), p)
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

// fill completes an automatic plan by what is remembered of its source for the same table and process, and returns the
// order of day and month of its last file.
func (s *Service) fill(ctx context.Context, plan *convert.Plan, x *examined) (dates string, err error) {
	known, err := s.remembered(ctx, sourceKey(x))
	if err != nil || known == nil || known.Table != plan.Table || known.Process != plan.Process {
		return "", err
	}
	if plan.Overlap == "" {
		plan.Overlap = known.Overlap
	}
	if !plan.Auto {
		return known.Dates, nil
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
	return known.Dates, nil
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
