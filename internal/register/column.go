package register

import (
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// systemColumns are what a table may show beside the fields, with the titles of an export.
var systemColumns = []struct {
	name  string
	title base.Text
}{
	{"id", base.T("Kennung", "ID")}, {"version", base.T("Version", "Version")}, {"state", base.T("Freigabe", "Approval")},
	{"created_at", base.T("Angelegt am", "Created at")}, {"created_by", base.T("Angelegt von", "Created by")},
	{"updated_at", base.T("Geändert am", "Changed at")}, {"updated_by", base.T("Geändert von", "Changed by")},
}

// tableColumn is a column of an exported table: a field, or what is kept of every record.
type tableColumn struct {
	name  string
	title base.Text
	field *field.Field // nil for a system column
}

func columnNamed(d *record.Def, name string) (tableColumn, bool) {
	if f, ok := field.Find(d.Fields, name); ok {
		return tableColumn{name, f.Title, f}, true
	}
	for _, s := range systemColumns {
		if s.name == name {
			return tableColumn{name, s.title, nil}, true
		}
	}
	return tableColumn{}, false
}

// tableColumns are the asked columns, otherwise those that a table shows at first.
func tableColumns(d *record.Def, asked string) ([]tableColumn, error) {
	var out []tableColumn
	seen := map[string]bool{}
	for name := range strings.SplitSeq(asked, ",") {
		if name = strings.TrimSpace(name); name == "" || seen[name] {
			continue
		}
		c, ok := columnNamed(d, name)
		if !ok {
			return nil, base.Fail(base.Usage, "wrong_query", base.T("„%s“ ist kein Feld.", "“%s” is no field.", name))
		}
		out, seen[name] = append(out, c), true
	}
	for i := range d.Fields {
		if f := &d.Fields[i]; asked == "" && (f.List || f.Heading) {
			out = append(out, tableColumn{f.Name, f.Title, f})
		}
	}
	if len(out) == 0 {
		return nil, base.Fail(base.Usage, "wrong_query", base.T("Es ist keine Spalte gewählt.", "No column is chosen."))
	}
	return out, nil
}

// titlesOf are the titles of columns in a language; where two are the same, the name of the field stands behind.
func titlesOf(columns []tableColumn, l base.Lang) []string {
	count := map[string]int{}
	for _, c := range columns {
		count[c.title.In(l)]++
	}
	out := make([]string, len(columns))
	for i, c := range columns {
		if out[i] = c.title.In(l); count[out[i]] > 1 {
			out[i] += " (" + c.name + ")"
		}
	}
	return out
}

// systemText is what an export writes of a system column.
func systemText(name string, doc record.Doc) string {
	switch name {
	case "id":
		return doc.ID
	case "version":
		return strconv.Itoa(doc.Version)
	case "state":
		return doc.State
	case "created_at":
		return doc.CreatedAt.Format(time.RFC3339)
	case "created_by":
		return doc.CreatedBy
	case "updated_at":
		return doc.UpdatedAt.Format(time.RFC3339)
	}
	return doc.UpdatedBy
}
