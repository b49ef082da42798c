package overview

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/store/record"
)

// Link is a neighbour in the chain of evidence.
type Link struct {
	ID     string    `json:"id"`
	Title  base.Text `json:"title"`
	Number string    `json:"number,omitempty" doc:"of a finding"`
	State  string    `json:"state,omitempty" doc:"stage of an initiative, approval of a case"`
	Link   string    `json:"link"`
}

// Evidence is what hangs on a figure: the finding about it, the initiative that shall change it, and its case.
type Evidence struct {
	Metric     string `json:"metric"`
	Process    string `json:"process"`
	Turn       bool   `json:"turn" doc:"a decision about it is due"`
	Finding    *Link  `json:"finding"`
	Initiative *Link  `json:"initiative"`
	Case       *Link  `json:"case"`
}

// evidence finds the neighbours of each figure.
func (s *Service) evidence(ctx context.Context, metrics []catalogue.Item, findings []finding.Finding, list []kept[initiative], turn map[string]bool) ([]Evidence, error) {
	cases, err := readAll[businessCase](ctx, s.registers, "business_case", record.Query{Sort: []record.Sort{{Field: "updated_at", Desc: true}}})
	if err != nil {
		return nil, err
	}
	out := []Evidence{}
	for _, m := range metrics {
		e := Evidence{Metric: m.Name, Process: m.Process}
		for _, f := range findings {
			if f.State != finding.StateDismissed && f.Evidence.Metric == m.Name && (f.Process == "" || f.Process == m.Process) {
				e.Finding = &Link{ID: f.ID, Title: f.Title, Number: f.Number, Link: "/befunde/" + f.ID}
				break
			}
		}
		if i := aboutMetric(list, m, e.Finding); i != nil {
			e.Initiative = &Link{ID: i.ID, Title: textOf(i.V.Title), State: i.V.Stage, Link: initiativeLink(i.ID)}
			e.Case = caseOf(cases, i.ID)
		}
		e.Turn = slices.ContainsFunc(list, func(i kept[initiative]) bool { return turn[i.ID] && concerns(i.V, m) })
		out = append(out, e)
	}
	return out, nil
}

// further is how far a stage is, the ends last: the initiative that is furthest stands for a figure.
var further = []string{"live", "scale", "pilot", "mvp", "case", "idea", "closed"}

func aboutMetric(list []kept[initiative], m catalogue.Item, f *Link) *kept[initiative] {
	var best *kept[initiative]
	for n := range list {
		i := &list[n]
		about := concerns(i.V, m) || f != nil && slices.Contains(i.V.Findings, f.ID)
		if place := slices.Index(further, i.V.Stage); !about || place < 0 || best != nil && place >= slices.Index(further, best.V.Stage) {
			continue
		}
		best = i
	}
	return best
}

func concerns(i initiative, m catalogue.Item) bool {
	return slices.Contains(i.Metrics, m.Name) && (m.Process == "" || len(i.Processes) == 0 || slices.Contains(i.Processes, m.Process))
}

func caseOf(cases []kept[businessCase], initiative string) *Link {
	for _, c := range cases {
		if c.V.Initiative == initiative {
			return &Link{ID: c.ID, Title: textOf(c.V.Title), State: c.State, Link: "/business_case/" + escape(c.ID)}
		}
	}
	return nil
}
