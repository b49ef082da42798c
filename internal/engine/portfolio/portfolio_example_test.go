package portfolio_test

import (
	"context"
	"fmt"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/portfolio"
)

func Example() {
	p := &portfolio.Problem{
		Periods: 4,
		Limits:  map[string][]float64{"budget": {5}},
		Initiatives: []portfolio.Initiative{
			{ID: "data", Value: []float64{1}, Use: map[string][]float64{"budget": {4}}},
			{ID: "shop", Value: []float64{9, 8, 7, 6}, Use: map[string][]float64{"budget": {3, 2}}, After: []string{"data"}},
			{ID: "chat", Value: []float64{6, 5, 4, 3}, Use: map[string][]float64{"budget": {3, 1}}, Excludes: []string{"shop"}},
		},
	}
	a, err := portfolio.Solve(context.Background(), p, portfolio.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Status, *a.Objective, a.Chosen)
	why, err := portfolio.Explain(context.Background(), p, a.Chosen, "chat", portfolio.Options{})
	if err != nil {
		panic(err)
	}
	for _, r := range why.Reasons {
		fmt.Println(r.Text.In(base.English))
	}
	// Output:
	// optimal 9 [{data 1} {shop 2}]
	// “shop” is in the plan and excludes “chat”.
	// In period 1 2 of “budget” is lacking.
	// The best plan with “chat” is worth 2 less; its value would have to rise by as much.
}
