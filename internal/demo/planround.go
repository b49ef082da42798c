package demo

import (
	"context"
	"math"
	"net/http"
)

// goals are what the company wants to reach.
func (p *planner) goals(ctx context.Context) error {
	time := doc{"from": p.day(21, 1), "to": p.day(-14, 1)}
	for n, g := range []struct {
		key, title, why, state string
		metrics                []string
	}{
		{"fast", "Aufträge ohne Schleifen", "Jede Rückfrage kostet Tage und Vertrauen.", "at_risk", []string{"case_duration_median", "rework_share"}},
		{"digital", "Ein Drittel des Umsatzes digital", "Kunden bestellen, wann es ihnen passt.", "on_course", []string{"digital_revenue_share", "repeat_rate"}},
		{"service", "Antwort am selben Tag", "Wer eine Anlage stillstehen hat, wartet nicht.", "on_course", []string{"ticket_first_response_median", "ticket_resolution_median"}},
		{"people", "Entscheiden mit Zahlen", "Führung wirkt, wo gemessen wird.", "open", nil},
	} {
		value := doc{"title": g.title, "why": g.why, "owner": p.person(n + 2), "progress": g.state, "time": time}
		if g.metrics != nil {
			value["metrics"] = g.metrics
		}
		if err := p.add(ctx, "goal", g.key, value); err != nil {
			return err
		}
	}
	return nil
}

// dependencies say what waits for what.
func (p *planner) dependencies(ctx context.Context) error {
	for _, d := range []struct{ title, from, to, sort, note string }{
		{"Portal braucht die eine Anmeldung", "portal", "identity", "with", "Werften melden sich mit demselben Verfahren an."},
		{"Abo braucht vollständige Produktdaten", "subscription", "product", "after", "Verbrauchsteile müssen als solche gekennzeichnet sein."},
		{"CRM-Anbindung nach dem Umzug", "crm", "cloud", "after", "Die Schnittstelle wird nur einmal gebaut."},
		{"Wartung nach Zustand braucht das Portal", "service", "portal", "with", "Meldungen erscheinen im Portal."},
		{"Lieferantenanbindung nach der E-Rechnung", "supplier", "einvoice", "after", "Dasselbe Team in der Buchhaltung."},
	} {
		value := doc{"title": d.title, "from": p.ids[d.from], "to": p.ids[d.to], "sort": d.sort, "note": d.note}
		if err := p.add(ctx, "dependency", d.title, value); err != nil {
			return err
		}
	}
	return nil
}

// aimLine is a target that stands so far from what is measured now; the factor leaves some reached, some at risk, some
// missed.
type aimLine struct {
	title, metric, process, line, shape string
	factor                              float64
	why                                 string
}

var aimLines = []aimLine{
	{"Umsatz im Monat, Plan", "revenue", "", "plan", "line", .97, "Wirtschaftsplan"},
	{"Digitaler Umsatzanteil, Plan", "digital_revenue_share", "", "plan", "line", .98, "Ziel „Ein Drittel des Umsatzes digital“"},
	{"Digitaler Umsatzanteil, ehrgeizig", "digital_revenue_share", "", "stretch", "line", 1.15, "mit Portal und Abo"},
	{"Wiederkaufquote, Plan", "repeat_rate", "", "plan", "steps", 1.06, "mit der Nachbestellung im Abo"},
	{"Durchlaufzeit der Aufträge, Plan", "case_duration_median", OrderProcess, "plan", "steps", .88, "Ziel „Aufträge ohne Schleifen“"},
	{"Durchlaufzeit der Bestellungen, Plan", "case_duration_median", PurchaseProcess, "plan", "steps", 1.05, "Einkaufsleitlinie"},
	{"Nacharbeit, Plan", "rework_share", OrderProcess, "plan", "steps", .97, "Ziel „Aufträge ohne Schleifen“"},
	{"Erste Antwort, zugesagt", "ticket_first_response_median", "", "contract", "steps", 1.2, "Rahmenvertrag mit den Werften"},
	{"Lösung von Anfragen, Plan", "ticket_resolution_median", "", "plan", "steps", .9, "Ziel „Antwort am selben Tag“"},
}

