package instance

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
)

// demoKind is the kind of the job that fills the instance with the demo company.
const demoKind = "instance_demo"

// Accounts adds accounts; auth keeps them.
type Accounts interface {
	Add(ctx context.Context, n auth.NewAccount) (auth.Account, error)
}

// Demo is what turning an instance into the demo needs from elsewhere.
type Demo struct {
	Accounts Accounts
	People   []auth.NewAccount // of the demo company; each gets a password of its own here
	// Fill makes and loads the company as the person who asked for it.
	Fill func(ctx context.Context, by auth.Principal, run job.Run) error
}

// BecameDemo answers with the job under way and the accounts that were added. Their passwords are shown this once.
type BecameDemo struct {
	Job      job.Info      `json:"job"`
	Accounts []DemoAccount `json:"accounts"`
}

// DemoAccount is a person of the demo company who can sign in.
type DemoAccount struct {
	Email    string      `json:"email"`
	Name     string      `json:"name"`
	Roles    []auth.Role `json:"roles"`
	Password string      `json:"password" doc:"shown this once; nobody else knows it"`
}

// demoInput keeps who asked, so that the job survives a restart.
type demoInput struct {
	ID    string `json:"id"`
	Email string `json:"email"`
	Name  string `json:"name"`
}

// becomeDemo marks the instance first: whatever stops the rest, nobody takes the figures for real.
func (s *Service) becomeDemo(ctx context.Context, _ *none) (*BecameDemo, error) {
	if err := s.db.Write(ctx, markEmpty); err != nil {
		return nil, err
	}
	people, err := s.addPeople(ctx)
	if err != nil {
		return nil, err
	}
	p := auth.From(ctx)
	started, err := s.jobs.Submit(ctx, job.Request{Kind: demoKind, Key: demoKind, By: p.By(), Input: demoInput{p.ID, p.Email, p.Name},
		Title: base.T("Musterfirma anlegen", "Make the demo company")})
	if err != nil {
		return nil, err
	}
	return &BecameDemo{Job: started, Accounts: people}, nil
}

// markEmpty marks an instance as the demo unless it holds anything: facts, files on the way in, settings, assumptions,
// records. The people whom Lotse itself put beside the accounts do not count.
func markEmpty(tx *sql.Tx) error {
	var demo, full bool
	err := tx.QueryRow(`SELECT demo, EXISTS (SELECT 1 FROM lotse_dataset WHERE dropped_snapshot IS NULL)
		OR EXISTS (SELECT 1 FROM upload)
		OR EXISTS (SELECT 1 FROM record WHERE deleted = 0 AND NOT (kind = 'person' AND version = 1 AND created_by = 'lotse')) FROM instance`).Scan(&demo, &full)
	switch {
	case err != nil:
		return err
	case demo:
		return base.Fail(base.Conflict, "demo_already", base.T("Diese Instanz ist schon die Musterfirma.", "This instance is the demo company already.")).
			WithHint(base.T("Mit eigenen Daten neu beginnen leert sie.", "Start anew with your own data empties it."))
	case full:
		return base.Fail(base.Conflict, "instance_not_empty", base.T("Diese Instanz enthält schon Daten oder Einstellungen; die Musterfirma braucht eine leere.",
			"This instance holds data or settings already; the demo company needs an empty one.")).
			WithHint(base.T("Die Musterfirma und eigene Daten mischen sich nie. Legen Sie mit lotse demo --data ORDNER eine eigene Instanz zum Üben an.",
				"The demo company and your own data never mix. Make an instance of its own to practise by lotse demo --data DIR."))
	}
	_, err = tx.Exec(`UPDATE instance SET demo = 1`)
	return err
}

// addPeople adds the accounts that are not there yet, each with a password that nobody can guess: the server may be
// open to a network.
func (s *Service) addPeople(ctx context.Context) ([]DemoAccount, error) {
	out := []DemoAccount{}
	for _, n := range s.demo.People {
		n.Password = rand.Text()[:16]
		a, err := s.demo.Accounts.Add(ctx, n)
		if base.IsKind(err, base.Conflict) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, DemoAccount{Email: a.Email, Name: a.Name, Roles: a.Roles, Password: n.Password})
	}
	return out, nil
}

// fill is the job. It acts with the roles that the work needs; that the person may was asked before.
func (s *Service) fill(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var in demoInput
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	by := auth.Principal{ID: in.ID, Email: in.Email, Name: in.Name, Roles: []auth.Role{auth.Admin, auth.Officer}}
	return nil, s.demo.Fill(ctx, by, run)
}
