package duckdb

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// DatasetsAt describes all datasets as they were at a snapshot.
func (s *Store) DatasetsAt(ctx context.Context, snapshot int64) ([]lake.Info, error) {
	return catalogue.AllAt(ctx, s.db.Read(), snapshot)
}

// Newest is the instant of the newest snapshot.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	return catalogue.Newest(ctx, s.db.Read())
}

// EverLast is the latest instant of a dataset's facts that was ever loaded, withdrawn loads included.
func (s *Store) EverLast(ctx context.Context, d lake.Dataset) (time.Time, error) {
	return catalogue.EverLast(ctx, s.db.Read(), d.Table, d.Process)
}
