package demo

import "fmt"

// undertaking is an initiative of the company. Months count back from the last month of the data, negative ones lie
// ahead; money is in thousands of euros.
type undertaking struct {
	key, template, title, aim string
	finding, process          string // begins from the greatest finding of this kind in this process
	goal                      string
	idea, start, live         int
	gates                     []passage
	waits                     string // stage of the gate that waits for a decision
	open                      string // note of the officer
	gdpr                      string
	baseline, stop            string
	metrics                   []string
	budget, spent             int // T€, percent of the budget
	late                      int // number of the milestone that is overdue, from 1

	benefit, cost, scalability, risk, reach, impact, effort, delay [3]float64
	confidence                                                     float64
}

type passage struct {
	to  string
	ago int
	why string
}

func spread(v [3]float64) doc { return doc{"min": v[0], "likely": v[1], "max": v[2]} }

// fields is what a person adds to an initiative that has just begun.
func (x undertaking) fields(p *planner, n int, made item) doc {
	out := doc{"owner": p.person(n), "sponsor": p.sponsor, "aim": x.aim, "gdpr": x.gdpr, "start": p.day(x.start, 1), "go_live": p.day(x.live, 1), "metrics": x.metrics}
	if x.goal != "" {
		out["goals"] = p.list(x.goal)
	}
	if x.process != "" {
		out["processes"] = []string{x.process}
	}
	for name, text := range map[string]string{"baseline": x.baseline, "stop_criteria": x.stop} {
		if text != "" {
			out[name] = text
		}
	}
	for name, v := range map[string][3]float64{"benefit": x.benefit, "cost": x.cost, "scalability": x.scalability, "risk_level": x.risk,
		"reach": x.reach, "impact": x.impact, "effort": x.effort, "cost_of_delay": x.delay} {
		if v[2] > 0 {
			out[name] = spread(v)
		}
	}
	if x.confidence > 0 {
		out["confidence"] = x.confidence
	}
	if x.budget > 0 {
		out["budget"] = doc{"amount": fmt.Sprint(x.budget * 1000), "currency": "EUR"}
	}
	if list := x.milestones(p, made); list != nil {
		out["milestones"] = list
	}
	return out
}

// milestones are those of the template, reached on their day when that has passed; without a template three plain ones.
func (x undertaking) milestones(p *planner, made item) []any {
	list, _ := made.Value["milestones"].([]any)
	if list == nil {
		span := max(x.start-x.live, 1)
		for i, title := range []string{"Anforderungen beschlossen", "Pilot beginnt", "Betrieb beginnt"} {
			list = append(list, doc{"title": title, "due": p.day(x.start-span*(i+1)/3, 1)})
		}
	}
	today, stopped := p.day(0, 28), len(x.gates) > 0 && x.gates[len(x.gates)-1].to == "stopped"
	for i, m := range list {
		step := m.(map[string]any)
		if i == len(list)-1 {
			step["due"] = p.day(x.live, 1) // the last one is the go-live
		}
		if due, _ := step["due"].(string); due != "" && due < today && i+1 != x.late && !stopped && len(x.gates) > 0 {
			step["done"] = due
		} else if i+1 == x.late {
			step["due"] = p.day(1, 10)
		}
		switch due, _ := step["due"].(string); {
		case len(x.gates) == 0 && due < today:
			delete(step, "due") // an idea has no dates yet
		case due >= today && due < p.day(-2, 1):
			step["due"] = p.day(min(x.live, -2), 1) // nothing else turns late between the last month and the day of use
		}
	}
	return list
}

const (
	halfway  = "Nach drei Monaten im Pilot weniger als ein Viertel der erwarteten Wirkung."
	overCost = "Kosten über 120 % des Budgets oder Pilot ohne messbare Wirkung nach sechs Monaten."
)

