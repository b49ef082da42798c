package metric

import "lotse.dev/lotse/internal/base"

var ticketDims = []string{"channel", "category", "priority", "team"}

var ticketNoun = Noun{
	One:  base.T("Eine Kundenanfrage", "A ticket"),
	Many: base.T("Kundenanfragen", "tickets"),
	Of:   base.T("der Kundenanfragen", "of tickets"),
	Who:  base.T("Sie", "It"),
}

func ticketMetric(name string, title base.Text, time string, m Measure) Definition {
	d := Definition{Name: name, Version: 1, Title: title, Unit: Count, Direction: Neutral, Table: Tickets,
		Each: Each{Form: EachLatest, Noun: ticketNoun, Key: "ticket_id", Latest: "updated_at"}, Time: time, Measure: m,
		Dims: ticketDims}
	if m.Kind == QuantileOf {
		d.Unit, d.Direction, d.MinN = Seconds, Down, smallSample
		d.Running = &Running{Began: "opened_at", Ended: "resolved_at", Touched: "updated_at"}
	}
	return d
}

func ticketMetrics() []Definition {
	return []Definition{
		ticketMetric("tickets_opened", base.T("Eingegangene Kundenanfragen", "Tickets opened"), "opened_at", Measure{Kind: NumberOf}),
		ticketMetric("ticket_resolution_median", base.T("Lösungszeit (Median)", "Resolution time (median)"), "resolved_at",
			Measure{Kind: QuantileOf, Q: 0.5, Of: Elapsed{From: "opened_at", To: "resolved_at"}}),
		ticketMetric("ticket_first_response_median", base.T("Erste Antwort (Median)", "First response (median)"), "resolved_at",
			Measure{Kind: QuantileOf, Q: 0.5, Of: Elapsed{From: "opened_at", To: "first_response_at"}}),
	}
}
