package register

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// words names and finds what a reader may read, for texts of tables, exports and imports; it remembers what it looked up.
type words struct {
	ctx   context.Context
	s     *Service
	r     reader
	known map[string]string

	currency string // of amounts without one, asked for when the first comes
}

func (s *Service) words(ctx context.Context, r reader) *words {
	return &words{ctx: ctx, s: s, r: r, known: map[string]string{}}
}

// Lang is the language of the reader.
func (w *words) Lang() base.Lang { return base.LangOf(w.ctx) }

// Currency is that of the instance.
func (w *words) Currency() string {
	if w.currency == "" {
		w.currency = "EUR"
		if w.s.imports.Currency != nil {
			if code, err := w.s.imports.Currency(w.ctx); err == nil && code != "" {
				w.currency = code
			}
		}
	}
	return w.currency
}

// Name is the heading of a record, with its id in brackets when another live record has the same.
func (w *words) Name(kind, id string) string {
	if name, ok := w.known[kind+"/"+id]; ok {
		return name
	}
	name := id
	if d, ok := w.s.records.Def(kind); ok {
		if headings, err := w.s.visible(w.ctx, w.r, d, []string{id}); err == nil && headings[id] != "" {
			name = headings[id]
			if found, err := w.find(d, name); err == nil && len(found) > 1 {
				name += " [" + id + "]"
			}
		}
	}
	w.known[kind+"/"+id] = name
	return name
}

// titled are the words of a history, which is only read.
type titled struct{ *words }

// Title is what people call something outside of the records, its name where nothing is known of it.
func (t titled) Title(vocabulary, name string) string {
	if known := t.s.titles[vocabulary]; known != nil {
		if title, err := known(t.ctx, name); err == nil {
			return title.In(t.Lang())
		}
	}
	return name
}

// Find reads what Name wrote, or an id.
func (w *words) Find(kind, name string) (string, error) {
	d, ok := w.s.records.Def(kind)
	if !ok {
		return name, nil
	}
	found, err := w.find(d, name)
	if err != nil {
		return "", err
	}
	if i := strings.LastIndex(name, " ["); len(found) == 0 && i > 0 && strings.HasSuffix(name, "]") && field.ValidID(name[i+2:len(name)-1]) {
		name = name[i+2 : len(name)-1] // brackets that belong to no name hold the id
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if headings, err := w.s.visible(w.ctx, w.r, d, []string{name}); err == nil && len(headings) == 1 {
			return name, nil
		}
		return "", base.Fail(base.Refused, "not_found", base.T("%s „%s“ gibt es nicht.", "%s “%s” does not exist.", d.One, name))
	}
	return "", base.Fail(base.Refused, "ambiguous", base.T("%s „%s“ gibt es mehrmals; setzen Sie die Kennung in eckige Klammern dahinter.",
		"There are several of %s “%s”; put the id in square brackets behind it.", d.One, name))
}

func (w *words) find(d *record.Def, name string) ([]string, error) {
	page, err := w.s.records.Find(w.ctx, d, record.Query{Scope: w.r.scope(d), Limit: 3,
		Where: []record.Condition{{Field: d.Heading().Name, Op: "eq", Values: []string{name}}}})
	if err != nil {
		return nil, err
	}
	var exact []string
	for _, doc := range page.Items {
		exact = append(exact, doc.ID)
	}
	return exact, nil
}

func keyText(v any) string {
	switch x := v.(type) {
	case []byte:
		return string(x)
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// cutPath parts the path of a reference inside a table, rows[2].owner, into the table and the rest.
func cutPath(path string) (name, rest string, inside bool) {
	return strings.Cut(path, "[")
}
