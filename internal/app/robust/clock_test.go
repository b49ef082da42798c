package robust

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// The clock was set back to today: the newest facts in the books are of 2099. Nothing is signed through any door; what is
// loaded is loaded and marked; and the instance stays whole.
func TestClockSetBack(t *testing.T) {
	p := proving(t)
	dir := copyTree(t, p.template, filepath.Join(folder(t), "d"))
	change(t, dir, `UPDATE ducklake_snapshot SET snapshot_time = replace(snapshot_time, substr(snapshot_time, 1, 4), '2099')
		WHERE snapshot_id = (SELECT max(snapshot_id) FROM ducklake_snapshot)`)
	for _, x := range []paper{p.papers[0], p.papers[1]} { // a closing and a plan
		german, english := finish(t, p.sign(dir, x)), finish(t, p.sign(dir, x, "--json", "--lang", "en"))
		check(t, "signing with the clock set back", "2099", german, english)
		if e := problemOf(t, english); e.Code != "clock_back" || !strings.Contains(e.Text, "clock") {
			t.Errorf("%+v", e)
		}
	}
	s := serve(t, dir)
	for _, x := range p.papers {
		status, body := s.try(p.staff["controller"], "POST", x.path(), fmt.Sprint(x.version), map[string]any{})
		clear(t, "signing with the clock set back", status, body, "clock_back")
		if status != 422 {
			t.Errorf("%d", status)
		}
		if x.kind == "effect_plan" { // the register's own door
			status, body = s.try(p.staff["controller"], "POST", "/records/effect_plan/"+x.id+"/decide", fmt.Sprint(x.version), map[string]any{"step": "approve"})
			clear(t, "approving with the clock set back", status, body, "clock_back")
		}
	}
	for id, signed := range p.signed(t, s) {
		if signed {
			t.Errorf("%s is signed", id)
		}
	}
	file := logFile(t, filepath.Join(folder(t), "a.csv"), 0, 40, 0)
	r := lotse(t, "import", file, "--data", dir, "--table", "events", "--process", "p")
	check(t, "loading with the clock set back", "", r, r)
	var loads struct {
		Items []struct {
			File    string
			Remarks []struct{ Code string }
		}
	}
	s.get("/loads", &loads)
	for _, l := range loads.Items {
		marked := len(l.Remarks) > 0 && l.Remarks[len(l.Remarks)-1].Code == "clock_back"
		if marked != (l.File == "a.csv") {
			t.Errorf("%+v", l)
		}
	}
	whole(t, s)
	s.stop()
	must(t, "check", "--data", dir)
}
