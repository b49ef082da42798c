package portfolio

import (
	"context"
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// Reason is one thing that keeps an initiative out of a plan.
type Reason struct {
	Kind     ReasonKind `json:"kind"`
	IDs      []string   `json:"ids,omitempty" doc:"the initiatives that exclude it or that it needs"`
	Resource string     `json:"resource,omitempty"`
	Period   int        `json:"period,omitempty"`
	Lacking  *float64   `json:"lacking,omitempty" doc:"of the resource in the period"`
	Text     base.Text  `json:"text"`
}

// ReasonKind names a sort of reason.
type ReasonKind string

// The sorts of reason.
const (
	Excluded   ReasonKind = "excluded"    // one of the plan excludes it
	Needs      ReasonKind = "needs"       // one that it comes after is not in the plan
	NoStart    ReasonKind = "no_start"    // what it comes after ends too late in the plan
	Lacks      ReasonKind = "lacks"       // a resource does not suffice
	TooLow     ReasonKind = "value_low"   // the best plan with it is worth less
	Impossible ReasonKind = "impossible"  // no plan can hold it
	BetterPlan ReasonKind = "better_plan" // the given plan is not the best: one with it is worth as much or more
	NotDecided ReasonKind = "not_decided" // the time ended before that was known
)

// Explanation says why an initiative is not in a plan.
type Explanation struct {
	ID      string   `json:"id"`
	Chosen  bool     `json:"chosen" doc:"it is in the plan: there is nothing to explain"`
	Start   int      `json:"start,omitempty" doc:"the start that was looked at: the one of highest value that order and window allow"`
	Reasons []Reason `json:"reasons"`
	// Rise is what its value would have to rise by, at every start, so that the best plan found with it is worth as much
	// as the given one; RiseLeast is proven: less is not enough. The two are equal when With is optimal.
	Rise      *float64 `json:"rise"`
	RiseLeast *float64 `json:"rise_at_least"`
	With      *Answer  `json:"with,omitempty" doc:"the best plan found that holds the initiative"`
	Leave     []string `json:"leave,omitempty" doc:"initiatives of the given plan that the plan With gives up"`
}

// Explain says why the initiative id is not in the plan, which must satisfy the problem: what stands in the way of its
// best start as the plan is, and, by searching for the best plan that holds it, by how much its value is too low.
func Explain(ctx context.Context, p *Problem, plan []Choice, id string, o Options) (*Explanation, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	m := compile(p)
	at, err := m.place(plan)
	if err != nil {
		return nil, err
	}
	g := slices.IndexFunc(p.Initiatives, func(i Initiative) bool { return i.ID == id })
	if g < 0 {
		return nil, unknown(id)
	}
	e := &Explanation{ID: id, Chosen: at[g] >= 0, Reasons: []Reason{}}
	if e.Chosen {
		return e, nil
	}
	run := o.begin(ctx)
	defer run.end()
	m.obstacles(e, at, g)
	run.force(e, compile(demanding(p, g)), at)
	return e, run.err()
}

func unknown(id string) error {
	return base.Fail(base.NotFound, "initiative_not_found", base.T("Ein Vorhaben „%s“ gibt es nicht.", "There is no initiative “%s”.", id))
}

// place turns a plan into variables and refuses one that the problem does not allow.
func (m *model) place(plan []Choice) ([]int, error) {
	at := make([]int, len(m.groups))
	index := map[string]int{}
	for g := range at {
		at[g] = -1
		index[m.problem.Initiatives[g].ID] = g
	}
	for _, c := range plan {
		g, ok := index[c.ID]
		if !ok {
			return nil, unknown(c.ID)
		}
		gr := &m.groups[g]
		v := gr.first + c.Start - m.vars[gr.first].start
		if at[g] >= 0 || v < gr.first || v >= gr.first+gr.n {
			return nil, base.Fail(base.Refused, "plan_refused", base.T("„%s“ kann nicht in Periode %d beginnen oder steht zweimal im Plan.",
				"“%s” cannot start in period %d or stands in the plan twice.", c.ID, c.Start))
		}
		at[g] = v
	}
	if !m.obeys(at) {
		return nil, base.Fail(base.Refused, "plan_refused", base.T("Der Plan hält die Vorgaben der Aufgabe nicht ein.", "The plan does not keep to what the problem demands."))
	}
	return at, nil
}

// obstacles lists what stands in the way of an initiative as the plan is.
func (m *model) obstacles(e *Explanation, plan []int, g int) {
	names := m.problem.Initiatives
	for _, r := range m.groups[g].rivals {
		if plan[r] >= 0 {
			e.Reasons = append(e.Reasons, Reason{Kind: Excluded, IDs: []string{names[r].ID},
				Text: base.T("„%s“ ist im Plan und schließt „%s“ aus.", "“%s” is in the plan and excludes “%s”.", names[r].ID, e.ID)})
		}
	}
	first := 1
	for _, b := range m.groups[g].before {
		if plan[b.from] < 0 {
			e.Reasons = append(e.Reasons, Reason{Kind: Needs, IDs: []string{names[b.from].ID},
				Text: base.T("„%s“ braucht vorher „%s“, das nicht im Plan ist.", "“%s” needs “%s” before it, which is not in the plan.", e.ID, names[b.from].ID)})
			continue
		}
		first = max(first, m.vars[plan[b.from]].start+b.lag)
	}
	best, gr := -1, &m.groups[g]
	for v := gr.first; v < gr.first+gr.n; v++ {
		if m.vars[v].start >= first && (best < 0 || m.vars[v].value > m.vars[best].value) {
			best = v
		}
	}
	if best < 0 {
		e.Reasons = append(e.Reasons, Reason{Kind: NoStart, Text: base.T("Was „%s“ vorher braucht, endet im Plan erst vor Periode %d; so spät darf es nicht mehr beginnen.",
			"What “%s” needs before it ends only before period %d in the plan; it may not start as late as that.", e.ID, first)})
		return
	}
	e.Start = m.vars[best].start
	m.lacking(e, plan, best)
}

// lacking lists the limits that a start would break, by resource and period.
func (m *model) lacking(e *Explanation, plan []int, v int) {
	used := make([]float64, len(m.caps))
	for _, w := range plan {
		if w >= 0 {
			for _, u := range m.vars[w].use {
				used[u.at] += u.v
			}
		}
	}
	for _, u := range m.vars[v].use {
		c := &m.caps[u.at]
		lack := used[u.at] + u.v - c.limit
		if lack <= c.slack {
			continue
		}
		e.Reasons = append(e.Reasons, Reason{Kind: Lacks, Resource: c.resource, Period: c.period, Lacking: &lack,
			Text: base.T("In Periode %[2]d fehlen %[3]s von „%[1]s“.", "In period %[2]d %[3]s of “%[1]s” is lacking.", c.resource, c.period, amount(lack))})
	}
}

// demanding is the problem with one initiative that must be in. The model has to know, not only the domain of the search:
// plans made by rules of thumb are held against the model.
func demanding(p *Problem, g int) *Problem {
	q := *p
	q.Initiatives = slices.Clone(p.Initiatives)
	q.Initiatives[g].Mandatory = true
	return &q
}

// force searches for the best plan of a model that demands the initiative and compares.
func (r *run) force(e *Explanation, m *model, plan []int) {
	with := r.solve(m, newDomain(m), nil)
	with.Seconds = r.seconds()
	value := m.tidy(m.worth(plan))
	switch with.Status {
	case Infeasible:
		e.Reasons = append(e.Reasons, Reason{Kind: Impossible, Text: base.T("Kein Plan, der die Vorgaben einhält, kann „%s“ enthalten.", "No plan that keeps to the demands can hold “%s”.", e.ID)})
		return
	case Unknown:
		e.Reasons = append(e.Reasons, Reason{Kind: NotDecided, Text: base.T("Die Zeit reichte nicht, um einen Plan mit „%s“ zu finden.", "The time did not suffice to find a plan with “%s”.", e.ID)})
	default:
		e.With = with
		rise := m.tidy(value - *with.Objective)
		e.Rise = &rise
		e.Leave = leaving(m, plan, with)
	}
	if with.Bound != nil {
		least := max(0, m.tidy(value-*with.Bound))
		e.RiseLeast = &least
	}
	e.compare()
}

// compare words the difference between the given plan and the best one with the initiative.
func (e *Explanation) compare() {
	if e.Rise == nil {
		return
	}
	rise := *e.Rise
	if rise == 0 {
		e.Reasons = append(e.Reasons, Reason{Kind: BetterPlan, Text: base.T("Ein Plan mit „%s“ ist genauso viel wert wie dieser.", "A plan with “%s” is worth as much as this one.", e.ID)})
		return
	}
	if rise < 0 {
		e.Reasons = append(e.Reasons, Reason{Kind: BetterPlan, Text: base.T("Ein Plan mit „%s“ ist um %s mehr wert als dieser.", "A plan with “%s” is worth %s more than this one.", e.ID, amount(-rise))})
		*e.Rise = 0
		return
	}
	text := base.T("Der beste Plan mit „%s“ ist um %s weniger wert; um so viel müsste sein Wert steigen.",
		"The best plan with “%s” is worth %s less; its value would have to rise by as much.", e.ID, amount(rise))
	if e.RiseLeast == nil || math.Abs(rise-*e.RiseLeast) > 1e-9*max(1, rise) {
		text = base.T("Der beste gefundene Plan mit „%s“ ist um %s weniger wert; ob ein besserer möglich ist, ist nicht bewiesen.",
			"The best plan found with “%s” is worth %s less; whether a better one is possible is not proven.", e.ID, amount(rise))
	}
	e.Reasons = append(e.Reasons, Reason{Kind: TooLow, Text: text})
}

// leaving lists what the other plan gives up.
func leaving(m *model, plan []int, with *Answer) []string {
	var out []string
	for g, v := range plan {
		id := m.problem.Initiatives[g].ID
		if v >= 0 && !slices.ContainsFunc(with.Chosen, func(c Choice) bool { return c.ID == id }) {
			out = append(out, id)
		}
	}
	return out
}
