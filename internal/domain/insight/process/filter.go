package process

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/base/period"
)

// Filter restricts a question to cases. All parts must hold; of several variants, or several values of one attribute,
// any one.
type Filter struct {
	From        string   `query:"from" maxLength:"10" doc:"first day, by the last event of a case"`
	To          string   `query:"to" maxLength:"10" doc:"day after the last, by the last event of a case"`
	Activity    []string `query:"activity,explode" maxItems:"50" doc:"activities that must occur"`
	NotActivity []string `query:"not_activity,explode" maxItems:"50" doc:"activities that must not occur"`
	Variant     []string `query:"variant,explode" maxItems:"500" doc:"variant ids"`
	Attr        []string `query:"attr,explode" maxItems:"50" doc:"field=value, of the case or of any of its events"`
	State       string   `query:"state" enum:"all,complete,open" doc:"cases that an end activity completes, or those still open; all without it"`
	Complete    bool     `query:"complete" doc:"the same as state=complete"`
	Instances   bool     `query:"instances" doc:"pair start and complete rows into one event"`
}

// Empty says whether every case passes.
func (f Filter) Empty() bool {
	return f.From == "" && f.To == "" && len(f.Activity)+len(f.NotActivity)+len(f.Variant)+len(f.Attr) == 0 && f.state() == ""
}

// The states of a case that can be asked for.
const (
	stateComplete = "complete"
	stateOpen     = "open"
)

// state is the state of the cases that pass, "" for any.
func (f Filter) state() string {
	switch {
	case f.State != "" && f.State != "all":
		return f.State
	case f.Complete:
		return stateComplete
	}
	return ""
}

// key names the filter's answer on a view. What is complete depends on the rules that hold now, which change without
// the data.
func (f Filter) key(v *view) string {
	j, _ := json.Marshal(f) // texts and booleans always encode
	key := fmt.Sprintf("%d %d:%s %s", v.snapshot, len(v.process), v.process, j)
	if f.state() != "" {
		key += " " + v.rules()
	}
	return key
}

// condition is a conjunction of SQL conditions over the columns of cases, with their arguments and what each says.
type condition struct {
	parts []part
	args  []any
}

type part struct {
	sql  string
	code string // the parameter that made it
	text base.Text
	n    int // number of arguments
}

func (c *condition) add(code string, text base.Text, sql string, args ...any) {
	c.parts = append(c.parts, part{sql: sql, code: code, text: text, n: len(args)})
	c.args = append(c.args, args...)
}

// sql is the whole condition, "" when every case passes.
func (c condition) sql() string {
	all := make([]string, len(c.parts))
	for i, p := range c.parts {
		all[i] = "(" + p.sql + ")"
	}
	return strings.Join(all, " AND ")
}

// clause is the condition behind WHERE.
func (c condition) clause() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + c.sql()
}

