package convert

import (
	"math"
	"slices"

	"github.com/cespare/xxhash/v2"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/mapping"
)

// Codes of the checks whose rows the user may leave out.
const (
	EqualRows        = "equal_rows"
	Before1970       = "before_1970"
	InFuture         = "future"
	NegativeDuration = "negative_duration"
)

// watch observes the rows that fit.
type watch struct {
	time     int   // column of the main time, −1 for none
	start    int   // column of what may not lie after it
	later    []int // columns that may not lie before the main time
	future   int64
	first    int64
	last     int64
	clocks   int64
	rows     int64
	currency int
	seen     map[string]bool
	key      int // column whose repetition is noted: ticket_id
	keys     *rowSet
	drop     map[string]bool
}

func newWatch(l *Layout) watch {
	w := watch{time: l.Schema.Index(l.TimeField()), start: -1, currency: l.Schema.Index("currency"), key: -1, future: l.now.UnixMicro(), first: math.MaxInt64, last: math.MinInt64, seen: map[string]bool{}, drop: map[string]bool{}}
	if l.now.IsZero() {
		w.future = math.MaxInt64
	}
	if l.Plan.Table == mapping.Events {
		w.start = l.Schema.Index("start_time")
	}
	if l.Plan.Table == mapping.Tickets {
		w.key, w.keys = l.Schema.Index("ticket_id"), newRowSet()
		for _, f := range []string{"first_response_at", "resolved_at", "closed_at"} {
			if i := l.Schema.Index(f); i >= 0 {
				w.later = append(w.later, i)
			}
		}
	}
	for _, d := range l.Plan.Drop {
		w.drop[d] = true
	}
	return w
}

// leaveOut observes the current row and says whether the user wants it left out.
func (c *conversion) leaveOut() bool {
	w := &c.watch
	out := c.equal.add(c.hash()) && w.drop[EqualRows] && c.equal.exact()
	if w.time >= 0 && c.slots[w.time].valid {
		t := c.slots[w.time].n
		w.first, w.last = min(w.first, t), max(w.last, t)
		w.rows++
		if c.slots[w.time].clock {
			w.clocks++
		}
		if t < 0 {
			c.report.Before1970++
			out = out || w.drop[Before1970]
		}
		if t > w.future {
			c.report.Future++
			out = out || w.drop[InFuture]
		}
		if c.negative(t) {
			c.report.Negative++
			out = out || w.drop[NegativeDuration]
		}
	}
	if w.currency >= 0 && c.slots[w.currency].valid && len(w.seen) < 20 && !w.seen[string(c.slots[w.currency].text)] {
		w.seen[string(c.slots[w.currency].text)] = true
	}
	if w.key >= 0 && c.slots[w.key].valid {
		w.keys.add(xxhash.Sum64(c.slots[w.key].text))
	}
	return out
}

func (c *conversion) negative(t int64) bool {
	w := &c.watch
	if w.start >= 0 && c.slots[w.start].valid && c.slots[w.start].n > t {
		return true
	}
	for _, i := range w.later {
		if c.slots[i].valid && c.slots[i].n < t {
			return true
		}
	}
	return false
}

// hash combines the values of all columns of the current row.
func (c *conversion) hash() uint64 {
	h := uint64(1)
	for i := range c.slots {
		s := &c.slots[i]
		switch {
		case !s.valid:
			h = mix(h, 0x5bd1e995)
		case c.layout.ops[i].typ == fact.Text:
			h = mix(h, xxhash.Sum64(s.text))
		case c.layout.ops[i].typ == fact.Double:
			h = mix(h, math.Float64bits(s.f))
		default:
			h = mix(h, uint64(s.n))
		}
	}
	return h
}

func (w *watch) finish(r *Report) {
	if w.rows > 0 {
		r.First, r.Last = w.first, w.last
		r.OneTime = w.rows > 1 && w.first == w.last
		r.Clocks = w.clocks
	}
	for c := range w.seen {
		r.Currencies = append(r.Currencies, c)
	}
	slices.Sort(r.Currencies)
	if w.keys != nil {
		r.RepeatedKeys, _ = w.keys.repeated()
	}
}
