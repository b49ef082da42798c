package app

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/domain/notice"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/domain/strategy/roadmap"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/transport/feed"
)

// newNotices tells people what changes and falls due. A decision says in its outcome how it was decided.
func (a *App) newNotices(m *modules, registers *register.Service, people *organisation.People) *notice.Service {
	out := notice.New(notice.Deps{DB: m.db, Records: m.records, Jobs: m.jobs, People: people, Accounts: m.auth, Registers: registers,
		Outcomes: map[string]string{"decision": "outcome"}, Clock: a.options.Clock, Logger: a.options.Logger, Zone: m.zone,
		Further: func(ctx context.Context, since time.Time) ([]notice.Notice, error) { return m.dueClosings(ctx, since) }})
	registers.OnChange(out.Changed)
	return out
}

// zone is where the company is.
func (m *modules) zone(ctx context.Context) (string, error) {
	s, _, err := m.settings.Get(ctx)
	return s.Zone, err
}

// dueClosings are the closings that are due and overdue, for those who take the next step.
func (m *modules) dueClosings(ctx context.Context, since time.Time) ([]notice.Notice, error) {
	list, err := m.proving.closings.Reminders(ctx, since)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	signers, err := m.auth.Approvers(ctx, auth.PolicyProof)
	if err != nil {
		return nil, err
	}
	proposers, err := m.auth.Having(ctx, auth.Officer)
	if err != nil {
		return nil, err
	}
	var out []notice.Notice
	for _, r := range list {
		n := notice.Notice{Cause: notice.Due, Kind: r.Kind, Record: r.Record, Mark: r.Mark, Persons: r.Persons, Text: r.Text}
		add := func(people []auth.Principal) {
			for _, p := range people {
				if !slices.Contains(r.Apart, p.Person) {
					n.Persons = append(n.Persons, p.Person)
				}
			}
		}
		if r.Signers {
			add(signers)
		}
		if r.Proposers {
			add(proposers)
		}
		out = append(out, n)
	}
	return out, nil
}

// feeds renders what is due and what is planned as calendars.
func (a *App) feeds(m *modules, plan *roadmap.Service) feed.Feeds {
	return feed.Feeds{Owners: m.auth, Agendas: m.notices, Roadmap: plan.Roadmap, BaseURL: a.baseURL, Clock: a.options.Clock,
		Company: func(ctx context.Context) (name, zone string, err error) {
			s, _, err := m.settings.Get(ctx)
			return s.CompanyName, s.Zone, err
		}}
}
