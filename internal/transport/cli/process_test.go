package cli_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/transport/cli"
)

// lotse runs a command that needs no instance.
func lotse(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	status = cli.Main(t.Context(), cli.Program{Args: args, Out: &o, Err: &e, In: strings.NewReader(""), Getenv: func(string) string { return "" }})
	return status, o.String(), e.String()
}

func answer[T any](t *testing.T, args ...string) T {
	t.Helper()
	status, out, errs := lotse(t, append(args, "--json")...)
	var v T
	if status != 0 {
		t.Fatalf("%q: status %d: %s", args, status, errs)
	}
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Every shared log, read as a file, gives the figures of reference_statistics.csv. The row of the hospital log whose
// case is empty is refused (contract.md), so that its own figures stand here.
func TestProcessOfFileEqualsReference(t *testing.T) {
	f, err := os.Open(basetest.SharedData(t, "eventlogs", "reference_statistics.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		want := map[string]string{}
		for i, name := range lines[0] {
			want[name] = line[i]
		}
		t.Run(want["file"], func(t *testing.T) {
			args := []string{basetest.SharedData(t, "eventlogs", want["file"])}
			if strings.HasPrefix(want["file"], "hospital") {
				args = append(args, "--allow-refused", "1")
				want["cases"], want["events"], want["mean_days"], want["median_days"] = "9999", "49950", "", ""
			}
			checkFile(t, args, want)
		})
	}
}

func checkFile(t *testing.T, args []string, want map[string]string) {
	s := answer[process.Summary](t, append([]string{"process", "summary"}, args...)...)
	for field, seconds := range map[string]float64{"mean_days": *s.CaseDuration.Mean, "median_days": *s.CaseDuration.Median} {
		days, err := strconv.ParseFloat(want[field], 64)
		if want[field] != "" && (err != nil || math.Abs(seconds/86400-days) > 0.00051) {
			t.Errorf("%s is %.4f, want %s", field, seconds/86400, want[field])
		}
	}
	if info, err := os.Stat(args[0]); err != nil || info.Size() > 500_000 && fmt.Sprint(s.Variants) == want["variants"] {
		return // one reading is enough of the largest logs; package process asks them everything
	}
	m := answer[process.Map](t, append([]string{"process", "dfg"}, args...)...)
	v := answer[process.Variants](t, append([]string{"process", "variants"}, args...)...)
	got := map[string]string{
		"cases": fmt.Sprint(s.Cases), "events": fmt.Sprint(s.Events), "activities": fmt.Sprint(s.Activities),
		"first": s.FirstEvent.Format("2006-01-02T15:04:05Z"), "last": s.LastEvent.Format("2006-01-02T15:04:05Z"),
		"top_variant": fmt.Sprint(v.Variants[0].Count), "df_pairs": fmt.Sprint(len(m.Edges)),
		"top_df_from": m.Edges[0].From, "top_df_to": m.Edges[0].To, "top_df_count": fmt.Sprint(m.Edges[0].Count),
	}
	if want["mean_days"] != "" {
		got["variants"] = fmt.Sprint(len(v.Variants))
	}
	for field, value := range got {
		if value != want[field] {
			t.Errorf("%s is %s, want %s", field, value, want[field])
		}
	}
}

// log writes a small log and returns its path.
func log(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.csv")
	text := "case,step,when,who\n1,Anna,2026-03-02 08:00:00,Anna\n1,pack,2026-03-02 10:00:00,Ben\n2,Anna,2026-03-02 09:00:00,Ben\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestProcessTextForPeople(t *testing.T) {
	path := log(t)
	for command, want := range map[string][]string{
		"summary":  {"Vorgänge                   2", "jeder zehnte länger als", "• Nur 2 Vorgänge"},
		"dfg":      {"▶ Anna", "Anna → pack", "2,0 Std.", "pack ■"},
		"variants": {"50,0 %", "Anna → pack"},
	} {
		status, out, errs := lotse(t, "process", command, path, "--map", "case_id=case,activity=step,time=when", "--lang", "de")
		if status != 0 {
			t.Fatal(command, status, errs)
		}
		for _, part := range want {
			if !strings.Contains(out, part) {
				t.Errorf("%s lacks %q:\n%s", command, part, out)
			}
		}
	}
	if _, out, _ := lotse(t, "process", "variants", path, "--map", "case_id=case,activity=step,time=when", "--top", "1", "--lang", "en"); !strings.Contains(out, "and one further variant") {
		t.Error(out)
	}
}

func TestProcessWrongUse(t *testing.T) {
	path := log(t)
	for _, c := range []struct {
		args   []string
		status int
	}{
		{nil, 2},
		{[]string{path, "--process", "x"}, 2},
		{[]string{path, "more"}, 2},
		{[]string{path, "--map", "case_id"}, 2},
		{[]string{path, "--nothing"}, 2},
		{[]string{filepath.Join(t.TempDir(), "none.csv")}, 3},
		{[]string{path, "--map", "case_id=nothing"}, 4},
	} {
		for _, command := range []string{"summary", "dfg", "variants"} {
			if status, out, errs := lotse(t, append([]string{"process", command}, c.args...)...); status != c.status || out != "" || errs == "" {
				t.Errorf("%s %q: status %d, want %d: %s%s", command, slices.Clone(c.args), status, c.status, out, errs)
			}
		}
	}
}