// targets stand beside what is measured today, rounded to three digits.
func (p *planner) targets(ctx context.Context) error {
	var measured struct {
		Items []struct {
			Name, Process string
			Latest        *struct{ Value *float64 }
		} `json:"items"`
	}
	if err := p.officer.Call(ctx, http.MethodGet, "/metrics", nil, &measured); err != nil {
		return err
	}
	for n, l := range aimLines {
		for _, m := range measured.Items {
			if m.Name != l.metric || l.process != "" && m.Process != l.process || m.Latest == nil || m.Latest.Value == nil {
				continue
			}
			now := *m.Latest.Value * l.factor
			points := []doc{{"from": p.day(21, 1), "value": threeDigits(*m.Latest.Value * (1 + (l.factor-1)/2))}, {"from": p.day(9, 1), "value": threeDigits(now)}}
			value := doc{"title": l.title, "metric": l.metric, "line": l.line, "shape": l.shape, "points": points, "tolerance": 0.05,
				"owner": p.person(n), "review_cycle": "quarter", "next_review": p.day(-2, 15), "why": l.why}
			if l.process != "" {
				value["process"] = l.process
			}
			if err := p.add(ctx, "target", l.title, value); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// threeDigits rounds to three significant digits.
func threeDigits(v float64) float64 {
	if v == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-2)
	return math.Round(v/unit) * unit
}

// committees meet every month and quarter; the last sitting has its minutes, the next one its agenda.
func (p *planner) committees(ctx context.Context) error {
	members := []string{p.sponsor, p.self, p.person(1), p.person(4)}
	for _, c := range []doc{
		{"name": "Lenkungskreis Digitalisierung", "task": "Entscheidet über Vorhaben, Tore und Budget. Alle Einträge der Musterfirma sind simuliert.", "chair": p.sponsor, "members": unique(members), "cycle": "month"},
		{"name": "Datenschutzrunde", "task": "Prüft Vorhaben, die Personendaten berühren.", "chair": p.person(2), "members": unique([]string{p.self, p.person(2), p.person(3)}), "cycle": "quarter"},
	} {
		if err := p.add(ctx, "committee", c["name"].(string), c); err != nil {
			return err
		}
	}
	steering := p.ids["Lenkungskreis Digitalisierung"]
	for _, m := range []doc{
		{"title": "Lenkungskreis, vorletzter Monat", "committee": steering, "day": p.day(1, 12), "clock": "14:00", "place": "Sitzungszimmer Pier 2", "lead": p.sponsor, "present": unique(members),
			"agenda":  []doc{{"title": "Tor: Warenwirtschaft und CRM verbinden", "minutes": 20}, {"title": "Budget des Umzugs", "minutes": 15}},
			"minutes": "Die Anbindung des CRM geht in die Bewertung; der Datenschutz ist noch offen.",
			"actions": []doc{{"what": "Datenschutz für CRM prüfen", "who": p.person(2), "due": p.day(-1, 10)}, {"what": "Angebote zweier Dienstleister einholen", "who": p.self, "due": p.day(0, 20), "done": p.day(0, 18)}}},
		{"title": "Lenkungskreis, letzter Monat", "committee": steering, "day": p.day(0, 12), "clock": "14:00", "place": "Sitzungszimmer Pier 2", "lead": p.sponsor, "present": unique(members),
			"agenda":  []doc{{"title": "Chat-Auskunft: bringt sie etwas?", "minutes": 25}, {"title": "Überziehung Umzug", "minutes": 15}},
			"minutes": "Die Zeit bis zur Lösung ist mit dem Chat nicht kürzer geworden. Vor einer Entscheidung wird die Wirkung gemessen.",
			"actions": []doc{{"what": "Wirkung der Chat-Auskunft messen", "who": p.self, "due": p.day(-2, 10)}}},
		{"title": "Lenkungskreis, nächste Sitzung", "committee": steering, "day": p.day(-2, 12), "clock": "14:00", "place": "Sitzungszimmer Pier 2", "lead": p.sponsor,
			"agenda": []doc{{"title": "Tor: Nachbestellung im Abo", "minutes": 30, "person": p.self}, {"title": "Chat-Auskunft fortführen", "minutes": 20}}},
		{"title": "Datenschutzrunde, nächste Sitzung", "committee": p.ids["Datenschutzrunde"], "day": p.day(-2, 5), "clock": "10:00", "lead": p.person(2),
			"agenda": []doc{{"title": "CRM-Anbindung", "minutes": 30}, {"title": "Lieferantenanbindung", "minutes": 30}}},
	} {
		if err := p.add(ctx, "meeting", m["title"].(string), m); err != nil {
			return err
		}
	}
	return nil
}

// unique drops repeated and empty names.
func unique(list []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// decisions were taken in the steering committee or wait for it.
func (p *planner) decisions(ctx context.Context) error {
	steering := p.ids["Lenkungskreis Digitalisierung"]
	for _, d := range []struct {
		title, of, outcome, reason string
		ago                        int
	}{
		{"Datenlager beenden", "warehouse", "accepted", "Das Abbruchkriterium ist erreicht; die Fragen werden anders beantwortet.", 9},
		{"E-Rechnung vor der Lieferantenanbindung", "einvoice", "accepted", "Dieselben Personen, die Pflicht geht vor.", 12},
		{"Eigene App für Kunden", "portal", "rejected", "Das Portal im Browser genügt; eine App verdoppelt die Pflege.", 7},
		{"Budget des Umzugs um 15 T€ erhöhen", "cloud", "postponed", "", 0},
		{"MVP der Nachbestellung freigeben", "subscription", "open", "", -2},
		{"Chat-Auskunft fortführen oder beenden", "chat", "open", "", -2},
		{"Zweiter Dienstleister für das Portal", "portal", "open", "", -2},
		{"Schulungstage für das Lager freigeben", "leaders", "open", "", -3},
	} {
		value := doc{"title": d.title, "initiative": p.ids[d.of], "committee": steering, "owner": p.sponsor, "due": p.day(d.ago, 12), "outcome": d.outcome}
		if d.reason != "" {
			value["reason"], value["decided"] = d.reason, p.day(d.ago, 12)
		}
		if err := p.add(ctx, "decision", d.title, value); err != nil {
			return err
		}
	}
	return p.risks(ctx)
}

// risks are those that nobody finds in a template.
func (p *planner) risks(ctx context.Context) error {
	for n, r := range []struct {
		title, of, measure, state string
		likelihood, loss          [3]float64
	}{
		{"Umzug fällt in die Saison", "cloud", "Umschaltung vor Februar oder erst im Juni", "treated", [3]float64{20, 35, 50}, [3]float64{30, 60, 120}},
		{"Dienstleister des Portals fällt aus", "portal", "Quelltext im eigenen Bestand, zweiter Anbieter benannt", "open", [3]float64{5, 10, 20}, [3]float64{20, 45, 80}},
		{"Pflege der Produktdaten bleibt liegen", "product", "Eine Person je Warengruppe", "treated", [3]float64{30, 45, 60}, [3]float64{15, 30, 55}},
		{"Kunden wollen weiter Papier", "einvoice", "Stichtag angekündigt, Ausnahme nur auf Antrag", "closed", [3]float64{10, 15, 25}, [3]float64{2, 5, 9}},
		{"Abo verdrängt volle Preise", "subscription", "Nachlass begrenzt, Vergleichsgruppe", "open", [3]float64{20, 30, 45}, [3]float64{10, 25, 60}},
	} {
		value := doc{"title": r.title, "initiative": p.ids[r.of], "owner": p.person(n), "measure": r.measure, "status": r.state, "treatment": "reduce",
			"likelihood": spread(r.likelihood), "loss": spread(r.loss), "due": p.day(-3, 1)}
		if err := p.add(ctx, "risk", r.title, value); err != nil {
			return err
		}
	}
	return nil
}
