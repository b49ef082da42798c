package register

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// previewRows is how many rows a preview shows.
const previewRows = 20

func (i *importing) preview() *ImportPreview {
	t := i.table
	out := &ImportPreview{Format: string(t.Type), Encoding: t.Encoding, Sheet: t.Sheet, Numbers: i.Numbers, Key: i.Key, Keys: i.keys(), Mode: i.Mode,
		Columns: i.columns, Counts: i.counts(), Rows: []ImportRow{}, Errors: i.sorted(), Found: i.found, Remarks: i.remarks()}
	for _, d := range i.drafts[:min(previewRows, len(i.drafts))] {
		out.Rows = append(out.Rows, i.previewRow(d))
	}
	return out
}

func (i *importing) previewRow(d *draft) ImportRow {
	out := ImportRow{Line: d.row.Line, Action: d.action(), Cells: []ImportCell{}}
	before, after := map[string]any{}, d.doc
	if d.have != nil {
		before, out.ID = i.r.shown(i.d, d.have.Value), d.id
	}
	if d.after != nil {
		after = d.after.Value
	}
	out.Name, _ = after[i.d.Heading().Name].(string)
	for n := range i.d.Fields {
		f := &i.d.Fields[n]
		at, mapped := i.place[f.Name]
		if !mapped {
			continue
		}
		c := ImportCell{Field: f.Name, Before: i.shownText(f, before[f.Name])}
		switch {
		case d.bad[f.Name] || d.doc == nil:
			c.After = shorten(d.row.Cells[at].Text)
		case !f.Private || d.have == nil || i.r.may(i.d, auth.Private, d.have.Value):
			c.After = i.shownText(f, after[f.Name])
		}
		out.Cells = append(out.Cells, c)
	}
	return out
}

func (i *importing) shownText(f *field.Field, v any) string {
	if v == nil {
		return ""
	}
	switch f.Type { // what was read in pieces is shown only where it has the shape of its type
	case field.TypeMoney, field.TypePeriod, field.TypeRange:
		if _, ok := v.(map[string]any); !ok {
			return ""
		}
	}
	return f.Of().Text(f, v, i.w)
}

func (i *importing) remarks() []base.Text {
	out := []base.Text{}
	n := i.table.Notes
	if n.Titles > 0 {
		out = append(out, base.N(n.Titles, base.T("1 Zeile über der Kopfzeile wurde übergangen.", "1 line above the header was passed over."),
			base.T("%s Zeilen über der Kopfzeile wurden übergangen.", "%s lines above the header were passed over.", n.Titles)))
	}
	if n.Footer > 0 {
		out = append(out, base.N(n.Footer, base.T("1 Zeile unter der Tabelle wurde übergangen.", "1 line below the table was passed over."),
			base.T("%s Zeilen unter der Tabelle wurden übergangen.", "%s lines below the table were passed over.", n.Footer)))
	}
	if n.Replacement > 0 {
		out = append(out, base.T("Die Datei enthält %s Zeichen, die beim Schreiben verloren gingen (�).", "The file holds %s characters that were lost when it was written (�).", n.Replacement))
	}
	if n.FormulasNoValue > 0 {
		out = append(out, base.T("%s Formeln haben keinen gespeicherten Wert und gelten als leer.", "%s formulas have no stored value and count as empty.", n.FormulasNoValue))
	}
	return out
}
