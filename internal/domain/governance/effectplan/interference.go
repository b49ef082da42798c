package effectplan

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// nearby is how many periods before the start and behind the window something else still counts as near.
const nearby = 2

// Interference is something else that may have moved the metric in or near the window.
type Interference struct {
	Kind       string      `json:"kind" enum:"initiative,event"`
	Day        period.Date `json:"day"`
	Text       base.Text   `json:"text"`
	Initiative string      `json:"initiative,omitempty"`
	Stage      string      `json:"stage,omitempty" doc:"of the other initiative"`
	Happened   bool        `json:"happened" doc:"false for a go-live that is planned only"`

	event bool // an event of the estimate that the plan does not name itself
}

// initiative is what interference reads of initiatives.
type initiative struct {
	Title     string   `json:"title"`
	Stage     string   `json:"stage"`
	Since     string   `json:"stage_since"`
	GoLive    string   `json:"go_live"`
	Metrics   []string `json:"metrics"`
	Processes []string `json:"processes"`
}

// interference finds other initiatives of the same metric that go live near the window, and the plan's own events.
func (s *Service) interference(ctx context.Context, p *Plan, series *proof.Series) ([]Interference, error) {
	cal, err := s.facts.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	grain, process := period.Grain(p.Grain), series.Ask.Process
	first := cal.Of(grain, p.Start())
	from, to := cal.Shift(grain, first, -nearby).From, cal.Shift(grain, first, p.Window()+nearby).From
	out := []Interference{}
	for _, e := range p.Events {
		if day, err := period.ParseDate(string(e.Date)); err == nil && from <= day && day < to {
			out = append(out, Interference{Kind: "event", Day: day, Text: base.T(e.Text, e.Text), Happened: true})
		}
	}
	list, err := allInitiatives(ctx, s.records)
	if err != nil {
		return nil, err
	}
	today := cal.DateOf(s.clock())
	for _, r := range list {
		i := r.Value
		if r.ID == string(p.Initiative) || !slices.Contains(i.Metrics, p.Metric) || process != "" && len(i.Processes) > 0 && !slices.Contains(i.Processes, process) {
			continue
		}
		day, happened, ok := i.wentLive(today)
		if !ok || day < from || day >= to {
			continue
		}
		text := base.T("„%s“ ging in Betrieb", "“%s” went live", i.Title)
		if !happened {
			text = base.T("„%s“ soll in Betrieb gehen", "“%s” is to go live", i.Title)
		}
		out = append(out, Interference{Kind: "initiative", Day: day, Text: text, Initiative: r.ID, Stage: i.Stage, Happened: happened, event: happened})
	}
	slices.SortStableFunc(out, func(a, b Interference) int { return int(a.Day - b.Day) })
	return out, nil
}

// wentLive is the day on which an initiative began to work, or is to begin.
func (i *initiative) wentLive(today period.Date) (day period.Date, happened, ok bool) {
	planned, perr := period.ParseDate(i.GoLive)
	switch i.Stage {
	case "live", "closed":
		since, err := period.ParseDate(i.Since)
		if i.Stage == "live" && err == nil {
			return since, true, true
		}
		return planned, true, perr == nil && planned <= today
	case "stopped":
		return 0, false, false
	}
	return planned, false, perr == nil
}

// allInitiatives reads every initiative, whoever asks: an interference counts for everybody.
func allInitiatives(ctx context.Context, records *record.Store) ([]record.Record[initiative], error) {
	return record.List(ctx, records, record.Kind[initiative]{Name: "initiative"})
}
