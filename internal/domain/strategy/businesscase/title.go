package businesscase

import (
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
)

// inputTitles name the inputs of a line.
var inputTitles = map[string]base.Text{
	"amount": base.T("Betrag", "Amount"), "days": base.T("Personentage", "Person-days"), "price": base.T("Preis", "Price"),
	"users": base.T("Nutzer", "Users"), "share": base.T("Anteil", "Share"), "cap": base.T("Höchstbetrag", "Cap"),
	"quantity": base.T("Menge je Monat", "Quantity a month"), "ramp.months": base.T("Anlauf in Monaten", "Ramp in months"),
	"ramp.delay": base.T("Verzögerung in Monaten", "Delay in months"), "day_rate": base.T("Tagessatz", "Day rate"),
}

// KeyTitle is what people read for the key of an input: "Porto entfällt, Preis".
func KeyTitle(c *finance.Case, key string) base.Text {
	switch key {
	case finance.KeyDiscountRate:
		return base.T("Kalkulationszins", "Discount rate")
	case finance.KeyInflation:
		return base.T("Preissteigerung", "Inflation")
	}
	id, name, _ := strings.Cut(key, ".")
	line := lineName(c, id)
	what, ok := inputTitles[name]
	if !ok {
		what = base.T(name, name)
	}
	return base.Text{De: line + ", " + what.De, En: line + ", " + what.En}
}

func lineName(c *finance.Case, id string) string {
	named := func(name string) string {
		if name == "" {
			return id
		}
		return name
	}
	if role, ok := strings.CutPrefix(id, "role:"); ok {
		for _, r := range c.Roles {
			if r.ID == role {
				return named(r.Name)
			}
		}
	}
	for _, l := range c.Costs {
		if l.ID == id {
			return named(l.Name)
		}
	}
	for _, l := range c.Benefits {
		if l.ID == id {
			return named(l.Name)
		}
	}
	return id
}
