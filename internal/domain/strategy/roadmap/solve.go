package roadmap

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/portfolio"
	"lotse.dev/lotse/internal/job"
)

// proposalJob is the kind of the job that searches.
const proposalJob = "roadmap_proposal"

const (
	searchTime    = 20 * time.Second
	explainTime   = 2 * time.Second
	mostExplained = 20
	proposalSeed  = 1
)

// Proposal is the plan that was found and what it is worth.
type Proposal struct {
	Status    string           `json:"status" enum:"optimal,feasible,infeasible"`
	Objective *float64         `json:"objective"`
	Bound     *float64         `json:"bound" doc:"no plan within the limits is worth more"`
	Gap       *float64         `json:"gap" doc:"(bound − objective) ÷ |objective|"`
	Seconds   float64          `json:"seconds"`
	Currency  string           `json:"currency"`
	Chosen    []Placed         `json:"chosen" doc:"in the order of their start"`
	Left      []LeftOut        `json:"left"`
	Conflict  []ConflictDemand `json:"conflict" doc:"when infeasible: demands that cannot hold together"`
	Remarks   base.Remarks     `json:"remarks"`
}

// Placed is an initiative with its proposed start.
type Placed struct {
	ID      string      `json:"id"`
	Version int         `json:"version"`
	Title   string      `json:"title"`
	Start   period.Date `json:"start"`
	Quarter base.Text   `json:"quarter"`
	Before  string      `json:"before" doc:"start so far, empty where there is none"`
}

// LeftOut is an initiative that is not in the plan, why, and what would have to change.
type LeftOut struct {
	ID      string      `json:"id"`
	Title   string      `json:"title"`
	Reasons []base.Text `json:"reasons"`
	Change  base.Text   `json:"change" doc:"what would have to change, empty where that is not known"`
}

// ConflictDemand is one of the demands that cannot hold together.
type ConflictDemand struct {
	Kind string    `json:"kind"`
	Text base.Text `json:"text"`
}

func (s *Service) propose(ctx context.Context, in *ProposalInput) (*job.Info, error) {
	v, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	quarters := in.Body.Quarters
	if quarters == 0 {
		quarters = 8
	}
	first, err := s.firstQuarter(ctx)
	if err != nil {
		return nil, err
	}
	p, err := s.plannable(ctx, v, first)
	if err != nil {
		return nil, err
	}
	b := &builder{v: v, body: in.Body, quarters: quartersFrom(first, quarters), plan: p, remarks: slices.Clone(v.remarks)}
	t, err := b.build()
	if err != nil {
		return nil, err
	}
	if err := t.Problem.Validate(); err != nil {
		return nil, err
	}
	info, err := s.jobs.Submit(ctx, job.Request{Kind: proposalJob, Key: proposalJob, Title: base.T("Fahrplan vorschlagen", "Propose a roadmap"), By: auth.From(ctx).By(), Input: t})
	return &info, err
}

// solve is the work of the job.
func (s *Service) solve(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var t task
	if err := json.Unmarshal(input, &t); err != nil {
		return nil, err
	}
	stop := ticking(ctx, run)
	answer, err := portfolio.Solve(ctx, &t.Problem, portfolio.Options{Limit: searchTime, Seed: proposalSeed})
	stop()
	if err == nil {
		err = answer.Failure()
	}
	if err != nil {
		return nil, err
	}
	out := &Proposal{Status: string(answer.Status), Objective: answer.Objective, Bound: answer.Bound, Gap: answer.Gap, Seconds: answer.Seconds, Currency: t.Currency,
		Chosen: []Placed{}, Left: []LeftOut{}, Conflict: []ConflictDemand{}, Remarks: base.Remarks{}}
	for _, r := range t.Remarks {
		out.Remarks.Add(r.Code, base.Text{De: r.De, En: r.En})
	}
	for _, d := range answer.Conflict {
		out.Conflict = append(out.Conflict, ConflictDemand{string(d.Kind), t.spoken(d.Text)})
	}
	t.place(out, answer)
	if answer.Objective != nil {
		if err := t.explain(ctx, run, out, answer); err != nil {
			return nil, err
		}
	}
	for _, l := range t.Left {
		one := LeftOut{ID: l.ID, Title: l.Title, Reasons: []base.Text{}}
		for _, lack := range l.Lacks {
			one.Reasons = append(one.Reasons, base.T("Es fehlt: %s.", "Missing: %s.", base.Text{De: lack[0], En: lack[1]}))
		}
		out.Left = append(out.Left, one)
	}
	return out, nil
}

// ticking reports the seconds of the search while it runs.
func ticking(ctx context.Context, run job.Run) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	phase := base.T("Pläne werden verglichen", "Plans are compared")
	run.Progress(phase, 0, int64(searchTime.Seconds()))
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for n := int64(1); ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				run.Progress(phase, min(n, int64(searchTime.Seconds())), int64(searchTime.Seconds()))
			}
		}
	}()
	return func() { cancel(); <-done }
}

func (t *task) place(out *Proposal, answer *portfolio.Answer) {
	for _, c := range answer.Chosen {
		k, q := t.Names[c.ID], t.Quarters[c.Start-1]
		from, _ := period.ParseDate(q.From)
		out.Chosen = append(out.Chosen, Placed{ID: k.ID, Version: k.Version, Title: c.ID, Start: from, Quarter: base.Text{De: q.De, En: q.En}, Before: k.Start})
	}
	slices.SortStableFunc(out.Chosen, func(a, b Placed) int { return int(a.Start - b.Start) })
}

// explain says of what is not in the plan why, as far as there is time.
func (t *task) explain(ctx context.Context, run job.Run, out *Proposal, answer *portfolio.Answer) error {
	chosen := map[string]bool{}
	for _, c := range answer.Chosen {
		chosen[c.ID] = true
	}
	var rest []string
	for _, i := range t.Problem.Initiatives {
		if !chosen[i.ID] {
			rest = append(rest, i.ID)
		}
	}
	phase := base.T("Begründungen werden gesucht", "Reasons are looked for")
	for n, id := range rest {
		run.Progress(phase, int64(n), int64(len(rest)))
		left := LeftOut{ID: t.Names[id].ID, Title: id, Reasons: []base.Text{}}
		if n < mostExplained {
			e, err := portfolio.Explain(ctx, &t.Problem, answer.Chosen, id, portfolio.Options{Limit: explainTime, Seed: proposalSeed})
			if err != nil {
				return err
			}
			for _, r := range e.Reasons {
				left.Reasons = append(left.Reasons, t.reason(id, r))
			}
			left.Change = t.change(id, e)
		} else {
			left.Reasons = append(left.Reasons, base.T("Begründet werden die ersten %d.", "Reasons are given for the first %d.", mostExplained))
		}
		out.Left = append(out.Left, left)
	}
	return nil
}
