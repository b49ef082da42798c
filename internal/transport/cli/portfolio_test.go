package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func problemFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "problem.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Two quarters with 10 days each: a takes 6 and 6, b and c take 5 at once, b after a only.
const twoQuarters = `{"periods":2,"initiatives":[
	{"id":"a","value":[8,3],"use":{"days":[6]}},
	{"id":"b","value":4,"use":{"days":[5]},"after":["a"]},
	{"id":"c","value":[2.5,1],"use":{"days":[5]},"excludes":["b"]}],"limits":{"days":[10,5]}}`

func TestPortfolioOptimise(t *testing.T) {
	path := problemFile(t, twoQuarters)
	got := answer[map[string]any](t, "portfolio", "optimise", path)
	if _, ok := got["seconds"].(float64); !ok {
		t.Errorf("seconds: %v", got["seconds"])
	}
	delete(got, "seconds")
	b, _ := json.Marshal(got)
	if want := `{"bound":12,"chosen":[{"id":"a","start":1},{"id":"b","start":2}],"gap":0,"objective":12,"status":"optimal"}`; string(b) != want {
		t.Errorf("%s\nwant %s", b, want)
	}
	for lang, want := range map[string][]string{
		"de": {"Bester Plan, bewiesen\n", "Wert       12\n", "Beginn in Periode  Vorhaben\n", "1                  a\n", "2                  b\n"},
		"en": {"Best plan, proven\n", "Start in period  Initiative\n"},
	} {
		status, out, errs := lotse(t, "portfolio", "optimise", path, "--lang", lang)
		for _, w := range want {
			if status != 0 || errs != "" || !strings.Contains(out, w) {
				t.Errorf("%s: status %d, %q lacks %q; %s", lang, status, out, w, errs)
			}
		}
	}
}

// A contradiction is an answer, not an error; it names what contradicts.
func TestPortfolioOptimiseNamesContradiction(t *testing.T) {
	path := problemFile(t, `{"periods":1,"initiatives":[{"id":"a","value":1,"mandatory":true},{"id":"b","value":1,"mandatory":true,"excludes":["a"]}],"limits":{}}`)
	got := answer[struct {
		Status    string
		Objective *float64
		Conflict  []struct{ Kind, Text string }
	}](t, "portfolio", "optimise", path, "--lang", "en")
	if got.Status != "infeasible" || got.Objective != nil || len(got.Conflict) != 3 {
		t.Errorf("%+v", got)
	}
	status, out, _ := lotse(t, "portfolio", "optimise", path)
	if status != 0 || !strings.Contains(out, "• „b“ und „a“ schließen einander aus.") {
		t.Errorf("status %d: %s", status, out)
	}
	_, out, _ = lotse(t, "portfolio", "optimise", path, "--lang", "en")
	if !strings.Contains(out, "No plan satisfies all demands") || !strings.Contains(out, "• “b” and “a” exclude each other.") {
		t.Error(out)
	}
}

// The limit of time ends the search with a plan and an honest gap.
func TestPortfolioOptimiseObeysSeconds(t *testing.T) {
	var list []string
	for k := range 60 {
		list = append(list, `{"id":"`+string(rune('A'+k%26))+string(rune('a'+k/26))+`","value":`+
			strings.Repeat("1", 1+k%4)+`,"use":{"x":[`+strings.Repeat("7", 1+k%3)+`,3],"y":[2,`+strings.Repeat("5", 1+k%2)+`]}}`)
	}
	path := problemFile(t, `{"periods":12,"initiatives":[`+strings.Join(list, ",")+`],"limits":{"x":801,"y":53}}`)
	got := answer[struct {
		Status           string
		Objective, Bound *float64
		Gap              *float64
	}](t, "portfolio", "optimise", path, "--seconds", "0.5")
	if got.Bound != nil && got.Objective != nil && (*got.Bound < *got.Objective || *got.Gap < 0) {
		t.Errorf("%+v", got)
	}
}

func TestPortfolioOptimiseRefuses(t *testing.T) {
	bad := problemFile(t, `{"periods":2,"initiatives":[{"id":"a","value":1,"use":{"days":[-1]},"after":["x"]}],"limits":{"days":1},"extra":1}`)
	// Thirteen that exclude each other by size in twelve periods: that there is no plan takes a search to prove.
	var list []string
	for n := range 13 {
		list = append(list, fmt.Sprintf(`{"id":"i%d","value":%d,"use":{"days":[6]},"mandatory":true}`, n, n+1))
	}
	hard := problemFile(t, `{"periods":12,"initiatives":[`+strings.Join(list, ",")+`],"limits":{"days":10}}`)
	for name, c := range map[string]struct {
		args   []string
		status int
		says   []string
	}{
		"fields":   {[]string{bad}, 4, []string{`"field":"extra"`, `"field":"initiatives[0].use.days[0]"`, `"field":"initiatives[0].after[0]"`, `"file":"` + bad + `"`}},
		"no json":  {[]string{problemFile(t, "{\n,")}, 4, []string{`"code":"not_json"`, `"line":2`}},
		"no file":  {[]string{filepath.Join(t.TempDir(), "none")}, 3, []string{`"code":"file_not_found"`}},
		"a folder": {[]string{t.TempDir()}, 4, []string{`"code":"file_unreadable"`}},
		"nothing":  {nil, 2, nil},
		"seconds":  {[]string{bad, "--seconds", "0"}, 2, nil},
		"too soon": {[]string{hard, "--seconds", "0.000000001"}, 1, []string{`"code":"no_plan_in_time"`}},
		"nan":      {[]string{bad, "--seconds", "NaN"}, 2, nil},
	} {
		status, out, errs := lotse(t, append([]string{"portfolio", "optimise", "--json"}, c.args...)...)
		if status != c.status || out != "" {
			t.Errorf("%s: status %d, out %q, %s", name, status, out, errs)
		}
		for _, s := range c.says {
			if !strings.Contains(errs, s) {
				t.Errorf("%s: %s lacks %s", name, errs, s)
			}
		}
	}
	_, _, errs := lotse(t, "portfolio", "optimise", bad)
	if !strings.Contains(errs, "initiatives[0].after[0]: Ein Vorhaben „x“ gibt es nicht.") {
		t.Error(errs)
	}
}
