package finding

import (
	"context"
	"encoding/binary"
	"math"
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/engine/mining"
)

// ProcessFacts is what the process detectors look at: the result of the first pass and the sums that need its medians.
type ProcessFacts struct {
	Process string
	Schema  fact.Schema // of the events
	Derived bool        // the table of cases is there and as new as the events
	Result  *mining.Result
	Loops   []float64  // hours from the first to the last completing row of an activity, over cases with rework
	Excess  []edgeOver // per edge of Result.Edges
	Tail    tail
	Returns map[passage]*back
}

// edgeOver is what passages of an edge take beyond its median.
type edgeOver struct {
	hours float64
	cases int64 // cases with such a passage
}

// tail are the cases that run in a rare variant and take long.
type tail struct {
	limit       int64   // a variant of fewer cases is rare
	p90, median float64 // of all cases, in seconds
	variants    int64   // rare variants
	rare        int64   // cases in them
	cases       int64   // of these, longer than p90
	hours       float64 // beyond the median of all cases
	rareHours   float64 // hours of all rare cases, for the mean
}

// passage is a directed pair of activities, by number.
type passage struct{ from, to int32 }

// back counts returns A B A by their last step, so from is B and to is A.
type back struct {
	count int64
	cases int64
	hours float64 // of all legs of the runs between the two, each leg once; kept at the pair with the lower from
	last  int32
}

// Span of the process.
func (f *ProcessFacts) span() Span {
	return Span{time.UnixMicro(f.Result.Summary.First).UTC(), time.UnixMicro(f.Result.Summary.Last).UTC()}
}

// ends counts the cases by their last activity.
func (f *ProcessFacts) ends() map[string]int64 {
	out := map[string]int64{}
	for _, a := range f.Result.Activities {
		if a.Ends > 0 {
			out[a.Name] = a.Ends
		}
	}
	return out
}

// rareLimit is the number of cases below which a variant is rare: one in a thousand, at least five.
func rareLimit(cases int64) int64 { return max(5, int64(math.Ceil(float64(cases)/1000))) }

// Collect reads the log a second time and fills what needs the medians of the first pass in f.Result.
func (f *ProcessFacts) Collect(ctx context.Context, src mining.Source) error {
	c := newCollector(f)
	return mining.Walk(ctx, src, false, c.trace)
}

// collector is the state of the second pass.
type collector struct {
	*ProcessFacts
	edges   map[passage]int
	limits  []int64 // median of an edge in microseconds
	seen    []int32 // last case with a passage beyond the median, per edge
	rare    map[string]bool
	key     []byte
	first   []int64 // first completing row of an activity in the case
	last    []int64
	times   []int32
	touched []int32
	number  int32
}

func newCollector(f *ProcessFacts) *collector {
	n := len(f.Result.Activities)
	c := &collector{ProcessFacts: f, edges: map[passage]int{}, rare: map[string]bool{},
		first: make([]int64, n), last: make([]int64, n), times: make([]int32, n)}
	f.Loops, f.Excess, f.Returns = make([]float64, n), make([]edgeOver, len(f.Result.Edges)), map[passage]*back{}
	c.limits, c.seen = make([]int64, len(f.Result.Edges)), make([]int32, len(f.Result.Edges))
	for i, e := range f.Result.Edges {
		c.edges[passage{e.From, e.To}] = i
		c.limits[i] = int64(math.Round(e.Median * 1e6))
	}
	s := f.Result.Summary
	f.Tail = tail{limit: rareLimit(s.Cases), p90: s.Duration.P90, median: s.Duration.Median}
	for _, v := range f.Result.Variants {
		if v.Count < f.Tail.limit {
			c.rare[string(c.sequence(v.Activities))] = true
			f.Tail.variants++
		}
	}
	return c
}

// sequence is the key of a variant, valid until the next call.
func (c *collector) sequence(activities []int32) []byte {
	c.key = c.key[:0]
	for _, a := range activities {
		c.key = binary.LittleEndian.AppendUint32(c.key, uint32(a))
	}
	return c.key
}

func (c *collector) trace(t *mining.Trace) error {
	if t.Len() == 0 {
		return nil
	}
	c.number++
	c.loops(t)
	for i := 1; i < t.Len(); i++ {
		c.passage(t, i)
	}
	c.backAndForth(t)
	if c.rare[string(c.sequence(t.Activity))] {
		c.tail(t)
	}
	return nil
}

// loops adds the time from the first to the last completing row of each repeated activity.
func (c *collector) loops(t *mining.Trace) {
	c.touched = c.touched[:0]
	for i, a := range t.Activity {
		if !t.Completes(i) {
			continue
		}
		at := t.Time[i]
		if c.times[a] == 0 {
			c.first[a], c.last[a] = at, at
			c.touched = append(c.touched, a)
		}
		c.times[a]++
		c.first[a], c.last[a] = min(c.first[a], at), max(c.last[a], at)
	}
	for _, a := range c.touched {
		if c.times[a] > 1 {
			c.Loops[a] += hours(c.last[a] - c.first[a])
		}
		c.times[a] = 0
	}
}

func (c *collector) passage(t *mining.Trace, i int) {
	e := c.edges[passage{t.Activity[i-1], t.Activity[i]}]
	over := t.Waiting(i) - c.limits[e]
	if over <= 0 {
		return
	}
	c.Excess[e].hours += hours(over)
	if c.seen[e] != c.number {
		c.seen[e] = c.number
		c.Excess[e].cases++
	}
}

// backAndForth counts returns a b a by the step that is done again, and the time of all legs that belong to one.
func (c *collector) backAndForth(t *mining.Trace) {
	a := t.Activity
	returns := func(i int) bool { return i >= 2 && i < len(a) && a[i] == a[i-2] && a[i] != a[i-1] }
	for i := 1; i < len(a); i++ {
		comes := returns(i)
		if !comes && !returns(i+1) {
			continue
		}
		low := c.back(passage{min(a[i-1], a[i]), max(a[i-1], a[i])})
		low.hours += hours(t.Elapsed(i))
		if !comes {
			continue
		}
		c.back(passage{a[i-1], a[i]}).count++
		if low.last != c.number {
			low.last = c.number
			low.cases++
		}
	}
}

func (c *collector) back(p passage) *back {
	b := c.Returns[p]
	if b == nil {
		b = &back{}
		c.Returns[p] = b
	}
	return b
}

func (c *collector) tail(t *mining.Trace) {
	first, last := t.Span()
	f, length := &c.Tail, mining.Seconds(last-first)
	f.rare++
	f.rareHours += length / 3600
	if length <= f.p90 {
		return
	}
	f.cases++
	f.hours += (length - f.median) / 3600
}

func hours(micros int64) float64 { return mining.Seconds(micros) / 3600 }
