package cli_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"lotse.dev/lotse/internal/base/basetest"
)

// effectAnswer is what contract.md promises of lotse effect --json.
type effectAnswer struct {
	Estimate, Low, High, Relative *float64
	PValue                        *float64 `json:"p_value"`
	Verdict                       string
	Reasons                       []struct{ Code, Text string }
	Exploratory                   bool
	Smallest                      *float64 `json:"smallest_detectable"`
	Placebo                       *struct {
		Dates, Exceeding int
		P                *float64
	}
	Model *struct {
		Terms   []string
		Rho, DF *float64
	}
	Remarks []struct{ Code, Text string }
}

// wave is a series of n months from 2023-01 on that falls by 5 in the 25th.
func wave(n int) []float64 {
	r := rand.New(rand.NewPCG(7, 7))
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Round(1000*(20+r.NormFloat64())) / 1000
		if i >= 24 {
			out[i] -= 5
		}
	}
	return out
}

func month(i int) string { return fmt.Sprintf("%d-%02d", 2023+i/12, i%12+1) }

// seriesText writes a CSV of the head and lines.
func seriesText(head string, n int, line func(i int) string) string {
	lines := []string{head}
	for i := range n {
		lines = append(lines, line(i))
	}
	return strings.Join(lines, "\n") + "\n"
}

func monthly(n int) string {
	values := wave(n)
	return seriesText("time,value", n, func(i int) string { return fmt.Sprintf("%s,%v", month(i), values[i]) })
}

func seriesFile(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEffectOfNile(t *testing.T) {
	path := basetest.SharedData(t, "causal", "nile_level_shift.csv")
	a := answer[effectAnswer](t, "effect", path, "--at", "1899", "--model", "step")
	if a.Verdict != "nicht belegbar" || !a.Exploratory || math.Abs(*a.Estimate+249.3) > 0.1 || math.Abs(*a.Low+317) > 3 || math.Abs(*a.High+182) > 3 {
		t.Errorf("%s %v [%v, %v]", a.Verdict, *a.Estimate, *a.Low, *a.High)
	}
	if a.PValue == nil || a.Relative == nil || a.Smallest == nil || a.Placebo == nil || a.Placebo.P == nil || a.Model.Rho == nil || a.Model.DF == nil || len(a.Reasons) < 5 {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(a.Model.Terms, []string{"intercept", "step", "ar1"}) {
		t.Errorf("terms %v", a.Model.Terms)
	}
	if a = answer[effectAnswer](t, "effect", path, "--at", "1899"); math.Abs(*a.Estimate+283.9) > 0.1 || !slices.Contains(a.Model.Terms, "trend") {
		t.Errorf("default: %v", *a.Estimate)
	}
	if a = answer[effectAnswer](t, "effect", path, "--at", "1899", "--model", "slope"); *a.Low > 0 || *a.High < 0 {
		t.Errorf("slope: [%v, %v]", *a.Low, *a.High)
	}
}

// One series, written in many ways and orders, gives one answer.
func TestEffectReadsSeriesInManyForms(t *testing.T) {
	values := wave(36)
	comma := func(x float64) string { return strings.ReplaceAll(fmt.Sprint(x), ".", ",") }
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	z.Write([]byte(monthly(36)))
	z.Close()
	german, err := charmap.Windows1252.NewEncoder().String(seriesText("Zeitraum;Vergütung;Wert", 36, func(i int) string { return fmt.Sprintf("%s;%d;%s", month(i), i, comma(values[i])) }))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(monthly(36)), "\n")
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(lines)-1, func(i, j int) { lines[i+1], lines[j+1] = lines[j+1], lines[i+1] })
	want := answer[effectAnswer](t, "effect", seriesFile(t, "plain.csv", []byte(monthly(36))), "--at", "2025-01")
	want.Remarks = nil
	for name, c := range map[string]struct {
		data []byte
		args []string
	}{
		"zipped.csv.gz": {zipped.Bytes(), nil},
		"german.csv":    {[]byte(german), nil},
		"shuffled.csv":  {[]byte(strings.Join(lines, "\n")), nil},
		"mapped.csv": {[]byte(seriesText("a\tb", 36, func(i int) string { return fmt.Sprintf("%s\t%v", month(i), values[i]) })),
			[]string{"--map", "time=a,value=b"}},
		"dates.csv": {[]byte(seriesText("Datum,Kosten", 36, func(i int) string { return fmt.Sprintf("%s-01,%v", month(i), values[i]) })), nil},
		"german-dates.csv": {[]byte(seriesText("Datum;Kosten", 36, func(i int) string { return fmt.Sprintf("1.%d.%d;%s", i%12+1, 2023+i/12, comma(values[i])) })),
			[]string{"--at", "2025-01-01"}},
		"edges.csv": {[]byte(strings.Replace(monthly(36), "\n", "\n2022-12,\n", 1) + "2026-01,n/a\n"), nil},
	} {
		got := answer[effectAnswer](t, append([]string{"effect", seriesFile(t, name, c.data), "--at", "2025-01"}, c.args...)...)
		got.Remarks = nil
		if a, b := fmt.Sprint(*got.Estimate, *got.Low, *got.PValue, got.Placebo.Exceeding, got.Reasons), fmt.Sprint(*want.Estimate, *want.Low, *want.PValue, want.Placebo.Exceeding, want.Reasons); a != b {
			t.Errorf("%s: %s\nwant %s", name, a, b)
		}
	}
}

