package app

import (
	"context"

	"lotse.dev/lotse/internal/domain/notice"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/domain/strategy/roadmap"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/transport/feed"
)

// newNotices tells people what changes and falls due. A decision says in its outcome how it was decided.
func (a *App) newNotices(m *modules, registers *register.Service, people *organisation.People) *notice.Service {
	out := notice.New(notice.Deps{DB: m.db, Records: m.records, Jobs: m.jobs, People: people, Accounts: m.auth, Registers: registers,
		Outcomes: map[string]string{"decision": "outcome"}, Clock: a.options.Clock, Logger: a.options.Logger, Zone: m.zone})
	registers.OnChange(out.Changed)
	return out
}

// zone is where the company is.
func (m *modules) zone(ctx context.Context) (string, error) {
	s, _, err := m.settings.Get(ctx)
	return s.Zone, err
}

// feeds renders what is due and what is planned as calendars.
func (a *App) feeds(m *modules, plan *roadmap.Service) feed.Feeds {
	return feed.Feeds{Owners: m.auth, Agendas: m.notices, Roadmap: plan.Roadmap, BaseURL: a.baseURL, Clock: a.options.Clock,
		Company: func(ctx context.Context) (name, zone string, err error) {
			s, _, err := m.settings.Get(ctx)
			return s.CompanyName, s.Zone, err
		}}
}
