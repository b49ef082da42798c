package mining

import "math"

const second = int64(1_000_000)

// Seconds turns microseconds into seconds.
func Seconds(micros int64) float64 { return float64(micros) / 1e6 }

// blocks is a growing list that never copies: blocks of doubling size up to 4,096 entries.
type blocks[T any] struct {
	full [][]T
	open []T
	n    int
}

const largestBlock = 4096

func (b *blocks[T]) add(v T) {
	if len(b.open) == cap(b.open) {
		b.grow()
	}
	b.open = append(b.open, v)
	b.n++
}

func (b *blocks[T]) grow() {
	size := 8
	if c := cap(b.open); c > 0 {
		b.full = append(b.full, b.open)
		size = min(2*c, largestBlock)
	}
	b.open = make([]T, 0, size)
}

// appendTo appends all entries in the order they came.
func (b *blocks[T]) appendTo(out []T) []T {
	for _, f := range b.full {
		out = append(out, f...)
	}
	return append(out, b.open...)
}

// durations keeps every duration of one edge for exact quantiles: whole seconds, the usual case, in four bytes, others
// as microseconds in eight.
type durations struct {
	whole blocks[uint32]
	fine  blocks[int64]
	sum   float64 // microseconds
}

func (d *durations) add(micros int64) {
	d.sum += float64(micros)
	if s := micros / second; micros >= 0 && s*second == micros && s <= math.MaxUint32 {
		d.whole.add(uint32(s))
		return
	}
	d.fine.add(micros)
}

func (d *durations) len() int { return d.whole.n + d.fine.n }

func (d *durations) mean() float64 { return d.sum / 1e6 / float64(d.len()) }

// appendMicros appends all durations in microseconds.
func (d *durations) appendMicros(out []int64) []int64 {
	for _, f := range append(d.whole.full[:len(d.whole.full):len(d.whole.full)], d.whole.open) {
		for _, s := range f {
			out = append(out, int64(s)*second)
		}
	}
	return d.fine.appendTo(out)
}

// scratch is memory that one worker reuses while it takes quantiles of many edges.
type scratch struct {
	whole []uint32
	fine  []int64
}

// median returns the median in seconds.
func (d *durations) median(s *scratch) float64 {
	if d.fine.n == 0 {
		s.whole = d.whole.appendTo(s.whole[:0])
		return quantileSelect(s.whole, 0.5)
	}
	s.fine = d.appendMicros(s.fine[:0])
	return quantileSelect(s.fine, 0.5) / 1e6
}

func (d *durations) copyOf() durations {
	c := durations{sum: d.sum}
	for _, s := range d.whole.appendTo(nil) {
		c.whole.add(s)
	}
	for _, f := range d.fine.appendTo(nil) {
		c.fine.add(f)
	}
	return c
}