// Every grain is known by its name or by how far its dates are apart.
func TestEffectKnowsGrains(t *testing.T) {
	for at, c := range map[string]struct {
		period func(i int) string
		season bool
	}{
		"1994":       {func(i int) string { return fmt.Sprint(1970 + i) }, false},
		"1964":       {func(i int) string { return fmt.Sprintf("%d.0", 1940+i) }, false},
		"2016-Q1":    {func(i int) string { return fmt.Sprintf("%d-Q%d", 2010+i/4, i%4+1) }, true},
		"2025-W25":   {func(i int) string { return fmt.Sprintf("2025-W%02d", i+1) }, true},
		"2025-01-25": {func(i int) string { return fmt.Sprintf("2025-01-%02d", i+1) }, true},
	} {
		values := wave(36)
		n := 36
		if at == "2025-01-25" {
			n = 31
		}
		text := seriesText("period,value", n, func(i int) string { return fmt.Sprintf("%s,%v", c.period(i), values[i]) })
		a := answer[effectAnswer](t, "effect", seriesFile(t, "s.csv", []byte(text)), "--at", at)
		if a.Estimate == nil || *a.Estimate > -2.5 || slices.ContainsFunc(a.Reasons, func(r struct{ Code, Text string }) bool { return r.Code == "season" }) != c.season {
			t.Errorf("%s: %+v", at, a)
		}
	}
}

func TestEffectRefuses(t *testing.T) {
	good := monthly(36)
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	line := func(m string) string {
		for l := range strings.Lines(good) {
			if strings.HasPrefix(l, m) {
				return l
			}
		}
		return m
	}
	for _, c := range []struct {
		name, text string
		args       []string
		status     int
		says       string
	}{
		{"text in value", replace("2023-03,", "2023-03,viel "), nil, 4, "Zeile 4, Spalte value"},
		{"another decimal mark", replace(line("2023-03"), "2023-03,\"1.234,5\"\n"), nil, 4, "Zeile 4, Spalte value"},
		{"doubled period", good + "2023-05,3\n", nil, 4, "Zeile 38"},
		{"two grains", replace("2023-07,", "2023,"), nil, 4, "Zeile 8"},
		{"no period", replace("2023-07,", "Juli,"), nil, 4, "Zeile 8"},
		{"gap of two", replace(line("2023-09")+line("2023-10"), ""), nil, 4, "Zeile 10"},
		{"gap of two empty", replace(line("2023-09")+line("2023-10"), "2023-09,\n2023-10,\n"), nil, 4, "Zeile 12"},
		{"irregular dates", "time,value\n2025-01-01,1\n2025-01-08,2\n2025-01-16,3\n", []string{"--at", "2025-01-08"}, 4, "Zeile 4"},
		{"at before", good, []string{"--at", "2022-12"}, 4, "reicht von 2023-01 bis 2025-12"},
		{"at after", good, []string{"--at", "2026-01"}, 4, "reicht von 2023-01 bis 2025-12"},
		{"at of another grain", good, []string{"--at", "2025-W01"}, 4, "anderer Länge"},
		{"at that is none", good, []string{"--at", "soon"}, 2, "keine Periode"},
		{"no at", good, []string{"--at", ""}, 2, "Es fehlt --at"},
		{"no such model", good, []string{"--model", "curve"}, 2, "curve"},
		{"no such scale", good, []string{"--scale", "sqrt"}, 2, "sqrt"},
		{"columns without names", strings.Replace(good, "time,value", "a,b", 1), nil, 4, "Gefunden: a, b"},
		{"mapped to nothing", good, []string{"--map", "value=Kosten"}, 4, "Gefunden: time, value"},
		{"map of no form", good, []string{"--map", "values=value"}, 2, "Feld=Spalte"},
		{"no value at all", "time,value\n2025-01,\n2025-02,\n", []string{"--at", "2025-01"}, 4, "keinen Wert"},
	} {
		status, out, errs := lotse(t, append([]string{"effect", seriesFile(t, "s.csv", []byte(c.text)), "--at", "2025-01"}, c.args...)...)
		if status != c.status || out != "" || !strings.Contains(errs, c.says) {
			t.Errorf("%s: status %d, %s%s", c.name, status, out, errs)
		}
	}
	if status, _, errs := lotse(t, "effect", "/nowhere/s.csv", "--at", "2025"); status != 3 {
		t.Errorf("no file: %d %s", status, errs)
	}
}

