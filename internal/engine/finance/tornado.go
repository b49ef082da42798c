package finance

import (
	"cmp"
	"math"
	"slices"
)

// Bar is one bar of a tornado: the net present value of cash where one driver stands at its tenth and at its ninetieth
// percentile and every other input at its likely value. Inputs without a driver are a bar by themselves.
type Bar struct {
	Driver  string    `json:"driver,omitempty"`
	Inputs  []BarSide `json:"inputs"`
	NPVLow  Amount    `json:"npv_at_p10"`
	NPVHigh Amount    `json:"npv_at_p90"`
	Swing   Amount    `json:"swing" doc:"distance of the two"`
}

// BarSide is an input of a bar with the values that were put in.
type BarSide struct {
	Key    string  `json:"key"`
	Path   string  `json:"path"`
	Origin Origin  `json:"origin"`
	Ref    string  `json:"ref,omitempty"`
	Low    float64 `json:"p10"`
	Likely float64 `json:"likely"`
	High   float64 `json:"p90"`
}

// TornadoChart lists a bar for each uncertain driver, the widest swing first. Base is the value at all likely inputs.
type TornadoChart struct {
	Base Amount `json:"base"`
	Bars []Bar  `json:"bars"`
}

// Tornado moves each uncertain driver alone.
func Tornado(c Case) (TornadoChart, error) {
	if err := Check(c); err != nil {
		return TornadoChart{}, err
	}
	m := newModel(c)
	s := newState(m)
	r := roundingTo(Decimals(c.Currency))
	chart := TornadoChart{Base: r.amount(s.worth().net), Bars: []Bar{}}
	for _, group := range samplers(m) {
		chart.Bars = append(chart.Bars, s.bar(r, group))
	}
	slices.SortStableFunc(chart.Bars, func(a, b Bar) int { return cmp.Compare(b.Swing, a.Swing) })
	return chart, nil
}

func (s *state) bar(r rounder, group sampler) Bar {
	low, high := map[int]float64{}, map[int]float64{}
	var b Bar
	for _, in := range group.inputs {
		place := s.m.places[in.input]
		low[in.input], high[in.input] = place.Input.Quantile(0.1), place.Input.Quantile(0.9)
		b.Driver = place.Input.Driver
		b.Inputs = append(b.Inputs, BarSide{
			Key: place.Key, Path: place.Path, Origin: place.Input.Origin, Ref: place.Input.Ref,
			Low: low[in.input], Likely: s.m.likely[in.input], High: high[in.input],
		})
	}
	atLow, atHigh := s.with(low).net, s.with(high).net
	b.NPVLow, b.NPVHigh, b.Swing = r.amount(atLow), r.amount(atHigh), r.amount(math.Abs(atHigh-atLow))
	return b
}
