package decision

import "math"

// Range is an uncertain value: least, likely and most, in this order.
type Range struct {
	Low    float64 `json:"low"`
	Likely float64 `json:"likely"`
	High   float64 `json:"high"`
}

// Exactly is a range without width.
func Exactly(v float64) Range { return Range{v, v, v} }

// Valid says whether the three values are finite and in order.
func (r Range) Valid() bool {
	return r.Low <= r.Likely && r.Likely <= r.High && !math.IsInf(r.Low, 0) && !math.IsInf(r.High, 0)
}

// At is the quantile p of the triangular distribution over the range, p from 0 to 1 (Kotz and van Dorp, Beyond Beta,
// 2004, equation 1.4).
func (r Range) At(p float64) float64 {
	width := r.High - r.Low
	if width == 0 {
		return r.Low
	}
	if left := (r.Likely - r.Low) / width; p < left {
		return r.Low + math.Sqrt(p*width*(r.Likely-r.Low))
	}
	return r.High - math.Sqrt((1-p)*width*(r.High-r.Likely))
}
