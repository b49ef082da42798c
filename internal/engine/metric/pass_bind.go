package metric

import (
	"slices"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
)

// Paths of the web app where a missing column or setting is mended.
const (
	dataLink     = "/daten"
	settingsLink = "/einstellungen"
)

// boundFilter is a filter whose column exists, with values of its type; empty asks for rows without a value.
type boundFilter struct {
	column fact.Column
	values []any
	empty  bool
}

// bindColumns needs a valid question. It finds every column that the definition reads: a missing one makes the answer
// unknown and the remark names it and the way to mend it. A dimension or filter that the table lacks is refused,
// because there the question is at fault, not the data.
func bindColumns(p *Plan) error {
	d := p.Definition
	if len(p.Relation.Schema) == 0 {
		p.unknown("table_missing", base.T("Unbekannt: Es sind keine %s geladen.", "Unknown: no %s are loaded.", d.Each.Noun.Many), dataLink)
		return nil
	}
	for _, column := range d.Columns() {
		if slices.Contains(p.Relation.Pending, column) {
			p.unknown("being_derived", base.T("Unbekannt: Die Regeln dafür wurden geändert, die Vorgänge werden gerade neu abgeleitet.",
				"Unknown: the rules for this were changed, the cases are being derived anew."), "")
			continue
		}
		if !p.Relation.Schema.Has(column) {
			p.unknownColumn(column)
		}
	}
	if d.readsDigital() && len(p.Env.DigitalChannels) == 0 && p.Relation.Schema.Has("channel") {
		p.unknown("digital_channels_unset", base.T("Unbekannt: Kein Kanal ist als digital gekennzeichnet.",
			"Unknown: no channel is marked as digital."), settingsLink)
	}
	p.money = d.readsMoney()
	p.several = p.money && p.Relation.Schema.Has("currency")
	if d.Each.Form == EachLatest && !p.Relation.Schema.Has(d.Each.Latest) {
		p.Remarks.AddLink("latest_by_load", base.T("Die Spalte %s ist nicht zugeordnet. Von mehreren Zeilen einer Kundenanfrage zählt die zuletzt geladene.",
			"The column %s is not mapped. Of several rows of a ticket the one loaded last counts.", d.Each.Latest), dataLink)
	}
	if err := p.bindDim(); err != nil {
		return err
	}
	return p.bindFilters()
}

func (p *Plan) unknownColumn(column string) {
	link := dataLink
	if l, ok := p.Definition.Links[column]; ok {
		link = l
	}
	p.unknown("column_missing", base.T("Unbekannt: Spalte %s nicht zugeordnet. Ordnen Sie sie beim Laden der Tabelle %s zu.",
		"Unknown: column %s not mapped. Map it when loading the table %s.", column, p.Definition.Table), link)
}

func (p *Plan) unknown(code string, text base.Text, link string) {
	p.Unknown = true
	p.Remarks.AddLink(code, text, link)
}

func (p *Plan) bindDim() error {
	p.dims = p.Question.Dim != ""
	if !p.dims {
		return nil
	}
	column, err := p.dividing(p.Question.Dim)
	if err != nil {
		return err
	}
	if p.Definition.Each.Form == EachGroup && !column.Case && column.Name != "channel" && column.Name != "currency" {
		p.Remarks.Add("dim_overlaps", base.T("%s zählt in jeder Ausprägung, die sie enthält; die Teile ergeben zusammen mehr als das Ganze.",
			"%s counts in every value that it holds; the parts add up to more than the whole.", p.Definition.Each.Noun.One))
	}
	return nil
}

func (p *Plan) bindFilters() error {
	for _, f := range p.Question.Filters {
		column, err := p.dividing(f.Field)
		if err != nil {
			return err
		}
		bound := boundFilter{column: column}
		for _, text := range f.Values {
			if text == "" {
				bound.empty = true
				continue
			}
			v, err := parseValue(column, text)
			if err != nil {
				return err
			}
			bound.values = append(bound.values, v)
		}
		p.filters = append(p.filters, bound)
	}
	return nil
}

