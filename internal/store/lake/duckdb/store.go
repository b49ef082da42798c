package duckdb

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// Database is what the lake needs of the state database: one writing transaction at a time, and readers.
type Database interface {
	Write(ctx context.Context, fn func(tx *sql.Tx) error) error
	Read() *sql.DB
}

// Options bound what the lake may use. Zero values are replaced by the defaults.
type Options struct {
	Threads   int           // of DuckDB, default the processors of the machine, at most 8
	MemoryMB  int           // memory limit of DuckDB, default 256; the peak of the process reaches about twice as much
	SpillMB   int           // disk for sorting and joining, default 50,000
	QueryTime time.Duration // that DuckDB may work on one question, default 30 s
	Heavy     int           // questions and event streams at once, default 2; others wait
	Now       func() time.Time
}

func (o Options) withDefaults() Options {
	if o.Threads == 0 {
		o.Threads = defaultThreads()
	}
	if o.MemoryMB == 0 {
		o.MemoryMB = 256
	}
	if o.SpillMB == 0 {
		o.SpillMB = 50_000
	}
	if o.QueryTime == 0 {
		o.QueryTime = 30 * time.Second
	}
	if o.Heavy == 0 {
		o.Heavy = 2
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Store is the lake of one data folder. It is safe for use by several goroutines.
type Store struct {
	lake   string // folder of the files
	tmp    string
	db     Database
	engine *engine
	o      Options
	commit chan struct{} // one change at a time
	heavy  chan struct{}
	alone  chan struct{} // the one question that wants all places of heavy
}

var _ lake.Store = (*Store)(nil)

// Open opens the lake of the data folder dir, whose state database is db, and removes what a killed process left.
func Open(ctx context.Context, dir string, db Database, o Options) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	o = o.withDefaults()
	s := &Store{lake: filepath.Join(dir, "lake"), tmp: filepath.Join(dir, "tmp", "lake"), db: db, o: o,
		commit: make(chan struct{}, 1), heavy: make(chan struct{}, o.Heavy), alone: make(chan struct{}, 1)}
	if err := os.RemoveAll(s.tmp); err != nil {
		return nil, diskFailure(err)
	}
	for _, d := range []string{s.lake, s.tmp} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, diskFailure(err)
		}
	}
	if err := s.removeOrphans(ctx); err != nil {
		return nil, err
	}
	if err := s.settle(ctx); err != nil {
		return nil, err
	}
	if s.engine, err = newEngine(o, s.tmp, s.lake, s.tmp); err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends DuckDB. Answers and writers must be closed before.
func (s *Store) Close() error {
	s.engine.close()
	return nil
}

// settle writes into the catalogue where the data folder is now, for other readers of DuckLake.
func (s *Store) settle(ctx context.Context) error {
	var have string
	path := filepath.ToSlash(s.lake) + "/"
	err := s.db.Read().QueryRowContext(ctx, `SELECT value FROM ducklake_metadata WHERE key = 'data_path'`).Scan(&have)
	if err != nil || have == path {
		return err
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path'`, path)
		return err
	})
}

// removeOrphans deletes files that no transaction ever committed.
func (s *Store) removeOrphans(ctx context.Context) error {
	known, err := catalogue.Paths(ctx, s.db.Read())
	if err != nil {
		return err
	}
	return filepath.WalkDir(s.lake, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.lake, path)
		if err != nil {
			return err
		}
		ours := strings.HasSuffix(path, ".parquet") || strings.HasSuffix(path, tmpSuffix)
		if ours && !known[filepath.ToSlash(rel)] {
			return os.Remove(path)
		}
		return nil
	})
}

// lock waits for the right to change the lake.
func (s *Store) lock(ctx context.Context) (unlock func(), err error) {
	return take(ctx, s.commit)
}

func take(ctx context.Context, slots chan struct{}) (give func(), err error) {
	select {
	case slots <- struct{}{}:
		return func() { <-slots }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Snapshot is the newest snapshot.
func (s *Store) Snapshot(ctx context.Context) (int64, error) {
	return catalogue.Snapshot(ctx, s.db.Read())
}

// Datasets describes all datasets as they are now.
func (s *Store) Datasets(ctx context.Context) ([]lake.Info, error) {
	all, err := catalogue.All(ctx, s.db.Read())
	if err != nil {
		return nil, err
	}
	infos := make([]lake.Info, len(all))
	for i, t := range all {
		infos[i] = t.Info()
	}
	return infos, nil
}

// Dataset describes one dataset as it is now.
func (s *Store) Dataset(ctx context.Context, d lake.Dataset) (lake.Info, error) {
	t, err := catalogue.Find(ctx, s.db.Read(), d)
	if err != nil {
		return lake.Info{}, err
	}
	if t == nil {
		return lake.Info{}, catalogue.NoDataset(d)
	}
	return t.Info(), nil
}
