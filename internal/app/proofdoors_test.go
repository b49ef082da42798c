package app_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/store/database"
)

var began2022 = time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)

// proven is a house with a planned and signed effect: its plan and its closing.
func proven(t *testing.T, emails ...string) (h *proofHouse, initiative string, p planAnswer, c closingAnswer) {
	t.Helper()
	h = openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), append([]string{"officer@example.com", "controller@example.com"}, emails...)...)
	h.load("vorher.csv", ordersFile(began2022, 35, 99, 100, 0), map[string]any{"table": "orders", "auto": true})
	initiative = h.initiative("Bündelpreise")
	p = h.signedPlan(planBody(initiative))
	h.at(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	h.load("nachher.csv", ordersFile(began2022, 48, 36, 100, 20), map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	h.officer().want(201, "POST", "/closings", map[string]any{"plan": p.ID}, &c)
	h.controller().step(200, "/closings/"+c.ID+"/sign", c.Version, "", &c)
	return h, initiative, p, c
}

// A closing of a metric goes through three persons where the company wants it; nobody takes two of the roles, not by
// two roles of one account, not as a deputy, and the operator at the machine never signs.
func TestNobodySignsTwice(t *testing.T) {
	h := openProof(t, t.TempDir()+"/instance", time.Date(2025, 1, 2, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com", "controller2@example.com", "contributor@example.com")
	operator := serve(t, h.app, true)
	operator.want(200, "POST", "/accounts", map[string]any{"email": "both@example.com", "roles": []string{"officer", "controller"}, "password": password}, nil)
	h.enter("both@example.com")
	both, second, department := h.people["both@example.com"], h.people["controller2@example.com"], h.people["contributor@example.com"]
	h.load("vorher.csv", ordersFile(began2022, 36, 99, 100, 0), map[string]any{"table": "orders", "auto": true})
	month := func(from string) map[string]any {
		return map[string]any{"metric": "average_order_value", "grain": "month", "from": from}
	}
	var c closingAnswer
	both.want(201, "POST", "/closings", month("2024-10-01"), &c)
	both.step(403, "/closings/"+c.ID+"/sign", c.Version, "", nil)
	both.step(403, "/closings/"+c.ID+"/refuse", c.Version, "Doch nicht", nil)
	operator.step(403, "/closings/"+c.ID+"/sign", c.Version, "", nil)
	h.officer().want(201, "POST", "/records/deputy", map[string]any{"reason": "Urlaub", "person": h.persons["both@example.com"], "deputy": h.persons["controller2@example.com"], "time": map[string]any{"from": "2025-01-01", "to": "2025-01-10"}}, nil)
	second.step(403, "/closings/"+c.ID+"/sign", c.Version, "", nil)
	h.controller().step(200, "/closings/"+c.ID+"/sign", c.Version, "", &c)
	if c.Status != "signed" {
		t.Fatalf("%+v", c)
	}
	h.officer().want(422, "POST", "/closings", month("2025-01-01"), nil) // not over yet
	h.officer().want(422, "POST", "/closings", month("2024-10-15"), nil)

	named := month("2024-11-01") // nobody is told to confirm where the company does not let the department do so
	named["confirmer"] = h.persons["contributor@example.com"]
	h.officer().want(422, "POST", "/closings", named, nil)

	settings := map[string]any{}
	h.officer().want(200, "GET", "/settings", nil, &settings)
	value := settings["value"].(map[string]any)
	value["closing_department"] = true
	h.officer().match = "0"
	h.officer().want(200, "PUT", "/settings", value, nil)
	h.officer().match = ""
	h.officer().want(422, "POST", "/closings", month("2024-11-01"), nil) // who confirms?
	body := month("2024-11-01")
	body["confirmer"] = h.persons["contributor@example.com"]
	h.officer().want(201, "POST", "/closings", body, &c)
	h.controller().step(409, "/closings/"+c.ID+"/sign", c.Version, "", nil) // the department first
	h.officer().step(403, "/closings/"+c.ID+"/confirm", c.Version, "", nil)
	var told struct {
		Items []struct{ Cause, Kind, Record string }
	}
	department.want(200, "GET", "/notices", nil, &told)
	if len(told.Items) == 0 || told.Items[0].Record != c.ID || told.Items[0].Cause != "proposed" {
		t.Errorf("%+v", told)
	}
	department.step(200, "/closings/"+c.ID+"/confirm", c.Version, "", &c)
	h.controller().step(200, "/closings/"+c.ID+"/sign", c.Version, "", &c)
	second.step(422, "/closings/"+c.ID+"/reopen", c.Version, "", nil)
	second.step(200, "/closings/"+c.ID+"/reopen", c.Version, "Rechnungen nachgereicht", &c)
	old := c.ID
	body["note"] = "mit den Nachzüglern"
	h.officer().want(201, "POST", "/closings", body, &c)
	if c.ID == old || c.Follows != old {
		t.Errorf("%+v", c)
	}
	var calendar struct {
		Items []struct{ Metric, From, State, Status, Due string }
	}
	h.officer().want(200, "GET", "/closings/calendar", nil, &calendar)
	seen := map[string]string{}
	for _, d := range calendar.Items {
		seen[d.From] = d.State + " " + d.Status
	}
	// ten working days after the end of October are long over, those of December end on 14 January
	if seen["2024-10-01"] != "done signed" || seen["2024-11-01"] != "overdue proposed" || seen["2024-12-01"] != "due " || seen["2025-01-01"] != "coming " {
		t.Errorf("%v", seen)
	}
	// A clock that was set back signs nothing.
	h.now.Store(time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC).UnixNano())
	department.step(422, "/closings/"+c.ID+"/confirm", c.Version, "", nil)
}

// Neither closings nor the ledger have a door that writes but the steps, and sums keep the classes apart.
func TestLedgerHasNoDoor(t *testing.T) {
	h, initiative, p, c := proven(t)
	operator := serve(t, h.app, true)
	var l ledgerAnswer
	h.officer().want(200, "GET", "/ledger", nil, &l)
	entry := l.Entries[0].ID
	for _, b := range []*browser{h.officer(), h.controller(), operator} {
		b.match = "*"
		for kind, id := range map[string]string{"ledger_entry": entry, "closing": c.ID} {
			at := "/records/" + kind
			for _, door := range []struct{ method, path string }{{"POST", at}, {"POST", at + "/bulk"}, {"POST", at + "/import"}, {"PUT", at + "/" + id}, {"PATCH", at + "/" + id},
				{"DELETE", at + "/" + id}, {"POST", at + "/" + id + "/restore"}, {"POST", at + "/" + id + "/versions/1/restore"}, {"POST", at + "/" + id + "/decide"}} {
				if code := b.statusOf(door.method, door.path, map[string]any{"class": "exploratory"}); code != 404 && code != 405 {
					t.Errorf("%s %s: %d", door.method, door.path, code)
				}
			}
		}
		b.match = ""
	}
	for path, want := range map[string]int{"?sum=middle": 422, "?by=initiative&sum=middle": 422, "?by=benefit_class&sum=middle": 422,
		"?by=benefit_class&sum=middle&filter=unit:eq:EUR&filter=sort:eq:contribution": 200} {
		if code := h.officer().statusOf("GET", "/records/ledger_entry/groups"+path, nil); code != want {
			t.Errorf("%s: %d", path, code)
		}
	}
	// All nine links, from every one of them.
	var all struct {
		Items []struct {
			Kind, ID string
			Here     bool
		}
	}
	for kind, id := range map[string]string{"rows": "average_order_value", "metric": "average_order_value", "initiative": initiative, "effect_plan": p.ID, "effect": p.ID, "closing": c.ID, "ledger_entry": entry} {
		h.officer().want(200, "GET", "/chain?kind="+kind+"&id="+id, nil, &all)
		got := map[string]string{}
		for _, n := range all.Items {
			got[n.Kind] = n.ID
		}
		if len(all.Items) != 9 || got["initiative"] != initiative || got["effect_plan"] != p.ID || got["effect"] != p.ID || got["closing"] != c.ID || got["ledger_entry"] != entry || got["metric"] != "average_order_value" {
			t.Errorf("from %s: %+v", kind, all)
		}
	}
	// Reopened: the entry is taken back by another one, never changed.
	h.controller().step(200, "/closings/"+c.ID+"/reopen", c.Version, "Doppelte Aufträge", &c)
	h.officer().want(200, "GET", "/ledger", nil, &l)
	if len(l.Entries) != 2 || l.Entries[0].Sort != "takeback" || l.Entries[0].Follows != entry || l.Entries[1].Live || len(l.Classes) != 1 || l.Classes[0].Confirmed != nil || l.Classes[0].Measured == nil {
		t.Errorf("%+v", l)
	}
	if out, status := h.check(); status != 0 { // old snapshots have expired by now, those of signatures have not
		t.Error(out)
	}
	sh := shell{t: t}
	for _, args := range [][]string{{"record", "ledger_entry", "add", "title=Von Hand"}, {"record", "closing", "set", c.ID, "value=1"}, {"record", "effect_plan", "set", p.ID, "expected=-30"}, {"closing", "sign", c.ID}} {
		if out, errs, status := sh.run(append(args, "--data", h.dir)...); status == 0 {
			t.Errorf("%v: %s %s", args, out, errs)
		}
	}
	// A backup carries everything, and bringing it back computes everything signed again.
	file, other := filepath.Join(t.TempDir(), "sicherung.zip"), filepath.Join(t.TempDir(), "zurueck")
	if _, errs, status := sh.run("backup", file, "--data", h.dir); status != 0 {
		t.Fatal(errs)
	}
	if _, errs, status := sh.run("restore", file, "--data", other); status != 0 {
		t.Fatal(errs)
	}
	out, errs, status := sh.run("ledger", "list", "--json", "--data", other)
	if err := json.Unmarshal([]byte(out), &l); err != nil || status != 0 || len(l.Entries) != 2 {
		t.Errorf("%d %s %s", status, out, errs)
	}
}

// What somebody changes in the database behind Lotse is found: an amount of the ledger, a class of a plan, a result.
func TestCheckFindsWhatWasTampered(t *testing.T) {
	h, _, _, _ := proven(t)
	if out, status := h.check(); status != 0 {
		t.Fatal(out)
	}
	db, err := database.Open(t.Context(), h.dir)
	if err != nil {
		t.Fatal(err)
	}
	write := func(q string, args ...any) {
		t.Helper()
		if err := db.Write(context.Background(), func(tx *sql.Tx) error { _, err := tx.Exec(q, args...); return err }); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		kind, field, want string
		value             any
	}{
		{"ledger_entry", "middle", "weicht von ihrem Abschluss ab", 999999.0},
		{"effect_plan", "class", "passen nicht zum Datenstand", "retrospective"},
		{"closing", "value", "die Felder weichen", -99.0},
		{"closing", "frozen", "die Prüfsumme stimmt nicht", ""},
	} {
		var before string
		if err := db.Read().QueryRow(`SELECT payload FROM record WHERE kind = ? LIMIT 1`, c.kind).Scan(&before); err != nil {
			t.Fatal(err)
		}
		doc := map[string]any{}
		if err := json.Unmarshal([]byte(before), &doc); err != nil {
			t.Fatal(err)
		}
		doc[c.field] = c.value
		if c.field == "frozen" { // one digit of one row
			var whole map[string]any
			was := map[string]any{}
			json.Unmarshal([]byte(before), &was)
			json.Unmarshal([]byte(was["frozen"].(string)), &whole)
			whole["rows"].([]any)[0].(map[string]any)["value"] = 1.5
			text, _ := json.Marshal(whole)
			doc[c.field] = string(text)
		}
		after, _ := json.Marshal(doc)
		write(`UPDATE record SET payload = ? WHERE kind = ? AND payload = ?`, string(after), c.kind, before)
		db.Close()
		out, status := (&shell{t: t}).check(h.dir)
		if status == 0 || !strings.Contains(out, c.want) {
			t.Errorf("%s.%s: %d %s", c.kind, c.field, status, out)
		}
		if db, err = database.Open(t.Context(), h.dir); err != nil {
			t.Fatal(err)
		}
		write(`UPDATE record SET payload = ? WHERE kind = ? AND payload = ?`, before, c.kind, string(after))
	}
	db.Close()
	if out, status := h.check(); status != 0 {
		t.Error(out)
	}
}

func (sh *shell) check(dir string) (string, int) {
	out, errs, status := sh.run("check", "--data", dir)
	return out + errs, status
}

// numbers walks every number of an answer.
func numbers(v any, seen func(float64)) {
	switch x := v.(type) {
	case float64:
		seen(x)
	case []any:
		for _, item := range x {
			numbers(item, seen)
		}
	case map[string]any:
		for _, item := range x {
			numbers(item, seen)
		}
	}
}

// Euros and hours of the same effect stand in every output of plans, effects, closings and the ledger, and nowhere does
// their sum.
func TestNoOutputAddsClasses(t *testing.T) {
	h, _, p, c := proven(t)
	hours := planBody(h.initiative("Entlastung"))
	hours["title"], hours["benefit_class"], hours["value_per_unit"], hours["first_affected"] = "Entlastung", "released_time", map[string]any{"min": 3, "likely": 4, "max": 5}, "2026-02-01"
	hours["periods_after"] = 6
	more := h.signedPlan(hours)
	h.at(time.Date(2026, 8, 5, 9, 0, 0, 0, time.UTC))
	h.load("spaeter.csv", ordersFile(began2022, 55, 49, 80, 40), map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	var second closingAnswer
	h.officer().want(201, "POST", "/closings", map[string]any{"plan": more.ID}, &second)
	h.controller().step(200, "/closings/"+second.ID+"/sign", second.Version, "", &second)
	if c.Worth == nil || second.Worth == nil || second.Worth.Unit != "h" || c.Worth.Unit != "EUR" {
		t.Fatalf("%+v %+v", c.Worth, second.Worth)
	}
	forbidden := map[float64]bool{}
	for _, euros := range []*float64{c.Worth.Low, c.Worth.Middle, c.Worth.High} {
		for _, time := range []*float64{second.Worth.Low, second.Worth.Middle, second.Worth.High} {
			forbidden[cent(*euros+*time)], forbidden[cent(*euros-*time)] = true, true
		}
	}
	for _, path := range []string{"/effects", "/effects/" + p.ID, "/effects/" + more.ID, "/closings", "/closings/" + c.ID, "/closings/" + second.ID, "/closings/calendar", "/ledger", "/ledger/calibration",
		"/records/effect_plan", "/records/closing", "/records/ledger_entry", "/overview", "/chain?kind=ledger_entry&id=" + h.entryOf(second.ID)} {
		var out any
		h.officer().want(200, "GET", path, nil, &out)
		numbers(out, func(v float64) {
			if forbidden[cent(v)] {
				t.Errorf("%s adds euros and hours: %v", path, v)
			}
		})
	}
}

func cent(v float64) float64 { return math.Round(v*100) / 100 }

// entryOf is the entry of a closing.
func (h *proofHouse) entryOf(closing string) string {
	h.t.Helper()
	var l ledgerAnswer
	h.officer().want(200, "GET", "/ledger", nil, &l)
	for _, e := range l.Entries {
		if e.Closing == closing {
			return e.ID
		}
	}
	h.t.Fatalf("no entry of %s: %+v", closing, l)
	return ""
}

// A signed plan never changes; the one that replaces it names it, and the replaced one says so.
func TestAPlanNamesWhatItReplaces(t *testing.T) {
	h := openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com")
	h.load("vorher.csv", ordersFile(began2022, 35, 99, 100, 0), map[string]any{"table": "orders", "auto": true})
	initiative := h.initiative("Bündelpreise")
	first := h.signedPlan(planBody(initiative))
	body := planBody(initiative)
	body["title"], body["follows"], body["grain"], body["periods_after"] = "Zweiter Anlauf", first.ID, "quarter", 6
	second := h.signedPlan(body)
	type answer struct {
		State   string
		Follows *struct{ ID, Title string }
	}
	var before, after answer
	h.officer().want(200, "GET", "/effects/"+first.ID, nil, &before)
	h.officer().want(200, "GET", "/effects/"+second.ID, nil, &after)
	if before.State != "superseded" || before.Follows != nil {
		t.Errorf("%+v", before)
	}
	if after.State != "signed" || after.Follows == nil || after.Follows.ID != first.ID || after.Follows.Title != planBody(initiative)["title"] {
		t.Errorf("%+v %+v", after, after.Follows)
	}
}
