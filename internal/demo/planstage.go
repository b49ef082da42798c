package demo

import (
	"context"
	"net/http"
	"strconv"
)

// initiatives makes every initiative of the company that is not there yet and leads each through its gates.
func (p *planner) initiatives(ctx context.Context) error {
	for n, x := range undertakings {
		if err := p.undertake(ctx, n, x); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) undertake(ctx context.Context, n int, x undertaking) error {
	if err := p.enter(ctx, n, x); err != nil {
		return err
	}
	if err := p.pass(ctx, x, func(passage) bool { return true }); err != nil {
		return err
	}
	if x.waits != "" {
		if _, err := p.propose(ctx, p.ids[x.key], x.waits, x.open); err != nil {
			return err
		}
	}
	return p.book(ctx, p.ids[x.key], x)
}

// enter begins an initiative with what is known of it, once.
func (p *planner) enter(ctx context.Context, n int, x undertaking) error {
	if p.entered[x.key] {
		return nil
	}
	made, err := p.begin(ctx, x)
	if err != nil {
		return err
	}
	p.ids[x.key], p.entered[x.key] = made.ID, true
	return p.officer.Change(ctx, http.MethodPatch, "/records/initiative/"+made.ID, made.Version, x.fields(p, n, made), nil)
}

// pass leads an initiative through its next gates as far as those may be passed.
func (p *planner) pass(ctx context.Context, x undertaking, may func(passage) bool) error {
	for _, g := range x.gates[p.passed[x.key]:] {
		if !may(g) {
			return nil
		}
		gate, err := p.propose(ctx, p.ids[x.key], g.to, x.open)
		if err != nil {
			return err
		}
		body := doc{"step": "approve", "note": reasons[g.to], "day": p.day(g.ago, 12)}
		if g.why != "" {
			body["note"] = g.why
		}
		if err := p.leader.Change(ctx, http.MethodPost, "/gates/"+gate.ID+"/judge", gate.Version, body, nil); err != nil {
			return err
		}
		p.passed[x.key]++
	}
	return nil
}

// begin makes the initiative of its finding where the data holds one, otherwise of its template.
func (p *planner) begin(ctx context.Context, x undertaking) (item, error) {
	var made item
	if x.finding != "" {
		id, err := p.finding(ctx, x.finding, x.process)
		if err != nil {
			return made, err
		}
		if id != "" {
			body := doc{"finding": id, "title": x.title, "since": p.day(x.idea, 3)}
			return made, p.officer.Call(ctx, http.MethodPost, "/initiatives/from_finding", body, &made)
		}
	}
	body := doc{"template": x.template, "title": x.title, "since": p.day(x.idea, 3), "start": p.day(x.start, 1)}
	return made, p.officer.Call(ctx, http.MethodPost, "/initiatives/from_template", body, &made)
}

// propose answers what a person has to answer and brings the initiative before the gate.
func (p *planner) propose(ctx context.Context, id, to, open string) (item, error) {
	var ahead struct {
		Answers []struct {
			Code     string `json:"code"`
			Auto     bool   `json:"auto"`
			Met      string `json:"met"`
			Waivable bool   `json:"waivable"`
		} `json:"answers"`
	}
	at := "/initiatives/" + id + "/gate"
	if err := p.officer.Call(ctx, http.MethodGet, at+"?to="+to, nil, &ahead); err != nil {
		return item{}, err
	}
	answers := []doc{}
	for _, a := range ahead.Answers {
		switch {
		case a.Waivable && a.Met == "no":
			answers = append(answers, doc{"code": a.Code, "met": "not_needed", "evidence": evidence[a.Code]})
		case !a.Auto:
			answers = append(answers, doc{"code": a.Code, "met": "yes", "evidence": evidence[a.Code]})
		}
	}
	if open == "" {
		open = "Vorgelegt wie im Lenkungskreis besprochen; der Business Case folgt, wo er noch fehlt."
	}
	var gate item
	err := p.officer.Call(ctx, http.MethodPost, at, doc{"to": to, "answers": answers, "note": open}, &gate)
	return gate, err
}

// book enters the plan month by month, an order and what was spent on it.
func (p *planner) book(ctx context.Context, id string, x undertaking) error {
	if x.budget == 0 || len(x.gates) < 2 {
		return nil
	}
	months := max(x.start-x.live+1, 1)
	post := func(text, sort, order, day string, amount int) error {
		value := doc{"text": text, "initiative": id, "sort": sort, "day": day, "amount": doc{"amount": strconv.Itoa(amount), "currency": "EUR"}}
		if order != "" {
			value["order"] = order
		}
		return p.officer.Call(ctx, http.MethodPost, "/records/posting", value, nil)
	}
	for m := range months {
		if err := post("Plan", "planned", "", p.day(x.start-m, 15), x.budget*1000/months); err != nil {
			return err
		}
	}
	order, committed := "B-"+strconv.Itoa(40000+x.idea*37), x.budget*600
	if err := post("Auftrag an Dienstleister", "committed", order, p.day(x.start, 20), committed); err != nil {
		return err
	}
	spent := x.budget * 10 * x.spent // percent of T€
	if err := post("Rechnung Dienstleister", "spent", order, p.day(max(x.live, 1), 24), min(spent*2/3, committed)); err != nil {
		return err
	}
	return post("Interne Leistung", "spent", "", p.day(max(x.live, 0), 28), spent-min(spent*2/3, committed))
}

// reasons are why the leader lets an initiative pass.
var reasons = map[string]string{
	"case":    "Das Problem ist gemessen und groß genug; der Nutzen soll bewertet werden.",
	"mvp":     "Nutzen und Aufwand sind plausibel, die Abbruchkriterien stehen fest.",
	"pilot":   "Das MVP hat mit echten Vorgängen getragen. Pilot in einem Bereich.",
	"scale":   "Der Pilot hat die Erwartung erfüllt; Ausbau auf alle Bereiche.",
	"live":    "Der Fachbereich hat abgenommen, der Betrieb ist geregelt.",
	"closed":  "Übergabe abgeschlossen, Erfahrungen sind festgehalten.",
	"stopped": "Das Abbruchkriterium ist erreicht.",
}

// evidence answers the criteria that a person answers.
var evidence = map[string]string{
	"mvp_used":      "42 Vorgänge in vier Wochen, Protokoll der Fachabteilung",
	"people_told":   "Teamrunde und Aushang",
	"works_council": "Informiert am Monatsgespräch, keine Einwände",
	"pilot_result":  "Bericht zum Piloten, Seite 3",
	"security":      "Abnahme durch die IT-Leitung",
	"training":      "Schulungsplan mit Terminen je Team",
	"operation":     "Betriebshandbuch, Verantwortung im Fachbereich",
	"acceptance":    "Abnahmeprotokoll unterschrieben",
	"lessons":       "Protokoll der Rückschau",
	"handover":      "Übergabeprotokoll",
	"stop_reason":   "Nach drei Monaten nutzten weniger als fünf Personen die Auswertungen",
	"again":         "Neuer Anbieter",
	"plan":          "Die Kennzahl lief schon, als die Wirkungspläne eingeführt wurden; verglichen wird rückblickend",
}
