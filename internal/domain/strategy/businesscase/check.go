package businesscase

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/store/record/field"
)

// check gathers what is wrong with a case, at the fields of the record.
func check(b *BusinessCase) []base.FieldError {
	var e field.Errors
	b.checkWholes(&e)
	b.checkKeys(&e)
	if len(e.List()) > 0 {
		return e.List()
	}
	return Fields(b, finance.Validate(b.Finance()))
}

// checkWholes wants whole months: the record keeps them as numbers.
func (b *BusinessCase) checkWholes(e *field.Errors) {
	whole := func(at string, n *float64) {
		if n != nil && *n != math.Trunc(*n) {
			e.Add(at, base.T("Eine ganze Zahl wird erwartet.", "A whole number is expected."))
		}
	}
	whole("months", b.Months)
	for i, l := range b.Costs {
		at := fmt.Sprintf("costs[%d].", i)
		whole(at+"month", l.Month)
		whole(at+"from", l.From)
		whole(at+"to", l.To)
	}
	for i, l := range b.Benefits {
		at := fmt.Sprintf("benefits[%d].", i)
		whole(at+"from", l.From)
		whole(at+"to", l.To)
	}
}

// checkKeys wants every input once and at a place that there is, and a binding behind everything measured.
func (b *BusinessCase) checkKeys(e *field.Errors) {
	c := b.Finance()
	seen := map[string]bool{}
	for i := range b.Inputs {
		in, at := &b.Inputs[i], fmt.Sprintf("inputs[%d].", i)
		switch {
		case seen[in.Key]:
			e.Add(at+"key", base.T("Diese Annahme steht zweimal da.", "This input stands twice."))
		case place(&c, in.Key) == nil:
			e.Add(at+"key", base.T("Zu dieser Annahme gibt es keine Zeile.", "No line has this input."))
		case in.Origin == measured && b.binding(in.Key) == nil:
			e.Add(at+"origin", base.T("Gemessenes wird an eine Kennzahl oder einen Befund gebunden.", "What is measured is bound to a metric or a finding."))
		case in.Origin != measured && in.Range == nil:
			e.Add(at+"range", base.T("Diese Angabe fehlt.", "This is missing."))
		}
		seen[in.Key] = true
	}
	for i, s := range b.Scenarios {
		same := func(o Scenario) bool { return o.Name == s.Name && o.Key == s.Key }
		if slices.IndexFunc(b.Scenarios, same) < i {
			e.Add(fmt.Sprintf("scenarios[%d].key", i), base.T("Diese Annahme steht in dem Szenario schon.", "The scenario has this input already."))
		}
	}
}

var (
	linePath  = regexp.MustCompile(`^(roles|costs|benefits)\[(\d+)\]\.(.+)$`)
	inputPart = regexp.MustCompile(`^((?:discount_rate|inflation)|(?:roles|costs|benefits)\[\d+\]\.(?:day_rate|amount|days|price|users|share|cap|quantity|ramp\.months|ramp\.delay))(?:\.(.+))?$`)
)

// Fields carries errors of engine/finance to the fields of the record.
func Fields(b *BusinessCase, list []base.FieldError) []base.FieldError {
	out := make([]base.FieldError, len(list))
	for i, e := range list {
		out[i] = b.moved(e)
	}
	return out
}

func (b *BusinessCase) moved(e base.FieldError) base.FieldError {
	if m := inputPart.FindStringSubmatch(e.Field); m != nil {
		return b.atInput(e, m[1], m[2])
	}
	if m := linePath.FindStringSubmatch(e.Field); m != nil {
		e.Field = fmt.Sprintf("%s[%s].%s", m[1], m[2], strings.TrimPrefix(m[3], "ramp."))
		return e
	}
	if m := scenarioPath.FindStringSubmatch(e.Field); m != nil {
		return b.atScenario(e, m)
	}
	if e.Field == "name" {
		e.Field = "title"
	}
	return e
}

// atInput names the row of an input; where there is none, the line that needs it.
func (b *BusinessCase) atInput(e base.FieldError, place, part string) base.FieldError {
	key := b.keyAt(place)
	i := slices.IndexFunc(b.Inputs, func(in Input) bool { return in.Key == key })
	if i < 0 {
		e.Field = "inputs"
		if m := linePath.FindStringSubmatch(place); m != nil {
			e.Field = fmt.Sprintf("%s[%s].id", m[1], m[2])
		}
		c := b.Finance()
		title := KeyTitle(&c, key)
		e.Text = base.Text{De: title.De + ": " + e.Text.De, En: title.En + ": " + e.Text.En}
		return e
	}
	column := map[string]string{"origin": "origin", "ref": "source", "driver": "driver", "distribution": "distribution"}[part]
	if column == "" {
		column = "range"
		if rest, ok := strings.CutPrefix(part, "range."); ok {
			column += "." + rest
		}
	}
	e.Field = fmt.Sprintf("inputs[%d].%s", i, column)
	return e
}

// keyAt is the key of the input at a path of engine/finance.
func (b *BusinessCase) keyAt(path string) string {
	m := linePath.FindStringSubmatch(path)
	if m == nil {
		return path
	}
	var i int
	fmt.Sscan(m[2], &i)
	switch m[1] {
	case "roles":
		return "role:" + b.Roles[i].ID + ".day_rate"
	case "costs":
		return b.Costs[i].ID + "." + m[3]
	}
	return b.Benefits[i].ID + "." + m[3]
}

var scenarioPath = regexp.MustCompile(`^scenarios\[(\d+)\]\.(name|set\.(.+))$`)

// atScenario names the row: a scenario of engine/finance is all rows of one name.
func (b *BusinessCase) atScenario(e base.FieldError, m []string) base.FieldError {
	var n int
	fmt.Sscan(m[1], &n)
	all := scenarios(b.Scenarios)
	e.Field = "scenarios"
	for i, row := range b.Scenarios {
		if n < len(all) && row.Name == all[n].Name && (m[3] == "" || row.Key == m[3]) {
			e.Field = fmt.Sprintf("scenarios[%d].%s", i, map[bool]string{true: "name", false: "key"}[m[3] == ""])
			break
		}
	}
	return e
}
