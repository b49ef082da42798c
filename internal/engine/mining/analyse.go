package mining

import "context"

// Options say how a log is read.
type Options struct {
	// Instances pairs start and complete rows of an activity into one event.
	Instances bool
	// Times asks for the service and waiting times of each activity as well.
	Times bool
	// Case, if set, is called with the facts of each case in the order of the source; an error ends the pass.
	Case func(*CaseFacts) error
}

// Analyse reads the source once and returns everything that Result holds. Its memory grows with four bytes per event
// (eight where times are finer than a second), twelve per case, and the distinct variants.
func Analyse(ctx context.Context, src Source, o Options) (*Result, error) {
	p := newPass(src.Activities(), o)
	if err := Walk(ctx, src, o.Instances, p.trace); err != nil {
		return nil, err
	}
	return p.result(ctx)
}

// activity gathers one activity; lastTrace and inTrace belong to the trace that is read.
type activity struct {
	events, cases, starts, ends int64
	rework, repeats             int64
	lastTrace                   int64
	completed                   int32 // completing rows in the trace lastTrace
	service                     durations
}

type pair struct{ a, b int32 }

type pingPong struct {
	count, cases, lastTrace int64
	total                   float64
}

// pass is the state of one reading.
type pass struct {
	names      []string
	activities []activity
	edges      *edgeTable
	sequences  *sequences
	pingPongs  map[pair]*pingPong
	duration   blocks[int64] // per case
	variant    blocks[int32] // per case
	traces     int64
	out        Result
	facts      CaseFacts
	onCase     func(*CaseFacts) error
	times      bool
}

func newPass(names []string, o Options) *pass {
	return &pass{
		names: names, activities: make([]activity, len(names)), edges: newEdgeTable(len(names)),
		sequences: newSequences(), pingPongs: make(map[pair]*pingPong), onCase: o.Case, times: o.Times,
	}
}

func (p *pass) trace(t *Trace) error {
	if t.Len() == 0 {
		return nil
	}
	p.traces++
	first, last := t.Span()
	p.span(t, first, last)
	distinct, rework, hash := p.occurrences(t)
	p.steps(t)
	number, fresh := p.sequences.add(hash, t.Activity)
	p.duration.add(last - first)
	p.variant.add(number)
	if rework {
		p.out.ReworkCases++
	}
	if p.onCase == nil {
		return nil
	}
	p.facts = CaseFacts{Case: t.Case, Variant: number, NewVariant: fresh, Activities: t.Activity, Distinct: distinct,
		First: first, Last: last, Rework: rework}
	return p.onCase(&p.facts)
}

// span counts what concerns the case as a whole.
func (p *pass) span(t *Trace, first, last int64) {
	s := &p.out.Summary
	if s.Cases == 0 {
		s.First, s.Last = first, last
	}
	s.First, s.Last = min(s.First, first), max(s.Last, last)
	s.Cases++
	s.Events += int64(t.Len())
	if first == last && t.Len() > 1 {
		p.out.OneTimeCases++
	}
	if t.Complete != nil {
		p.out.HasLifecycle = true
	}
	p.activities[t.Activity[0]].starts++
	p.activities[t.Activity[t.Len()-1]].ends++
}

// occurrences counts activities, their rework and service times, and hashes the sequence.
func (p *pass) occurrences(t *Trace) (distinct int, rework bool, hash uint64) {
	hash = 0x51ED270B
	for i, number := range t.Activity {
		hash = hashStep(hash, number)
		a := &p.activities[number]
		a.events++
		if a.lastTrace != p.traces {
			a.lastTrace, a.completed = p.traces, 0
			a.cases++
			distinct++
		}
		if !t.Completes(i) {
			p.out.NotComplete++
			continue
		}
		a.completed++
		if a.completed == 2 {
			a.rework++
			rework = true
		}
		if a.completed >= 2 {
			a.repeats++
		}
	}
	if t.Start != nil {
		p.services(t)
	}
	return distinct, rework, hash
}

func (p *pass) services(t *Trace) {
	for i, start := range t.Start {
		if start == NoTime {
			continue
		}
		p.out.HasStarts = true
		if t.Time[i] < start {
			p.out.NegativeService++
		}
		if p.times {
			p.activities[t.Activity[i]].service.add(t.Time[i] - start)
		}
	}
}

// steps counts the passages between neighbouring events and the returns a b a.
func (p *pass) steps(t *Trace) {
	for i := 1; i < len(t.Activity); i++ {
		from, to := t.Activity[i-1], t.Activity[i]
		elapsed := t.Elapsed(i)
		started := t.StartOf(i) != NoTime
		waiting := elapsed
		if started {
			waiting = t.Waiting(i)
		}
		p.edges.find(from, to).step(p.traces, elapsed, waiting, started)
		if i >= 2 && t.Activity[i-2] == to && from != to {
			p.pingPong(from, to, t.Time[i]-t.Time[i-2])
		}
	}
}

func (p *pass) pingPong(x, y int32, micros int64) {
	key := pair{min(x, y), max(x, y)}
	pp := p.pingPongs[key]
	if pp == nil {
		pp = &pingPong{}
		p.pingPongs[key] = pp
	}
	pp.count++
	pp.total += Seconds(micros)
	if pp.lastTrace != p.traces {
		pp.lastTrace = p.traces
		pp.cases++
	}
}
