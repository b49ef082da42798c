package app

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/overview"
	"lotse.dev/lotse/internal/domain/notice"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/visit"
)

// newTargets lets figures stand against targets, and owners hear of a change.
func (a *App) newTargets(m *modules, registers *register.Service, metrics *catalogue.Service) *governance.Service {
	out := governance.New(governance.Deps{Records: m.records, Registers: registers, Figures: metrics, Notices: statusNotices{m.notices}, Dates: meetingDates{m.notices},
		Clock: a.options.Clock, Logger: a.options.Logger})
	metrics.AimAt(out)
	registers.OnChange(out.Changed)
	return out
}

// statusNotices brings a change of status to its owner.
type statusNotices struct{ notices *notice.Service }

// Notify sends one notice.
func (s statusNotices) Notify(ctx context.Context, n governance.Notice) error {
	return s.notices.Send(ctx, notice.Notice{Cause: notice.Status, Kind: "target", Record: n.Target, Mark: n.Mark, Persons: []string{n.Person}, Text: n.Text})
}

// meetingDates hands what is due to those who prepare a meeting.
type meetingDates struct{ notices *notice.Service }

// Between lists what falls between two days.
func (d meetingDates) Between(ctx context.Context, from, to time.Time) ([]governance.Date, error) {
	agenda, err := d.notices.Agenda(ctx, from, to, false)
	if err != nil {
		return nil, err
	}
	out := make([]governance.Date, len(agenda.Dates))
	for i, x := range agenda.Dates {
		out[i] = governance.Date{Kind: x.Kind, Record: x.Record, Name: x.Name, What: x.What, Day: x.Day, Persons: x.Persons, Begin: x.Begin}
	}
	return out, nil
}

// plans is what the start page shows beside figures.
func plans(m *modules, registers *register.Service, loads *intake.Service, today base.Today) overview.Plans {
	return overview.Plans{Registers: registers, Loads: loads, Today: today, Visits: visit.New(m.db),
		Statuses: func(ctx context.Context, since time.Time) ([]overview.TargetChange, error) {
			list, err := m.targets.Changes(ctx, since)
			out := make([]overview.TargetChange, len(list))
			for i, c := range list {
				out[i] = overview.TargetChange{Title: c.Title, Metric: c.Metric, From: c.From, To: c.To, At: c.At}
			}
			return out, err
		}}
}
