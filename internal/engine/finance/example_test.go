package finance_test

import (
	"context"
	"fmt"

	"lotse.dev/lotse/internal/engine/finance"
)

// A tool for 24,000 euros that saves postage from the fourth month on, growing over half a year.
func Example() {
	c := finance.Case{
		Start: "2027-01", Months: 36, Currency: "EUR",
		DiscountRate: finance.Exactly(0.08, finance.Estimated, ""),
		Costs: []finance.Cost{
			{ID: "build", Kind: finance.OneOff, Month: 1, Amount: finance.Between(22000, 24000, 31000, finance.PERT, finance.Quoted, "Angebot 12")},
			{ID: "run", Kind: finance.Running, From: 4, Amount: finance.Exactly(250, finance.Quoted, "Angebot 12")},
		},
		Benefits: []finance.Benefit{
			{ID: "postage", Class: finance.Cash, From: 4, Unit: "Briefe",
				Quantity: finance.Between(900, 1100, 1300, finance.Normal, finance.Measured, "metric:letters_sent"),
				Price:    finance.Exactly(1.15, finance.Measured, "metric:letter_cost"),
				Ramp:     finance.Ramp{Months: finance.Exactly(6, finance.Estimated, "")}},
			{ID: "calls", Class: finance.ReleasedTime, From: 4,
				Quantity: finance.Between(10, 20, 40, finance.Triangular, finance.Guessed, ""),
				Price:    finance.Exactly(34, finance.Measured, "Stundensätze 2026")},
		},
	}
	r, err := finance.Evaluate(c)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, _ := finance.Simulate(context.Background(), c, finance.Options{Seed: 1})
	t, _ := finance.Tornado(c)
	fmt.Printf("net present value %.2f, internal rate %.1f %%, payback after %.1f months\n",
		float64(r.Cash.NPV)/100, 100*r.Cash.IRR.Rates[0], *r.Cash.Payback)
	fmt.Printf("released time beside it: %.0f hours\n", r.ReleasedTime.TotalHours)
	fmt.Printf("positive with a probability of %.2f\n", s.Cash.Positive)
	fmt.Printf("most uncertain: %s\n", t.Bars[0].Inputs[0].Key)
	// Output:
	// net present value 2614.92, internal rate 15.0 %, payback after 29.8 months
	// released time beside it: 660 hours
	// positive with a probability of 0.70
	// most uncertain: postage.quantity
}
