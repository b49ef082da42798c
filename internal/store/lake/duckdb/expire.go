package duckdb

import (
	"context"
	"database/sql"
	"os"
	"time"

	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// Expire forgets the snapshots older than before and deletes the files that only they showed; those to keep (a closing
// names one) and the newest stay. Dropped data is gone from the disk when its last snapshot has expired.
func (s *Store) Expire(ctx context.Context, before time.Time, keep ...int64) (lake.Expired, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return lake.Expired{}, err
	}
	defer unlock()
	var e catalogue.Expired
	err = s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		e, err = catalogue.Expire(ctx, tx, before, keep)
		return err
	})
	if err != nil {
		return lake.Expired{}, err
	}
	for _, path := range e.Files {
		os.Remove(s.path(&catalogue.File{Path: path})) // what cannot be deleted now goes at the next Open
	}
	return lake.Expired{Snapshots: e.Snapshots, Files: len(e.Files), Bytes: e.Bytes}, nil
}
