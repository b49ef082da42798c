package businesscase

import (
	"context"
	"math"
	"slices"

	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/store/record/field"
)

// seed is the seed of every assessment: the same case has the same figures on the page, in the register and in a file.
const seed = 1

// compute drops the bindings of inputs that are not measured any more and fills the headline from all draws. It runs
// on every write, within a fraction of a second; a case that check refuses stays without.
func compute(b *BusinessCase) {
	b.Bindings = slices.DeleteFunc(b.Bindings, func(m Binding) bool {
		return !slices.ContainsFunc(b.Inputs, func(in Input) bool { return in.Key == m.Key && in.Origin == measured })
	})
	for i := range b.Inputs {
		if b.Inputs[i].Origin == measured { // the number stands in the binding
			b.Inputs[i].Range, b.Inputs[i].Distribution = nil, ""
		}
	}
	b.NPVLow, b.NPV, b.NPVHigh, b.Positive, b.Payback = nil, nil, nil, nil, nil
	if len(check(b)) > 0 {
		return
	}
	c := b.Finance()
	result, err := finance.Evaluate(c)
	if err != nil {
		return
	}
	spread, err := finance.Simulate(context.Background(), c, finance.Options{Seed: seed})
	if err != nil {
		return
	}
	low, high := Interval(spread.Cash)
	b.NPVLow, b.NPV, b.NPVHigh = b.money(low, result.Decimals), b.money(result.Cash.NPV, result.Decimals), b.money(high, result.Decimals)
	positive := field.Percent(spread.Cash.Positive)
	b.Positive = &positive
	b.Payback = rounded(result.Cash.Payback)
}

// Interval is where nine of ten draws lie.
func Interval(s finance.CashSpread) (low, high finance.Amount) {
	for _, q := range s.Quantiles {
		if q.P < 0.051 {
			low = q.Value
		}
		if q.P < 0.951 {
			high = q.Value
		}
	}
	return low, high
}

// money is an amount in hundredths, as records keep it.
func (b *BusinessCase) money(a finance.Amount, decimals int) *field.Money {
	hundredths := math.Round(float64(a) * math.Pow10(2-decimals))
	return &field.Money{Amount: field.FormatMinor(int64(hundredths)), Currency: b.Currency}
}

// rounded keeps a month to one decimal.
func rounded(v *float64) *float64 {
	if v == nil {
		return nil
	}
	r := math.Round(*v*10) / 10
	return &r
}
