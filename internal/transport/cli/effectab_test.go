package cli_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
)

type test struct {
	Kind        string
	Arms        []struct{ Value float64 }
	Comparisons []struct {
		Arm                 string
		Estimate, Low, High float64
		P                   float64 `json:"p_value"`
	}
	Ratio struct {
		P        float64 `json:"p_value"`
		Mismatch bool
	} `json:"sample_ratio"`
	Before *struct {
		Saved float64 `json:"variance_saved"`
	}
	Remarks []struct{ Code string }
}

// Cookie Cats (data/README.md): after seven days significant, p about 0.0016, after one not, p about 0.074.
func TestEffectABCookieCats(t *testing.T) {
	file := basetest.SharedData(t, "tickets_usage", "cookie_cats_ab_test.csv.gz")
	for column, want := range map[string][3]float64{"retention_1": {0.4482, 0.4423, 0.074}, "retention_7": {0.1902, 0.1820, 0.0016}} {
		r := answer[test](t, "effect", file, "--design", "ab", "--map", "group=test_version,outcome="+column)
		c := r.Comparisons[0]
		if r.Kind != "share" || math.Abs(r.Arms[0].Value-want[0]) > 5e-5 || math.Abs(r.Arms[1].Value-want[1]) > 5e-5 || math.Abs(c.P-want[2]) > want[2]/20 || r.Ratio.Mismatch {
			t.Errorf("%s: %+v", column, r)
		}
	}
	rounds := answer[test](t, "effect", file, "--design", "ab", "--map", "group=test_version,outcome=sum_gamerounds", "--control", "gate_40")
	if rounds.Kind != "mean" || rounds.Comparisons[0].Arm != "gate_30" {
		t.Errorf("%+v", rounds)
	}
	status, out, _ := lotse(t, "effect", file, "--design", "ab", "--map", "group=test_version,outcome=retention_7")
	for _, want := range []string{"gate_30  n = 44.700  19,02 %", "Bereich, 95 %  −1,33 Punkte bis −0,31 Punkte", "✓ Die Gruppen sind so groß"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("lacks %q\n%s", want, out)
		}
	}
}

// Values from before the test explain most of the spread; a look before the end widens the interval.
func TestEffectABBeforeAndEarly(t *testing.T) {
	var b strings.Builder
	b.WriteString("gruppe,ergebnis,davor\n")
	for i := range 200 {
		before := float64(i%17) * 10
		fmt.Fprintf(&b, "%s,%g,%g\n", []string{"A", "B"}[i%2], before+float64(i%2)+float64(i%3), before)
	}
	b.WriteString("A,,5\n")
	file := textFile(t, b.String())
	plain := answer[test](t, "effect", file, "--design", "ab")
	if plain.Kind != "mean" || plain.Before == nil || plain.Before.Saved < 0.9 || len(plain.Remarks) != 1 || plain.Remarks[0].Code != "outcome_missing" {
		t.Errorf("%+v", plain)
	}
	early := answer[test](t, "effect", file, "--design", "ab", "--planned", "400")
	if c, d := early.Comparisons[0], plain.Comparisons[0]; c.High-c.Low <= d.High-d.Low || c.Estimate != d.Estimate {
		t.Errorf("%+v %+v", c, d)
	}
	split := answer[test](t, "effect", file, "--design", "ab", "--split", "A=0.9,B=0.1")
	if !split.Ratio.Mismatch {
		t.Errorf("%+v", split.Ratio)
	}
}

func TestEffectABRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		args       []string
		status     int
	}{
		"one group":  {"group,outcome\nA,1\nA,0\n", "mindestens zwei Gruppen", nil, 4},
		"no group":   {"group,outcome\nA,1\n,0\n", "fehlt die Gruppe", nil, 4},
		"text":       {"group,outcome\nA,1\nB,vielleicht\n", "Zeile 3", nil, 4},
		"control":    {"group,outcome\nA,1\nB,0\n", "Die Gruppe „C“", []string{"--control", "C"}, 4},
		"split":      {"group,outcome\nA,1\nB,0\n", "Gruppe=Anteil", []string{"--split", "C=1"}, 2},
		"split sum":  {"group,outcome\nA,1\nB,0\n", "zusammen 100 %", []string{"--split", "A=0.9,B=0.3"}, 4},
		"planned":    {"group,outcome\nA,1\nB,0\n", "nicht unter 0", []string{"--planned", "-1"}, 2},
		"no outcome": {"group,x\nA,1\nB,0\n", "Gefunden: group, x", nil, 4},
	} {
		status, _, errs := lotse(t, append([]string{"effect", textFile(t, c.text), "--design", "ab"}, c.args...)...)
		if status != c.status || !strings.Contains(errs, c.want) {
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
	}
}
