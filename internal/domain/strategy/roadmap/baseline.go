package roadmap

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Baseline is the newest approved plan.
type Baseline struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	Version int        `json:"version" doc:"the approved one"`
	Day     field.Date `json:"day" doc:"when it was frozen"`
	Missing []Frozen   `json:"missing" doc:"what is in the plan and stopped or gone now"`
}

// Deviation is how an initiative stands now against the approved plan. Days are later than planned, or earlier when
// negative; money and benefit are now less then.
type Deviation struct {
	Planned    Frozen       `json:"planned"`
	StartDays  *int         `json:"start_days"`
	GoLiveDays *int         `json:"go_live_days"`
	EndDays    *int         `json:"end_days"`
	Cost       *field.Money `json:"cost" doc:"budget now less budget of the plan, null where one is unknown or the currencies differ"`
	Benefit    *float64     `json:"benefit" doc:"likely benefit a year now less that of the plan, in thousands"`
	Any        bool         `json:"any" doc:"something differs"`
}

// frozen is an approved plan as it was approved.
type frozen struct {
	id      string
	version int
	plan    Plan
	items   map[string]Frozen
}

// baseline reads the newest approved plan, nil when there is none that the reader may read.
func (s *Service) baseline(ctx context.Context) (*frozen, error) {
	plans, err := register.All[Plan](ctx, s.registers, Plans.Name)
	if err != nil {
		return nil, err
	}
	def, _ := s.records.Def(Plans.Name)
	var best *frozen
	var bestAt time.Time
	for _, p := range plans {
		if p.ApprovedVersion == 0 {
			continue
		}
		entries, err := s.records.Versions(ctx, def, p.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Version != p.ApprovedVersion || best != nil && !e.At.After(bestAt) {
				continue
			}
			value, err := s.records.At(ctx, def, p.ID, e.Version)
			if err != nil {
				return nil, err
			}
			plan, err := record.As[Plan](value)
			if err != nil {
				return nil, err
			}
			best, bestAt = &frozen{id: p.ID, version: e.Version, plan: plan}, e.At
		}
	}
	if best != nil {
		best.items = map[string]Frozen{}
		for _, i := range best.plan.Items {
			best.items[string(i.Initiative)] = i
		}
	}
	return best, nil
}

// summary names the plan and what of it is not being done any more.
func (f *frozen) summary(v *view) *Baseline {
	if f == nil {
		return nil
	}
	out := &Baseline{ID: f.id, Title: f.plan.Title, Version: f.version, Day: f.plan.Day, Missing: []Frozen{}}
	for _, i := range f.plan.Items {
		if now := v.byID[string(i.Initiative)]; now == nil || now.Stage == "stopped" {
			out.Missing = append(out.Missing, i)
		}
	}
	return out
}

func (f *frozen) deviation(id string, now *initiative) *Deviation {
	if f == nil {
		return nil
	}
	was, in := f.items[id]
	if !in {
		return nil
	}
	d := &Deviation{Planned: was, StartDays: later(was.Start, now.Start), GoLiveDays: later(was.GoLive, now.GoLive), EndDays: later(was.End, now.End)}
	if was.Cost != nil && now.Budget != nil && was.Cost.Currency == now.Budget.Currency {
		d.Cost = &field.Money{Amount: field.FormatMinor(field.Minor(now.Budget.Amount) - field.Minor(was.Cost.Amount)), Currency: was.Cost.Currency}
	}
	if was.Benefit != nil && now.Benefit != nil {
		less := now.Benefit.Likely - was.Benefit.Likely
		d.Benefit = &less
	}
	differs := func(n *int) bool { return n != nil && *n != 0 }
	d.Any = differs(d.StartDays) || differs(d.GoLiveDays) || differs(d.EndDays) || d.Cost != nil && field.Minor(d.Cost.Amount) != 0 || d.Benefit != nil && *d.Benefit != 0
	return d
}

// later is by how many days a date lies behind another, nil where one is unknown.
func later(was, now field.Date) *int {
	var a, b period.Date
	a, ok := day(was)
	if !ok {
		return nil
	}
	if b, ok = day(now); !ok {
		return nil
	}
	n := int(b - a)
	return &n
}
