// Package mapping knows the fact tables and their fields, recognises fields by the names and contents of columns, and
// proposes for a file a table and a field for every column, each with its reason. It reads no file.
package mapping

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
)

// Names of the tables with a fixed meaning; any other name is a free table.
const (
	Events  = "events"
	Orders  = "orders"
	Tickets = "tickets"
)

// What a column can become besides a field.
const (
	Keep = ""  // a further column under its own name
	Skip = "-" // not loaded
)

// Field is one canonical column of a fact table.
type Field struct {
	Name     string
	Type     fact.Type
	Required bool
	Person   bool
	Label    base.Text
	strong   []string // folded names that mean this field
	weak     []string // folded names that may mean it
}

// Entry says what a column of a file becomes.
type Entry struct {
	Column string `json:"column" maxLength:"4000"`
	Field  string `json:"field" maxLength:"200" doc:"canonical field, empty for a further column of its own name, - for not loaded"`
}

// Fields lists the canonical fields of a table; none for a free one.
func Fields(table string) []Field {
	switch table {
	case Events:
		return eventFields
	case Orders:
		return orderFields
	case Tickets:
		return ticketFields
	}
	return nil
}

// FieldOf returns a field of a table.
func FieldOf(table, name string) (Field, bool) {
	for _, f := range Fields(table) {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// TableTitle names a table for people.
func TableTitle(table string) base.Text {
	switch table {
	case Events:
		return base.T("Ereignisse", "events")
	case Orders:
		return base.T("Aufträge", "orders")
	case Tickets:
		return base.T("Kundenanfragen", "tickets")
	}
	return base.T("Tabelle %s", "table %s", table)
}

// Fold reduces a name to small letters and digits, umlauts written out.
func Fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(name) {
		switch {
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 32)
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteString(umlauts[r])
		}
	}
	return b.String()
}

var umlauts = map[rune]string{'ä': "ae", 'ö': "oe", 'ü': "ue", 'Ä': "ae", 'Ö': "oe", 'Ü': "ue", 'ß': "ss", 'é': "e", 'è': "e", 'ê': "e", 'á': "a", 'à': "a", 'ç': "c", 'ñ': "n", 'ó': "o", 'ô': "o", 'í': "i", 'ú': "u", 'ã': "a", 'õ': "o"}

// words cuts a name into folded words at everything that is no letter or digit and where a small letter meets a large.
func words(name string) []string {
	var out []string
	var cur strings.Builder
	flush := func() {
		if cur.Len() > 0 {
			out = append(out, cur.String())
			cur.Reset()
		}
	}
	small := false
	for _, r := range name {
		f := Fold(string(r))
		upper := r >= 'A' && r <= 'Z' || strings.ContainsRune("ÄÖÜ", r)
		if f == "" || upper && small {
			flush()
		}
		cur.WriteString(f)
		small = f != "" && !upper
	}
	flush()
	return out
}

// Snake is the name that a further column gets in the lake: small letters, digits and underscores.
func Snake(name string) string {
	name = strings.TrimPrefix(name, "case:")
	s := strings.Join(words(name), "_")
	switch {
	case s == "":
		return "spalte"
	case s[0] >= '0' && s[0] <= '9':
		return "n_" + s
	}
	return s
}
