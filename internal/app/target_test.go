package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"lotse.dev/lotse/internal/app"
)

type targetStatus struct {
	Items []struct {
		ID, Status    string
		Value, Limit  *float64
		Gap           *float64
		Secured       *bool
		From, Process string
		OwnerName     string `json:"owner_name"`
		Remarks       []struct{ Code string }
	}
}

type statusNotices struct {
	Items []struct{ Cause, Kind, Record, Text string }
}

// again opens an instance anew and signs the same person in.
func again(t *testing.T, dir, email string) (*app.App, *browser) {
	t.Helper()
	a := open(t, dir)
	b := serve(t, a, false)
	var s status
	b.want(200, "POST", "/session", map[string]string{"email": email, "password": password}, &s)
	b.csrf = s.CSRF
	return a, b
}

// A load that turns the status of a target tells its owner once; the next load, which leaves the status, tells nothing.
// By hand: three orders in January, two in February, one in March, against at least three a month.
func TestStatusOfATargetIsToldOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "instance")
	sh := shell{t: t}
	load := func(name, rows string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte("order_id;time;net\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, errs, status := sh.run("import", file, "--data", dir, "--table", "orders"); status != 0 {
			t.Fatal(out, errs)
		}
	}
	load("january.csv", "Z1;2024-12-03;10\nA1;2025-01-03;10\nA2;2025-01-13;10\nA3;2025-01-23;10\nB1;2025-02-03;10\n")
	a := open(t, dir)
	officer := signIn(t, a, "officer@example.com", "officer")
	member := signIn(t, a, "member@example.com", "member")
	var self struct{ Self string }
	officer.want(200, "GET", "/records", nil, &self)

	var refused struct {
		Fields []struct{ Field, Text string }
	}
	target := map[string]any{"title": "Drei Aufträge im Monat", "metric": "auftraege", "line": "plan", "owner": self.Self,
		"points": []any{map[string]any{"from": "2025-01-01", "value": 3}, map[string]any{"from": "2025-01-01", "value": 4}}}
	officer.want(422, "POST", "/records/target", target, &refused)
	if len(refused.Fields) != 2 || refused.Fields[0].Field != "points[1].from" || refused.Fields[1].Field != "metric" {
		t.Errorf("%+v", refused)
	}
	target["metric"], target["unit"] = "orders", "days"
	target["points"] = []any{map[string]any{"from": "2030-01-01", "value": 4}, map[string]any{"from": "2025-01-01", "value": 3}}
	officer.want(422, "POST", "/records/target", target, &refused)
	if len(refused.Fields) != 1 || refused.Fields[0].Field != "unit" {
		t.Errorf("%+v", refused)
	}
	delete(target, "unit")
	var made one
	officer.want(201, "POST", "/records/target", target, &made)
	if first := made.Value["points"].([]any)[0].(map[string]any); first["from"] != "2025-01-01" {
		t.Errorf("points in the order of their days: %v", made.Value["points"])
	}
	look := func(b *browser, month, want string, value float64, told int) {
		t.Helper()
		var st targetStatus
		b.want(200, "GET", "/targets/status?metric=orders", nil, &st)
		if len(st.Items) != 1 || st.Items[0].Status != want || st.Items[0].From != month || *st.Items[0].Value != value || *st.Items[0].Gap != value-3 ||
			st.Items[0].Secured == nil || *st.Items[0].Secured { // so few orders leave everything open
			t.Errorf("%+v", st.Items)
		}
		var list statusNotices
		b.want(200, "GET", "/notices", nil, &list)
		n := 0
		for _, i := range list.Items {
			if i.Cause == "status" && i.Record == made.ID {
				n++
			}
		}
		if n != told {
			t.Errorf("%d notices in %s, want %d: %+v", n, month, told, list.Items)
		}
	}
	look(officer, "2025-01-01", "on_course", 3, 0)
	if code := member.statusOf("GET", "/targets/status", nil); code != 403 {
		t.Errorf("a member sees figures: %d", code)
	}

	var metrics struct {
		Items []struct {
			Name    string
			Targets []struct {
				Status string
				Limits []struct {
					From  string
					Value *float64
				}
			}
		}
	}
	officer.want(200, "GET", "/metrics", nil, &metrics)
	for _, m := range metrics.Items {
		if (m.Name == "orders") != (len(m.Targets) == 1) {
			t.Errorf("%s: %+v", m.Name, m.Targets)
		}
	}
	a.Close()

	load("february.csv", "B2;2025-02-13;10\nC1;2025-03-03;10\n")
	a, officer = again(t, dir, "officer@example.com")
	look(officer, "2025-02-01", "missed", 2, 1)
	a.Close()

	load("march.csv", "D1;2025-04-03;10\n")
	a, officer = again(t, dir, "officer@example.com")
	look(officer, "2025-03-01", "missed", 1, 1)

	// A changed target has a new status, but nothing happened that its owner has to be told of.
	officer.match = "*"
	officer.want(200, "PATCH", "/records/target/"+made.ID, map[string]any{"points": []any{map[string]any{"from": "2025-01-01", "value": 1}}}, nil)
	officer.match = ""
	var list statusNotices
	officer.want(200, "GET", "/notices", nil, &list)
	told := 0
	for _, i := range list.Items {
		if i.Cause == "status" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%+v", list.Items)
	}
	var yearly struct {
		Targets []any
		Remarks []struct{ Code string }
	}
	officer.want(200, "GET", "/metrics/orders/query?by=quarter", nil, &yearly)
	if len(yearly.Targets) != 0 || len(yearly.Remarks) == 0 || yearly.Remarks[len(yearly.Remarks)-1].Code != "target_monthly" {
		t.Errorf("a monthly target in quarters: %+v", yearly)
	}
	a.Close()
}
