package finance_test

import (
	"testing"

	"lotse.dev/lotse/internal/engine/finance"
)

// BenchmarkMonteCarlo makes 10⁵ draws of 30 lines over 60 months: with certain ramps and rates, where each draw is a few
// multiplications a line, and with an uncertain rate, inflation and ramp on every benefit, where each draw goes through
// the months.
func BenchmarkMonteCarlo(b *testing.B) {
	certain := large()
	uncertain := large()
	uncertain.DiscountRate = between(0.06, 0.08, 0.11, finance.Triangular)
	uncertain.Inflation = between(0.01, 0.02, 0.04, finance.PERT)
	for i := range uncertain.Benefits {
		uncertain.Benefits[i].Ramp.Months = between(6, 12, 20, finance.PERT)
	}
	for _, c := range []struct {
		name string
		c    finance.Case
	}{{"certain_rates", certain}, {"uncertain_rates_and_ramps", uncertain}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				simulate(b, c.c, finance.Options{Seed: 1})
			}
		})
	}
}

// BenchmarkEvaluate is the deterministic result with all its rates.
func BenchmarkEvaluate(b *testing.B) {
	c := large()
	for b.Loop() {
		evaluate(b, c)
	}
}

// BenchmarkInternalRates finds the rates of ten years of monthly flows whose sign changes in every month.
func BenchmarkInternalRates(b *testing.B) {
	flows := make([]finance.Amount, 121)
	for i := range flows {
		flows[i] = finance.Amount((i*7919)%2000003 - 1000000 + i%2*1000)
	}
	for b.Loop() {
		finance.InternalRates(flows, 12)
	}
}
