package register

import (
	"context"
	"maps"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/table"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// draft is one row as the record that it will be.
type draft struct {
	row     *table.Row
	id      string
	have    *record.Doc // nil for a new record
	doc     map[string]any
	bad     map[string]bool // fields that could not be read
	refused bool
	why     []base.Text // the first reasons
	after   *record.Doc // as written, in a dry run too
}

func (d *draft) action() string {
	switch {
	case d.refused || d.after == nil:
		return "refused"
	case d.have == nil:
		return "create"
	case d.after.Version == d.have.Version:
		return "same"
	}
	return "update"
}

// read makes drafts of the rows: first which record each is, then what each field becomes, because a row may name
// another one of the file.
func (i *importing) read(ctx context.Context) error {
	lines := map[string]int64{}
	for n := range i.table.Rows {
		d := &draft{row: &i.table.Rows[n], bad: map[string]bool{}}
		i.drafts = append(i.drafts, d)
		written, err := i.written(ctx, d)
		if err == nil && !written {
			err = i.identify(ctx, d)
		}
		if err != nil {
			return err
		}
		if d.id != "" && lines[d.id] > 0 {
			i.fail(d, ImportError{Field: i.Key, Text: base.T("Denselben Eintrag nennt schon Zeile %s.", "Line %s names the same record already.", lines[d.id])})
			continue
		}
		if d.id == "" {
			d.id = i.newID(d)
		}
		lines[d.id] = d.row.Line
		i.announce(d)
	}
	for _, d := range i.drafts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !d.refused && d.after == nil {
			i.fill(d)
		}
	}
	return nil
}

// newID is the id of a row's record if it is a new one.
func (i *importing) newID(d *draft) string {
	if i.first == "" {
		return base.NewID(i.s.clock())
	}
	return base.NextID(i.first, d.row.Line)
}

// written finds the record that this very import has made of a row already, when its job was broken off after it had
// written all rows and is repeated: the row changes nothing any more, whatever became of the record.
func (i *importing) written(ctx context.Context, d *draft) (bool, error) {
	if i.first == "" {
		return false, nil
	}
	have, err := i.s.records.Lookup(ctx, i.d, i.newID(d), i.r.scope(i.d))
	switch {
	case base.IsKind(err, base.NotFound):
		return false, nil
	case err != nil:
		return false, err
	}
	d.id, d.have, d.after = have.ID, &have, &have
	return true, nil
}

// announce lets other rows name the record of a row.
func (i *importing) announce(d *draft) {
	i.byID[d.id] = d
	if at, ok := i.place[i.d.Heading().Name]; ok {
		name := field.Fold(cellText(i.d.Heading(), d.row.Cells[at], i.w.Lang()))
		i.byName[name] = append(i.byName[name], d)
	}
}

// identify finds the record of a row and checks that the reader may write it.
func (i *importing) identify(ctx context.Context, d *draft) error {
	if d.row.More > 0 {
		i.fail(d, ImportError{Text: base.T("Die Zeile hat %s Werte mehr als die Kopfzeile Spalten.", "The row has %s more values than the header has columns.", d.row.More)})
		return nil
	}
	var err error
	switch {
	case i.Key == noKey:
	case i.Key == idField:
		err = i.byIDCell(ctx, d)
	default:
		err = i.byKeyCell(ctx, d)
	}
	if err != nil || d.refused {
		return err
	}
	create := d.have == nil
	switch {
	case create && i.Mode == "update":
		i.fail(d, ImportError{Field: i.Key, Text: base.T("Einen solchen Eintrag gibt es nicht.", "There is no such record.")})
	case !create && i.Mode == "create":
		i.fail(d, ImportError{Field: i.Key, Text: base.T("Diesen Eintrag gibt es schon.", "This record exists already.")})
	case create:
		i.permit(d, i.r.must(i.d, auth.Create, nil))
	default:
		i.permit(d, i.r.must(i.d, auth.Update, d.have.Value))
	}
	return nil
}

func (i *importing) permit(d *draft, err error) {
	if err != nil {
		i.fail(d, ImportError{Text: base.AsError(err).Text})
	}
}

