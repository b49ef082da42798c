package businesscase

import (
	"strings"

	"lotse.dev/lotse/internal/engine/finance"
)

// names says of every filled input what it is.
func names(c *finance.Case) []InputName {
	out := []InputName{}
	for _, p := range finance.Inputs(*c) {
		id, what, inLine := strings.Cut(p.Key, ".")
		n := InputName{Key: p.Key, Title: KeyTitle(c, p.Key), Unit: unitOf(what), Input: p.Input}
		if inLine {
			n.Line = lineName(c, id)
		}
		for _, l := range c.Costs {
			if l.ID == id {
				n.Kind = l.Kind
			}
		}
		for _, l := range c.Benefits {
			if l.ID == id {
				n.Class, n.Of = l.Class, l.Unit
			}
		}
		out = append(out, n)
	}
	return out
}

// unitOf is what an input counts.
func unitOf(what string) string {
	switch what {
	case "amount", "price", "cap", "day_rate":
		return "money"
	case "days", "users", "share", "quantity":
		return what
	case "ramp.months", "ramp.delay":
		return "months"
	}
	return "rate"
}
