package register

import (
	"context"
	"errors"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// write puts every row in one transaction, each by all rules of its kind. A dry run does the same and keeps nothing.
// Rows that do not fit are taken back; with more of them than the user allowed nothing is kept.
func (i *importing) write(ctx context.Context, dry bool) ([]Event, error) {
	order := i.ordered()
	var events []Event
	err := i.s.records.Write(ctx, func(b *record.Batch) error {
		for _, d := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := i.put(b, d); err != nil {
				return err
			}
			if d.refused || d.have != nil && d.have.Version == d.after.Version {
				continue
			}
			e := Event{Def: i.d, Before: d.have, After: *d.after, Action: "create", By: i.r.Principal}
			if d.have != nil {
				e.Action = "update"
			}
			events = append(events, e)
		}
		switch {
		case dry:
			return errRehearsed
		case i.counts().Refused > i.Refused:
			return i.refusal()
		}
		return nil
	})
	if dry && errors.Is(err, errRehearsed) {
		return nil, nil
	}
	return events, err
}

func (i *importing) put(b *record.Batch, d *draft) error {
	if d.doc == nil {
		return nil // refused before its fields were read
	}
	if d.refused { // the other fields may have errors, too
		_, _, err := i.d.Check(d.doc)
		return i.note(d, err)
	}
	version := record.New
	if d.have != nil {
		version = d.have.Version
	}
	return i.note(d, b.Try(func() error {
		kept, err := b.Put(i.d, d.id, version, d.doc, i.r.By())
		if err == nil {
			d.after = &kept
		}
		return err
	}))
}

// note keeps what is wrong with a row and returns what is no fault of the file.
func (i *importing) note(d *draft, err error) error {
	if err == nil {
		return nil
	}
	e := base.AsError(err)
	switch e.Kind {
	case base.Refused, base.Conflict, base.Usage, base.TooLarge, base.NotFound, base.Forbidden:
	default:
		return err
	}
	if e.Code == "stale_version" && d.have == nil {
		e = base.Fail(base.Conflict, "id_taken", base.T("Diese Kennung ist schon vergeben.", "This id is taken."))
	}
	if len(e.Fields) == 0 {
		i.fail(d, ImportError{Text: e.Text})
	}
	for _, f := range e.Fields {
		name := top(f.Field)
		if d.bad[name] {
			continue // said already
		}
		text := f.Text
		if name != f.Field {
			text = base.T("%s: %s", "%s: %s", i.inside(f.Field), text)
		}
		i.fail(d, ImportError{Field: name, Text: text})
	}
	return nil
}

// top is the field of a path such as rows[2].owner or budget.amount.
func top(path string) string {
	if at := strings.IndexAny(path, ".["); at > 0 {
		return path[:at]
	}
	return path
}

// inside says in words where in a table a path points.
func (i *importing) inside(path string) base.Text {
	name, rest, ok := cutPath(path)
	f, known := field.Find(i.d.Fields, name)
	number, column, _ := strings.Cut(rest, "].")
	if !ok || !known {
		_, part, _ := strings.Cut(path, ".")
		return base.T(part, part)
	}
	title := base.T(column, column)
	if c, found := field.Find(f.Fields, top(column)); found {
		title = c.Title
	}
	return base.T("Eintrag %s, %s", "entry %s, %s", count(number), title)
}

// count turns an index into a number as people count.
func count(index string) int {
	n := 0
	for _, r := range index {
		if r < '0' || r > '9' || n > 1_000_000 {
			return n
		}
		n = n*10 + int(r-'0')
	}
	return n + 1
}
