package convert

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/intake/profile"
	"lotse.dev/lotse/internal/intake/value"
)

// Layout is a plan settled against a file.
type Layout struct {
	Plan     Plan
	Schema   fact.Schema
	Mapping  []mapping.Entry // every column of the file
	Reading  profile.Reading
	Remarks  base.Remarks // what was assumed
	NetFrom  bool         // net is computed where the file does not say it
	Currency string       // of all rows when no column says it

	zone   *value.Zone
	ops    []op
	caseOf string          // column of the cases
	people map[string]bool // columns of the file that hold people, loaded or not
	before []string        // columns of the table that are pseudonyms already
	now    time.Time
}

// op makes one column of the schema.
type op struct {
	column  string // of the file, "" for a computed one
	field   mapping.Field
	named   bool // a canonical field, not a further column
	typ     fact.Type
	mark    byte
	person  bool
	compact bool
	serial  bool // days as spreadsheets count them
	amount  bool // money, which may name its currency
}

// Context is what settling needs from outside.
type Context struct {
	Delimiter string // of the file
	Dates     string // order of the last file of the source, for a file that allows both
	Zone      string // of the instance
	Currency  string // of the instance
	Now       time.Time
	People    []string // columns of the table whose values are pseudonyms already
}

// Settle checks a plan against the profile of a file and fixes every decision. It refuses a plan that lacks required
// fields, names columns that do not exist or gives a field twice. Open questions of dates are left in Reading.Open.
func Settle(p *profile.Profile, plan Plan, c Context) (*Layout, error) {
	l := &Layout{Plan: plan, now: c.Now, people: map[string]bool{}, before: c.People}
	for i := range p.Columns {
		l.people[p.Columns[i].Name] = mapping.People(&p.Columns[i])
	}
	if err := l.zoneOf(c); err != nil {
		return nil, err
	}
	if err := CheckTarget(plan); err != nil {
		return nil, err
	}
	if err := l.complete(p); err != nil {
		return nil, err
	}
	if err := l.required(p); err != nil {
		return nil, err
	}
	if l.Reading = p.Read(plan.Dates, c.Delimiter, l.loaded); l.Reading.Open && c.Dates != "" {
		l.Reading = p.Read(c.Dates, c.Delimiter, l.loaded)
		l.Remarks.Add("dates_as_before", base.T("Tag und Monat sind hier nicht zu unterscheiden; gelesen wie in der letzten Datei dieser Quelle (%s).",
			"Day and month cannot be told apart here; read as in the last file of this source (%s).", orderTitle(c.Dates)))
	}
	l.columns(p)
	l.serialDates()
	l.currency(c)
	return l, nil
}

func (l *Layout) zoneOf(c Context) (err error) {
	if l.Plan.Zone == "" {
		l.Plan.Zone = c.Zone
	}
	if l.Plan.Zone == "" {
		l.Plan.Zone = "Europe/Berlin"
	}
	l.zone, err = value.LoadZone(l.Plan.Zone)
	return err
}

// complete finishes the mapping: what the plan says, then the proposal (auto) or the columns' own names.
func (l *Layout) complete(p *profile.Profile) error {
	said := map[string]string{}
	given := map[string]string{}
	for _, e := range l.Plan.Mapping {
		col := findColumn(p, e.Column)
		if col == "" {
			return base.Fail(base.Refused, "column_unknown", base.T("Die Spalte „%s“ gibt es in der Datei nicht.", "The file has no column “%s”.", e.Column)).
				WithHint(found(p))
		}
		_, known := mapping.FieldOf(l.Plan.Table, e.Field)
		if e.Field != mapping.Keep && e.Field != mapping.Skip && !known {
			if len(mapping.Fields(l.Plan.Table)) > 0 && mapping.Snake(e.Field) != e.Field {
				return base.Fail(base.Refused, "field_unknown", base.T("Das Feld „%s“ gibt es in %s nicht.", "There is no field “%s” in %s.", e.Field, l.Plan.Table)).
					WithHint(base.T("Felder: %s.", "Fields: %s.", fieldNames(l.Plan.Table)))
			}
		}
		if other, twice := given[e.Field]; twice && e.Field != mapping.Keep && e.Field != mapping.Skip && other != col {
			return base.Fail(base.Refused, "field_twice", base.T("Das Feld „%s“ ist zwei Spalten zugeordnet: „%s“ und „%s“.", "The field “%s” is given to two columns: “%s” and “%s”.", e.Field, other, col))
		}
		said[col] = e.Field
		given[e.Field] = col
	}
	delete(given, mapping.Keep)
	delete(given, mapping.Skip)
	guesses := mapping.Columns(p, l.Plan.Table, given)
	for _, g := range guesses {
		f, ok := said[g.Column]
		if !ok && (l.Plan.Auto || g.Field == mapping.Skip) {
			f = g.Field
		}
		l.Mapping = append(l.Mapping, mapping.Entry{Column: g.Column, Field: f})
	}
	return nil
}

