package finance_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
)

// fixed is an input without range.
func fixed(v float64) finance.Input { return finance.Exactly(v, finance.Estimated, "") }

// between is an input with a range.
func between(low, likely, high float64, d finance.Distribution) finance.Input {
	return finance.Between(low, likely, high, d, finance.Estimated, "")
}

// simple is a case of so many months without discount, to which a test adds lines.
func simple(months int) finance.Case {
	return finance.Case{Start: "2027-01", Months: months, Currency: "EUR", DiscountRate: fixed(0)}
}

func oneOff(id string, month int, amount finance.Input) finance.Cost {
	return finance.Cost{ID: id, Kind: finance.OneOff, Month: month, Amount: amount}
}

func cash(id string, price finance.Input) finance.Benefit {
	return finance.Benefit{ID: id, Class: finance.Cash, Price: price}
}

// example reads testdata/self-service.json.
func example(t testing.TB) finance.Case {
	t.Helper()
	f, err := os.Open("testdata/self-service.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := finance.Decode(f)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	return c
}

func evaluate(t testing.TB, c finance.Case) finance.Result {
	t.Helper()
	r, err := finance.Evaluate(c)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	return r
}

func simulate(t testing.TB, c finance.Case, o finance.Options) finance.Simulation {
	t.Helper()
	s, err := finance.Simulate(t.Context(), c, o)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	return s
}

// fields lists the paths of a refusal.
func fields(err error) []string {
	var e *base.Error
	var out []string
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field)
		}
	}
	return out
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// large is a case of 30 lines and 60 months in which every amount, price and quantity is uncertain.
func large() finance.Case {
	c := simple(60)
	c.DiscountRate, c.Inflation = fixed(0.08), fixed(0.02)
	kinds := []finance.Distribution{finance.PERT, finance.Triangular, finance.Normal, finance.Uniform, finance.LogNormal}
	in := func(i int, likely float64) finance.Input {
		return between(likely*(0.5+0.01*float64(i)), likely, likely*(1.5+0.02*float64(i)), kinds[i%len(kinds)])
	}
	c.Roles = []finance.Role{{ID: "it", DayRate: in(3, 500)}}
	for i := range 15 {
		id := fmt.Sprint("c", i)
		switch i % 4 {
		case 0:
			c.Costs = append(c.Costs, oneOff(id, i+1, in(i, 9000)))
		case 1:
			c.Costs = append(c.Costs, finance.Cost{ID: id, Kind: finance.Running, From: i, Amount: in(i, 700)})
		case 2:
			c.Costs = append(c.Costs, finance.Cost{ID: id, Kind: finance.Internal, Role: "it", From: i, To: i + 6, Days: in(i, 20)})
		case 3:
			c.Costs = append(c.Costs, finance.Cost{ID: id, Kind: finance.Licences, Price: in(i, 30), Users: in(i+1, 20),
				Ramp: finance.Ramp{Months: fixed(6)}})
		}
	}
	for i := range 15 {
		b := finance.Benefit{ID: fmt.Sprint("b", i), Class: finance.Classes()[i%3], Quantity: in(i, 100), Price: in(i+2, 12), From: 6,
			Ramp: finance.Ramp{Months: fixed(12), Shape: finance.SCurve}}
		c.Benefits = append(c.Benefits, b)
	}
	return c
}
