package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
)

// stand is what the test reads of the leader's page.
type stand struct {
	Facts    bool
	Headline string
	Due      string `json:"headline_due"`
	Goals    struct{ Total, OnCourse, Missed int }
	Metrics  []struct {
		Name    string
		Targets []struct{ Status string }
		Spark   []struct{ Value *float64 }
		Trend   []struct{ Value *float64 }
	}
	Evidence []struct {
		Metric                    string
		Turn                      bool
		Finding, Initiative, Case *struct{ ID, Title, Link string }
	}
	Decisions []struct {
		Title, Due, Link string
		Overdue, Mine    bool
	}
	Stages []struct {
		Stage string
		Count int
		Marks []struct{ Title, Status, Link string }
	}
	Budget *struct {
		Granted, Planned, Committed, Spent *struct{ Amount string }
	}
	FirstVisit bool `json:"first_visit"`
	Changes    []struct{ Code, Text, Link string }
	Here       []struct{ Code, Link string }
	NextStep   *struct{ Code string } `json:"next_step"`
}

// The leader's page, part by part, against an instance that is counted by hand: three orders in January 2025, the
// last complete month, against a target of three.
func TestPartsOfTheLeadersPage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "instance")
	file := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(file, []byte("order_id;time;net\nZ1;2024-12-03;10\nA1;2025-01-03;10\nA2;2025-01-13;10\nA3;2025-01-23;10\nB1;2025-02-03;10\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, status := (shell{t: t}).run("import", file, "--data", dir, "--table", "orders"); status != 0 {
		t.Fatal(out, errs)
	}
	now := time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 30).Add(9 * time.Hour)
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	officer, leader := signIn(t, a, "officer@example.com", "officer"), signIn(t, a, "leader@example.com", "leader")
	viewer := signIn(t, a, "viewer@example.com", "contributor")
	look := func(b *browser) (o stand) {
		t.Helper()
		b.want(200, "GET", "/overview", nil, &o)
		return o
	}
	if o := look(leader); !o.FirstVisit || o.Headline == "" || len(o.Stages) != 0 || o.Budget != nil || len(o.Decisions) != 0 {
		t.Errorf("%+v", o)
	}

	officer.make("target", map[string]any{"title": "Drei im Monat", "metric": "orders", "line": "plan", "owner": self(leader), "points": []any{map[string]any{"from": "2025-01-01", "value": 3}}})
	shop := officer.make("initiative", map[string]any{"title": "Webshop", "metrics": []string{"orders"}, "budget": euro("1000.00"), "milestones": []any{map[string]any{"title": "Start", "due": day(-1)}}})
	officer.make("initiative", map[string]any{"title": "Portal", "budget": euro("500.50")})
	theCase := officer.make("business_case", caseBody(shop.ID))
	for sort, amount := range map[string]string{"planned": "900.00", "committed": "400.25", "spent": "120.75"} {
		officer.make("posting", map[string]any{"text": sort, "initiative": shop.ID, "sort": sort, "day": day(-10), "amount": euro(amount)})
	}
	officer.make("posting", map[string]any{"text": "mehr", "initiative": shop.ID, "sort": "spent", "day": day(-9), "amount": euro("0.25")})
	officer.make("decision", map[string]any{"title": "Später", "owner": self(leader), "due": day(20)})
	due := officer.make("decision", map[string]any{"title": "Portal beginnen", "initiative": shop.ID, "owner": self(leader), "due": day(14)})
	officer.make("decision", map[string]any{"title": "Überfällig, von anderen", "owner": self(officer), "due": day(-3)})

	o := look(leader)
	if o.Goals.Total != 1 || len(o.Metrics) == 0 || o.Metrics[0].Name != "orders" || len(o.Metrics[0].Targets) != 1 || o.Metrics[0].Targets[0].Status != "on_course" ||
		o.Headline != "Das eine Ziel ist auf Kurs." || o.Due != "Eine Entscheidung wartet auf Sie." {
		t.Errorf("%q %q %+v %+v", o.Headline, o.Due, o.Goals, o.Metrics)
	}
	e := o.Evidence[0]
	if e.Metric != "orders" || !e.Turn || e.Initiative == nil || e.Initiative.Link != "/vorhaben/"+shop.ID || e.Case == nil || e.Case.Link != "/business_case/"+theCase.ID {
		t.Errorf("%+v", e)
	}
	// Who may not read business cases gets the initiative and no case.
	if e := look(viewer).Evidence[0]; e.Initiative == nil || e.Initiative.Title != "Webshop" || e.Case != nil {
		t.Errorf("%+v", e)
	}
	var titles []string
	for _, d := range o.Decisions {
		titles = append(titles, d.Title)
	}
	if strings.Join(titles, "; ") != "Portal beginnen; Später; Überfällig, von anderen" || !o.Decisions[0].Mine || o.Decisions[0].Overdue || o.Decisions[2].Mine || !o.Decisions[2].Overdue {
		t.Errorf("%+v", o.Decisions)
	}
	if s := o.Stages[0]; s.Stage != "idea" || s.Count != 2 || s.Marks[0].Title != "Portal" || s.Marks[0].Status != "open" || s.Marks[1].Status != "your_turn" {
		t.Errorf("%+v", o.Stages)
	}
	// 1000.00 + 500.50 granted, 120.75 + 0.25 spent.
	if b := o.Budget; b == nil || b.Granted.Amount != "1500.50" || b.Planned.Amount != "900.00" || b.Committed.Amount != "400.25" || b.Spent.Amount != "121.00" {
		t.Errorf("%+v", o.Budget)
	}
	if o := look(viewer); o.Budget != nil {
		t.Errorf("%+v", o.Budget)
	}

	// A visit later: what was decided since stands there, and the late milestone shows when no decision is due.
	now = now.Add(time.Minute)
	leader.match = "*"
	leader.want(200, "PATCH", "/records/decision/"+due.ID, map[string]any{"outcome": "accepted", "reason": "Passt", "decided": day(0)}, nil)
	now = now.Add(10 * time.Hour)
	o = look(leader)
	if o.FirstVisit || len(o.Changes) != 1 || o.Changes[0].Code != "decision" || o.Changes[0].Text != "Angenommen: Portal beginnen" || o.Changes[0].Link != "/register/decision/"+due.ID {
		t.Errorf("%v %+v", o.FirstVisit, o.Changes)
	}
	if o.Stages[0].Marks[1].Status != "at_risk" || o.Due != "" {
		t.Errorf("%q %+v", o.Due, o.Stages[0])
	}
	now = now.Add(10 * time.Hour)
	if o = look(leader); len(o.Changes) != 0 {
		t.Errorf("%+v", o.Changes)
	}
}

