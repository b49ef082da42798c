package finance_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/engine/finance"
)

// golden is a file of testdata/golden; its README describes the form.
type golden struct {
	Source string                     `json:"source"`
	Case   json.RawMessage            `json:"case"`
	Expect map[string]json.RawMessage `json:"expect"`
}

func TestGoldenCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/golden/*.json")
	if err != nil || len(paths) < 10 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".json"), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var g golden
			if err := json.Unmarshal(data, &g); err != nil || g.Source == "" {
				t.Fatal(err, g.Source)
			}
			c, err := finance.Decode(bytes.NewReader(g.Case))
			if err != nil {
				t.Fatal(err, fields(err))
			}
			g.compare(t, evaluate(t, c))
		})
	}
}

func (g golden) compare(t *testing.T, r finance.Result) {
	t.Helper()
	euros := func(a finance.Amount) *float64 { return new(float64(a) / 100) }
	got := map[string]*float64{
		"npv": euros(r.Cash.NPV), "cash_need": euros(r.Cash.Need.Amount), "cash_need_month": new(float64(r.Cash.Need.Month)),
		"roi": r.Cash.ROI, "payback_months": r.Cash.Payback, "discounted_payback_months": r.Cash.Discounted,
	}
	if r.AvoidedCost != nil {
		got["avoided_cost"] = euros(r.AvoidedCost.Total)
	}
	if r.ReleasedTime != nil {
		got["released_hours"], got["released_value"] = &r.ReleasedTime.TotalHours, euros(r.ReleasedTime.Value.Total)
	}
	tolerance := 1e-6
	if raw, ok := g.Expect["tolerance"]; ok {
		read(t, raw, &tolerance)
	}
	for name, raw := range g.Expect {
		switch name {
		case "tolerance":
		case "irr":
			var rates []float64
			read(t, raw, &rates)
			if len(rates) != r.Cash.IRR.Count {
				t.Errorf("irr: %v, want %v (%s)", r.Cash.IRR, rates, g.Source)
				continue
			}
			for i, want := range rates {
				if !near(r.Cash.IRR.Rates[i], want, tolerance) {
					t.Errorf("irr: %v, want %v (%s)", r.Cash.IRR, rates, g.Source)
				}
			}
		default:
			value, known := got[name]
			var want *float64
			read(t, raw, &want)
			if !known || (value == nil) != (want == nil) || want != nil && !near(*value, *want, max(tolerance, 1e-6)) {
				t.Errorf("%s: %v, want %s (%s)", name, value, raw, g.Source)
			}
		}
	}
}

func read(t *testing.T, raw json.RawMessage, into any) {
	t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}
