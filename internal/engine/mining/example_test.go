package mining_test

import (
	"context"
	"fmt"

	"lotse.dev/lotse/internal/engine/mining"
)

func ExampleAnalyse() {
	orders := log{
		{plain("order", 0), plain("ship", 3600), plain("pay", 90000)},
		{plain("order", 0), plain("ship", 7200), plain("pay", 80000)},
		{plain("order", 0), plain("ask", 600), plain("ship", 9000), plain("pay", 70000)},
	}
	r, err := mining.Analyse(context.Background(), orders.source(1000), mining.Options{})
	if err != nil {
		panic(err)
	}
	e := r.Edges[0]
	fmt.Printf("%d cases, %d variants\n", r.Summary.Cases, r.Summary.Variants)
	fmt.Printf("%s → %s: %d times, median %.0f s\n", r.Activities[e.From].Name, r.Activities[e.To].Name, e.Count, e.Median)
	// Output:
	// 3 cases, 2 variants
	// ship → pay: 3 times, median 72800 s
}
