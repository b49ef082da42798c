package assumption

import (
	"math"
	"regexp"
	"strings"

	"golang.org/x/text/currency"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

const longestMinutes = 100_000

var decimal = regexp.MustCompile(`^\d{1,9}(\.\d{1,4})?$`)

func checkHandlingTime(h *HandlingTime) []base.FieldError {
	var c checks
	h.Process = c.needed("process", lake.Name(h.Process), 200)
	h.Activity = c.needed("activity", h.Activity, 500)
	for _, m := range []struct {
		field string
		value float64
	}{{"min_minutes", h.Min}, {"likely_minutes", h.Likely}, {"max_minutes", h.Max}} {
		if math.IsNaN(m.value) || m.value < 0 || m.value > longestMinutes {
			c.add(m.field, base.T("Bitte Minuten zwischen 0 und %d angeben.", "Please give minutes between 0 and %d.", longestMinutes))
		}
	}
	c.ordered("min_minutes", "max_minutes", h.Range())
	h.Source = c.needed("source", h.Source, 1000)
	c.day(h.Date)
	return c.errors
}

func checkRate(r *Rate) []base.FieldError {
	var c checks
	r.Role = c.needed("role", r.Role, 200)
	valid := true
	for _, m := range []struct {
		field string
		value *string
	}{{"min", &r.Min}, {"likely", &r.Likely}, {"max", &r.Max}} {
		*m.value = strings.TrimSpace(*m.value)
		if !decimal.MatchString(*m.value) {
			valid = false
			c.add(m.field, base.T("Bitte einen Betrag wie 45.50 angeben.", "Please give an amount such as 45.50."))
		}
	}
	if valid {
		c.ordered("min", "max", r.Range())
	}
	r.Currency = strings.ToUpper(strings.TrimSpace(r.Currency))
	if _, err := currency.ParseISO(r.Currency); err != nil {
		c.add("currency", base.T("Bitte den dreistelligen Code der Währung angeben, zum Beispiel EUR.",
			"Please give the three-letter code of the currency, for example EUR."))
	}
	r.Source = c.needed("source", r.Source, 1000)
	c.day(r.Date)
	return c.errors
}

// checks collects field errors.
type checks struct{ errors []base.FieldError }

func (c *checks) add(field string, text base.Text) {
	c.errors = append(c.errors, base.FieldError{Field: field, Text: text})
}

func (c *checks) needed(field, s string, longest int) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		c.add(field, base.T("Diese Angabe fehlt.", "This is missing."))
	case len([]rune(s)) > longest:
		c.add(field, base.T("Höchstens %d Zeichen.", "At most %d characters.", longest))
	}
	return s
}

func (c *checks) ordered(low, high string, r Range) {
	if r.Min > r.Likely {
		c.add(low, base.T("Der kleinste Wert liegt über dem wahrscheinlichen.", "The lowest value is above the likely one."))
	}
	if r.Max < r.Likely {
		c.add(high, base.T("Der größte Wert liegt unter dem wahrscheinlichen.", "The highest value is below the likely one."))
	}
}

func (c *checks) day(s string) {
	if !isDay(s) {
		c.add("date", base.T("Bitte einen Tag im Format JJJJ-MM-TT angeben.", "Please give a day as YYYY-MM-DD."))
	}
}
