package causal_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/engine/causal"
)

// column reads the numbers of one column of a shared file; labels are those of another.
func column(t testing.TB, file, label, value string, comma rune) (labels []string, values []float64) {
	t.Helper()
	f, err := os.Open(basetest.SharedData(t, "causal", file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	place := map[string]int{}
	for i, name := range rows[0] {
		place[name] = i
	}
	for _, row := range rows[1:] {
		x, err := strconv.ParseFloat(strings.TrimSpace(row[place[value]]), 64)
		if err != nil {
			t.Fatal(err)
		}
		labels, values = append(labels, row[place[label]]), append(values, x)
	}
	return labels, values
}

// series makes a series of values; labels may be nil.
func series(grain causal.Grain, labels []string, values []float64) causal.Series {
	s := causal.Series{Grain: grain}
	for i := range values {
		o := causal.Observation{Label: fmt.Sprint(i), Value: &values[i]}
		if labels != nil {
			o.Label = labels[i]
		}
		s.Observations = append(s.Observations, o)
	}
	return s
}

func estimate(t testing.TB, s causal.Series, d causal.Design) *causal.Effect {
	t.Helper()
	e, err := causal.Estimate(t.Context(), s, d)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// indexOf finds a label.
func indexOf(t testing.TB, labels []string, want string) int {
	t.Helper()
	for i, l := range labels {
		if l == want {
			return i
		}
	}
	t.Fatalf("no period %s", want)
	return 0
}

func met(e *causal.Effect, code string) string {
	for _, r := range e.Reasons {
		if r.Code == code {
			if r.Met == nil {
				return "open"
			}
			return fmt.Sprint(*r.Met)
		}
	}
	return "absent"
}
