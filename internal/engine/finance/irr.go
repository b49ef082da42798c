package finance

import (
	"math"
	"math/big"
	"slices"
)

// IRR holds every internal rate of return of a series: the rates per year at which its present value is zero. A series
// may have none, one or several; several cannot be read as a return, and the present value at the company's rate
// decides. Rates stand in ascending order, −1 is never reached. A rate that a present value touches without crossing
// zero counts once.
type IRR struct {
	Count int       `json:"count"`
	Rates []float64 `json:"rates" doc:"per year"`
}

// InternalRates finds all internal rates of flows that are one period apart, perYear periods a year. Flows are whole
// minor units, so that the roots of the polynomial in the discount factor of a period are counted exactly, by
// Descartes' rule of signs and bisection in whole numbers (Collins and Akritas 1976, SYMSAC '76, 272–275); each is
// then narrowed to the precision of a float. A series of zeros has no rate.
func InternalRates(flows []Amount, perYear int) IRR {
	p := squareFree(polynomialOf(flows))
	r := IRR{Rates: []float64{}}
	for _, v := range positiveRoots(p) { // v = (1 + rate) to the power of −1/perYear
		r.Rates = append(r.Rates, math.Pow(v, -float64(perYear))-1)
	}
	slices.Sort(r.Rates)
	r.Count = len(r.Rates)
	return r
}

// polynomialOf drops zeros at both ends: they move the flows in time, which changes no rate.
func polynomialOf(flows []Amount) poly {
	first, last := 0, len(flows)
	for first < last && flows[first] == 0 {
		first++
	}
	for first < last && flows[last-1] == 0 {
		last--
	}
	p := make(poly, 0, last-first)
	for _, f := range flows[first:last] {
		p = append(p, big.NewInt(int64(f)))
	}
	return p
}

// positiveRoots returns the positive roots of a polynomial without multiple roots and without root 0.
func positiveRoots(p poly) []float64 {
	if len(p) < 2 || p.signChanges() == 0 {
		return nil
	}
	var out []float64
	if p.at(one).Sign() == 0 {
		out = append(out, 1)
	}
	for _, i := range isolate(p) {
		out = append(out, i.narrow(p))
	}
	mirrored := slices.Clone(p)
	slices.Reverse(mirrored)
	for _, i := range isolate(mirrored) {
		out = append(out, 1/i.narrow(mirrored))
	}
	return out
}