// undertakings are the initiatives of the company in the order of their idea. Those that went live are the changes
// whose truth the demo keeps.
var undertakings = []undertaking{
	{key: "credit", template: "decision_rules", title: "Bonität nach Regel prüfen", process: OrderProcess, goal: "fast",
		aim:  "Die Bonität wird nach hinterlegter Regel geprüft; nur Ausnahmen prüft ein Mensch. Manuelle Schritte je Auftrag sinken um mindestens 0,5.",
		idea: 54, start: 51, live: 45, gdpr: "checked", baseline: "Manuelle Schritte je Vorgang im Vorjahr, Auftrag bis Zahlung", stop: halfway,
		metrics: []string{"manual_steps_per_case"}, budget: 18, spent: 96,
		gates: []passage{{to: "case", ago: 53}, {to: "mvp", ago: 51}, {to: "pilot", ago: 49}, {to: "scale", ago: 47}, {to: "live", ago: 45}, {to: "closed", ago: 38}}},
	{key: "form", template: "order_intake", finding: "rework", title: "Geprüfte Auftragsmaske am Telefon", process: OrderProcess, goal: "fast",
		aim:  "Die Maske verlangt am Telefon alle Angaben; der Anteil der Aufträge mit Rückfrage sinkt von 34 % auf unter 22 %.",
		idea: 38, start: 35, live: 31, gdpr: "not_needed", baseline: "Anteil mit Nacharbeit in den zwölf Monaten davor", stop: halfway,
		metrics: []string{"rework_share", "case_duration_median"}, budget: 24, spent: 103,
		gates: []passage{{to: "case", ago: 37}, {to: "mvp", ago: 35}, {to: "pilot", ago: 33}, {to: "live", ago: 31, why: "Der Pilot im Telefonverkauf hat getragen; ein Ausbau entfällt, weil alle dort arbeiten."}, {to: "closed", ago: 20}}},
	{key: "triage", template: "ticket_triage", title: "Kundenanfragen vorsortieren", goal: "service",
		aim:  "Anfragen kommen beim ersten Mal an das richtige Team; die erste Antwort kommt ein Drittel schneller.",
		idea: 33, start: 30, live: 26, gdpr: "checked", baseline: "Zeit bis zur ersten Antwort, Median des Vorjahres", stop: halfway,
		metrics: []string{"ticket_first_response_median"}, budget: 22, spent: 91,
		gates:   []passage{{to: "case", ago: 32}, {to: "mvp", ago: 30}, {to: "pilot", ago: 28}, {to: "live", ago: 26}},
		benefit: [3]float64{25, 40, 60}, cost: [3]float64{18, 22, 26}, scalability: [3]float64{2, 3, 4}, risk: [3]float64{1, 1, 2},
		reach: [3]float64{1200, 1600, 2100}, impact: [3]float64{1, 1, 2}, confidence: .9, effort: [3]float64{25, 35, 50}, delay: [3]float64{5, 8, 10}},
	{key: "recommend", template: "recommendations", title: "Empfehlungen im Shop", goal: "digital",
		aim:  "Der Anteil der Shop-Bestellungen mit zwei oder mehr Warengruppen steigt um mindestens 4 Punkte.",
		idea: 24, start: 21, live: 15, gdpr: "checked", baseline: "Cross-Selling-Quote des Vorjahres", stop: overCost,
		metrics: []string{"cross_selling_rate", "average_order_value"}, budget: 46, spent: 98,
		gates:   []passage{{to: "case", ago: 23}, {to: "mvp", ago: 21}, {to: "pilot", ago: 18}, {to: "scale", ago: 16}, {to: "live", ago: 15}},
		benefit: [3]float64{30, 55, 90}, cost: [3]float64{42, 46, 55}, scalability: [3]float64{2, 3, 3}, risk: [3]float64{1, 2, 3},
		reach: [3]float64{700, 900, 1200}, impact: [3]float64{.5, 1, 2}, confidence: .8, effort: [3]float64{50, 70, 95}, delay: [3]float64{4, 6, 9}},
	{key: "chat", template: "chatbot", title: "Chat-Auskunft im Kundendienst", goal: "service",
		aim:  "Häufige Fragen werden sofort beantwortet; die Zeit bis zur Lösung sinkt um ein Fünftel.",
		idea: 20, start: 17, live: 12, gdpr: "checked", baseline: "Zeit bis zur Lösung, Median des Vorjahres", stop: halfway,
		metrics: []string{"ticket_resolution_median"}, budget: 54, spent: 118,
		gates:   []passage{{to: "case", ago: 19}, {to: "mvp", ago: 17}, {to: "pilot", ago: 14}, {to: "live", ago: 12}},
		benefit: [3]float64{10, 25, 55}, cost: [3]float64{50, 58, 72}, scalability: [3]float64{2, 2, 3}, risk: [3]float64{2, 3, 4},
		reach: [3]float64{900, 1300, 1800}, impact: [3]float64{.25, .5, 1}, confidence: .5, effort: [3]float64{70, 90, 120}, delay: [3]float64{3, 5, 8}},
	{key: "warehouse", template: "data_warehouse", title: "Datenlager für den Vertrieb",
		aim:  "Der Vertrieb beantwortet Fragen zu Kunden und Sortiment aus einem geprüften Bestand.",
		idea: 18, start: 15, live: 6, gdpr: "checked", baseline: "14 Berichte je Monat auf Zuruf", stop: "Nach drei Monaten nutzen weniger als zehn Personen die Auswertungen.",
		metrics: []string{"revenue"}, budget: 60, spent: 41,
		gates: []passage{{to: "case", ago: 17}, {to: "mvp", ago: 14}, {to: "stopped", ago: 9, why: "Das Abbruchkriterium ist erreicht: fünf statt zehn Nutzer. Die Fragen beantwortet Lotse."}}},
	{key: "einvoice", template: "e_invoice", title: "E-Rechnung für alle Kunden", process: OrderProcess, goal: "fast",
		aim:  "Alle Rechnungen gehen strukturiert hinaus; Rückfragen zur Rechnung werden zur Ausnahme.",
		idea: 15, start: 12, live: -2, gdpr: "checked", baseline: "Manuelle Schritte je Vorgang in den letzten zwölf Monaten", stop: overCost,
		metrics: []string{"manual_steps_per_case", "case_duration_median"}, budget: 48, spent: 82,
		gates:   []passage{{to: "case", ago: 14}, {to: "mvp", ago: 11}, {to: "pilot", ago: 7}, {to: "scale", ago: 2}},
		benefit: [3]float64{40, 62, 85}, cost: [3]float64{44, 50, 62}, scalability: [3]float64{4, 4, 5}, risk: [3]float64{1, 2, 2},
		reach: [3]float64{2200, 2600, 3000}, impact: [3]float64{.5, 1, 1}, confidence: .9, effort: [3]float64{60, 80, 100}, delay: [3]float64{10, 13, 18}},
	{key: "product", template: "product_data", title: "Produktdaten in einer Quelle", goal: "digital",
		aim:  "Alle Artikel sind für Shop und Marktplatz vollständig und einmal gepflegt.",
		idea: 14, start: 11, live: -4, gdpr: "not_needed", baseline: "38 % der Artikel ohne vollständige Merkmale", stop: overCost,
		metrics: []string{"cross_selling_rate", "digital_revenue_share"}, budget: 90, spent: 74,
		gates:   []passage{{to: "case", ago: 13}, {to: "mvp", ago: 10}, {to: "pilot", ago: 6}, {to: "scale", ago: 3}},
		benefit: [3]float64{35, 70, 120}, cost: [3]float64{85, 98, 125}, scalability: [3]float64{4, 5, 5}, risk: [3]float64{2, 2, 3},
		reach: [3]float64{1500, 2000, 2600}, impact: [3]float64{.5, 1, 2}, confidence: .7, effort: [3]float64{140, 180, 240}, delay: [3]float64{6, 9, 12}},
	{key: "identity", template: "identity", title: "Eine Anmeldung für alle Systeme",
		aim:  "Ein Konto je Person in allen Systemen; Austritte wirken am selben Tag.",
		idea: 13, start: 10, live: -2, gdpr: "checked", baseline: "31 Anfragen zu Kennwörtern im Monat", stop: overCost,
		metrics: []string{"tickets_opened"}, budget: 38, spent: 70,
		gates:   []passage{{to: "case", ago: 12}, {to: "mvp", ago: 9}, {to: "pilot", ago: 4}},
		benefit: [3]float64{12, 20, 30}, cost: [3]float64{34, 40, 48}, scalability: [3]float64{5, 5, 5}, risk: [3]float64{2, 3, 3},
		reach: [3]float64{160, 180, 200}, impact: [3]float64{1, 1, 2}, confidence: .8, effort: [3]float64{45, 60, 85}, delay: [3]float64{5, 8, 11}},
	{key: "cloud", template: "cloud_move", title: "Warenwirtschaft in der Cloud betreiben",
		aim:  "Die Warenwirtschaft läuft mit vereinbarter Verfügbarkeit; Ausfälle kosten keine Arbeitstage mehr.",
		idea: 11, start: 8, live: -3, gdpr: "checked", baseline: "Vier Ausfälle mit zusammen 31 Stunden im letzten Jahr", stop: overCost, late: 2,
		metrics: []string{"ticket_resolution_median"}, budget: 120, spent: 52,
		gates:   []passage{{to: "case", ago: 10}, {to: "mvp", ago: 7}, {to: "pilot", ago: 2}},
		benefit: [3]float64{20, 45, 80}, cost: [3]float64{110, 135, 180}, scalability: [3]float64{4, 5, 5}, risk: [3]float64{3, 4, 5},
		reach: [3]float64{150, 170, 190}, impact: [3]float64{1, 2, 2}, confidence: .6, effort: [3]float64{160, 220, 320}, delay: [3]float64{6, 8, 12}},
	{key: "portal", template: "self_service_portal", title: "Selbstbedienungsportal für Werften", goal: "service",
		aim:  "Werften sehen Auftrag, Lieferstand und Rechnung selbst; Anfragen zum Lieferstand halbieren sich.",
		idea: 9, start: 6, live: -5, gdpr: "checked", baseline: "210 Anfragen zum Lieferstand im Monat", stop: halfway,
		metrics: []string{"tickets_opened", "ticket_first_response_median"}, budget: 140, spent: 38,
		gates:   []passage{{to: "case", ago: 8}, {to: "mvp", ago: 3}},
		benefit: [3]float64{60, 110, 170}, cost: [3]float64{125, 150, 200}, scalability: [3]float64{3, 4, 5}, risk: [3]float64{2, 3, 4},
		reach: [3]float64{500, 700, 900}, impact: [3]float64{1, 2, 3}, confidence: .7, effort: [3]float64{180, 240, 330}, delay: [3]float64{8, 11, 15}},
	{key: "leaders", template: "leader_training", title: "Führungskräfte entscheiden mit Kennzahlen", goal: "people",
		aim:  "Alle zwölf Führungskräfte führen ihre Runde mit drei Kennzahlen und tragen je ein Vorhaben.",
		idea: 8, start: 5, live: -3, gdpr: "not_needed", baseline: "Zwei von zwölf Führungskräften nutzen Kennzahlen in ihrer Runde", stop: "Weniger als die Hälfte nimmt an der zweiten Runde teil.",
		metrics: []string{"rework_share"}, process: OrderProcess, budget: 26, spent: 44,
		gates:   []passage{{to: "case", ago: 7}, {to: "mvp", ago: 4}},
		benefit: [3]float64{10, 25, 50}, cost: [3]float64{22, 27, 34}, scalability: [3]float64{5, 5, 5}, risk: [3]float64{1, 1, 2},
		reach: [3]float64{12, 12, 12}, impact: [3]float64{2, 3, 3}, confidence: .6, effort: [3]float64{24, 30, 40}, delay: [3]float64{4, 6, 8}},
	{key: "subscription", template: "reorder_subscription", title: "Nachbestellung im Abo", goal: "digital",
		aim:  "Verbrauchsteile kommen nach Plan statt auf Zuruf. Soll die Wiederkaufquote um 2,4 Punkte heben.",
		idea: 5, start: 1, live: -9, gdpr: "checked", baseline: "Wiederkaufquote der letzten zwölf Monate", stop: "Unter +0,8 Punkten nach sechs Monaten.", waits: "mvp",
		open:    "Der Business Case liegt dem Controlling vor.",
		metrics: []string{"repeat_rate"}, budget: 38,
		gates:   []passage{{to: "case", ago: 2}},
		benefit: [3]float64{24, 61, 108}, cost: [3]float64{98, 118, 146}, scalability: [3]float64{3, 4, 5}, risk: [3]float64{2, 3, 4},
		reach: [3]float64{400, 650, 900}, impact: [3]float64{1, 2, 3}, confidence: .6, effort: [3]float64{90, 130, 180}, delay: [3]float64{6, 10, 14}},
	{key: "crm", template: "erp_crm", title: "Warenwirtschaft und CRM verbinden", process: OrderProcess, goal: "fast",
		aim:  "Kunden und Aufträge werden einmal erfasst; Doppelerfassung entfällt.",
		idea: 4, start: -1, live: -10, gdpr: "open", stop: overCost,
		metrics: []string{"rework_share", "manual_steps_per_case"}, budget: 85,
		gates:   []passage{{to: "case", ago: 1}},
		benefit: [3]float64{45, 75, 110}, cost: [3]float64{80, 105, 150}, scalability: [3]float64{3, 4, 4}, risk: [3]float64{3, 4, 5},
		reach: [3]float64{2000, 2400, 2800}, impact: [3]float64{.5, 1, 1}, confidence: .5, effort: [3]float64{150, 200, 300}, delay: [3]float64{7, 10, 13}},
	{key: "supplier", template: "supplier_portal", finding: "waiting", title: "Lieferanten digital anbinden", process: PurchaseProcess, goal: "fast",
		aim:  "Bestellungen und Bestätigungen laufen ohne E-Mail und Telefon; das Warten auf die Bestätigung halbiert sich.",
		idea: 2, start: -2, live: -12, gdpr: "open", metrics: []string{"case_duration_median"},
		benefit: [3]float64{20, 50, 95}, cost: [3]float64{40, 70, 110}, scalability: [3]float64{3, 4, 5}, risk: [3]float64{2, 3, 4},
		effort: [3]float64{70, 110, 170}, delay: [3]float64{4, 7, 11}},
	{key: "service", template: "predictive_service", title: "Wartung nach Zustand", goal: "digital",
		aim:  "Störungen an Pumpen werden erkannt, bevor sie beim Kunden zum Ausfall führen.",
		idea: 1, start: -4, live: -16, gdpr: "open", metrics: []string{"tickets_opened"}, cost: [3]float64{60, 120, 240}},
	{key: "carrier", template: "workflow", title: "Neuer Versandpartner", process: OrderProcess, goal: "fast",
		aim:  "Pakete sind knapp einen Tag kürzer unterwegs; die Vertragsstrafen für späte Lieferung gehen zurück.",
		idea: 31, start: 28, live: 23, gdpr: "not_needed", baseline: "Durchlaufzeit bis Lieferung im Vorjahr", stop: halfway,
		metrics: []string{"delivery_time"}, budget: 15, spent: 97,
		gates: []passage{{to: "case", ago: 30}, {to: "mvp", ago: 28}, {to: "pilot", ago: 25}, {to: "live", ago: 23}, {to: "closed", ago: 17}}},
}
