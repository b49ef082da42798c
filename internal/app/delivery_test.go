package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
)

// onDay opens an empty instance on a day.
func onDay(t *testing.T, day time.Time) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), app.Options{Dir: t.TempDir(), Create: true, Clock: base.FixedClock(day)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// Work items add up beside the budget, by hand: 3 + 5 + 2 = 10 days estimated, 5 of them done, 1 + 6.5 spent, one item
// without an estimate and one overdue; what is due is told to its owner without a line about work items anywhere.
func TestWorkItemsAddUpAndFallDue(t *testing.T) {
	a := onDay(t, time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC))
	officer, bea := signIn(t, a, "otto@example.com", "officer"), signIn(t, a, "bea@example.com", "contributor")
	var i one
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Portal", "owner": self(officer)}, &i)
	for _, w := range []map[string]any{
		{"title": "Entwurf", "effort": 3, "spent": 1, "status": "doing", "due": "2026-03-06"},
		{"title": "Anbindung", "effort": 5, "spent": 6.5, "status": "done", "due": "2026-02-20", "done": "2026-02-19"},
		{"title": "Prüfung", "effort": 2, "due": "2026-03-03"},
		{"title": "Texte", "status": "open"},
	} {
		w["initiative"], w["owner"] = i.ID, self(bea)
		make1(officer, "work_item", w)
	}
	officer.want(422, "POST", "/records/work_item", map[string]any{"title": "x", "initiative": i.ID, "status": "open", "done": "2026-03-01"}, nil)
	var p struct {
		Items []struct {
			Work *struct {
				Items, Done, Late, Unrated int
				Effort, Settled, Spent     *float64
			}
			Warnings []struct{ Code, Text string }
		}
	}
	bea.want(200, "GET", "/initiatives/progress?initiative="+i.ID, nil, &p)
	w := p.Items[0].Work
	if w == nil || w.Items != 4 || w.Done != 1 || w.Late != 1 || w.Unrated != 1 || *w.Effort != 10 || *w.Settled != 5 || *w.Spent != 7.5 {
		t.Fatalf("%+v", w)
	}
	if got := p.Items[0].Warnings; len(got) != 1 || got[0].Text != "Ein Arbeitspaket ist überfällig." {
		t.Errorf("%+v", got)
	}
	settled(t, a)
	_, list := notices(bea)
	var texts []string
	for _, n := range list.Items {
		if strings.Contains(n.Text, "ällig") {
			texts = append(texts, n.Name+": "+n.Text)
		}
	}
	slices.Sort(texts)
	if want := []string{"Entwurf: Fällig am 06.03.2026: Termin.", "Prüfung: Seit 03.03.2026 überfällig: Termin."}; !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
}

type agenda struct {
	Items []struct {
		About, Sort, Title, Why, Person string
		Minutes                         int
	}
	Until string
}

