package cli_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
)

func textFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

type difference struct {
	Estimate, Low, High *float64
	P                   *float64 `json:"p_value"`
	Interval            string
	Treated, Controls   int
	Randomisation       *struct{ Assignments, Exceeding int }
	Diagnostics         []struct{ Code, Text string }
	Remarks             []struct{ Code string }
}

// Kessler and Roth 2014 (data/README.md): −0.0225; California alone is treated.
func TestEffectDiDNamedUnits(t *testing.T) {
	file := basetest.SharedData(t, "causal", "organ_donations.csv")
	args := []string{"effect", file, "--design", "did", "--unit", "State", "--map", "period=Quarter_Num,value=Rate", "--treated", "California", "--at", "4"}
	r := answer[difference](t, args...)
	if r.Estimate == nil || math.Abs(*r.Estimate+0.02246) > 5e-6 || r.Treated != 1 || r.Controls != 26 || r.Interval != "one_treated" || r.Randomisation.Assignments != 27 {
		t.Errorf("%+v", r)
	}
	for lang, want := range map[string][]string{
		"de": {"Veränderung         −0,02246\n", "Verlauf um den Beginn\n", "in 5 von 27 Zuordnungen", "✗ Betroffene Einheiten: 1, Vergleichseinheiten: 26."},
		"en": {"Change            −0.02246\n", "in 5 of 27 assignments", "-1  0 "},
	} {
		status, out, errs := lotse(t, append(args, "--lang", lang)...)
		for _, w := range want {
			if status != 0 || errs != "" || !strings.Contains(out, w) {
				t.Errorf("%s: status %d, lacks %q\n%s%s", lang, status, w, out, errs)
			}
		}
	}
}

// A column of yes and no for each row, several starts, logarithm and weights.
func TestEffectDiDColumn(t *testing.T) {
	file := basetest.SharedData(t, "causal", "castle_doctrine.csv")
	r := answer[difference](t, "effect", file, "--design=did", "--unit", "sid", "--map", "period=year,value=homicide,weight=popwt", "--treated", "post", "--scale", "log")
	if math.Abs(*r.Estimate-0.05997) > 5e-5 || r.Treated != 21 || r.Controls != 29 {
		t.Errorf("%+v", r)
	}
}

// The first treated period for each unit, with German numbers and calendar months out of order.
func TestEffectDiDStartColumn(t *testing.T) {
	file := textFile(t, "Filiale;Monat;Wert;Beginn\nHH;2025-03;15,5;2025-03\nHH;2025-01;20,0;\nHH;2025-02;21,0;2025-03\nK;2025-01;24,0;2025-03\nK;2025-02;24,0;2025-03\nK;2025-03;19,5;2025-03\n"+
		"L;2025-01;19,0;\nL;2025-02;20,0;\nL;2025-03;20,0;\nM;2025-01;22,0;\nM;2025-02;23,0;\nM;2025-03;23,0;\n")
	r := answer[difference](t, "effect", file, "--design", "did", "--treated", "Beginn")
	if math.Abs(*r.Estimate+5.25) > 1e-9 || r.Treated != 2 || r.Controls != 2 { // (−5 − 4.5)/2 − 0.5 by hand
		t.Errorf("%v %+v", *r.Estimate, r)
	}
}

func TestEffectDiDRefuses(t *testing.T) {
	head := "unit,period,value,treated\n"
	for name, c := range map[string]struct {
		text   string
		args   []string
		status int
		want   string
	}{
		"doubled":     {head + "a,1,1,0\na,1,2,0\n", nil, 4, "Zeile 3"},
		"text":        {head + "a,1,1,0\na,2,viel,1\n", nil, 4, "„viel“ ist keine Zahl"},
		"ends":        {head + "a,1,1,0\na,2,2,1\na,3,2,0\nb,1,1,0\nb,2,1,0\nb,3,1,0\n", nil, 4, "nicht mehr betroffen"},
		"no unit":     {head + ",1,1,0\n", nil, 4, "fehlt die Einheit"},
		"period":      {head + "a,Q42010,1,0\n", nil, 4, "ist keine Periode"},
		"no control":  {head + "a,1,1,0\na,2,1,1\nb,1,1,0\nb,2,1,1\n", nil, 4, "Es fehlt eine Einheit zum Vergleich"},
		"log":         {head + "a,1,0,0\n", []string{"--scale", "log"}, 4, "Werte über 0"},
		"column":      {"x,y\n1,2\n", nil, 4, "Gefunden: x, y"},
		"unit name":   {head + "a,1,1,0\n", []string{"--treated", "z", "--at", "1"}, 4, "Die Einheit „z“"},
		"at":          {head + "a,1,1,0\n", []string{"--treated", "a", "--at", "9"}, 4, "Die Periode „9“"},
		"scale":       {head + "a,1,1,0\n", []string{"--scale", "logit"}, 2, "plain oder log"},
		"map":         {head + "a,1,1,0\n", []string{"--map", "zeit"}, 2, "period=Quartal"},
		"design name": {head + "a,1,1,0\n", []string{"--design", "rd"}, 2, "series, did und ab"},
	} {
		args := []string{"effect", textFile(t, c.text), "--design", "did", "--treated", "treated"}
		if name == "design name" {
			args = args[:2]
		}
		status, _, errs := lotse(t, append(args, c.args...)...)
		if status != c.status || !strings.Contains(errs, c.want) {
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
	}
	if status, _, errs := lotse(t, "effect", textFile(t, head), "--design", "did"); status != 2 || !strings.Contains(errs, "Es fehlt --treated") {
		t.Errorf("%d %s", status, errs)
	}
}
