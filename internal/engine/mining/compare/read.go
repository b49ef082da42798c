package compare

import (
	"context"
	"encoding/binary"

	"lotse.dev/lotse/internal/engine/mining"
)

// Dictionary numbers activities and variants alike for both periods of a comparison.
type Dictionary struct {
	names    []string
	numbers  map[string]int32
	variants map[string]int32 // by the numbers of the sequence
	key      []byte
}

// NewDictionary is empty.
func NewDictionary() *Dictionary {
	return &Dictionary{numbers: map[string]int32{}, variants: map[string]int32{}}
}

func (d *Dictionary) activity(name string) int32 {
	n, ok := d.numbers[name]
	if !ok {
		n = int32(len(d.names))
		d.numbers[name] = n
		d.names = append(d.names, name)
	}
	return n
}

func (d *Dictionary) variant(sequence []int32, number []int32) int32 {
	d.key = d.key[:0]
	for _, a := range sequence {
		d.key = binary.AppendUvarint(d.key, uint64(number[a]))
	}
	n, ok := d.variants[string(d.key)]
	if !ok {
		n = int32(len(d.variants))
		d.variants[string(d.key)] = n
	}
	return n
}

type pair struct{ from, to int32 }

// passages are the cases on one edge: one time for each.
type passages struct {
	times []float64 // seconds, mean of the case's passages; none for an activity
	cases int64
	trace int64 // the case that is being read
	sum   float64
	n     int64
}

func (p *passages) close() {
	if p.n > 0 {
		p.times = append(p.times, p.sum/float64(p.n)/1e6)
		p.sum, p.n = 0, 0
	}
}

// Period is what one pass keeps: about eight bytes for each case and each edge that it passes, and twelve for a case.
type Period struct {
	cases      int64
	activities map[int32]*passages
	edges      map[pair]*passages
	durations  []float64 // seconds, by case
	variants   []int32   // by case
}

// Cases is the number of cases read.
func (p *Period) Cases() int64 { return p.cases }

// Read reads one period. Both periods of a comparison share the dictionary.
func Read(ctx context.Context, d *Dictionary, src mining.Source, instances bool) (*Period, error) {
	p := &Period{activities: map[int32]*passages{}, edges: map[pair]*passages{}}
	var number []int32
	for _, name := range src.Activities() {
		number = append(number, d.activity(name))
	}
	err := mining.Walk(ctx, src, instances, func(t *mining.Trace) error {
		if t.Len() > 0 {
			p.trace(d, t, number)
		}
		return nil
	})
	for _, e := range p.edges {
		e.close()
	}
	return p, err
}

func (p *Period) trace(d *Dictionary, t *mining.Trace, number []int32) {
	p.cases++
	first, last := t.Span()
	p.durations = append(p.durations, mining.Seconds(last-first))
	p.variants = append(p.variants, d.variant(t.Activity, number))
	for i, a := range t.Activity {
		meet(p.activities, number[a], p.cases)
		if i > 0 {
			e := meet(p.edges, pair{number[t.Activity[i-1]], number[a]}, p.cases)
			e.sum += float64(t.Elapsed(i))
			e.n++
		}
	}
}

// meet finds what is kept of a key and counts the case once.
func meet[K comparable](all map[K]*passages, key K, trace int64) *passages {
	e := all[key]
	if e == nil {
		e = &passages{}
		all[key] = e
	}
	if e.trace != trace {
		e.close()
		e.trace = trace
		e.cases++
	}
	return e
}