// findColumn returns the name of a column as the file has it, for a name that may differ in case or white space.
func findColumn(p *profile.Profile, name string) string {
	if p.Find(name) != nil {
		return name
	}
	match := ""
	for i := range p.Columns {
		if mapping.Fold(p.Columns[i].Name) == mapping.Fold(name) && mapping.Fold(name) != "" {
			if match != "" {
				return ""
			}
			match = p.Columns[i].Name
		}
	}
	return match
}

func fieldNames(table string) string {
	var names []string
	for _, f := range mapping.Fields(table) {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// found lists the columns of a file for a message.
func found(p *profile.Profile) base.Text {
	var names []string
	for i := range p.Columns {
		if i == 40 {
			names = append(names, "…")
			break
		}
		names = append(names, profile.Shown([]byte(p.Columns[i].Name)))
	}
	return base.T("Gefundene Spalten: %s. Ordnen Sie mit --map feld=spalte zu.", "Columns found: %s. Map them with --map field=column.", strings.Join(names, ", "))
}

// required refuses a mapping without the bold fields of contract.md.
func (l *Layout) required(p *profile.Profile) error {
	have := map[string]bool{}
	for _, e := range l.Mapping {
		have[e.Field] = true
	}
	var missing, labels, labelsEn []string
	for _, f := range mapping.Fields(l.Plan.Table) {
		if !f.Required || have[f.Name] {
			continue
		}
		if f.Name == "net" && have["quantity"] && have["unit_price"] {
			continue
		}
		missing = append(missing, f.Name)
		labels, labelsEn = append(labels, f.Label.De), append(labelsEn, f.Label.En)
	}
	l.NetFrom = have["quantity"] && have["unit_price"] && l.Plan.Table == mapping.Orders
	if len(missing) == 0 {
		return nil
	}
	return base.Fail(base.Refused, "fields_missing", base.T("Für %s fehlt in der Datei: %s (%s).", "For %s the file lacks: %s (%s).",
		mapping.TableTitle(l.Plan.Table), base.Text{De: strings.Join(labels, ", "), En: strings.Join(labelsEn, ", ")}, strings.Join(missing, ", "))).
		WithHint(found(p))
}

func (l *Layout) loaded(column string) bool {
	for _, e := range l.Mapping {
		if e.Column == column {
			return e.Field != mapping.Skip
		}
	}
	return false
}

// columns makes schema and operations: canonical fields in their order, then the further columns in that of the file.
func (l *Layout) columns(p *profile.Profile) {
	byField := map[string]string{}
	for _, e := range l.Mapping {
		byField[e.Field] = e.Column
	}
	used := map[string]bool{}
	for _, f := range mapping.Fields(l.Plan.Table) {
		used[f.Name] = true
		col, ok := byField[f.Name]
		switch {
		case ok:
			l.field(p.Find(col), f)
		case f.Name == "net" && l.NetFrom, f.Name == "currency" && l.Plan.Table == mapping.Orders:
			l.add(op{field: f, named: true, typ: f.Type}, fact.Column{Name: f.Name, Type: f.Type})
		}
	}
	l.caseOf = byField["case_id"]
	for _, e := range l.Mapping {
		if _, canonical := mapping.FieldOf(l.Plan.Table, e.Field); canonical || e.Field == mapping.Skip {
			continue
		}
		name := e.Field
		if name == mapping.Keep {
			name = mapping.Snake(e.Column)
		}
		l.further(p, e.Column, unusedName(name, e.Column, used))
	}
	if l.NetFrom && byField["net"] == "" {
		l.Remarks.Add("net_computed", base.T("Der Nettobetrag ist Menge × Einzelpreis („%s“ × „%s“).", "Net is quantity × unit price (“%s” × “%s”).",
			byField["quantity"], byField["unit_price"]))
	}
}

func (l *Layout) field(c *profile.Column, f mapping.Field) {
	o := op{column: c.Name, field: f, named: true, typ: f.Type, mark: l.Reading.Marks[c.Name]}
	o.compact = c.Dates.Compact > c.Dates.Count && c.Dates.Compact > 0
	o.amount = l.Plan.Table == mapping.Orders && (f.Name == "net" || f.Name == "unit_price")
	o.serial = f.Type == fact.Time && !o.compact && c.Serial()
	o.person = (f.Person || f.Type == fact.Text && (mapping.People(c) || slices.Contains(l.before, f.Name))) && !l.Plan.purpose(c.Name)
	l.add(o, fact.Column{Name: f.Name, Type: f.Type, Source: c.Name, Person: o.person})
}

func (l *Layout) further(p *profile.Profile, column, name string) {
	c := p.Find(column)
	o := op{column: column, typ: mapping.TypeOf(c, l.Reading), mark: l.Reading.Marks[column]}
	o.compact = c.Dates.Compact > c.Dates.Count
	if o.person = (mapping.People(c) || slices.Contains(l.before, name)) && !l.Plan.purpose(column); o.person {
		o.typ = fact.Text
	}
	perCase := l.Plan.Table == mapping.Events && (c.Trace || c.Constant && p.CaseBy == l.caseOf)
	l.add(o, fact.Column{Name: name, Type: o.typ, Source: column, Case: perCase, Person: o.person})
}

func (l *Layout) add(o op, c fact.Column) {
	l.ops = append(l.ops, o)
	l.Schema = append(l.Schema, c)
}

// serialDates says which numbers are read as days.
func (l *Layout) serialDates() {
	var names []string
	for i := range l.ops {
		if l.ops[i].serial {
			names = append(names, l.ops[i].column)
		}
	}
	if len(names) > 0 {
		l.Remarks.Add("serial_dates", base.T("Zahlen sind als Tage gelesen, wie Excel sie zählt: %s.", "Numbers are read as days, as Excel counts them: %s.", strings.Join(names, ", ")))
	}
}

// unusedName keeps names apart: a further column never takes the name of a canonical field.
func unusedName(name, column string, used map[string]bool) string {
	next := name
	if used[next] && strings.HasPrefix(column, "case:") {
		next = "case_" + name
	}
	for i := 2; used[next] || reserved(next); i++ {
		next = name + "_" + strconv.Itoa(i)
	}
	used[next] = true
	return next
}

// reserved are names that the lake and the derived tables use themselves.
func reserved(name string) bool {
	return slices.Contains([]string{"case_no", "activity_no", "file", "row", "rowid", "load", "load_id", "filename", "file_row_number", "_load", "_line"}, name)
}

// currency settles the currency of orders without such a column.
func (l *Layout) currency(c Context) {
	i := l.Schema.Index("currency")
	if l.Plan.Table != mapping.Orders || i < 0 || l.ops[i].column != "" {
		return
	}
	l.Currency = strings.ToUpper(strings.TrimSpace(l.Plan.Currency))
	if l.Currency != "" {
		l.Plan.Currency = l.Currency
		return
	}
	if l.Currency = c.Currency; l.Currency == "" {
		l.Currency = "EUR"
	}
	l.Remarks.Add("currency_assumed", base.T("Die Datei nennt keine Währung; angenommen ist %s.", "The file names no currency; %s is assumed.", l.Currency))
}

// NeedsCases says that the profile was made with another column as case than the plan maps, so that it does not know
// which columns have one value per case.
func (l *Layout) NeedsCases(p *profile.Profile) bool {
	return l.Plan.Table == mapping.Events && p.CaseBy != l.caseOf
}

// CaseColumn is the column mapped to case_id.
func (l *Layout) CaseColumn() string { return l.caseOf }

// TimeField is the name of the field whose days make the window of a replacing load, "" for none.
func (l *Layout) TimeField() string {
	switch l.Plan.Table {
	case mapping.Events, mapping.Orders:
		return "time"
	case mapping.Tickets:
		return "opened_at"
	}
	return ""
}

// DatesQuestion is the refusal of a file whose dates can be read both ways.
func (l *Layout) DatesQuestion() error {
	if !l.Reading.Open {
		return nil
	}
	return base.Fail(base.Refused, "dates_open", base.T("Tag und Monat sind nicht zu unterscheiden: In der ganzen Datei ist keine der beiden Zahlen größer als 12 (Beispiel: %s).",
		"Day and month cannot be told apart: in the whole file neither number is over 12 (example: %s).", l.Reading.Example)).
		WithHint(base.T("Sagen Sie es mit --dates dmy (Tag zuerst) oder --dates mdy (Monat zuerst).", "Say it with --dates dmy (day first) or --dates mdy (month first)."))
}

// fault says whether a cell is an error of a spreadsheet.
func fault(kinds []format.Kind, i int) bool { return kinds != nil && kinds[i] == format.Fault }
