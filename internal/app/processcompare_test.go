package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
)

type comparison struct {
	A, B struct {
		From, To string
		Cases    int
	}
	Basis  string
	Launch *struct{ Initiative, Title, Day string }
	Mix    *struct {
		Total, Mix, Within struct{ Seconds float64 }
	}
	Sentence string
	Edges    []struct{ From, To string }
}

// An initiative that names the process and goes live divides the periods for the web; on the command line both periods
// are said, and text and JSON agree.
func TestProcessCompare(t *testing.T) {
	dir := t.TempDir() + "/instance"
	sh := shell{t: t}
	if _, errs, status := sh.run("import", basetest.SharedData(t, "eventlogs", "receipt.csv.gz"), "--data", dir, "--table", "events", "--process", "receipt"); status != 0 {
		t.Fatal(errs)
	}
	a := open(t, dir)
	officer := signIn(t, a, "officer@example.com", "officer")
	var c comparison
	officer.want(200, "GET", "/processes/receipt/compare", nil, &c)
	if c.Basis != "halves" || c.Launch != nil || c.Mix == nil || len(c.Edges) == 0 {
		t.Errorf("%+v", c)
	}
	var i one
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Vorprüfung am Schalter", "processes": []string{"receipt"}, "go_live": "2011-04-01"}, &i)
	officer.want(200, "GET", "/processes/receipt/compare", nil, &c)
	if c.Basis != "launch" || c.Launch.Initiative != i.ID || c.Launch.Title != "Vorprüfung am Schalter" || c.B.From != "2011-04-01" {
		t.Errorf("%+v", c)
	}
	officer.want(400, "GET", "/processes/receipt/compare?a_from=2011-01-01&a_to=2011-06-01&b_from=2011-05-01&b_to=2011-08-01", nil, nil)
	officer.want(404, "GET", "/processes/nothing/compare", nil, nil)
	a.Close()

	args := []string{"process", "compare", "receipt", "--data", dir, "--a", "2010-10-01..2011-04-30", "--b", "2011-05-01..2012-01-31"}
	out, errs, status := sh.run(append(args, "--json")...)
	if status != 0 || json.Unmarshal([]byte(out), &c) != nil || c.Basis != "given" || c.A.To != "2011-05-01" || c.B.To != "2012-02-01" || c.A.Cases+c.B.Cases != 1434 {
		t.Fatalf("%d %s %+v", status, errs, c)
	}
	if total := c.Mix.Mix.Seconds + c.Mix.Within.Seconds; total != c.Mix.Total.Seconds {
		t.Errorf("%v, want %v", total, c.Mix.Total.Seconds)
	}
	out, errs, status = sh.run(append(args, "--top", "3")...)
	for _, want := range []string{c.Sentence, "durch andere Fälle", "bei gleichen Fällen", "▼ ", "weitere Pfade"} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("%d lacks %q\n%s%s", status, want, out, errs)
		}
	}
	if _, errs, status = sh.run("process", "compare", "receipt", "--data", dir, "--a", "2011"); status != 2 || !strings.Contains(errs, "JJJJ-MM-TT..JJJJ-MM-TT") {
		t.Errorf("%d %s", status, errs)
	}
}
