package field

import (
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// table is rows inside a record, each with the same few fields.
type table struct{}

const mostRows = 500

func (table) Class() Class { return Numeric }

func (table) Check(f *Field, v any, at string, e *Errors) any {
	list, ok := v.([]any)
	if !ok {
		return wrong(e, at, "Eine Liste von Zeilen wird erwartet.", "A list of rows is expected.")
	}
	if len(list) > mostRows {
		e.Add(at, base.T("Höchstens %d Zeilen.", "At most %d rows.", mostRows))
		return nil
	}
	out := []any{}
	for i, item := range list {
		row, ok := item.(map[string]any)
		here := fmt.Sprintf("%s[%d]", at, i)
		if !ok {
			wrong(e, here, "Eine Zeile mit Feldern wird erwartet.", "A row with fields is expected.")
			continue
		}
		if clean := Check(f.Fields, row, here+".", true, e); len(clean) > 0 { // an empty row says nothing
			out = append(out, clean)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Key is the number of rows.
func (table) Key(_ *Field, v any) any {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil
	}
	return float64(len(list))
}

// lineBreak stands for a line break inside a cell.
const lineBreak = '⏎'

// Text writes one line a row, its cells parted by bars. A bar, a backslash or a lineBreak inside a cell has a backslash
// before it.
func (table) Text(f *Field, v any, w Words) string {
	list, _ := v.([]any)
	lines := make([]string, len(list))
	for i, item := range list {
		row, _ := item.(map[string]any)
		cells := make([]string, len(f.Fields))
		for j := range f.Fields {
			c := &f.Fields[j]
			if row[c.Name] != nil {
				cells[j] = strings.ReplaceAll(escape(c.Of().Text(c, row[c.Name], w), "|"+string(lineBreak)), "\n", string(lineBreak))
			}
		}
		lines[i] = strings.Join(cells, " | ")
	}
	return strings.Join(lines, "\n")
}

func (table) Parse(f *Field, s string, w Words) (any, error) {
	out := []any{}
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := split(line, '|', lineBreak)
		if len(cells) > len(f.Fields) {
			return nil, base.Fail(base.Refused, "no_row", base.T("„%s“ hat mehr Spalten als erwartet (%d).", "“%s” has more columns than expected (%d).", line, len(f.Fields)))
		}
		row := map[string]any{}
		for j, cell := range cells {
			if cell = strings.TrimSpace(cell); cell == "" {
				continue
			}
			v, err := f.Fields[j].Of().Parse(&f.Fields[j], cell, w)
			if err != nil {
				return nil, err
			}
			row[f.Fields[j].Name] = v
		}
		out = append(out, row)
	}
	return out, nil
}

func (table) Schema(f *Field) map[string]any {
	return map[string]any{"type": "array", "maxItems": mostRows, "items": Schema(f.Fields, false)}
}

// Schema is the JSON schema of a document with these fields. With answers computed fields are described too.
func Schema(fields []Field, answers bool) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range fields {
		f := &fields[i]
		if (f.Computed || f.Managed) && !answers {
			continue
		}
		s := f.Of().Schema(f)
		s["title"], s["x-title-de"], s["x-type"] = f.Title.In(base.English), f.Title.In(base.German), f.Type
		if f.Computed || f.Managed {
			s["readOnly"] = true
		}
		properties[f.Name] = s
		if f.Required && !(answers && f.Private) {
			required = append(required, f.Name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// files are attachments that belong to a field.
type files struct{ references }

func (files) Schema(*Field) map[string]any {
	return map[string]any{"type": "array", "maxItems": mostReferences, "items": map[string]any{"type": "string", "pattern": idForm.String()}}
}
