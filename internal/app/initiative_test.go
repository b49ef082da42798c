package app_test

import (
	"fmt"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
)

type one struct {
	ID      string         `json:"id"`
	Version int            `json:"version"`
	State   string         `json:"state"`
	Value   map[string]any `json:"value"`
}

// A finding on a real log becomes an initiative that keeps what was measured; its gate stays shut while data protection
// is open, is decided by a second person with a reason, and the times in the stages come from its history.
func TestFromFindingThroughAGate(t *testing.T) {
	dir := t.TempDir() + "/instance"
	sh := shell{t: t}
	if _, errs, status := sh.run("import", basetest.SharedData(t, "eventlogs", "receipt.csv.gz"), "--data", dir, "--table", "events", "--process", "receipt"); status != 0 {
		t.Fatal(errs)
	}
	a := open(t, dir)
	officer := signIn(t, a, "officer@example.com", "officer")
	leader := signIn(t, a, "leader@example.com", "leader")
	var registers struct{ Self string }
	officer.want(200, "GET", "/records", nil, &registers)

	var findings struct {
		Items []struct {
			ID, Title string
			Size      struct{ Value float64 }
		}
	}
	officer.want(200, "GET", "/findings", nil, &findings)
	f := findings.Items[0]
	var i one
	officer.want(200, "POST", "/initiatives/from_finding", map[string]any{"finding": f.ID}, &i)
	origin := i.Value["origins"].([]any)[0].(map[string]any)
	if i.Value["stage"] != "idea" || i.Value["owner"] != registers.Self || origin["size"] != f.Size.Value || origin["finding"] != f.ID {
		t.Fatalf("%v", i.Value)
	}

	var shut struct {
		Code   string
		Fields []struct{ Field, Text string }
	}
	metric := map[string]any{"metrics": []string{"case_duration_median"}, "sponsor": registers.Self}
	officer.change(&i, metric)
	gate := func(to, note string) map[string]any { return map[string]any{"to": to, "note": note} }
	var g one
	officer.want(200, "POST", "/initiatives/"+i.ID+"/gate", gate("case", ""), &g)
	judge := func(b *browser, status int, step, note string) {
		t.Helper()
		b.match = fmt.Sprintf(`"%d"`, g.Version)
		b.want(status, "POST", "/gates/"+g.ID+"/judge", map[string]any{"step": step, "note": note}, &g)
		b.match = ""
	}
	judge(officer, 403, "approve", "passt")
	judge(leader, 422, "approve", "")
	judge(leader, 200, "approve", "Der Nutzen ist plausibel.")
	officer.want(200, "GET", "/records/initiative/"+i.ID, nil, &i)
	if g.State != "approved" || i.Value["stage"] != "case" {
		t.Fatal(g, i.Value["stage"])
	}

	officer.change(&i, map[string]any{"baseline": "12 Tage im Mittel 2025", "stop_criteria": "Nach drei Monaten keine Wirkung", "gdpr": "open",
		"budget": map[string]any{"amount": "20000", "currency": "EUR"}})
	officer.want(422, "POST", "/initiatives/"+i.ID+"/gate", gate("mvp", "Risiken folgen"), &shut)
	if shut.Code != "gate_shut" || len(shut.Fields) != 1 || shut.Fields[0].Field != "answers.gdpr" {
		t.Fatalf("%+v", shut)
	}
	officer.change(&i, map[string]any{"gdpr": "checked"})
	officer.want(200, "POST", "/initiatives/"+i.ID+"/gate", gate("mvp", "Business Case und Risiken folgen im Oktober."), &g)
	judge(leader, 200, "approve", "Mit der Auflage, die Risiken nachzureichen.")
	officer.want(200, "GET", "/records/initiative/"+i.ID, nil, &i)
	if i.Value["stage"] != "mvp" {
		t.Fatal(i.Value["stage"])
	}
	officer.match = fmt.Sprintf(`"%d"`, i.Version)
	officer.want(200, "PATCH", "/records/initiative/"+i.ID, map[string]any{"stage": "live"}, &i) // a stage never changes by hand
	if i.Value["stage"] != "mvp" {
		t.Fatal(i.Value["stage"])
	}

	var times struct {
		Items []struct {
			Stage          string
			Entered, Left  int
			WaitingSeconds *float64 `json:"waiting_seconds"`
		}
		Live int
	}
	officer.want(200, "GET", "/initiatives/stages", nil, &times)
	var seen []string
	for _, s := range times.Items {
		if s.Entered > 0 {
			seen = append(seen, fmt.Sprintf("%s:%d:%t", s.Stage, s.Left, s.WaitingSeconds != nil))
		}
	}
	if got := strings.Join(seen, " "); got != "idea:1:true case:1:true mvp:0:false" || times.Live != 0 {
		t.Fatal(got)
	}
}

// change merges fields into a record as the browser last saw it.
func (b *browser) change(r *one, value map[string]any) {
	b.t.Helper()
	b.match = fmt.Sprintf(`"%d"`, r.Version)
	b.want(200, "PATCH", "/records/initiative/"+r.ID, value, r)
	b.match = ""
}