func (i *importing) text(d *draft, name string) string {
	at, ok := i.place[name]
	if !ok {
		return ""
	}
	f, _ := field.Find(i.d.Fields, name)
	return cellText(f, d.row.Cells[at], i.w.Lang())
}

func (i *importing) byIDCell(ctx context.Context, d *draft) error {
	id := i.text(d, idField)
	if id == "" {
		return nil
	}
	if !field.ValidID(id) {
		i.fail(d, ImportError{Field: idField, Text: base.T("Eine Kennung hat höchstens 64 Buchstaben, Ziffern, Punkte und Striche.", "An id has at most 64 letters, digits, dots and dashes.")})
		return nil
	}
	d.id = id
	have, err := i.s.records.Lookup(ctx, i.d, id, i.r.scope(i.d))
	switch {
	case base.IsKind(err, base.NotFound):
		return nil
	case err != nil:
		return err
	case have.Deleted:
		i.fail(d, ImportError{Field: idField, Text: base.T("Dieser Eintrag ist gelöscht.", "This record is deleted.")})
		return nil
	}
	d.have = &have
	return nil
}

func (i *importing) byKeyCell(ctx context.Context, d *draft) error {
	f, _ := field.Find(i.d.Fields, i.Key)
	text := i.text(d, i.Key)
	if text == "" {
		return nil
	}
	v, err := f.Of().Parse(f, text, i.w)
	if err != nil {
		return nil // fill says so
	}
	page, err := i.s.records.Find(ctx, i.d, record.Query{Scope: i.r.scope(i.d), Limit: 2,
		Where: []record.Condition{{Field: i.Key, Op: "eq", Values: []string{keyText(f.Of().Key(f, v))}}}})
	if err != nil {
		return err
	}
	switch len(page.Items) {
	case 0:
	case 1:
		d.have, d.id = &page.Items[0], page.Items[0].ID
	default:
		i.fail(d, ImportError{Field: i.Key, Text: base.T("Mehrere Einträge haben diesen Wert; nehmen Sie die Kennung als Schlüssel.", "Several records have this value; take the id as key.")})
	}
	return nil
}

// fill reads the fields of a row.
func (i *importing) fill(d *draft) {
	d.doc = map[string]any{}
	hidden := d.have != nil && !i.r.may(i.d, auth.Private, d.have.Value)
	if d.have != nil {
		d.doc = maps.Clone(d.have.Value)
	}
	for n := range i.d.Fields {
		f := &i.d.Fields[n]
		if f.Computed {
			delete(d.doc, f.Name)
		}
		if at, mapped := i.place[f.Name]; mapped {
			i.w.currency = titledCurrency(i.table.Columns[at])
			i.fillField(d, f, d.row.Cells[at], f.Private && hidden)
		}
	}
}

func (i *importing) fillField(d *draft, f *field.Field, c table.Cell, hidden bool) {
	fail := func(text base.Text) {
		d.bad[f.Name] = true
		i.fail(d, ImportError{Field: f.Name, Text: text})
	}
	if c.Kind == format.Fault {
		fail(base.T("In der Zelle steht ein Fehler der Tabelle.", "The cell holds an error of the spreadsheet."))
		return
	}
	text, have := cellText(f, c, i.w.Lang()), d.doc[f.Name]
	if have != nil && !hidden && sameText(f.Of().Text(f, have, i.w), text) {
		return // as it was given out, so nothing is changed
	}
	switch {
	case hidden && text != "":
		fail(base.T("Dieses vertrauliche Feld dürfen Sie nicht ändern.", "You may not change this private field."))
	case hidden, text == "" && have == nil:
	case f.Managed:
		fail(base.T("Dieses Feld ändert sich nur durch seinen eigenen Schritt.", "This field changes by its own step only."))
	case text == "":
		delete(d.doc, f.Name)
	default:
		v, err := f.Of().Parse(f, text, i.w)
		if err != nil {
			fail(base.AsError(err).Text)
			return
		}
		d.doc[f.Name] = v
	}
}

// sameText compares a text of Lotse with one that a file brought back: line ends and blanks may have changed.
func sameText(a, b string) bool {
	plain := strings.NewReplacer("\r\n", "\n", "\u00a0", " ")
	return a == b || strings.TrimSpace(plain.Replace(a)) == strings.TrimSpace(plain.Replace(b))
}
