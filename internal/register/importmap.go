package register

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/store/record/field"
)

// idField is the name under which a column holds the id of the record.
const idField = "id"

// noKey says that every row is a new record.
const noKey = "-"

// own says whether a file was written by an export of this kind: every column has a title of it, in one language.
func (i *importing) own(columns []string) bool {
	return i.ownIn(columns, base.German) || i.ownIn(columns, base.English)
}

func (i *importing) ownIn(columns []string, l base.Lang) bool {
	for _, name := range columns {
		if _, ok := i.titled(sheet.Rearm(name), l); !ok {
			return false
		}
	}
	return len(columns) > 0
}

// titled finds the column of an export by its title.
func (i *importing) titled(title string, l base.Lang) (string, bool) {
	title, name, named := strings.Cut(title, " (")
	for _, c := range i.all() {
		if c.title.In(l) == title && (!named || c.name+")" == name) || c.title.In(l) == title+" ("+name {
			return c.name, true
		}
	}
	return "", false
}

func (i *importing) all() []tableColumn {
	var out []tableColumn
	for n := range i.d.Fields {
		f := &i.d.Fields[n]
		out = append(out, tableColumn{f.Name, f.Title, f})
	}
	for _, s := range systemColumns {
		out = append(out, tableColumn{s.name, s.title, nil})
	}
	return out
}

// settle finds out the columns, the language of the numbers and the key.
func (i *importing) settle(ctx context.Context) error {
	i.propose()
	if err := i.override(); err != nil {
		return err
	}
	for n, c := range i.columns {
		if c.Field != "" {
			i.place[c.Field] = n
		}
	}
	if len(i.place) == 0 || len(i.place) == 1 && i.has(idField) {
		return base.Fail(base.Refused, "no_column_fits", base.T("Keine Spalte der Datei passt zu einem Feld: %s.", "No column of the file fits a field: %s.", strings.Join(i.table.Columns, ", "))).
			WithHint(base.T("Ordnen Sie die Spalten den Feldern zu.", "Map the columns to the fields."))
	}
	if i.Numbers == "" {
		i.Numbers = i.language(ctx).String()
	}
	return i.settleKey()
}

func (i *importing) has(name string) bool { _, ok := i.place[name]; return ok }

func (i *importing) propose() {
	taken := map[string]bool{}
	i.columns = make([]ImportColumn, len(i.table.Columns))
	for n, name := range i.table.Columns {
		c := ImportColumn{Name: name, Samples: i.samples(n)}
		c.Field, c.Reason = i.guess(sheet.Rearm(name))
		if c.Field != "" && taken[c.Field] {
			c.Field, c.Reason = "", base.T("eine andere Spalte füllt das Feld schon", "another column fills the field already")
		}
		taken[c.Field] = true
		i.columns[n] = c
	}
}

func (i *importing) samples(n int) []string {
	out := []string{}
	for _, row := range i.table.Rows {
		if text := strings.TrimSpace(row.Cells[n].Text); text != "" {
			if out = append(out, shorten(text)); len(out) == 3 {
				break
			}
		}
	}
	return out
}

// guess proposes a field for a column by its name.
func (i *importing) guess(name string) (string, base.Text) {
	for _, l := range []base.Lang{base.German, base.English} {
		if found, ok := i.titled(name, l); ok {
			return i.usable(found, base.T("Titel des Feldes", "title of the field"))
		}
	}
	for _, c := range i.all() {
		if c.name == name {
			return i.usable(c.name, base.T("Name des Feldes", "name of the field"))
		}
	}
	for _, c := range i.all() {
		for _, other := range []string{c.title.De, c.title.En, c.name} {
			if squeeze(other) == squeeze(name) {
				return i.usable(c.name, base.T("fast wie der Titel „%s“", "almost like the title “%s”", c.title))
			}
		}
	}
	for _, c := range i.all() { // Termin (fällig), Budget in EUR
		for _, other := range []string{c.title.De, c.title.En} {
			if first, _, more := strings.Cut(name, " "); more && len(other) > 3 && squeeze(first) == squeeze(other) {
				return i.usable(c.name, base.T("beginnt wie der Titel „%s“", "begins like the title “%s”", c.title))
			}
		}
	}
	return "", base.T("kein Feld heißt so", "no field has this name")
}

