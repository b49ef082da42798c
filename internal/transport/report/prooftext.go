package report

import (
	"math"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/transport/report/certificate"
)

// certificateOf puts a signed effect into words. Every number comes from what was frozen.
func certificateOf(c *closing.Certified, company Company) *certificate.Certificate {
	v, e := c.View, c.View.Effect
	currency := ""
	if v.Currency != nil {
		currency = *v.Currency
	}
	f := proof.FigureOf(v.Unit, currency, proof.Typical(v.Rows))
	out := &certificate.Certificate{Closing: v.ID, Hash: v.Hash, Company: company.Name, Simulated: company.Simulated, Initiative: c.Item.Name, Zone: company.Zone,
		Snapshot: v.Snapshot, Verify: "/nachweis", Verdict: verdictText(e.Verdict), Proven: e.Verdict == causal.Proven, Class: classText(e.Class)}
	out.Sentence = sentence(c, f)
	out.Promise = promise(c, f)
	out.Plan = planned(c, f)
	out.Measured = measured(e, f)
	out.Amount = worth(v.Worth, c, f)
	for _, r := range e.Reasons {
		out.Reasons = append(out.Reasons, certificate.Reason{Met: r.Met, Text: r.Text, Note: r.Note})
	}
	for _, k := range e.Checks {
		line := certificate.Line{Label: k.Text, Value: base.T("nicht möglich", "not possible")}
		if k.Estimate != nil {
			line.Value = f.Changed(*k.Estimate)
			line.Note = interval(k.Low, k.High, f)
		}
		out.Tried = append(out.Tried, line)
	}
	for _, s := range v.Steps {
		word, ok := stepTexts[s.Step]
		if !ok {
			continue
		}
		name := s.Name
		if name == "" {
			name = s.By
		}
		out.Signatures = append(out.Signatures, certificate.Signature{Step: word, Name: name, At: s.At})
		out.Signed = s.At
	}
	out.Chart = chart(c, f)
	return out
}

var stepTexts = map[string]base.Text{
	"propose": base.T("Officer schlägt vor", "Officer proposes"),
	"confirm": base.T("Fachbereich bestätigt", "Department confirms"),
	"sign":    base.T("Controlling unterschreibt", "Finance signs"),
}

func verdictText(v causal.Verdict) base.Text {
	switch v {
	case causal.Proven:
		return base.T("belegt", "proven")
	case causal.NoSign:
		return base.T("kein Hinweis", "no sign")
	}
	return base.T("nicht belegbar", "not provable")
}

func classText(c causal.Class) base.Text {
	switch c {
	case causal.Planned:
		return base.T("vor dem Start geplant", "planned before the start")
	case causal.Retrospective:
		return base.T("rückblickend geplant", "planned in retrospect")
	}
	return base.T("explorativ", "exploratory")
}

func sentence(c *closing.Certified, f proof.Figure) base.Text {
	e, who, what := c.View.Effect, c.Item.Name, c.Item.MetricName
	switch {
	case e.Verdict == causal.NoSign:
		return base.T("„%s“ hat „%s“ nicht in einem Maß verändert, das ins Gewicht fällt.", "“%s” has not changed “%s” to a degree that matters.", who, what)
	case e.Verdict != causal.Proven || e.Estimate == nil:
		return base.T("Ob „%s“ „%s“ verändert hat, bleibt offen.", "Whether “%s” has changed “%s” stays open.", who, what)
	case *e.Estimate < 0:
		return base.T("„%s“ senkt „%s“ um %s.", "“%s” lowers “%s” by %s.", who, what, f.Size(*e.Estimate))
	}
	return base.T("„%s“ erhöht „%s“ um %s.", "“%s” raises “%s” by %s.", who, what, f.Size(*e.Estimate))
}

func promise(c *closing.Certified, f proof.Figure) []certificate.Line {
	t := c.Terms.Terms
	if t == nil || t.Expected == nil {
		return nil
	}
	out := []certificate.Line{{Label: base.T("Erwartete Änderung", "Expected change"), Value: f.Changed(*t.Expected)}}
	if p := c.Terms.Plan; p != nil && p.Price != [3]float64{} && c.View.Worth != nil {
		yearly := func(price float64) *float64 { v := math.Abs(*t.Expected) * price; return &v }
		out = append(out, certificate.Line{Label: base.T("Wert je Jahr, %s", "Worth a year, %s", benefitText(c.View.Worth.Class)), Value: proof.Amount(yearly(p.Price[1]), c.View.Worth.Unit),
			Note: base.T("%s bis %s", "%s to %s", proof.Amount(yearly(p.Price[0]), c.View.Worth.Unit), proof.Amount(yearly(p.Price[2]), c.View.Worth.Unit))})
	}
	return out
}

