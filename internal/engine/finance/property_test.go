package finance_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/engine/finance"
)

func flowsOf(t *rapid.T, name string, n int) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), n, n).Draw(t, name)
}

func TestNPVIsLinear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 120).Draw(t, "n")
		f, g := flowsOf(t, "f", n), flowsOf(t, "g", n)
		k := rapid.Float64Range(-10, 10).Draw(t, "k")
		rate := rapid.Float64Range(0, 0.5).Draw(t, "rate")
		mixed := make([]float64, n)
		var sum float64
		for i := range f {
			mixed[i] = f[i] + k*g[i]
			sum += f[i]
		}
		if got, want := finance.NPV(rate, mixed), finance.NPV(rate, f)+k*finance.NPV(rate, g); !near(got, want, 1e-5) {
			t.Fatal(got, want)
		}
		if got := finance.NPV(0, f); !near(got, sum, 1e-5) {
			t.Fatal("without discount", got, sum)
		}
	})
}

// caseOf draws a case of cash lines.
func caseOf(t *rapid.T) finance.Case {
	c := simple(rapid.IntRange(2, 60).Draw(t, "months"))
	c.DiscountRate = fixed(rapid.Float64Range(0, 0.3).Draw(t, "rate"))
	c.Inflation = fixed(rapid.Float64Range(0, 0.1).Draw(t, "inflation"))
	month := rapid.IntRange(1, c.Months)
	spread := func(name string) finance.Input {
		likely := rapid.Float64Range(1, 1e5).Draw(t, name)
		return between(likely*rapid.Float64Range(0.2, 1).Draw(t, name+" min"), likely, likely*rapid.Float64Range(1.01, 3).Draw(t, name+" max"),
			rapid.SampledFrom(finance.Distributions()[1:]).Draw(t, name+" distribution"))
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "costs") {
		c.Costs = append(c.Costs, oneOff(string(rune('a'+i)), month.Draw(t, "month"), spread("cost")))
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "benefits") {
		b := cash(string(rune('p'+i)), spread("benefit"))
		b.From = month.Draw(t, "from")
		b.Ramp.Months = fixed(rapid.Float64Range(0, 24).Draw(t, "ramp"))
		c.Benefits = append(c.Benefits, b)
	}
	return c
}

// Twice all amounts, twice the value; without discount and inflation the value is the sum of the flows.
func TestScaling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := caseOf(t)
		one := evaluateRapid(t, c)
		for i := range c.Costs {
			c.Costs[i].Amount = fixed(2 * c.Costs[i].Amount.Likely())
		}
		for i := range c.Benefits {
			c.Benefits[i].Price = fixed(2 * c.Benefits[i].Price.Likely())
		}
		two := evaluateRapid(t, c)
		if d := two.Cash.NPV - 2*one.Cash.NPV; d < -1 || d > 1 {
			t.Fatal(one.Cash.NPV, two.Cash.NPV)
		}
		c.DiscountRate, c.Inflation = fixed(0), finance.Input{}
		plain := evaluateRapid(t, c).Cash
		if last := plain.Cumulated[c.Months-1]; plain.NPV-last < -1 || plain.NPV-last > 1 {
			t.Fatal(plain.NPV, last)
		}
	})
}

func evaluateRapid(t *rapid.T, c finance.Case) finance.Result {
	r, err := finance.Evaluate(c)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	return r
}

// Every rate that is found makes the value zero, and the number of rates keeps Descartes' rule: as many as changes of
// sign or fewer by an even number (rates that only touch zero do not occur by chance).
func TestRatesMakeTheValueZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "n")
		flows := make([]finance.Amount, n)
		values := make([]float64, n)
		for i := range flows {
			flows[i] = finance.Amount(rapid.Int64Range(-1e9, 1e9).Draw(t, "flow"))
			values[i] = float64(flows[i])
		}
		changes, before := 0, 0.0
		for _, v := range values {
			if v*before < 0 {
				changes++
			}
			if v != 0 {
				before = v
			}
		}
		r := finance.InternalRates(flows, 1)
		if r.Count > changes || (changes-r.Count)%2 != 0 && !touches(flows) {
			t.Fatal(r, changes)
		}
		for _, rate := range r.Rates {
			var size float64
			for i, v := range values {
				size += math.Abs(v) * math.Pow(1+rate, -float64(i))
			}
			precision := 1e-9 + 1e-14*float64(n)/(1+rate) // near −1 a float has few digits left of 1 + rate
			if got := finance.NPV(rate, values); math.Abs(got) > precision*size {
				t.Fatal(rate, got, size)
			}
		}
	})
}

// touches says that a small move of the first flow changes the number of rates by one, as a double root does.
func touches(flows []finance.Amount) bool {
	f := append([]finance.Amount(nil), flows...)
	for i := range f {
		f[i] *= 1000
	}
	f[0]++
	up := finance.InternalRates(f, 1).Count
	f[0] -= 2
	return finance.InternalRates(f, 1).Count != up
}

// The changes lead from one version to the other and nothing is left over; a version differs from itself in nothing.
func TestVersionsEndWhereTheyShould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := caseOf(t), caseOf(t)
		got, err := finance.Compare(a, b)
		if err != nil {
			t.Fatal(err)
		}
		sum := got.Before
		for _, c := range got.Changes {
			sum += c.NPV
		}
		if want := evaluateRapid(t, b).Cash.NPV; sum != want || got.After != want || got.Before != evaluateRapid(t, a).Cash.NPV {
			t.Fatal(sum, want, got)
		}
		if same, err := finance.Compare(b, b); err != nil || len(same.Changes) != 0 || same.Difference != 0 {
			t.Fatal(same, err)
		}
	})
}

// Put in, a break-even value makes the value zero within the worth of a rounding.
func TestBreakEvenValuesAreZeros(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := caseOf(t)
		all, err := finance.BreakEvens(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range all {
			if b.Value == nil || b.Key == "p.ramp.months" || b.Key == "q.ramp.months" || b.Key == "r.ramp.months" || b.Key == "s.ramp.months" {
				continue
			}
			c.Scenarios = []finance.Scenario{{Name: "zero", Set: map[string]float64{b.Key: *b.Value}}}
			out, err := finance.Scenarios(c)
			if err != nil {
				t.Fatal(err, fields(err))
			}
			if npv := out[3].Result.Cash.NPV; npv < -1 || npv > 1 {
				t.Fatal(b.Key, *b.Value, npv)
			}
		}
	})
}