// The agenda of a meeting holds what is due before the next one, each once, and what a person takes over of it; what
// belongs to another committee, is decided or is due later stays away.
func TestAgendaComesFromWhatIsDue(t *testing.T) {
	a := onDay(t, time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC))
	officer, leader := signIn(t, a, "otto@example.com", "officer"), signIn(t, a, "lea@example.com", "leader")
	member := signIn(t, a, "mia@example.com", "member")
	made := func(kind string, value map[string]any) string {
		var o one
		officer.want(201, "POST", "/records/"+kind, value, &o)
		return o.ID
	}
	steering := made("committee", map[string]any{"name": "Lenkungskreis", "cycle": "month"})
	other := made("committee", map[string]any{"name": "Datenschutzrunde", "cycle": "quarter"})
	initiative := made("initiative", map[string]any{"title": "Portal", "aim": "Anfragen halbieren", "owner": self(officer), "metrics": []string{"revenue"},
		"milestones": []any{map[string]any{"title": "Abnahme", "due": "2026-03-01"}, map[string]any{"title": "Start", "due": "2026-03-05"}}})
	var g one
	officer.want(201, "POST", "/records/risk", map[string]any{"title": "Ausfall", "initiative": initiative, "status": "occurred"}, nil)
	officer.want(200, "POST", "/initiatives/"+initiative+"/gate", map[string]any{"to": "case", "note": "Auftraggeber folgt"}, &g)
	for title, v := range map[string]map[string]any{
		"Zweiter Anbieter": {"due": "2026-03-20", "committee": steering}, "Ohne Termin": {}, "Zu spät": {"due": "2026-04-12"},
		"Fremd": {"due": "2026-03-10", "committee": other}, "Entschieden": {"due": "2026-03-10", "outcome": "accepted", "decided": "2026-03-01", "reason": "passt"},
	} {
		v["title"] = title
		made("decision", v)
	}
	made("risk", map[string]any{"title": "Erledigt", "status": "closed", "due": "2026-03-01"})
	made("risk", map[string]any{"title": "Später", "status": "open", "due": "2026-09-01"})
	made("work_item", map[string]any{"title": "Entwurf", "initiative": initiative, "due": "2026-03-02"})
	made("meeting", map[string]any{"title": "Sitzung im Februar", "committee": steering, "day": "2026-02-12",
		"actions": []any{map[string]any{"what": "Angebot einholen", "due": "2026-03-01"}, map[string]any{"what": "Erledigt", "done": "2026-02-20"}}})
	sitting := made("meeting", map[string]any{"title": "Sitzung im März", "committee": steering, "day": "2026-03-12"})

	var p agenda
	leader.want(200, "GET", "/meetings/"+sitting+"/agenda", nil, &p)
	var got []string
	for _, i := range p.Items {
		got = append(got, i.Sort+" "+i.Title+", "+i.Why)
	}
	want := []string{"gate Tor: Portal: Idee → Bewertung, wartet seit dem 04.03.2026 auf Freigabe",
		"decision Entscheidung: Ohne Termin, offen, ohne Termin", "decision Entscheidung: Zweiter Anbieter, fällig am 20.03.2026",
		"risk Risiko: Ausfall, eingetreten", "overdue Offene Aufgaben: Sitzung im Februar, eine Aufgabe ist nicht erledigt",
		"overdue Überfällig: Portal, Abnahme, fällig am 01.03.2026", "overdue Überfällig: Entwurf, Termin, fällig am 02.03.2026"}
	if !slices.Equal(got, want) || p.Until != "2026-04-12" {
		t.Fatalf("until %s\n%s", p.Until, strings.Join(got, "\n"))
	}
	member.want(404, "GET", "/meetings/"+sitting+"/agenda", nil, nil)

	take := map[string]any{"about": []string{p.Items[0].About, p.Items[2].About, "risk/gone"}}
	leader.want(428, "POST", "/meetings/"+sitting+"/agenda", take, nil)
	leader.match = "*"
	var m one
	leader.want(200, "POST", "/meetings/"+sitting+"/agenda", take, &m)
	leader.match = ""
	rows := m.Value["agenda"].([]any)
	first := rows[0].(map[string]any)
	if len(rows) != 2 || first["title"] != want[0][5:strings.Index(want[0], ",")]+" (wartet seit dem 04.03.2026 auf Freigabe)" || first["about"] != p.Items[0].About || first["minutes"] != 20. {
		t.Errorf("%v", rows)
	}
	leader.want(200, "GET", "/meetings/"+sitting+"/agenda", nil, &p)
	if len(p.Items) != len(want)-2 {
		t.Errorf("%d topics are proposed again", len(p.Items))
	}
}

// A sponsor without the role of a leader sees that they may decide on the gate of their initiative and does; whoever
// else may not is told so, and never who proposed it.
func TestSponsorDecides(t *testing.T) {
	a := open(t, t.TempDir())
	officer := signIn(t, a, "otto@example.com", "officer")
	sponsor, viewer, leader := signIn(t, a, "bea@example.com", "contributor"), signIn(t, a, "vera@example.com", "viewer"), signIn(t, a, "lea@example.com", "leader")
	var i, g one
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Portal", "aim": "Weniger Anfragen", "owner": self(officer), "sponsor": self(sponsor), "metrics": []string{"revenue"}}, &i)
	judge := func(b *browser) bool {
		var ahead struct{ Judge bool }
		b.want(200, "GET", "/initiatives/"+i.ID+"/gate", nil, &ahead)
		return ahead.Judge
	}
	if judge(leader) {
		t.Error("a decision on no gate is offered")
	}
	officer.want(200, "POST", "/initiatives/"+i.ID+"/gate", map[string]any{"to": "case"}, &g)
	if !judge(sponsor) || !judge(leader) || judge(viewer) || judge(officer) {
		t.Errorf("sponsor %v, leader %v, viewer %v, proposer %v", judge(sponsor), judge(leader), judge(viewer), judge(officer))
	}
	sponsor.match = fmt.Sprint(g.Version)
	sponsor.want(200, "POST", "/gates/"+g.ID+"/judge", map[string]any{"step": "approve", "note": "Trägt."}, nil)
}