// dividing finds a column by which rows may be divided or filtered: not an instant, not the thing itself, nobody's name.
func (p *Plan) dividing(name string) (fact.Column, error) {
	possible := p.Definition.Dividing(p.Relation.Schema)
	i := p.Relation.Schema.Index(name)
	if i < 0 || !slices.Contains(possible, name) {
		code, text := "dim_unknown", base.T("Nach „%s“ lässt sich %s nicht aufteilen oder filtern.", "%[2]s cannot be divided or filtered by “%[1]s”.", name, p.Definition.Title)
		if i >= 0 && p.Relation.Schema[i].Person {
			code, text = "dim_person", base.T("„%s“ nennt Personen. Kennzahlen je Person gibt es nicht.", "“%s” names people. There are no figures by person.", name)
		}
		return fact.Column{}, base.Fail(base.Refused, code, text).WithHint(dividingHint(possible))
	}
	return p.Relation.Schema[i], nil
}

func dividingHint(possible []string) base.Text {
	if len(possible) == 0 {
		return base.T("Die Tabelle hat keine Spalte dafür.", "The table has no column for this.")
	}
	list := strings.Join(possible, ", ")
	return base.T("Möglich: %s.", "Possible: %s.", list)
}

// Dividing lists the columns of a table by which the metric may be divided or filtered, its usual ones first.
func (d Definition) Dividing(s fact.Schema) []string {
	var usual, further []string
	for _, c := range s {
		switch {
		case c.Person, c.Type == fact.Time, c.Type == fact.Double, c.Type == fact.Decimal, d.identifies(c.Name):
		case d.Table == Events && !c.Case:
		case slices.Contains(d.Dims, c.Name):
			usual = append(usual, c.Name)
		default:
			further = append(further, c.Name)
		}
	}
	return append(usual, further...)
}

// caseFigures are columns of the derived cases that count, or serve the search.
var caseFigures = []string{"events", "activities", "manual_steps", "activity_set", "rules"}

// identifies says whether a column names or counts single things or members, so that dividing by it would list them.
func (d Definition) identifies(column string) bool {
	if d.Table == Cases && slices.Contains(caseFigures, column) {
		return true
	}
	return column == d.Each.Key || column == "customer_id" || column == "order_id" || column == "line" ||
		strings.HasPrefix(column, "_")
}

// Columns lists the columns of the table that the definition reads, in the order of reading.
func (d Definition) Columns() []string {
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	add(d.Each.Key)
	for _, f := range d.Each.Fields {
		add(f.Of)
		walk(f.Where, add)
	}
	if d.Each.Form == EachGroup {
		return out // everything else reads the fields of the group
	}
	for _, name := range d.fieldsRead() {
		add(name)
	}
	return out
}

// fieldsRead lists the fields of a thing that time, condition and measure read.
func (d Definition) fieldsRead() []string {
	out := []string{d.Time}
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	walk(d.Where, add)
	walk(d.Measure.Of, add)
	walk(d.Measure.Hit, add)
	return out
}

func (d Definition) readsDigital() bool { return readsDigital(d.Measure.Hit) || readsDigital(d.Where) }

// readsMoney says whether the figure is made of amounts, so that it needs one currency.
func (d Definition) readsMoney() bool { return d.Unit == Money || d.Measure.Kind == RatioOf }

// parseValue reads a filter's text as a value of the column.
func parseValue(c fact.Column, text string) (any, error) {
	switch c.Type {
	case fact.Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, valueError(c, text)
		}
		return n, nil
	case fact.Boolean:
		switch strings.ToLower(text) {
		case "true", "yes", "ja", "1":
			return true, nil
		case "false", "no", "nein", "0":
			return false, nil
		}
		return nil, valueError(c, text)
	}
	return text, nil
}

func valueError(c fact.Column, text string) error {
	return base.Fail(base.Usage, "filter_value", base.T("„%s“ ist kein Wert der Spalte %s (%s).", "“%s” is not a value of the column %s (%s).",
		text, c.Name, c.Type.String())).At(base.Place{Column: c.Name})
}