// squeeze leaves letters and digits without case and accents.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, field.Fold(s))
}

// usable leaves out what no file decides.
func (i *importing) usable(name string, reason base.Text) (string, base.Text) {
	f, ok := field.Find(i.d.Fields, name)
	switch {
	case ok && f.Computed:
		return "", base.T("das Feld wird berechnet", "the field is computed")
	case !ok && name != idField:
		return "", base.T("das hält Lotse selbst fest", "Lotse keeps this itself")
	}
	return name, reason
}

// override lays what the user says over the proposal.
func (i *importing) override() error {
	for _, pair := range i.Map {
		name, column, ok := strings.Cut(pair, "=")
		f, known := field.Find(i.d.Fields, name)
		if !ok || !known && name != idField || known && f.Computed {
			return base.Fail(base.Usage, "map_unreadable", base.T("„%s“ ist keine Zuordnung wie feld=Spalte.", "“%s” is no mapping such as field=column.", pair))
		}
		at := slices.Index(i.table.Columns, column)
		if at < 0 && column != "" {
			return base.Fail(base.Refused, "column_unknown", base.T("Die Spalte „%s“ gibt es in der Datei nicht.", "The file has no column “%s”.", column)).
				WithHint(base.T("Vorhanden sind: %s.", "There are: %s.", strings.Join(i.table.Columns, ", ")))
		}
		for n := range i.columns {
			if i.columns[n].Field == name && n != at {
				i.columns[n].Field, i.columns[n].Reason = "", base.T("nicht gewählt", "not chosen")
			}
		}
		if at >= 0 && i.columns[at].Field != name {
			i.columns[at].Field, i.columns[at].Reason = name, base.T("gewählt", "chosen")
		}
	}
	return nil
}

// language is the one of the titles, otherwise the one that reads more of the numbers, otherwise the reader's.
func (i *importing) language(ctx context.Context) base.Lang {
	de, en := i.ownIn(i.table.Columns, base.German), i.ownIn(i.table.Columns, base.English)
	switch {
	case de && !en:
		return base.German
	case en && !de:
		return base.English
	}
	reads := map[base.Lang]int{}
	for name, at := range i.place {
		f, ok := field.Find(i.d.Fields, name)
		if !ok || f.Of().Class() != field.Numeric || f.Type == field.TypeTable {
			continue
		}
		for _, row := range i.table.Rows {
			figure, _, _ := strings.Cut(strings.TrimSpace(row.Cells[at].Text), " ")
			if row.Cells[at].Kind == format.Number || !strings.ContainsAny(figure, ".,") {
				continue
			}
			for _, l := range []base.Lang{base.German, base.English} {
				if _, err := field.ParseNumber(strings.Trim(figure, "€%"), l); err == nil {
					reads[l]++
				}
			}
		}
	}
	switch {
	case reads[base.German] > reads[base.English]:
		return base.German
	case reads[base.German] < reads[base.English]:
		return base.English
	}
	return base.LangOf(ctx)
}

// keys are the mapped fields by which a row can find its record.
func (i *importing) keys() []string {
	out := []string{}
	if i.has(idField) {
		out = append(out, idField)
	}
	for n := range i.d.Fields {
		if f := &i.d.Fields[n]; (f.Unique || f.Heading) && !f.Private && i.has(f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

func (i *importing) settleKey() error {
	keys := i.keys()
	if i.Key == "" {
		i.Key = noKey
		for _, name := range keys {
			if f, ok := field.Find(i.d.Fields, name); !ok || f.Unique {
				i.Key = name
				break
			}
		}
	}
	if i.Key != noKey && !slices.Contains(keys, i.Key) {
		return base.Fail(base.Usage, "key_unknown", base.T("„%s“ kann kein Schlüssel sein.", "“%s” cannot be the key.", i.Key)).
			WithHint(base.T("Schlüssel sind zugeordnete Felder: %s.", "Keys are mapped fields: %s.", strings.Join(append(keys, noKey), ", ")))
	}
	if i.Mode == "update" && i.Key == noKey {
		return base.Fail(base.Usage, "key_missing", base.T("Zum Ändern fehlt der Schlüssel, der den Eintrag findet.", "To update, a key must find the record.")).
			WithHint(base.T("Ordnen Sie die Kennung oder ein eindeutiges Feld zu.", "Map the id or a unique field."))
	}
	return nil
}
