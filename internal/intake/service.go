package intake

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/pseudonym"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
)

// Deps is what the service works with. The functions may be nil.
type Deps struct {
	DB    *database.DB
	Lake  lake.Store
	Jobs  job.Manager
	Clock base.Clock
	// Defaults tells zone and currency of the instance.
	Defaults func(ctx context.Context) (zone, currency string, err error)
	// Changed is told after the rows of a dataset changed and returns the job that derives from it, "" for none.
	Changed func(ctx context.Context, d lake.Dataset, by string) (job string, err error)
	// Renaming may refuse another name for a process.
	Renaming func(ctx context.Context, process string) error
	// Renamed is told after a process has another name, so that what is kept under the old one follows.
	Renamed func(ctx context.Context, from, to, by string) error
	// Pinned lists the snapshots of the lake that must go on answering, because something kept names them.
	Pinned func(ctx context.Context) ([]int64, error)
	// Newest is the newest instant that the instance knows, to mark what is loaded with the clock set back.
	Newest func(ctx context.Context) (time.Time, error)
	// Dependents lists what hangs on a dataset: derived tables, own metrics, findings.
	Dependents func(ctx context.Context, d lake.Dataset) ([]Dependent, error)
	// Signed lists the signed closings that rest on a dataset, or on one load of it; load 0 is the whole dataset.
	Signed func(ctx context.Context, d lake.Dataset, load int64, at time.Time) (*Signed, error)
}

// Service is the intake of one instance.
type Service struct {
	Deps
	names    *pseudonym.Maker
	mu       sync.Mutex
	reserved map[int64]bool // numbers of loads on their way
}

// New makes the intake, registers its kinds of jobs and removes what an ended process left half-done.
func New(ctx context.Context, d Deps) (*Service, error) {
	s := &Service{Deps: d, reserved: map[int64]bool{}}
	if err := os.RemoveAll(s.tmpDir()); err != nil {
		return nil, database.Translate(err)
	}
	for _, dir := range []string{s.uploadDir(), s.refusedDir(), s.tmpDir()} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, database.Translate(err)
		}
	}
	var err error
	if s.names, err = pseudonym.Open(d.DB.Dir()); err != nil {
		return nil, database.Translate(err)
	}
	if err := errors.Join(s.clean(ctx), s.expireFacts(ctx)); err != nil {
		return nil, err
	}
	d.Jobs.Register("analysis", s.runAnalysis)
	d.Jobs.Register("dry_run", s.runDryRun)
	d.Jobs.Register("load", s.runLoad)
	d.Jobs.Register("undo", s.runUndo)
	d.Jobs.Register(compactKind, s.runCompact)
	return s, nil
}

func (s *Service) uploadDir() string  { return filepath.Join(s.DB.Dir(), "uploads") }
func (s *Service) refusedDir() string { return filepath.Join(s.DB.Dir(), "refused") }
func (s *Service) tmpDir() string     { return filepath.Join(s.DB.Dir(), "tmp", "intake") }

// clean removes expired uploads, those whose file is gone, because a backup holds none, and files that no row knows:
// what a killed process was writing.
func (s *Service) clean(ctx context.Context) error {
	if err := s.expire(ctx); err != nil {
		return err
	}
	uploads, err := s.column(ctx, `SELECT id FROM upload`)
	if err != nil {
		return err
	}
	for id := range uploads {
		if _, err := os.Stat(filepath.Join(s.uploadDir(), id)); errors.Is(err, fs.ErrNotExist) {
			if err := s.forget(ctx, id); err != nil {
				return err
			}
		}
	}
	loads, err := s.column(ctx, `SELECT CAST(id AS TEXT) FROM load WHERE state <> 'deleted'`)
	if err != nil {
		return err
	}
	return errors.Join(sweep(s.uploadDir(), uploads, ""), sweep(s.refusedDir(), loads, refusedSuffix))
}

// sweep removes the files of a folder whose name without suffix is not known.
func sweep(dir string, known map[string]bool, suffix string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return database.Translate(err)
	}
	var errs []error
	for _, e := range entries {
		name, ours := strings.CutSuffix(e.Name(), suffix)
		if !ours || !known[name] {
			errs = append(errs, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(errs...)
}

func (s *Service) column(ctx context.Context, query string) (map[string]bool, error) {
	rows, err := s.DB.Read().QueryContext(ctx, query)
	if err != nil {
		return nil, database.Translate(err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out[v] = true
	}
	return out, rows.Err()
}

func (s *Service) settings(ctx context.Context) (settings, error) {
	out := settings{now: s.Clock()}
	if s.Defaults == nil {
		return out, nil
	}
	var err error
	out.zone, out.currency, err = s.Defaults(ctx)
	return out, err
}

// changed starts what follows a change of rows, first the merge of files, and answers the last job of it, "" for none.
func (s *Service) changed(ctx context.Context, d lake.Dataset, by string) (string, error) {
	last, err := s.submitCompact(ctx, d, by)
	if err != nil || s.Changed == nil {
		return last, err
	}
	derive, err := s.Changed(ctx, d, by)
	if derive != "" {
		last = derive
	}
	return last, err
}