func planned(c *closing.Certified, f proof.Figure) []certificate.Line {
	p := c.Plan
	out := []certificate.Line{
		{Label: base.T("Fenster", "Window"), Value: c.View.Label},
		{Label: base.T("Unterschrieben", "Signed"), Value: base.T("%s", "%s", day(p.SignedAt)), Note: c.Item.MetricName},
	}
	if b := c.Item.Follows; b != nil {
		out = append(out, certificate.Line{Label: base.T("Ersetzt den unterschriebenen Plan", "Replaces the signed plan"), Value: base.T("%s", "%s", b.Title)})
	}
	if t := c.Terms.Terms; t != nil && t.Band > 0 {
		size := f.Size(t.Band)
		out = append(out, certificate.Line{Label: base.T("Ohne Bedeutung bis", "Does not matter up to"), Value: base.Text{De: "±" + size.De, En: "±" + size.En}})
	}
	return out
}

func day(at string) string {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return at
	}
	return t.Format(time.DateOnly)
}

func measured(e *causal.Effect, f proof.Figure) []certificate.Line {
	var out []certificate.Line
	if e.Estimate != nil {
		out = append(out, certificate.Line{Label: base.T("Mittlere Wirkung im Fenster", "Mean effect over the window"), Value: f.Changed(*e.Estimate), Note: interval(e.Low, e.High, f)})
	}
	if e.Verdict != causal.Proven && e.Smallest != nil {
		out = append(out, certificate.Line{Label: base.T("Kleinste zeigbare Wirkung", "Smallest effect that would show"), Value: f.Size(*e.Smallest)})
	}
	if m := e.Fit; m != nil {
		line := certificate.Line{Label: base.T("Zeiträume", "Periods"), Value: base.T("%d davor, %d danach", "%d before, %d after", m.Before, m.After)}
		if m.Rho != nil {
			line.Note = causal.Neighbours(*m.Rho)
		}
		out = append(out, line)
	}
	return out
}

func interval(low, high *float64, f proof.Figure) base.Text {
	if low == nil || high == nil {
		return base.Text{}
	}
	return base.T("95-%%-Intervall %s bis %s", "95 %% interval %s to %s", f.Bare(*low), f.Bare(*high))
}

func benefitText(class string) base.Text {
	switch class {
	case "cash":
		return base.T("zahlungswirksam", "cash")
	case "avoided_cost":
		return base.T("vermiedene Kosten", "avoided cost")
	case "released_time":
		return base.T("freigesetzte Zeit", "released time")
	}
	return base.T("sonstiger Nutzen", "other benefit")
}

func worth(w *proof.Worth, c *closing.Certified, f proof.Figure) *certificate.Amount {
	if w == nil || w.Middle == nil {
		return nil
	}
	note := base.T("Klassen werden nicht addiert.", "Classes are not added.")
	if p := c.Terms.Plan; p != nil && p.Price != [3]float64{} && !ownUnit(w.Unit) {
		per := func(v float64) base.Text { v *= f.Per; return proof.Amount(&v, w.Unit) }
		unit := f.Change
		if unit.IsZero() {
			unit = base.T("Einheit", "unit")
		}
		note = base.T("%s je %s und Jahr (%s bis %s), im Plan unterschrieben. Klassen werden nicht addiert.", "%s per %s and year (%s to %s), signed in the plan. Classes are not added.",
			per(p.Price[1]), unit, per(p.Price[0]), per(p.Price[2]))
	}
	return &certificate.Amount{Title: base.T("Wert je Jahr: %s", "Worth a year: %s", benefitText(w.Class)), Low: proof.Amount(w.Low, w.Unit), Middle: proof.Amount(w.Middle, w.Unit), High: proof.Amount(w.High, w.Unit), Note: note}
}

// ownUnit says that a benefit is counted in the unit of its metric, so that a price says nothing.
func ownUnit(unit string) bool {
	return unit == "seconds" || unit == "share" || unit == "count" || unit == "number"
}

func chart(c *closing.Certified, f proof.Figure) certificate.Chart {
	out := certificate.Chart{Title: c.Item.MetricName, Start: base.T("Wirkung ab %s", "Effect from %s", c.Item.Start)}
	if !f.Unit.IsZero() {
		out.Title = base.T("%s, in %s", "%s, in %s", c.Item.MetricName, f.Unit)
	}
	scaled := func(v *float64) *float64 {
		if v == nil {
			return nil
		}
		x := *v / f.Per
		return &x
	}
	for _, p := range c.View.Effect.Path {
		out.Points = append(out.Points, certificate.Point{Label: p.Label, Value: scaled(p.Value), Expected: scaled(p.Expected), Low: scaled(p.Low), High: scaled(p.High)})
	}
	for i, r := range c.View.Rows {
		if r.From.String() < c.Item.Start {
			out.From = i + 1
		}
	}
	return out
}
