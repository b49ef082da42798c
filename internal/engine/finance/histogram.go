package finance

import "math"

// CashHistogram is the picture of the net present value. Bins have one width and zero lies on a border, so that a bin
// is all loss or all gain; they cover the middle 99.8 % of the draws, the rest is counted beside them.
type CashHistogram struct {
	From   Amount  `json:"from" doc:"left border of the first bin"`
	Width  Amount  `json:"width" doc:"of a bin; 0 where every draw has the same value"`
	Counts []int64 `json:"counts"`
	Below  int64   `json:"below"`
	Above  int64   `json:"above"`
}

// finest is how many bins a histogram has at least, unless minor units are wider; at most 2.5 times as many and one.
const finest = 24

func histogram(r rounder, sorted []float64) CashHistogram {
	low, high := quantile(sorted, 0.001)*r.factor, quantile(sorted, 0.999)*r.factor
	if r.amount(sorted[0]) == r.amount(sorted[len(sorted)-1]) {
		return CashHistogram{From: r.amount(sorted[0]), Counts: []int64{int64(len(sorted))}}
	}
	width := roundWidth((high - low) / finest)
	first, last := math.Floor(low/width), math.Floor(high/width)
	h := CashHistogram{From: minor(first * width), Width: minor(width), Counts: make([]int64, int(last-first)+1)}
	for _, v := range sorted {
		switch k := math.Floor(v * r.factor / width); {
		case k < first:
			h.Below++
		case k > last:
			h.Above++
		default:
			h.Counts[int(k-first)]++
		}
	}
	return h
}

// roundWidth is the largest of 1, 2, 5, 10, 20 … that is not above the width, at least 1.
func roundWidth(width float64) float64 {
	if width < 2 {
		return 1
	}
	power := math.Pow10(int(math.Floor(math.Log10(width))))
	for _, f := range []float64{5, 2} {
		if width >= f*power {
			return f * power
		}
	}
	return power
}
