package register

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/text/currency"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// finder finds records by name for the rows of a file, among them those of the file itself.
type finder struct {
	*words
	i        *importing
	found    map[string]foundID
	currency string // that the title of the column names
}

// Currency is that of the column's title, such as Budget (USD), otherwise that of the instance.
func (f *finder) Currency() string { return cmp.Or(f.currency, f.words.Currency()) }

var currencyWord = regexp.MustCompile(`(?:^|[^\p{L}])(\p{Lu}{3}|€)(?:[^\p{L}]|$)`)

// titledCurrency is the currency that a title names, "" when it names none.
func titledCurrency(title string) string {
	for _, word := range currencyWord.FindAllStringSubmatch(title, -1) {
		if word[1] == "€" {
			return "EUR"
		}
		if unit, err := currency.ParseISO(word[1]); err == nil {
			return unit.String()
		}
	}
	return ""
}

type foundID struct {
	id  string
	err error
}

// Find reads a name or an id.
func (f *finder) Find(kind, name string) (string, error) {
	key := kind + "/" + name
	if have, ok := f.found[key]; ok {
		return have.id, have.err
	}
	id, err := f.words.Find(kind, name)
	if err != nil && kind == f.i.d.Name {
		if inFile, ok := f.inFile(name); ok {
			id, err = inFile, nil
		}
	}
	f.found[key] = foundID{id, err}
	return id, err
}

func (f *finder) inFile(name string) (string, bool) {
	if at := strings.LastIndex(name, " ["); at > 0 && strings.HasSuffix(name, "]") {
		if d := f.i.byID[name[at+2:len(name)-1]]; d != nil {
			return d.id, true
		}
	}
	if d := f.i.byID[name]; d != nil {
		return d.id, true
	}
	if list := f.i.byName[field.Fold(name)]; len(list) == 1 {
		return list[0].id, true
	}
	return "", false
}

// pointsAt lists the records of the same kind that a document names, by field.
func pointsAt(kind string, fields []field.Field, doc map[string]any, see func(f *field.Field, id string)) {
	for n := range fields {
		f := &fields[n]
		v := doc[f.Name]
		if f.Type == field.TypeTable {
			rows, _ := v.([]any)
			for _, row := range rows {
				values, _ := row.(map[string]any)
				pointsAt(kind, f.Fields, values, func(_ *field.Field, id string) { see(f, id) })
			}
			continue
		}
		if f.Target() != kind {
			continue
		}
		list, many := v.([]any)
		if !many {
			list = []any{v}
		}
		for _, item := range list {
			if id, ok := item.(string); ok {
				see(f, id)
			}
		}
	}
}

// ordered are the drafts so that what a row names comes before it. New records that name each other in a circle are
// refused.
func (i *importing) ordered() []*draft {
	var out []*draft
	state := map[*draft]int{} // 1 on the way, 2 done
	var visit func(d *draft)
	visit = func(d *draft) {
		state[d] = 1
		pointsAt(i.d.Name, i.d.Fields, d.doc, func(f *field.Field, id string) {
			to := i.byID[id]
			switch {
			case to == nil || to == d:
			case state[to] == 0:
				visit(to)
			case state[to] == 1 && to.have == nil:
				i.fail(d, ImportError{Field: f.Name, Text: base.T("Das führt im Kreis zu diesem Eintrag zurück.", "This leads in a circle back to this record.")})
			}
		})
		state[d] = 2
		out = append(out, d)
	}
	for _, d := range i.drafts {
		if state[d] == 0 {
			visit(d)
		}
	}
	return out
}