// Who reads no figures is told what they can do, and every way leads to a page that answers them.
func TestPageOfThoseWhoReadNoFigures(t *testing.T) {
	a := open(t, t.TempDir())
	officer := signIn(t, a, "officer@example.com", "officer")
	admin, member := signIn(t, a, "admin@example.com", "admin"), signIn(t, a, "member@example.com", "member")
	codes := func(b *browser) string {
		t.Helper()
		var o stand
		b.want(200, "GET", "/overview", nil, &o)
		if o.Facts || o.NextStep != nil || len(o.Metrics) != 0 || o.Headline == "" {
			t.Errorf("%+v", o)
		}
		var out []string
		for _, s := range o.Here {
			out = append(out, s.Code)
		}
		return strings.Join(out, " ")
	}
	if got := codes(admin); got != "manage_accounts keep_settings read_notices keep_company own_account" {
		t.Error(got)
	}
	if got := codes(member); got != "read_notices look_at_registers own_account" {
		t.Error(got)
	}
	officer.make("initiative", map[string]any{"title": "Portal", "owner": self(member)})
	if got := codes(member); got != "look_at_initiatives look_at_roadmap read_notices look_at_registers own_account" {
		t.Error(got)
	}
	var o stand
	officer.want(200, "GET", "/overview", nil, &o)
	if len(o.Here) != 0 || !o.Facts {
		t.Errorf("%+v", o.Here)
	}
}