// Numbers with a single mark and three digits after it can be read in two ways; the file's other numbers decide.
func TestEffectReadsAmbiguousNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		numbers  []string
		estimate float64
	}{
		"thousands": {[]string{"950", "1.050", "1.450", "1.550"}, 500},
		"comma":     {[]string{"950", "1,050", "1,450", "1,550"}, 500},
		"decimals":  {[]string{"9.500", "1.500", "4.500", "6.500"}, 0},
	} {
		text := seriesText("time;value", 36, func(i int) string {
			k := i % 2
			if i >= 24 {
				k += 2
			}
			return month(i) + ";" + c.numbers[k]
		})
		a := answer[effectAnswer](t, "effect", seriesFile(t, "s.csv", []byte(text)), "--at", "2025-01", "--model", "step")
		if a.Estimate == nil || math.Abs(*a.Estimate-c.estimate) > 5 || len(a.Remarks) == 0 || a.Remarks[0].Code != "numbers_ambiguous" {
			t.Errorf("%s: %v %+v", name, a.Estimate, a.Remarks)
		}
	}
}

// What cannot be proven is an answer, not an error.
func TestEffectOfShortSeries(t *testing.T) {
	path := seriesFile(t, "s.csv", []byte(monthly(27)))
	a := answer[effectAnswer](t, "effect", path, "--at", "2024-09")
	if a.Verdict != "nicht belegbar" || a.Estimate != nil || a.Model != nil || a.Smallest == nil {
		t.Errorf("%+v", a)
	}
	status, out, _ := lotse(t, "effect", path, "--at", "2024-09")
	if status != 0 || !strings.HasPrefix(out, "Nicht belegbar\n") || !strings.Contains(out, "✗ Reihe zu kurz") {
		t.Errorf("%d %s", status, out)
	}
}

func TestEffectInWords(t *testing.T) {
	values := wave(36)
	path := seriesFile(t, "s.csv", []byte(seriesText("time,value,control,other", 36, func(i int) string { return fmt.Sprintf("%s,%v,%d,x", month(i), values[i], i*i*31%17) })))
	for lang, want := range map[string][]string{
		"de": {"Nicht belegbar\n", "Bedingungen\n", "✗ Es gibt keinen Plan", "✓ Die Reihe ist lang genug.", "✓ Die Veränderung geht in die geplante Richtung.", "Gegenproben\n", "• Nicht verwendete Spalten: other", "control:control"},
		"en": {"Not provable\n", "Conditions\n", "✗ There is no plan", "✓ The series is long enough.", "Counter-checks\n", "• Columns not used: other"},
	} {
		status, out, errs := lotse(t, "effect", path, "--at", "2025-01", "--expected", "-4", "--lang", lang)
		for _, w := range want {
			if status != 0 || errs != "" || !strings.Contains(out, w) {
				t.Errorf("%s: status %d lacks %q: %s%s", lang, status, w, out, errs)
			}
		}
	}
	status, out, _ := lotse(t, "effect", path, "--at", "2025-01", "--band", "50")
	if status != 0 || !strings.HasPrefix(out, "Kein Hinweis") {
		t.Errorf("%d %s", status, out)
	}
}

// A negative metric and shares with their number of cases have columns of their own.
func TestEffectWithFurtherColumns(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	text := seriesText("Monat,Anteil,n,still", 36, func(i int) string {
		p := 0.3 + 0.02*r.NormFloat64()
		if i >= 24 {
			p -= 0.12
		}
		return fmt.Sprintf("%s,%.4f,%d,%.2f", month(i), p, 300+i, 5+r.NormFloat64())
	})
	status, out, errs := lotse(t, "effect", seriesFile(t, "s.csv", []byte(text)), "--at", "2025-01", "--scale", "logit", "--map", "value=Anteil,negative=still", "--json")
	var a struct {
		Estimate *float64
		Checks   []struct {
			Code string
			Held *bool
		}
		Remarks []struct{ Code string }
	}
	if err := json.Unmarshal([]byte(out), &a); err != nil || status != 0 {
		t.Fatal(status, err, errs)
	}
	if math.Abs(*a.Estimate+0.12) > 0.03 || len(a.Checks) != 3 || a.Checks[2].Code != "negative" || !*a.Checks[2].Held || len(a.Remarks) > 0 {
		t.Errorf("%+v", a)
	}
}
