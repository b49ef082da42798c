package app_test

import (
	"strings"
	"testing"
	"time"
)

// Before a load is undone, replaced or its table deleted, the signed closings that rest on it are named, through every
// door; they keep their value and show the difference beside it. An order of January changes nothing in November.
func TestSignedClosingsAreNamedBeforeAnUndo(t *testing.T) {
	h := openProof(t, t.TempDir()+"/instance", time.Date(2026, 3, 16, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com", "contributor@example.com")
	orders := map[string]any{"table": "orders", "auto": true}
	h.load("vorher.csv", ordersFile(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), 24, 99, 100, 0), orders)
	h.load("nachher.csv", ordersFile(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 2, 99, 100, 0), orders)
	sign := func(from string) (c closingAnswer) {
		t.Helper()
		h.officer().want(201, "POST", "/closings", map[string]any{"metric": "average_order_value", "grain": "month", "from": from}, &c)
		h.controller().step(200, "/closings/"+c.ID+"/sign", c.Version, "", &c)
		return c
	}
	november, february := sign("2025-11-01"), sign("2026-02-01")
	var waits closingAnswer
	h.officer().want(201, "POST", "/closings", map[string]any{"metric": "average_order_value", "grain": "month", "from": "2025-10-01"}, &waits) // not signed
	h.at(time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC))
	h.load("danach.csv", ordersFile(time.Date(2023, 12, 1, 0, 0, 0, 0, time.UTC), 1, 99, 100, 0), orders) // after the signatures

	type hanging struct {
		Items      []struct{ Kind, ID, Title, Link string }
		Signed     int
		SignedText string `json:"signed_text"`
	}
	closings := func(x hanging) string {
		var out []string
		for _, i := range x.Items {
			if i.Kind == "closing" {
				out = append(out, i.ID)
			}
		}
		return strings.Join(out, " ")
	}
	for load, want := range map[string]string{"1": february.ID + " " + november.ID, "2": february.ID, "3": ""} {
		var x hanging
		h.officer().want(200, "GET", "/loads/"+load+"/dependents", nil, &x)
		if closings(x) != want || x.Signed != len(strings.Fields(want)) || (x.SignedText == "") != (want == "") {
			t.Errorf("load %s: %+v", load, x)
		}
	}
	var x hanging
	h.officer().want(200, "GET", "/datasets/orders/-/dependents", nil, &x)
	if x.Signed != 2 || x.SignedText != "2 unterschriebene Abschlüsse beruhen darauf; sie behalten ihren Wert und zeigen die Abweichung daneben." || closings(x) != february.ID+" "+november.ID {
		t.Errorf("%+v", x)
	}
	// Who may not read closings is told how many there are.
	h.people["contributor@example.com"].want(200, "GET", "/loads/1/dependents", nil, &x)
	if x.Signed != 2 || closings(x) != "" {
		t.Errorf("%+v", x)
	}

	h.app.Close()
	sh := shell{t: t}
	out, errs, status := sh.run("load", "undo", "2", "--data", h.dir)
	if status == 0 || !strings.Contains(errs, "1 unterschriebener Abschluss beruht darauf") || !strings.Contains(errs, "2026-02") || !strings.Contains(errs, "--yes") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	if out, errs, status = sh.run("dataset", "delete", "orders", "--data", h.dir); status == 0 || !strings.Contains(out, "2 unterschriebene Abschlüsse") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	if out, errs, status = sh.run("load", "undo", "2", "--yes", "--data", h.dir); status != 0 {
		t.Errorf("%d %s %s", status, out, errs)
	}
	h.open()
	h.enter("officer@example.com")
	var c closingAnswer
	h.officer().want(200, "GET", "/closings/"+february.ID, nil, &c)
	if c.Value == nil || *c.Value != *february.Value || c.Restatement == nil || !c.Restatement.Changed || c.Restatement.Value != nil {
		t.Errorf("%+v", c)
	}

	// The same file with another reading, and rows in place of others, would replace what the closing of November rests on.
	h.say(t, "vorher.csv", ordersFile(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), 24, 99, 101, 0), map[string]any{"table": "orders", "auto": true, "overlap": "replace"}, "2 unterschriebene Abschlüsse")
}

// say runs a file on trial and wants a remark on signed closings.
func (h *proofHouse) say(t *testing.T, name string, content []byte, plan map[string]any, want string) {
	t.Helper()
	var upload, job struct{ ID string }
	h.officer().want(201, "POST", "/uploads?name="+name, content, &upload)
	h.officer().want(200, "POST", "/uploads/"+upload.ID+"/dry_run", plan, &job)
	var run struct {
		Remarks []struct{ Code, Text string }
	}
	h.wait(job.ID, &run)
	for _, r := range run.Remarks {
		if r.Code == "signed_closings" && strings.HasPrefix(r.Text, want) {
			return
		}
	}
	t.Errorf("%+v", run)
}
