package convert

import (
	"math"
	"math/bits"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/value"
)

// read turns one trimmed value into the slot; a code says why it does not fit.
func (c *conversion) read(o *op, s *slot, v []byte, kind format.Kind) (code string, reason base.Text) {
	if o.typ == fact.Text {
		s.valid, s.text = true, v
		if o.named && o.field.Name == "currency" {
			s.text = value.Currency(v)
		}
		if o.person && c.options.Names != nil {
			s.own = c.options.Names.Pseudonym(s.own[:0], v)
			s.text = s.own
		}
		return "", base.Text{}
	}
	if o.typ != fact.Boolean && value.WideMarker(v) {
		return "", base.Text{}
	}
	mark := o.mark
	if kind == format.Number {
		mark = '.'
	}
	switch o.typ {
	case fact.Time, fact.Date:
		return c.readTime(o, s, v, mark)
	case fact.Integer:
		if s.n, s.valid = value.Integer(v, mark); s.valid {
			return "", base.Text{}
		}
		if b, ok := value.Bool(v, false); ok && o.field.Name == "reopened" {
			s.n, s.valid = truth(b), true
			return "", base.Text{}
		}
	case fact.Decimal:
		if s.n, _, s.valid = value.Decimal(v, mark); s.valid {
			return "", base.Text{}
		}
	case fact.Double:
		if s.f, s.valid = value.Float(v, mark); s.valid {
			return "", base.Text{}
		}
	case fact.Boolean:
		if b, ok := value.Bool(v, true); ok {
			s.n, s.valid = truth(b), true
			return "", base.Text{}
		}
		return "not_boolean", base.T("„%s“ ist weder ja noch nein", "“%s” is neither yes nor no", short(v))
	}
	return notNumber(v, mark)
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func short(v []byte) string {
	if len(v) > 40 {
		return string(v[:40]) + "…"
	}
	return string(v)
}

// notNumber tells a number with the other decimal mark from text.
func notNumber(v []byte, mark byte) (string, base.Text) {
	if s := value.ShapeOf(v); s.Point || s.Comma {
		if mark == ',' && s.Point {
			return "other_mark", base.T("„%s“ hat einen Dezimalpunkt, die Spalte sonst ein Komma", "“%s” has a decimal point, the column otherwise a comma", short(v))
		}
		if mark != ',' && s.Comma {
			return "other_mark", base.T("„%s“ hat ein Dezimalkomma, die Spalte sonst einen Punkt", "“%s” has a decimal comma, the column otherwise a point", short(v))
		}
		return "number_range", base.T("die Zahl „%s“ ist zu groß oder nicht ganz", "the number “%s” is too large or not whole", short(v))
	}
	return "not_number", base.T("„%s“ ist keine Zahl", "“%s” is not a number", short(v))
}

func (c *conversion) readTime(o *op, s *slot, v []byte, mark byte) (string, base.Text) {
	m, ok := value.ParseMoment(v)
	if !ok && o.compact {
		m, ok = value.ParseCompact(v)
	}
	if !ok && o.serial {
		m, ok = value.ParseSerial(v, mark)
	}
	if !ok && value.WithoutYear(v) {
		return "no_year", base.T("„%s“ nennt kein Jahr", "“%s” names no year", short(v))
	}
	if !ok {
		return "not_time", base.T("„%s“ ist kein Zeitpunkt", "“%s” is not a time", short(v))
	}
	order := value.DayFirst
	if m.Numeric {
		order = c.layout.Reading.Orders[m.Sep]
	}
	if o.typ == fact.Date {
		day, ok := m.Civil(order)
		if !ok {
			return noSuchDay(v)
		}
		s.n, s.valid = int64(day), true
		return "", base.Text{}
	}
	micro, shift, ok := m.Instant(order, c.layout.zone)
	if !ok {
		return noSuchDay(v)
	}
	s.n, s.valid, s.clock = micro, true, m.Clock && m.Micro%86_400_000_000 != 0
	switch shift {
	case value.Repeated:
		c.report.Repeated++
	case value.Skipped:
		c.report.Skipped++
	}
	if m.Clock && !m.Zoned {
		c.report.Unzoned++
	}
	return "", base.Text{}
}

func noSuchDay(v []byte) (string, base.Text) {
	return "no_such_day", base.T("den Tag „%s“ gibt es nicht (oder Tag und Monat sind vertauscht)", "there is no day “%s” (or day and month are swapped)", short(v))
}

// complete fills computed columns and checks required ones.
func (c *conversion) complete() (Refused, bool) {
	for i := range c.layout.ops {
		o, s := &c.layout.ops[i], &c.slots[i]
		if s.valid || !o.named {
			continue
		}
		switch {
		case o.field.Name == "net" && c.layout.NetFrom:
			if !c.computeNet(s) {
				return Refused{Code: "net_missing", Column: o.column, Reason: base.T("Betrag fehlt, und Menge × Einzelpreis ergibt keinen", "the amount is missing, and quantity × unit price gives none")}, false
			}
		case o.field.Name == "currency" && o.column == "":
			s.valid, s.text = true, []byte(c.layout.Currency)
			if c.layout.Plan.Currency == "" && c.marked != nil { // the user's word comes before what stands in the amount
				s.text = c.marked
				c.report.CurrencyMarks++
			}
		case o.field.Required:
			return Refused{Code: "required_empty", Column: o.column, Reason: base.T("%s ist leer", "%s is empty", o.field.Label)}, false
		}
	}
	return Refused{}, true
}

func (c *conversion) computeNet(s *slot) bool {
	q, u := c.slot("quantity"), c.slot("unit_price")
	if q == nil || u == nil || !q.valid || !u.valid {
		return false
	}
	n, ok := product(q.n, u.n)
	s.n, s.valid = n, ok
	return ok
}

func (c *conversion) slot(field string) *slot {
	if i := c.layout.Schema.Index(field); i >= 0 {
		return &c.slots[i]
	}
	return nil
}

// product multiplies two decimals, rounding half away from zero; ok is false when the result does not fit.
func product(a, b int64) (int64, bool) {
	if a == math.MinInt64 || b == math.MinInt64 {
		return 0, false
	}
	negative := (a < 0) != (b < 0)
	hi, lo := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	if hi >= fact.DecimalScale {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, fact.DecimalScale)
	if 2*r >= fact.DecimalScale {
		q++
	}
	if q >= 1e18 {
		return 0, false
	}
	if negative {
		return -int64(q), true
	}
	return int64(q), true
}
