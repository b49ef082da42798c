package causal_test

import (
	"context"
	"fmt"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

// The days that a case takes, month by month for three years; in the third something new was introduced.
func ExampleEstimate() {
	days := []float64{
		12.1, 11.8, 12.6, 12.4, 11.9, 12.2, 12.8, 12.3, 11.7, 12.0, 12.5, 12.2,
		12.4, 12.7, 12.1, 11.9, 12.3, 12.6, 12.0, 12.2, 12.5, 11.8, 12.4, 12.1,
		10.4, 10.1, 10.6, 10.2, 10.0, 10.5, 10.3, 9.9, 10.2, 10.6, 10.1, 10.4,
	}
	s := causal.Series{Grain: causal.Month}
	for i := range days {
		s.Observations = append(s.Observations, causal.Observation{Label: fmt.Sprint(i + 1), Value: &days[i]})
	}
	expected := -1.5
	e, err := causal.Estimate(context.Background(), s, causal.Design{At: 24, Expected: &expected, Class: causal.Planned})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s: %.2f days [%.2f, %.2f], placebo p %.3f\n", e.Verdict, *e.Estimate, *e.Low, *e.High, *e.Placebo.P)
	for _, r := range e.Reasons[:3] {
		fmt.Println(r.Code, *r.Met, r.Text.In(base.English))
	}
	// Output:
	// belegt: -1.97 days [-2.30, -1.63], placebo p 0.071
	// planned true The plan was signed before the start.
	// length true The series is long enough.
	// interval true The change is larger than chance explains: the range of uncertainty does not contain zero.
}
