package finance

import (
	"slices"
	"testing"
)

func TestHistogramByHand(t *testing.T) {
	r := roundingTo(2)
	values := []float64{-0.30, -0.29, -0.01, 0, 0.01, 0.02, 0.02, 0.18}
	got := histogram(r, values)
	// The middle 99.8 % reach from −0.29993 to 0.17888 euros; a cent is the finest bin. 0.18 lies beyond the last one.
	if got.Width != 1 || got.From != -30 || len(got.Counts) != 48 || got.Below != 0 || got.Above != 1 {
		t.Fatalf("%+v", got)
	}
	want := map[int]int64{0: 1, 1: 1, 29: 1, 30: 1, 31: 1, 32: 2}
	for i, n := range got.Counts {
		if n != want[i] {
			t.Errorf("bin %d has %d", i, n)
		}
	}
}

func TestRoundWidth(t *testing.T) {
	for width, want := range map[float64]float64{0.2: 1, 1.9: 1, 2: 2, 4.99: 2, 5: 5, 9: 5, 10: 10, 39: 20, 51: 50, 1234: 1000, 7e6: 5e6} {
		if got := roundWidth(width); got != want {
			t.Errorf("%v: %v, want %v", width, got, want)
		}
	}
}

// Quantiles of type 7 (Hyndman and Fan): of 1 … 11 the quantile p is 1 + 10p.
func TestQuantilesAreTypeSeven(t *testing.T) {
	values := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	s := spreadOf(roundingTo(2), slices.Clone(values))
	if len(s.Quantiles) != 19 || s.Mean != 600 || s.SD != 332 {
		t.Fatal(s)
	}
	for _, q := range s.Quantiles {
		if want := roundingTo(2).amount(1 + 10*q.P); q.Value != want {
			t.Errorf("%v: %v, want %v", q.P, q.Value, want)
		}
	}
}
