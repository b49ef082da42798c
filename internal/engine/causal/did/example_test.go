package did_test

import (
	"context"
	"fmt"

	"lotse.dev/lotse/internal/engine/causal/did"
)

func ExampleEstimate() {
	panel := &did.Panel{Periods: []string{"2025-Q1", "2025-Q2", "2025-Q3"}, Units: []did.Unit{
		{Name: "Hamburg", Values: []float64{20, 21, 15}, From: 2},
		{Name: "Köln", Values: []float64{24, 24, 19}, From: 2},
		{Name: "Leipzig", Values: []float64{19, 20, 20}, From: did.Never},
		{Name: "München", Values: []float64{22, 23, 23}, From: did.Never},
	}}
	r, err := did.Estimate(context.Background(), panel, did.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.2f [%.2f; %.2f]\n", *r.Estimate, *r.Low, *r.High)
	fmt.Println(r.Diagnostics[1].Text.En)
	// Output:
	// -5.75 [-8.93; -2.57]
	// Exchanging which units are treated, the difference is at least as large in 2 of 6 assignments. So few assignments cannot exclude chance.
}
