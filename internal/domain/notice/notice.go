// Package notice tells people inside the app what concerns them: what they were put in charge of, where they were
// mentioned, what falls due, what waits for their approval and what was decided. Notices are a plain table and no
// records: nobody keeps them, they have no versions and nothing refers to them.
package notice

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

// Cause is why somebody gets a notice.
type Cause string

// The causes.
const (
	Assigned  Cause = "assigned"  // was put in charge of something
	Mentioned Cause = "mentioned" // was mentioned in a comment
	Due       Cause = "due"       // something of theirs falls due or is overdue
	Decided   Cause = "decided"   // something that they own or proposed was decided
	Proposed  Cause = "proposed"  // something waits for their approval
	Status    Cause = "status"    // something of theirs changed its status
)

// People knows who stands in for whom today.
type People interface {
	Deputies(ctx context.Context, person string) ([]string, error)
}

// Accounts knows who is behind the names of the history and who approves.
type Accounts interface {
	ByName(ctx context.Context, name string) (auth.Account, error)
	Approvers(ctx context.Context, policy string) ([]auth.Principal, error)
}

// Registers answers what the one who asks may read.
type Registers interface {
	Acting(ctx context.Context) (register.Acting, error)
	Visible(ctx context.Context, kind string, ids []string) (map[string]string, error)
	Page(ctx context.Context, kind string, q record.Query) (*record.Def, record.Page, error)
}

// Deps are what notices need of others. Outcomes names, by kind, the field that says how something was decided.
type Deps struct {
	DB        *database.DB
	Records   *record.Store
	Jobs      job.Manager
	People    People
	Accounts  Accounts
	Registers Registers
	Outcomes  map[string]string
	Zone      func(ctx context.Context) (string, error)
	Further   func(ctx context.Context, since time.Time) ([]Notice, error) // what falls due beside days in records; may be nil
	Clock     base.Clock
	Logger    *slog.Logger
}

// Service keeps notices.
type Service struct {
	Deps
	stop func()
}

// New makes the service and registers its job.
func New(d Deps) *Service {
	s := &Service{Deps: d, stop: func() {}}
	d.Jobs.Register(dueKind, s.due)
	return s
}

// Notice says who is told why about which record. Mark tells causes of the same kind apart; the same person is told of
// the same cause, record and mark once.
type Notice struct {
	Cause        Cause
	Kind, Record string
	Mark         string
	Persons      []string // ids of kind person
	Text         base.Text
	By           auth.Principal // who caused it and is not told themselves; the zero Principal for the system
}

// Send keeps a notice for each of its persons and for who stands in for them today.
func (s *Service) Send(ctx context.Context, list ...Notice) error {
	var rows []row
	for _, n := range list {
		for _, person := range n.Persons {
			if person == "" || person == n.By.Person {
				continue
			}
			rows = append(rows, s.row(n, person, ""))
			deputies, err := s.People.Deputies(ctx, person)
			if err != nil {
				return err
			}
			for _, d := range deputies {
				if d != n.By.Person && !slices.Contains(n.Persons, d) {
					rows = append(rows, s.row(n, d, person))
				}
			}
		}
	}
	return s.insert(ctx, rows)
}

func (s *Service) row(n Notice, person, behalf string) row {
	return row{person: person, behalf: behalf, cause: n.Cause, kind: n.Kind, record: n.Record, mark: n.Mark, text: n.Text, by: n.By.Name, at: s.Clock()}
}

// caller is who caused a notice, for its sentence.
func caller(p auth.Principal) base.Text {
	switch {
	case p.CLI:
		return base.T("Die Systembetreuung", "The operator")
	case p.Name != "":
		return base.T(p.Name, p.Name)
	}
	return base.T(p.Email, p.Email)
}

// today is the day of the company.
func (s *Service) today(ctx context.Context) (time.Time, error) {
	return s.Clock.In(s.Zone)(ctx)
}
