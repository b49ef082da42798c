package register

import (
	"context"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// rehearse finds out what becomes of each row, by all rules of its kind. It only reads, so that nobody waits.
func (i *importing) rehearse(ctx context.Context, done func(rows int)) error {
	stage := i.s.records.Rehearse(i.d)
	for n, d := range i.ordered() {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := i.put(d, func(version int) (record.Doc, error) { return stage.Put(ctx, d.id, version, d.doc) })
		if err != nil {
			return err
		}
		done(n + 1)
	}
	return nil
}

// write puts the rows that fit in one transaction. What somebody else has changed since the rehearsal is found by the
// same rules; with more rows that do not fit than the user allowed nothing is kept.
func (i *importing) write(ctx context.Context) ([]Event, error) {
	if i.counts().Refused > i.Refused {
		return nil, i.refusal()
	}
	order := slices.DeleteFunc(i.ordered(), func(d *draft) bool { return d.refused || d.action() == "same" })
	var events []Event
	err := i.s.records.Write(ctx, func(b *record.Batch) error {
		for _, d := range order {
			if err := ctx.Err(); err != nil {
				return err
			}
			err := i.put(d, func(version int) (kept record.Doc, err error) {
				err = b.Try(func() error {
					kept, err = b.Put(i.d, d.id, version, d.doc, i.r.By())
					return err
				})
				return kept, err
			})
			if err != nil {
				return err
			}
			if d.refused {
				continue
			}
			e := Event{Def: i.d, Before: d.have, After: *d.after, Action: "create", By: i.r.Principal}
			if d.have != nil {
				e.Action = "update"
			}
			events = append(events, e)
		}
		if i.counts().Refused > i.Refused {
			return i.refusal()
		}
		return nil
	})
	return events, err
}

// put hands a row to whoever keeps it, by the version that the file has seen, and notes why it does not fit.
func (i *importing) put(d *draft, keep func(version int) (record.Doc, error)) error {
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
	kept, err := keep(version)
	if err == nil {
		d.after = &kept
	}
	return i.note(d, err)
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
