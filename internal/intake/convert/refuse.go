package convert

import (
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/intake/value"
)

// shiftedFields is the code of a row whose number of fields is not that of the header.
const shiftedFields = "fields"

// resolvePeople finds the columns of the file whose names are not kept: those that are loaded as pseudonyms, and those of
// people that are left out.
func (c *conversion) resolvePeople(cols []format.Column) {
	c.people = make([]bool, len(cols))
	if c.options.Names == nil {
		return
	}
	for j := range cols {
		name := cols[j].Name
		at := slices.IndexFunc(c.layout.ops, func(o op) bool { return o.column == name && name != "" })
		c.people[j] = at >= 0 && c.layout.ops[at].person || at < 0 && (mapping.Person(name) || c.layout.people[name]) && !c.layout.Plan.purpose(name)
	}
}

// shifted is the refusal of a row with another number of fields than the header. Which cell holds a name is not known
// there, so that nothing of the row can be kept where the file has names.
func (c *conversion) shifted(fields int) Refused {
	r := Refused{Code: shiftedFields, Reason: base.N(fields, base.T("1 Feld statt %s", "1 field instead of %s", len(c.columns)), base.T("%s Felder statt %s", "%s fields instead of %s", fields, len(c.columns)))}
	if slices.Contains(c.people, true) {
		r.Reason = base.T("%s; wo darin Namen stehen, ist nicht zu erkennen, deshalb ist ihr Inhalt nicht aufgehoben: Verbessern Sie die Zeile in der Quelldatei",
			"%s; where names stand in it cannot be told, so its content is not kept: correct the row in the source file", r.Reason)
	}
	return r
}

// refuse counts and hands over a row that does not fit. Names in it are made pseudonyms first.
func (c *conversion) refuse(row *format.Row, r Refused) error {
	c.report.RowsRefused++
	r.Line = row.Line
	if j := slices.IndexFunc(c.columns, func(x format.Column) bool { return x.Name == r.Column }); j >= 0 && c.people[j] {
		r.Value = ""
	}
	c.report.note(&r)
	if c.options.Refuse == nil {
		return nil
	}
	r.Cells = c.kept(row, r.Code)
	return c.options.Refuse(&r)
}

// kept are the cells of a refused row as they may be kept.
func (c *conversion) kept(row *format.Row, code string) [][]byte {
	if code == shiftedFields && slices.Contains(c.people, true) {
		return nil
	}
	c.raw = append(c.raw[:0], row.Cells...)
	for j := range c.raw {
		if j >= len(c.people) || !c.people[j] {
			continue
		}
		if v := value.Trim(c.raw[j]); len(v) > 0 {
			c.raw[j] = c.options.Names.Pseudonym(nil, v)
		}
	}
	return c.raw
}
