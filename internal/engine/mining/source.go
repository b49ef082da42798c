package mining

import "context"

// NoTime marks an absent start time.
const NoTime = int64(-1 << 63)

// Chunk is a block of consecutive events. Cases are numbered in the order in which they come and all events of a case
// stand together, in their order; activities are numbers below len(Source.Activities()). All slices have one entry
// per event, except those that may be nil.
type Chunk struct {
	Case     []int32
	Activity []int32
	Time     []int64 // microseconds since 1970 UTC: the end of the event, or its only time
	Start    []int64 // microseconds, NoTime when the event has none; nil when no event of the log has one
	Complete []bool  // whether the row completes its activity; nil when the log has no lifecycle
	Begin    []bool  // whether the row starts its activity; nil when the log has no lifecycle
}

// Source delivers a log. Next returns nil at the end; a chunk is valid until the next call.
type Source interface {
	Activities() []string
	Next() (*Chunk, error)
}

// Trace is the events of one case in order. Its slices are valid during the call it is handed to; nil slices are
// those of Chunk.
type Trace struct {
	Case     int32
	Activity []int32
	Time     []int64
	Start    []int64
	Complete []bool
	Begin    []bool
}

// Len is the number of events.
func (t *Trace) Len() int { return len(t.Activity) }

// StartOf is the start of event i, NoTime when it has none.
func (t *Trace) StartOf(i int) int64 {
	if t.Start == nil {
		return NoTime
	}
	return t.Start[i]
}

// Completes says whether event i completes its activity; without a lifecycle each one does.
func (t *Trace) Completes(i int) bool { return t.Complete == nil || t.Complete[i] }

// Waiting is the time in microseconds between the events i−1 and i: from the end of the first to the start of the
// second, at least 0, where the second has a start, otherwise Elapsed.
func (t *Trace) Waiting(i int) int64 {
	if s := t.StartOf(i); s != NoTime {
		return max(0, s-t.Time[i-1])
	}
	return t.Elapsed(i)
}

// Elapsed is the time in microseconds from the end of event i−1 to the end of event i, negative when i ended earlier.
func (t *Trace) Elapsed(i int) int64 { return t.Time[i] - t.Time[i-1] }

// Span returns the earliest start or time and the latest time, in microseconds.
func (t *Trace) Span() (first, last int64) {
	first, last = t.Time[0], t.Time[0]
	for _, x := range t.Time[1:] {
		first, last = min(first, x), max(last, x)
	}
	for _, x := range t.Start {
		if x != NoTime {
			first = min(first, x)
		}
	}
	return first, last
}

// Walk calls visit for each trace of the source. With instances the start and complete rows of an activity are paired
// into one event first (see Instances). It ends with the first error, of the source, of visit or of ctx.
func Walk(ctx context.Context, src Source, instances bool, visit func(*Trace) error) error {
	var w walker
	w.visit = visit
	if instances {
		w.pair = newPairing(len(src.Activities()))
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := src.Next()
		if err != nil {
			return err
		}
		if c == nil {
			return w.flush()
		}
		if err := w.chunk(c); err != nil {
			return err
		}
	}
}

// walker cuts chunks into traces. A trace inside one chunk is a view of it; only one that reaches over a border is
// copied into open.
type walker struct {
	open  Trace
	view  Trace
	pair  *pairing
	visit func(*Trace) error
}

func (w *walker) chunk(c *Chunk) error {
	n := len(c.Case)
	for from := 0; from < n; {
		id := c.Case[from]
		to := from + 1
		for to < n && c.Case[to] == id {
			to++
		}
		if w.open.Len() > 0 && w.open.Case != id {
			if err := w.flush(); err != nil {
				return err
			}
		}
		if w.open.Len() > 0 || to == n {
			w.open.Case = id
			w.open.add(c, from, to)
		} else {
			w.view.set(c, from, to)
			if err := w.emit(&w.view); err != nil {
				return err
			}
		}
		from = to
	}
	return nil
}

func (w *walker) flush() error {
	if w.open.Len() == 0 {
		return nil
	}
	err := w.emit(&w.open)
	w.open.reset()
	return err
}

func (w *walker) emit(t *Trace) error {
	if w.pair != nil {
		t = w.pair.instances(t)
	}
	return w.visit(t)
}

func (t *Trace) set(c *Chunk, from, to int) {
	t.Case = c.Case[from]
	t.Activity, t.Time = c.Activity[from:to], c.Time[from:to]
	t.Start, t.Complete, t.Begin = nil, nil, nil
	if c.Start != nil {
		t.Start = c.Start[from:to]
	}
	if c.Complete != nil {
		t.Complete = c.Complete[from:to]
	}
	if c.Begin != nil {
		t.Begin = c.Begin[from:to]
	}
}

func (t *Trace) add(c *Chunk, from, to int) {
	t.Activity = append(t.Activity, c.Activity[from:to]...)
	t.Time = append(t.Time, c.Time[from:to]...)
	if c.Start != nil {
		t.Start = append(t.Start, c.Start[from:to]...)
	}
	if c.Complete != nil {
		t.Complete = append(t.Complete, c.Complete[from:to]...)
	}
	if c.Begin != nil {
		t.Begin = append(t.Begin, c.Begin[from:to]...)
	}
}

func (t *Trace) reset() {
	t.Activity, t.Time = t.Activity[:0], t.Time[:0]
	if t.Start != nil {
		t.Start = t.Start[:0]
	}
	if t.Complete != nil {
		t.Complete = t.Complete[:0]
	}
	if t.Begin != nil {
		t.Begin = t.Begin[:0]
	}
}
