package intake

import (
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
)

// Check is one thing that the dry run looked at.
type Check struct {
	Code        string     `json:"code"`
	State       string     `json:"state" enum:"ok,note,bad,question"`
	Title       base.Text  `json:"title"`
	Detail      base.Text  `json:"detail"`
	Count       int64      `json:"count"`
	ExampleLine int64      `json:"example_line"`
	Place       base.Place `json:"place"`
	Action      string     `json:"action" enum:"drop,keep,mapping,dates,currency,overlap,refused," doc:"what the user can do: drop or keep name a code for the plan's drop list"`
}

const (
	ok       = "ok"
	note     = "note"
	bad      = "bad"
	question = "question"
)

// checks lists in the order of a reader's interest: what is right, what to know, what is wrong.
func (l *loading) checks(rep *convert.Report, out *DryRun) []Check {
	var list []Check
	list = append(list, l.fieldsFound())
	if c, has := l.precision(rep); has {
		list = append(list, c)
	}
	if c, has := l.dateOrder(); has {
		list = append(list, c)
	}
	for _, r := range out.Remarks {
		c := Check{Code: r.Code, State: note, Title: r.Text, Action: action(r.Code)}
		c.Count = remarkCount(r.Code, rep)
		if slices.Contains(l.layout.Plan.Drop, r.Code) && c.Action == "drop" {
			c.Action, c.Detail = "keep", base.T("werden weggelassen", "are left out")
		}
		list = append(list, c)
	}
	if out.Overlapping > 0 {
		c := Check{Code: "overlap", State: note, Title: overlapText(out.Overlapping, l.layout.Plan.Overlap), Count: out.Overlapping, Action: "overlap"}
		if l.layout.Plan.Overlap == "" {
			c.State, c.Title = question, base.N(out.Overlapping,
				base.T("1 Zeile ist schon durch frühere Ladungen vorhanden", "1 row is there already from earlier loads"),
				base.T("%s Zeilen sind schon durch frühere Ladungen vorhanden", "%s rows are there already from earlier loads", out.Overlapping))
		}
		list = append(list, c)
	}
	for _, r := range rep.Reasons {
		c := Check{Code: "refused_" + r.Code, State: bad, Count: r.Count, ExampleLine: r.Example.Line, Place: base.Place{File: l.upload.Name, Line: r.Example.Line, Column: r.Column}, Action: "refused"}
		c.Title = base.N(r.Count, base.T("1 Zeile: %s", "1 row: %s", refusedText(r.Example)), base.T("%s Zeilen: %s", "%s rows: %s", r.Count, refusedText(r.Example)))
		c.Detail = base.T("so nicht verwendbar · z. B. Zeile %s", "cannot be used so · e.g. line %s", r.Example.Line)
		list = append(list, c)
	}
	return list
}

func (l *loading) fieldsFound() Check {
	var de, en string
	n := int64(0)
	for _, f := range mapping.Fields(l.layout.Plan.Table) {
		if f.Required {
			if n > 0 {
				de, en = de+", ", en+", "
			}
			de, en = de+f.Label.De, en+f.Label.En
			n++
		}
	}
	if n == 0 {
		k := len(l.layout.Schema)
		return Check{Code: "fields_found", State: ok, Title: base.N(k, base.T("1 Spalte wird behalten", "1 column is kept"),
			base.T("%s Spalten werden behalten", "%s columns are kept", k)), Count: int64(k)}
	}
	return Check{Code: "fields_found", State: ok, Title: base.T("%s gefunden", "%s found", base.Text{De: de, En: en}), Detail: base.T("%s von %s Pflichtfeldern", "%s of %s required fields", n, n), Count: n}
}

func (l *loading) precision(rep *convert.Report) (Check, bool) {
	share, has := rep.Precise(l.layout)
	if !has {
		return Check{}, false
	}
	percent := base.Number{Value: 100 * share, Decimals: 1}
	c := Check{Code: "time_precision", State: ok, Title: base.T("Uhrzeiten fein genug", "times of day fine enough"), Detail: base.T("%s %% mit Uhrzeit", "%s %% with a time of day", percent)}
	switch {
	case share == 0:
		c.State, c.Title = note, base.T("Nur Tage, keine Uhrzeiten", "days only, no times of day")
		c.Detail = base.T("Dauern sind auf ganze Tage genau", "durations are exact to whole days")
	case share < 0.5:
		c.State, c.Title = note, base.T("Überwiegend nur Tage, keine Uhrzeiten", "mostly days without a time of day")
	}
	return c, true
}

func (l *loading) dateOrder() (Check, bool) {
	r := l.layout.Reading
	switch {
	case r.Open:
		return Check{Code: "dates", State: question, Title: base.T("Tag und Monat nicht zu unterscheiden", "day and month cannot be told apart"),
			Detail: base.T("In der ganzen Datei ist keine der beiden Zahlen größer als 12, z. B. %s", "in the whole file neither number is over 12, e.g. %s", r.Example), Action: "dates"}, true
	case l.layout.Plan.Dates != "" && r.Name() != "":
		return Check{Code: "dates", State: ok, Title: base.T("Tag und Monat von Ihnen festgelegt", "day and month settled by you"), Detail: orderDetail(r.Name()), Action: "dates"}, true
	case r.Name() != "":
		return Check{Code: "dates", State: ok, Title: base.T("Tag und Monat eindeutig", "day and month are clear"), Detail: orderDetail(r.Name()), Action: "dates"}, true
	}
	return Check{}, false
}

func orderDetail(order string) base.Text {
	if order == "mdy" {
		return base.T("der Monat steht zuerst: Werte über 12 nur an zweiter Stelle", "the month comes first: values over 12 only in second place")
	}
	return base.T("der Tag steht zuerst: Werte über 12 nur an erster Stelle", "the day comes first: values over 12 only in first place")
}

func action(code string) string {
	switch code {
	case convert.EqualRows, convert.Before1970, convert.InFuture, convert.NegativeDuration:
		return "drop"
	case "currency_assumed":
		return "currency"
	case "one_time", "net_computed", "people":
		return "mapping"
	}
	return ""
}

func remarkCount(code string, r *convert.Report) int64 {
	switch code {
	case convert.EqualRows:
		return r.Equal
	case convert.Before1970:
		return r.Before1970
	case convert.InFuture:
		return r.Future
	case convert.NegativeDuration:
		return r.Negative
	case "tickets_repeated":
		return r.RepeatedKeys
	case "left_out":
		return r.LeftOut
	case "clock_change":
		return r.Repeated + r.Skipped
	}
	return 0
}
