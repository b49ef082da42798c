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

// remember keeps a plan for the next file of its source. What holds for one file only is left out: that refused rows
// were put up with, and that a load was replaced.
func remember(tx *sql.Tx, sourceKey string, plan convert.Plan, by, at string) error {
	plan.AllowRefused, plan.Replace, plan.Auto = "", false, false
	plan.Sheet, plan.HeaderRow, plan.Delimiter, plan.Encoding = "", 0, "", ""
	b, err := json.Marshal(plan)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT OR REPLACE INTO source_mapping(source_key, table_name, process, plan, updated_by, updated_at) VALUES (?,?,?,?,?,?)`,
		sourceKey, plan.Table, plan.Process, string(b), by, at)
	return err
}

// fill completes an automatic plan by what is remembered of its source for the same table and process.
func (s *Service) fill(ctx context.Context, plan *convert.Plan, x *examined) error {
	known, err := s.remembered(ctx, sourceKey(x))
	if err != nil || known == nil || known.Table != plan.Table || known.Process != plan.Process {
		return err
	}
	if plan.Overlap == "" {
		plan.Overlap = known.Overlap
	}
	if !plan.Auto {
		return nil
	}
	if len(plan.Mapping) == 0 {
		plan.Mapping = known.Mapping
	}
	if plan.Dates == "" {
		plan.Dates = known.Dates
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
	return nil
}
