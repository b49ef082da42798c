package portfolio

import (
	"context"
	"math"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Status says what an answer is worth.
type Status string

// The kinds of answer. Unknown means that the time ended before a plan was found or its absence proven; it never leaves
// Lotse as a status, Failure makes an error of it.
const (
	Optimal    Status = "optimal"
	Feasible   Status = "feasible"
	Infeasible Status = "infeasible"
	Unknown    Status = "unknown"
)

// Choice is an initiative of a plan with its start period, from 1.
type Choice struct {
	ID    string `json:"id"`
	Start int    `json:"start"`
}

// Answer is the plan found and how good it is proven to be.
type Answer struct {
	Status    Status       `json:"status"`
	Objective *float64     `json:"objective"`
	Bound     *float64     `json:"bound" doc:"no plan has a higher value"`
	Gap       *float64     `json:"gap" doc:"(bound − objective) ÷ |objective|"`
	Chosen    []Choice     `json:"chosen"`
	Seconds   float64      `json:"seconds"`
	Conflict  []Demand     `json:"conflict,omitempty" doc:"when infeasible: demands that cannot hold together"`
	Remarks   base.Remarks `json:"remarks,omitempty"`
}

// Failure is the error of an answer that holds neither a plan nor a proof, nil for every other.
func (a *Answer) Failure() error {
	if a.Status != Unknown {
		return nil
	}
	return base.Fail(base.Unavailable, "no_plan_in_time", base.T("Die Zeit reichte nicht, um einen Plan zu finden oder zu beweisen, dass es keinen gibt.",
		"The time did not suffice to find a plan or to prove that there is none.")).
		WithHint(base.T("Geben Sie mehr Zeit oder lockern Sie, was Pflicht ist.", "Give more time, or relax what is mandatory."))
}

// Options say how to search.
type Options struct {
	Limit time.Duration // 0 for none but the context's
	Seed  uint64
	Clock base.Clock // nil for the machine's
}

// Solve looks for the best plan. When the limit or a deadline of ctx ends it the answer says how far it came; when ctx
// is cancelled the error is that of ctx. An error of kind Refused lists what is wrong with the problem.
func Solve(ctx context.Context, p *Problem, o Options) (*Answer, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	run := o.begin(ctx)
	defer run.end()
	m := compile(p)
	a := run.solve(m, newDomain(m), nil)
	if a.Status == Infeasible {
		a.Conflict, a.Remarks = run.conflict(p)
	}
	a.Seconds = run.seconds()
	return a, run.err()
}

// run is one call with its limit.
type run struct {
	o      Options
	ctx    context.Context // the caller's
	timed  context.Context // with the limit
	cancel context.CancelFunc
	start  time.Time
}

func (o Options) begin(ctx context.Context) *run {
	if o.Clock == nil {
		o.Clock = base.SystemClock
	}
	r := &run{o: o, ctx: ctx, timed: ctx, cancel: func() {}, start: o.Clock()}
	if o.Limit > 0 {
		r.timed, r.cancel = context.WithTimeout(ctx, o.Limit)
	}
	return r
}

func (r *run) end()             { r.cancel() }
func (r *run) stop() bool       { return r.timed.Err() != nil }
func (r *run) seconds() float64 { return r.o.Clock().Sub(r.start).Seconds() }

// err is the context's error when the caller gave up; a deadline only ends the search.
func (r *run) err() error {
	if context.Cause(r.ctx) != nil && r.ctx.Err() == context.Canceled {
		return r.ctx.Err()
	}
	return nil
}

// solve searches a domain, with a plan to begin from or nil.
func (r *run) solve(m *model, d *domain, begin []int) *Answer {
	s := newSearch(m, d, base.Rand(r.o.Seed, "portfolio"), r.stop, begin)
	s.optimise()
	return s.answer()
}

// answer states what the search knows.
func (s *search) answer() *Answer {
	a := &Answer{Chosen: []Choice{}}
	bound := s.bound()
	if s.best == nil {
		if a.Status = Unknown; s.done {
			a.Status = Infeasible
		} else if !math.IsInf(bound, 0) {
			bound = s.m.down(bound)
			a.Bound = &bound
		}
		return a
	}
	objective := s.m.tidy(s.value)
	if a.Status = Feasible; s.done || s.m.down(bound) <= objective {
		a.Status, bound = Optimal, objective
	}
	a.Objective = &objective
	if !math.IsInf(bound, 0) {
		bound = max(objective, s.m.down(bound))
		a.Bound = &bound
		if gap := (bound - objective) / math.Abs(objective); bound == objective {
			a.Gap = new(float64)
		} else if objective != 0 {
			a.Gap = &gap
		}
	}
	for _, v := range s.best {
		if v >= 0 {
			a.Chosen = append(a.Chosen, Choice{ID: s.m.problem.Initiatives[s.m.vars[v].group].ID, Start: s.m.vars[v].start})
		}
	}
	return a
}

// tidy takes the rounding out of a sum of values.
func (m *model) tidy(v float64) float64 {
	if m.digits < 0 {
		return v
	}
	t, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'f', m.digits, 64), 64)
	return t + 0 // no −0
}

// down lowers a bound to the next value that a plan can have.
func (m *model) down(bound float64) float64 {
	if m.grain == 0 {
		return bound
	}
	return m.tidy(math.Floor(bound/m.grain+1e-6) * m.grain)
}
