package mapping

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/profile"
)

func fieldReason(p *profile.Profile, c *profile.Column, f Field, name int) base.Text {
	content := contentReason(c)
	switch {
	case f.Name == "case_id" && c.Distinct > 0:
		content = base.T("%s Werte, im Mittel %s Zeilen je Wert", "%s values, %s rows a value on average", c.Distinct,
			base.Number{Value: float64(c.Filled()) / float64(c.Distinct), Decimals: 1})
	case c.Mailed() && f.Type == fact.Text:
		content = base.T("E-Mail-Adressen: sie werden nur verschlüsselt gespeichert", "e-mail addresses: they are only stored as pseudonyms")
	case c.Serial() && (f.Type == fact.Time || f.Type == fact.Date):
		content = base.T("Tage, wie Excel sie zählt", "days as Excel counts them")
	case f.Person:
		content = base.T("%s Werte: Namen werden nie gespeichert", "%s values: names are never stored", c.Distinct)
	}
	switch name {
	case 3:
		return content
	case 0:
		return base.T("nur am Inhalt erkannt: %s", "recognised by content only: %s", content)
	}
	return base.T("Name ähnlich; %s", "similar name; %s", content)
}

func contentReason(c *profile.Column) base.Text {
	switch {
	case c.Dated() && c.Dates.Clock > 0:
		return base.T("Datum und Uhrzeit", "date and time of day")
	case c.Dated():
		return base.T("Datum ohne Uhrzeit", "date without time of day")
	case c.Numeric() && c.Numbers.OnlyComma > c.Numbers.OnlyPoint:
		return base.T("Zahlen mit Dezimalkomma", "numbers with decimal comma")
	case c.Numeric() && c.Numbers.OnlyPoint > 0:
		return base.T("Zahlen mit Dezimalpunkt", "numbers with decimal point")
	case c.EmptyShare() > 0.9:
		return base.T("fast leer (%s %%)", "almost empty (%s %%)", base.Number{Value: 100 * c.EmptyShare(), Decimals: 0})
	case c.Distinct == 1:
		return base.T("immer derselbe Wert", "always the same value")
	}
	return base.T("%s Werte", "%s values", c.Distinct)
}

func tableReason(p *profile.Profile, table string, a assignment) base.Text {
	name := func(field string) string {
		c, ok := a[field]
		if !ok {
			return "–"
		}
		return p.Columns[c.column].Name
	}
	switch table {
	case Events:
		return base.T("Vorgang in „%s“, Ereignis in „%s“, Zeitpunkt in „%s“", "case in “%s”, activity in “%s”, time in “%s”", name("case_id"), name("activity"), name("time"))
	case Orders:
		if _, ok := a["net"]; !ok {
			return base.T("Auftrag in „%s“, Zeitpunkt in „%s“, Betrag aus „%s“ × „%s“", "order in “%s”, time in “%s”, amount from “%s” × “%s”", name("order_id"), name("time"), name("quantity"), name("unit_price"))
		}
		return base.T("Auftrag in „%s“, Zeitpunkt in „%s“, Betrag in „%s“", "order in “%s”, time in “%s”, amount in “%s”", name("order_id"), name("time"), name("net"))
	}
	return base.T("Kundenanfrage in „%s“, eröffnet in „%s“", "ticket in “%s”, opened in “%s”", name("ticket_id"), name("opened_at"))
}

// TypeTitle names a type for people.
func TypeTitle(t fact.Type) base.Text {
	switch t {
	case fact.Integer:
		return base.T("ganze Zahl", "whole number")
	case fact.Double, fact.Decimal:
		return base.T("Zahl", "number")
	case fact.Boolean:
		return base.T("ja/nein", "yes/no")
	case fact.Time:
		return base.T("Zeitpunkt", "time")
	case fact.Date:
		return base.T("Datum", "date")
	}
	return base.T("Text", "text")
}
