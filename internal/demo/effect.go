package demo

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// proofOf is the effect plan of an undertaking; live is the first month in which it works, counted back.
type proofOf struct {
	of, title, metric, process string
	filters                    []doc
	unit                       string
	grain                      string
	live, periods              int
	expected, band             float64
	class                      string
	worth                      [3]float64 // of one unit and year, in euros or hours
	least                      float64    // smallest sample of a period, 0 as the metric has it
	why                        string
	before                     func(context.Context, *history) error // what is loaded after the plan
}

// plansOfChanges are the plans of the changes whose truth the demo keeps, in the order of their start, with what was
// loaded once each was signed.
var plansOfChanges = []proofOf{
	{of: "credit", title: "Weniger Handschritte durch die Bonitätsregel", metric: "manual_steps_per_case", process: OrderProcess, grain: "week", live: 45, periods: 40,
		expected: -.3, class: "released_time", worth: [3]float64{520, 1060, 1990}, least: 20,
		why:    "Rund 8.000 Aufträge im Jahr, 4 bis 15 Minuten je Prüfung (Selbstaufschreibung). Wochen, weil erst 14 Monate gemessen sind.",
		before: func(ctx context.Context, h *history) error { return h.part(ctx, orderTable) }},
	{of: "form", title: "Weniger Nacharbeit durch die Auftragsmaske", metric: "rework_share", process: OrderProcess, grain: "month", unit: "percent", live: 31, periods: 12,
		expected: -3.5, band: .5, class: "released_time", worth: [3]float64{25, 43, 88},
		why:    "Ein Punkt sind rund 80 Aufträge im Jahr, 18 bis 66 Minuten je Rückfrage (Selbstaufschreibung).",
		before: func(ctx context.Context, h *history) error { return h.part(ctx, orderTable) }},
	{of: "triage", title: "Schnellere erste Antwort durch Vorsortierung", metric: "ticket_first_response_median", grain: "month", unit: "hours", live: 26, periods: 12,
		expected: -2, band: .5, class: "released_time", worth: [3]float64{40, 75, 110},
		why:    "Je Stunde früherer Antwort entfallen rund 450 Nachfragen im Jahr zu 5 bis 15 Minuten.",
		before: func(ctx context.Context, h *history) error { return h.part(ctx, ticketTable) }},
	{of: "carrier", title: "Kürzere Lieferzeit durch den neuen Versandpartner", metric: "delivery_time", process: OrderProcess, grain: "month", unit: "days", live: 23, periods: 12,
		expected: -.8, band: .02, class: "avoided_cost", worth: [3]float64{9000, 14000, 21000},
		why:    "Vertragsstrafen und Ersatzlieferungen: je Tag Verspätung 9 bis 21 T€ im Jahr nach der Rechnung des Vertriebs.",
		before: func(ctx context.Context, h *history) error { return h.part(ctx, orderTable) }},
	{of: "recommend", title: "Mehr Warengruppen je Bestellung durch Empfehlungen", metric: "cross_selling_rate", grain: "month", unit: "percent", live: 15, periods: 12,
		filters: []doc{{"field": "channel", "value": channelNames[shop]}}, expected: 5, band: 1, class: "cash", worth: [3]float64{1500, 2600, 4100},
		why: "Ein Punkt sind rund 37 Bestellungen im Jahr mit einer zweiten Warengruppe; Deckungsbeitrag 40 bis 110 € je Bestellung."},
	{of: "chat", title: "Schnellere Lösung durch die Chat-Auskunft", metric: "ticket_resolution_median", grain: "month", unit: "hours", live: 12, periods: 12,
		expected: -8, band: 4, class: "released_time", worth: [3]float64{8, 14, 25},
		why: "Je Stunde kürzerer Lösungszeit entfallen Rückfragen von 8 bis 25 Stunden im Jahr. Unter vier Stunden lohnt der Betrieb nicht."},
}

// past is what the company planned while Lotse held only what was known before: each plan is signed before the facts
// after its start are loaded. The last two start after the company began with Lotse.
func (p *planner) past(ctx context.Context) error {
	h := p.history
	if err := h.part(ctx, ticketTable); err != nil {
		return err
	}
	for n := range plansOfChanges {
		if plansOfChanges[n].of == "recommend" { // the first of those that lie ahead on that day
			for _, table := range []int{purchaseTable, lineTable} {
				if err := h.part(ctx, table); err != nil {
					return err
				}
			}
		}
		if err := p.foresee(ctx, plansOfChanges[n]); err != nil {
			return err
		}
	}
	return nil
}

// foresee begins the initiative of a change, has its business case approved and its plan signed before it goes live, and
// loads what came next.
func (p *planner) foresee(ctx context.Context, e proofOf) error {
	n := slices.IndexFunc(undertakings, func(x undertaking) bool { return x.key == e.of })
	x := undertakings[n]
	known := func(g passage) bool { return g.ago >= beganAgo && p.day(g.ago, 12) < p.day(beganAgo, beganDay) }
	if err := p.enter(ctx, n, x); err != nil {
		return err
	}
	if c, ok := promiseOf(e.of); ok {
		if err := p.assess(ctx, c); err != nil {
			return err
		}
	}
	if err := p.pass(ctx, x, func(g passage) bool { return known(g) && g.to != "live" }); err != nil {
		return err
	}
	if err := p.signed(ctx, e, true); err != nil {
		return err
	}
	if err := p.pass(ctx, x, known); err != nil || e.before == nil {
		return err
	}
	return e.before(ctx, p.history)
}

// draft writes a plan as the officer and brings it before the controller.
func (p *planner) draft(ctx context.Context, e proofOf, primary bool) (item, error) {
	value := doc{"title": e.title, "initiative": p.ids[e.of], "metric": e.metric, "grain": e.grain, "first_affected": p.start(e.grain, e.live), "periods_after": e.periods,
		"model": "trend", "expected": e.expected, "benefit_class": e.class, "value_per_unit": spread(e.worth), "primary": primary, "owner": p.self, "why": e.why}
	for name, text := range map[string]string{"process": e.process, "unit": e.unit} {
		if text != "" {
			value[name] = text
		}
	}
	if e.filters != nil {
		value["filters"] = e.filters
	}
	for name, v := range map[string]float64{"band": e.band, "minimum_sample": e.least} {
		if v > 0 {
			value[name] = v
		}
	}
	var made item
	if err := p.officer.Call(ctx, http.MethodPost, "/records/effect_plan", value, &made); err != nil {
		return made, err
	}
	p.ids[e.title] = made.ID
	return made, p.officer.Change(ctx, http.MethodPost, "/effect_plans/"+made.ID+"/propose", made.Version, doc{"note": "Zur Unterschrift vor dem Start."}, &made)
}

func (p *planner) signed(ctx context.Context, e proofOf, primary bool) error {
	made, err := p.draft(ctx, e, primary)
	if err != nil {
		return err
	}
	return p.controller.Change(ctx, http.MethodPost, "/effect_plans/"+made.ID+"/sign", made.Version, doc{"note": "Kennzahl, Fenster und Wert je Einheit geprüft."}, nil)
}

// start is the first day of the first period that lies whole in the months from one on: its first day, or the first
// Monday.
func (p *planner) start(grain string, ago int) string {
	m := p.until.plus(-ago)
	t := time.Date(m.Year, time.Month(m.Month), 1, 0, 0, 0, 0, time.UTC)
	for grain == "week" && t.Weekday() != time.Monday {
		t = t.AddDate(0, 0, 1)
	}
	return t.Format(time.DateOnly)
}
