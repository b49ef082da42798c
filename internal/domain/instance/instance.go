// Package instance keeps what is true of a company's instance as a whole: since when it exists and whether it is the
// demo company. An empty instance can become the demo; emptying the demo leaves the acting person alone in a new one.
package instance

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

// Jobs runs background work and stops all of it.
type Jobs interface {
	job.Manager
	StopAll(ctx context.Context) error
}

// Service knows one instance.
type Service struct {
	db      *database.DB
	jobs    Jobs
	clock   base.Clock
	emptied func()
	demo    Demo
	version string // of the program, written into backups
	checks  []Check
}

// New makes the service; emptied is called after the instance was emptied, when its files may go and every module
// must forget what it holds in memory.
func New(db *database.DB, jobs Jobs, clock base.Clock, emptied func(), demo Demo, version string, checks ...Check) *Service {
	s := &Service{db: db, jobs: jobs, clock: clock, emptied: emptied, demo: demo, version: version, checks: checks}
	jobs.Register(demoKind, s.fill)
	return s
}

// Begin notes that the instance exists; it does nothing when that is known.
func (s *Service) Begin(ctx context.Context) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO instance(id, demo, created_at) VALUES (1, 0, ?) ON CONFLICT DO NOTHING`, database.Stamp(s.clock()))
		return err
	})
}

// Status is what is known of the instance.
type Status struct {
	Demo      bool      `json:"demo" doc:"the figures are simulated"`
	CreatedAt time.Time `json:"created_at"`
}

// Status reads it.
func (s *Service) Status(ctx context.Context) (*Status, error) {
	var out Status
	var at string
	err := s.db.Read().QueryRowContext(ctx, `SELECT demo, created_at FROM instance`).Scan(&out.Demo, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	out.CreatedAt = database.ParseStamp(at)
	return &out, nil
}

type none struct{}

// Operations are what can be done with an instance as a whole.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(operation.Def{ID: "instance_mark_demo", Kind: operation.Command, Method: http.MethodPost, Path: "/instance/mark_demo",
			Tag: "instance", Permission: auth.InstanceManage, Summary: base.T("Als Demo kennzeichnen", "Mark as the demo")}, s.markDemo),
		operation.New(operation.Def{ID: "instance_become_demo", Kind: operation.Job, Method: http.MethodPost, Path: "/instance/become_demo",
			Tag: "instance", Permission: auth.InstanceManage, Summary: base.T("Mit der Musterfirma üben", "Practise with the demo company")}, s.becomeDemo),
		operation.New(operation.Def{ID: "instance_restart_empty", Kind: operation.Command, Method: http.MethodPost, Path: "/instance/restart_empty",
			Tag: "instance", Permission: auth.InstanceManage,
			Summary: base.T("Mit eigenen Daten neu beginnen", "Start over with your own data")}, s.restartEmpty),
		operation.New(operation.Def{ID: "instance_check", Kind: operation.Query, Method: http.MethodGet, Path: "/instance/check",
			Tag: "instance", Permission: auth.InstanceManage, Summary: base.T("Instanz prüfen", "Check the instance")}, s.check),
		operation.NewStream(operation.Def{ID: "instance_backup", Kind: operation.Stream, Method: http.MethodGet, Path: "/instance/backup",
			Tag: "instance", Permission: auth.InstanceManage, Media: []string{"application/x-tar"}, Summary: base.T("Instanz sichern", "Back up the instance")}, s.backup),
	}
}

// markDemo says that everything in here is simulated; only the machine itself may, before anything real is in.
func (s *Service) markDemo(ctx context.Context, _ *none) (*Status, error) {
	if !auth.From(ctx).CLI {
		return nil, base.Fail(base.Forbidden, "operator_only", base.T("Das geht nur mit lotse demo an der Maschine selbst.",
			"Only lotse demo at the machine itself can do this."))
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE instance SET demo = 1`)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Status(ctx)
}

func (s *Service) restartEmpty(ctx context.Context, _ *none) (*Status, error) {
	status, err := s.Status(ctx)
	if err != nil {
		return nil, err
	}
	if !status.Demo {
		return nil, base.Fail(base.Refused, "not_demo", base.T("Nur die Demo lässt sich leeren. Dies ist eine Instanz mit eigenen Daten.",
			"Only the demo can be emptied. This is an instance with your own data.")).
			WithHint(base.T("Einzelne Datenbestände löschen Sie unter Daten.", "Delete single tables on the data page."))
	}
	if err := s.jobs.StopAll(ctx); err != nil {
		return nil, err
	}
	p := auth.From(ctx)
	err = s.db.Write(ctx, func(tx *sql.Tx) error { return s.empty(ctx, tx, p) })
	if err != nil {
		return nil, err
	}
	out, err := s.Status(ctx)
	s.emptied()
	return out, err
}

// empty leaves the acting account with its sessions, able to do the work of an officer; the operator leaves none, so
// that the next start prints the link to the first account.
func (s *Service) empty(ctx context.Context, tx *sql.Tx, p auth.Principal) error {
	sealed, err := record.SealSeq(ctx, tx)
	if err != nil {
		return err
	}
	if err := s.db.Reset(ctx, tx, "account", "session", "token"); err != nil {
		return err
	}
	if err := record.EmptySeal(tx, s.db.Dir(), sealed); err != nil {
		return err
	}
	now := database.Stamp(s.clock())
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM session WHERE account_id <> ?`, []any{p.ID}},
		{`DELETE FROM token WHERE account_id <> ?`, []any{p.ID}},
		{`DELETE FROM account WHERE id <> ?`, []any{p.ID}},
		{`UPDATE account SET roles = 'admin,officer', person = ''`, nil},
		{`INSERT INTO instance(id, demo, created_at) VALUES (1, 0, ?)`, []any{now}},
	} {
		if _, err := tx.Exec(step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}
