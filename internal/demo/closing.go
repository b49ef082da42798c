package demo

import (
	"context"
	"net/http"
	"net/url"

	"lotse.dev/lotse/internal/base"
)

// unmeasured is why a figure cannot be closed while too little is measured.
var unmeasured = map[string]bool{"period_open": true, "window_open": true, "value_unknown": true}

// round is a closing and how far it got: open, proposed, confirmed, refused or signed.
type round struct {
	plan    string // title of the plan of an effect
	metric  doc    // or the metric and its period
	until   string
	note    string // of the officer
	confirm string // of the department
	last    string // of the controller
}

// plansOfToday are a plan that came too late and one that waits for its signature.
var plansOfToday = []proofOf{
	{of: "recommend", title: "Höherer Bestellwert durch Empfehlungen", metric: "average_order_value", grain: "month", live: 15, periods: 24, expected: 15, class: "cash",
		worth: [3]float64{300, 520, 900}, why: "Nachträglich gefragt: steigt mit der zweiten Warengruppe auch der Bestellwert?"},
	{of: "einvoice", title: "Weniger Handschritte durch die E-Rechnung", metric: "manual_steps_per_case", process: OrderProcess, grain: "month", live: -2, periods: 12,
		expected: -.4, band: .05, class: "released_time", worth: [3]float64{400, 700, 1100}, why: "Rund 8.000 Rechnungen im Jahr, 3 bis 9 Minuten je Versand von Hand."},
}

// proofs are the closings of the company: effects whose window is over, and periods of metrics.
func (p *planner) proofs(ctx context.Context) error {
	if err := p.signed(ctx, plansOfToday[0], false); err != nil {
		return err
	}
	if _, err := p.draft(ctx, plansOfToday[1], true); err != nil {
		return err
	}
	for _, r := range p.rounds() {
		if err := p.close(ctx, r); err != nil {
			return err
		}
	}
	return p.history.late(ctx)
}

func (p *planner) rounds() []round {
	titles := map[string]string{}
	for _, e := range plansOfChanges {
		titles[e.of] = e.title
	}
	of := func(metric, process string, ago int) doc {
		out := doc{"metric": metric, "grain": "month", "from": p.day(ago, 1)}
		if process != "" {
			out["process"] = process
		}
		return out
	}
	const done = "Die Zahl deckt sich mit unserem Eindruck."
	out := []round{
		{plan: titles["recommend"], until: "signed", note: "Das Fenster ist voll gemessen.", confirm: done, last: "Reihe, Plan und Wert je Punkt geprüft."},
		{plan: titles["carrier"], until: "signed", note: "Das Fenster ist voll gemessen.", confirm: done, last: "Vertragsstrafen mit der Buchhaltung abgeglichen."},
		{plan: titles["triage"], until: "signed", note: "Das Fenster ist voll gemessen.", confirm: done, last: "Geprüft; freigesetzte Zeit, keine Einsparung."},
		{plan: titles["chat"], until: "signed", note: "Kein Hinweis auf eine Wirkung; zur Entscheidung über die Fortführung.", confirm: "Auch das Team sieht keinen Unterschied.", last: "So festgehalten."},
		{plan: titles["form"], until: "confirmed", note: "Das Fenster ist voll gemessen.", confirm: done},
		{plan: titles["credit"], until: "refused", note: "Das Fenster ist voll gemessen.", confirm: "Aus Sicht der Abwicklung richtig.",
			last: "Zu Beginn der Reihe haben Wochen zu wenige Aufträge, die Wirkung ist nicht belegbar. Bitte ohne Beitrag abschließen."},
		{plan: titles["credit"], until: "signed", note: "Noch einmal vorgelegt, ohne Beitrag.", confirm: "Einverstanden.", last: "Als nicht belegbar festgehalten, kein Beitrag."},
	}
	for _, l := range monthlyClosings {
		for ago := closedMonths - 1; ago >= 0; ago-- {
			r := round{metric: of(l.metric, l.process, ago), until: "signed", note: "Monatsabschluss.", confirm: l.confirm, last: "Abgestimmt."}
			if ago == 0 && l.last != "" {
				r.until = l.last
			}
			out = append(out, r)
		}
	}
	return out
}

// closedMonths is how many months the company has closed its figures for.
const closedMonths = 3

// monthlyClosings are the figures with a target; the last month of two of them is still on its way.
var monthlyClosings = []struct{ metric, process, confirm, last string }{
	{"revenue", "", "Wie in der Warenwirtschaft.", ""},
	{"repeat_rate", "", "Wie in der Warenwirtschaft.", ""},
	{"digital_revenue_share", "", "Wie in der Warenwirtschaft.", "open"},
	{"case_duration_median", OrderProcess, "Die Zahl deckt sich mit unserem Eindruck.", ""},
	{"case_duration_median", PurchaseProcess, "Die Zahl deckt sich mit unserem Eindruck.", ""},
	{"rework_share", OrderProcess, "Die Zahl deckt sich mit unserem Eindruck.", ""},
	{"ticket_resolution_median", "", "Die Zahl deckt sich mit unserem Eindruck.", ""},
	{"ticket_first_response_median", "", "Die Zahl deckt sich mit unserem Eindruck.", "proposed"},
}

// close leads a closing as far as it got: the officer proposes, the department confirms, the controller decides. A figure
// that data of a small company leaves unknown stays open.
func (p *planner) close(ctx context.Context, r round) error {
	if r.until == "open" {
		return nil
	}
	body := doc{"confirmer": p.department, "note": r.note}
	for k, v := range r.metric {
		body[k] = v
	}
	if r.plan != "" {
		body["plan"] = p.ids[r.plan]
	}
	var made struct {
		ID      string `json:"id"`
		Version int    `json:"version"`
	}
	if err := p.officer.Call(ctx, http.MethodPost, "/closings", body, &made); err != nil {
		if unmeasured[base.AsError(err).Code] {
			return nil
		}
		return err
	}
	step := func(by Client, name, note string) error {
		return by.Change(ctx, http.MethodPost, "/closings/"+url.PathEscape(made.ID)+"/"+name, made.Version, doc{"note": note}, &made)
	}
	if r.until == "proposed" {
		return nil
	}
	if err := step(p.contributor, "confirm", r.confirm); err != nil || r.until == "confirmed" {
		return err
	}
	name := map[string]string{"signed": "sign", "refused": "refuse"}[r.until]
	return step(p.controller, name, r.last)
}