// where turns the filter into a condition, in the order of the filter chain: period, state, activities,
// variants, attributes.
func (f Filter) where(v *view) (condition, error) {
	var c condition
	if f.Empty() {
		return c, nil
	}
	if err := v.needCases(); err != nil {
		return c, err
	}
	if err := f.wherePeriod(v, &c); err != nil {
		return c, err
	}
	if err := f.whereState(v, &c); err != nil {
		return c, err
	}
	for _, a := range f.Activity {
		c.add("activity", base.T("mit „%s“", "with “%s”", a), "contains(activity_set, ?)", setMember(a))
	}
	for _, a := range f.NotActivity {
		c.add("not_activity", base.T("ohne „%s“", "without “%s”", a), "NOT contains(activity_set, ?)", setMember(a))
	}
	if n := len(f.Variant); n > 0 {
		args := make([]any, n)
		for i, id := range f.Variant {
			args[i] = id
		}
		c.add("variant", base.N(n, base.T("1 Variante", "1 variant"), base.T("%d Varianten", "%d variants", n)), "variant IN ("+marks(n)+")", args...)
	}
	return c, f.whereAttributes(v, &c)
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func (f Filter) wherePeriod(v *view, c *condition) error {
	for _, border := range []struct{ field, day, sql string }{{"from", f.From, "last_time >= ?"}, {"to", f.To, "last_time < ?"}} {
		if border.day == "" {
			continue
		}
		day, err := period.ParseDate(border.day)
		if err != nil {
			return badFilter(border.field, base.T("„%s“ ist kein Tag im Format JJJJ-MM-TT.", "“%s” is not a day as YYYY-MM-DD.", border.day))
		}
		text := base.T("letztes Ereignis ab %s", "last event from %s", day.Label())
		if border.field == "to" {
			text = base.T("letztes Ereignis vor %s", "last event before %s", day.Label())
		}
		c.add(border.field, text, border.sql, v.calendar.Start(day))
	}
	return nil
}

// whereState looks at the last activity rather than at the derived column, so that a change of the end activities holds
// at once.
func (f Filter) whereState(v *view, c *condition) error {
	state, code := f.state(), "state"
	switch {
	case state == "":
		return nil
	case state != stateComplete && state != stateOpen:
		return badFilter("state", base.T("„%s“ ist kein Zustand. Möglich sind all, complete und open.", "“%s” is no state. Possible are all, complete and open.", state))
	case state == stateOpen && f.Complete:
		return badFilter("state", base.T("Ein Vorgang ist nicht zugleich offen und abgeschlossen.", "A case is not open and complete at once."))
	case f.State != state:
		code = "complete"
	}
	ends, set := v.settings.Ends(v.process)
	if !set {
		return base.Fail(base.Refused, "ends_unset",
			base.T("Welche Vorgänge abgeschlossen sind, ist unbekannt: Für den Prozess „%s“ sind keine Endaktivitäten festgelegt.",
				"Which cases are complete is unknown: no end activities are set for the process “%s”.", v.process)).
			WithHint(base.T("Legen Sie die Endaktivitäten in den Einstellungen fest.", "Set the end activities in the settings."))
	}
	args := make([]any, len(ends))
	for i, name := range ends {
		args[i] = name
	}
	text, sql := base.T("nur abgeschlossene", "only complete ones"), "last_activity IN ("+marks(len(ends))+")"
	if state == stateOpen {
		text, sql = base.T("nur offene", "only open ones"), "last_activity NOT IN ("+marks(len(ends))+")"
	}
	c.add(code, text, sql, args...)
	return nil
}

func (f Filter) whereAttributes(v *view, c *condition) error {
	values := map[string][]string{}
	var fields []string
	for _, a := range f.Attr {
		field, value, found := strings.Cut(a, "=")
		if !found {
			return badFilter("attr", base.T("„%s“ hat nicht die Form Feld=Wert.", "“%s” is not of the form field=value.", a))
		}
		if !slices.Contains(fields, field) {
			fields = append(fields, field)
		}
		values[field] = append(values[field], value)
	}
	for _, field := range fields {
		if err := c.attribute(v, field, values[field]); err != nil {
			return err
		}
	}
	return nil
}

func (c *condition) attribute(v *view, field string, values []string) error {
	args := make([]any, len(values))
	for i, value := range values {
		args[i] = value
	}
	text := base.T("%s: %s", "%s: %s", field, strings.Join(values, ", "))
	match := fmt.Sprintf("coalesce(CAST(%s AS VARCHAR), '') IN (%s)", quote(field), marks(len(values)))
	switch {
	case v.isAttribute(field):
		c.add("attr", text, match, args...)
	case isEventField(v.events.Schema, field):
		c.add("attr", text, "case_id IN (SELECT case_id FROM events WHERE "+match+")", args...)
	default:
		return badFilter("attr", base.T("Das Feld „%s“ gibt es in diesem Prozess nicht.", "There is no field “%s” in this process.", field))
	}
	return nil
}

// attributes lists the columns that cases copied from the log, under their names there.
func (v *view) attributes() fact.Schema {
	var out fact.Schema
	for _, a := range attributesOf(v.events.Schema) {
		if v.cases.Schema.Has(a.column.Name) {
			out = append(out, a.column)
		}
	}
	return out
}

// isAttribute says whether a field is one of attributes and may be filtered by.
func (v *view) isAttribute(field string) bool {
	all := v.attributes()
	at := all.Index(field)
	return at >= 0 && !all[at].Person
}

// isEventField says whether events carry the field beside case, activity and times.
func isEventField(s fact.Schema, field string) bool {
	switch field {
	case "case_id", "activity", "time", "start_time", "sequence":
		return false
	}
	at := s.Index(field)
	return at >= 0 && !s[at].Case && !s[at].Person
}

func badFilter(field string, text base.Text) error {
	e := base.Fail(base.Usage, "bad_filter", base.T("Der Filter passt nicht.", "The filter does not fit."))
	e.Fields = []base.FieldError{{Field: field, Text: text}}
	return e
}

// quote writes an SQL identifier.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// setSeparator stands around each name in activity_set.
const setSeparator = "\x1f"

// setMember is a name as it stands in activity_set.
func setMember(activity string) string {
	return setSeparator + strings.ReplaceAll(activity, setSeparator, " ") + setSeparator
}
