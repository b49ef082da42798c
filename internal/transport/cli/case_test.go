package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A machine for 12,000 that saves 1,000 to 1,200 a month over two years at 10 percent: the value at the likely values
// is Σ 1,100 ÷ 1.1^(m/12) − 12,000 ÷ 1.1^(1/12) = 12,035.96 (m from 1 to 24, end of the month; by the annuity formula
// 1,100 × (1 − q^24) ÷ (q⁻¹ − 1) with q = 1.1^(−1/12)).
const machine = `{"name":"Maschine","start":"2027-01","months":24,"currency":"EUR","discount_rate":{"value":0.1,"origin":"estimated"},
	"costs":[{"id":"buy","name":"Kauf","kind":"one_off","month":1,"amount":{"value":12000,"origin":"quoted","ref":"Angebot 7"}}],
	"benefits":[{"id":"save","name":"Material","class":"cash","price":{"range":{"min":1000,"likely":1100,"max":1200},"origin":"estimated"}},
	{"id":"hours","name":"Rüstzeit","class":"released_time","quantity":{"value":10,"origin":"guessed"},"price":{"value":40,"origin":"guessed"}}]}`

func caseFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCaseEvaluate(t *testing.T) {
	path := caseFile(t, machine)
	got := answer[struct {
		Result struct {
			Currency string
			Cash     struct {
				NPV int64
			}
			Released struct {
				TotalHours float64 `json:"total_hours"`
			} `json:"released_time"`
		}
		Scenarios  []struct{ Name string }
		Simulation struct {
			Draws int
			Seed  uint64
			Cash  struct {
				Positive float64 `json:"probability_positive"`
			}
		}
	}](t, "case", "evaluate", path)
	if got.Result.Cash.NPV != 1_203_596 || got.Result.Currency != "EUR" || got.Result.Released.TotalHours != 240 {
		t.Errorf("%+v, want 1,203,596", got.Result)
	}
	if got.Simulation.Draws != 100_000 || got.Simulation.Seed != 1 || got.Simulation.Cash.Positive != 1 || len(got.Scenarios) != 3 {
		t.Errorf("%+v", got)
	}
	for lang, want := range map[string][]string{
		"de": {"Maschine\nDer Kapitalwert liegt zwischen ", " EUR (neun von zehn Ziehungen), mit 100,0 % Wahrscheinlichkeit positiv.\n", "Freigesetzte Zeit", "240 Std.", "Material, Preis", "geschätzt", "ungünstig", "2 Angaben sind geraten."},
		"en": {"The net present value lies between ", "240 h", "pessimistic", "2 inputs are guessed."},
	} {
		status, out, errs := lotse(t, "case", "evaluate", path, "--lang", lang)
		for _, w := range want {
			if status != 0 || errs != "" || !strings.Contains(out, w) {
				t.Errorf("%s: status %d, %q lacks %q; %s", lang, status, out, w, errs)
			}
		}
	}
	_, first, _ := lotse(t, "case", "evaluate", path, "--json", "--seed", "7")
	_, second, _ := lotse(t, "case", "evaluate", path, "--json", "--seed", "7")
	if first == "" || first != second {
		t.Error("the same seed gives other bytes")
	}
}

func TestCaseEvaluateRefuses(t *testing.T) {
	bad := caseFile(t, strings.NewReplacer(`"month":1,`, `"month":25,"colour":"red",`, `"likely":1100`, `"likely":1300`, `"ref":"Angebot 7"`, `"ref":""`).Replace(machine))
	for name, c := range map[string]struct {
		args   []string
		status int
		says   []string
	}{
		"unknown field": {[]string{bad}, 4, []string{`"field":"costs[0].colour"`, `"file":"` + bad + `"`}},
		"fields": {[]string{caseFile(t, strings.NewReplacer(`"month":1,`, `"month":25,`, `"likely":1100`, `"likely":1300`, `"ref":"Angebot 7"`, `"ref":""`).Replace(machine))}, 4,
			[]string{`"field":"costs[0].month"`, `"field":"benefits[0].price.range"`, `"field":"costs[0].amount.ref"`}},
		"no json":      {[]string{caseFile(t, "{\n,")}, 4, nil},
		"no file":      {[]string{filepath.Join(t.TempDir(), "none")}, 3, []string{`"code":"file_not_found"`}},
		"nothing":      {nil, 2, nil},
		"no draws":     {[]string{bad, "--draws", "0"}, 2, nil},
		"few draws":    {[]string{caseFile(t, machine), "--draws", "5"}, 4, []string{`"code":"draws_out_of_range"`}},
		"another file": {[]string{bad, bad}, 2, nil},
	} {
		status, out, errs := lotse(t, append([]string{"case", "evaluate", "--json"}, c.args...)...)
		if status != c.status || out != "" {
			t.Errorf("%s: status %d, out %q, %s", name, status, out, errs)
		}
		for _, s := range c.says {
			if !strings.Contains(errs, s) {
				t.Errorf("%s: %s lacks %s", name, errs, s)
			}
		}
	}
}
