package mining_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"lotse.dev/lotse/internal/engine/mining"
)

// bigSource makes a log of cases × about 20 events, 20 activities, mostly along one path, a block at a time.
type bigSource struct {
	cases int32
	at    int32
	rng   *rand.Rand
	chunk mining.Chunk
	names []string
	fine  int64
}

func newBigSource(cases int32, fine int64) *bigSource {
	s := &bigSource{cases: cases, rng: rand.New(rand.NewPCG(1, 2)), fine: fine}
	for i := range 20 {
		s.names = append(s.names, fmt.Sprintf("activity %02d", i))
	}
	return s
}

func (s *bigSource) Activities() []string { return s.names }

func (s *bigSource) Next() (*mining.Chunk, error) {
	if s.at >= s.cases {
		return nil, nil
	}
	c := &s.chunk
	c.Case, c.Activity, c.Time = c.Case[:0], c.Activity[:0], c.Time[:0]
	for len(c.Case) < 8192 && s.at < s.cases {
		t := int64(s.at) * 1e9
		jump := s.rng.Uint64()
		for i := range int32(20) {
			a := i
			if jump>>i&31 == 0 {
				a = int32(jump>>40) % 20
			}
			t += int64(s.rng.Uint32()%1_000_000)*1e6 + s.fine
			c.Case, c.Activity, c.Time = append(c.Case, s.at), append(c.Activity, a), append(c.Time, t)
		}
		s.at++
	}
	return c, nil
}

func benchmark(b *testing.B, fine int64) {
	const cases = 500_000
	b.ReportAllocs()
	for b.Loop() {
		r, err := mining.Analyse(context.Background(), newBigSource(cases, fine), mining.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Summary.Variants), "variants")
	}
}

// BenchmarkAnalyse10M reads ten million events whose times are whole seconds; the generator's own time is part of it.
func BenchmarkAnalyse10M(b *testing.B) { benchmark(b, 0) }

// BenchmarkAnalyse10MMillis is the same with milliseconds.
func BenchmarkAnalyse10MMillis(b *testing.B) { benchmark(b, 1000) }

// BenchmarkSource10M is the generator alone.
func BenchmarkSource10M(b *testing.B) {
	for b.Loop() {
		s := newBigSource(500_000, 0)
		for c, _ := s.Next(); c != nil; c, _ = s.Next() {
		}
	}
}
