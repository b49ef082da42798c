package record

import (
	"encoding/json"
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// keys is what the database filters and sorts by.
func (d *Def) keys(doc map[string]any) (string, error) {
	out := map[string]any{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if v := doc[f.Name]; v != nil && !bulky(f) {
			if k := f.Of().Key(f, v); k != nil {
				out[f.Name] = k
			}
		}
	}
	raw, err := json.Marshal(out)
	return string(raw), err
}

// bulky is a private text of the size of a file: nobody may ask for it, so that no key of it is kept.
func bulky(f *field.Field) bool { return f.Private && f.Longest > 20_000 }

// reference is one place of a document that points at a record.
type reference struct {
	path, kind, id, tie string
}

// references lists where a document points, each target once per path.
func references(fields []field.Field, doc map[string]any, at string) []reference {
	var out []reference
	for i := range fields {
		f := &fields[i]
		v := doc[f.Name]
		if f.Type == field.TypeTable {
			rows, _ := v.([]any)
			for n, row := range rows {
				values, _ := row.(map[string]any)
				out = append(out, references(f.Fields, values, fmt.Sprintf("%s%s[%d].", at, f.Name, n))...)
			}
			continue
		}
		to := f.Target()
		if to == "" || v == nil {
			continue
		}
		tie := ""
		switch {
		case f.Owner:
			tie = "owner"
		case f.Team:
			tie = "team"
		}
		list, many := v.([]any)
		if !many {
			list = []any{v}
		}
		for _, id := range list {
			if s, ok := id.(string); ok {
				out = append(out, reference{at + f.Name, to, s, tie})
			}
		}
	}
	return out
}

// relate brings links and words of a record up to date and refuses references that do not hold.
func (b *Batch) relate(d *Def, id string, deleted bool, doc map[string]any) error {
	if _, err := b.tx.Exec(`DELETE FROM record_link WHERE kind = ? AND id = ?`, d.Name, id); err != nil {
		return err
	}
	if !deleted {
		if err := b.link(d, id, doc); err != nil {
			return err
		}
	}
	return b.spell(d, id, deleted, doc)
}

func (b *Batch) link(d *Def, id string, doc map[string]any) error {
	var e field.Errors
	for _, r := range references(d.Fields, doc, "") {
		ok, err := b.live(r.kind, r.id)
		if err != nil {
			return err
		}
		if !ok {
			e.Add(r.path, noReference(r.id))
			continue
		}
		if err := b.insertLink(d, id, r); err != nil {
			return err
		}
	}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Unique && doc[f.Name] != nil {
			if err := b.unique(d, f, id, doc, &e); err != nil {
				return err
			}
		}
		if f.Target() == d.Name && doc[f.Name] != nil {
			if err := b.acyclic(d, f, id, &e); err != nil {
				return err
			}
		}
	}
	if len(e.List()) > 0 {
		return invalid(e.List())
	}
	return nil
}

func (b *Batch) insertLink(d *Def, id string, r reference) error {
	_, err := b.tx.Exec(`INSERT INTO record_link(kind, id, field, to_kind, to_id, tie) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
		d.Name, id, r.path, r.kind, r.id, r.tie)
	return err
}

func (b *Batch) live(kind, id string) (bool, error) {
	var n int
	err := b.tx.QueryRow(`SELECT count(*) FROM record WHERE kind = ? AND id = ? AND deleted = 0`, kind, id).Scan(&n)
	return n > 0, err
}

func (b *Batch) unique(d *Def, f *field.Field, id string, doc map[string]any, e *field.Errors) error {
	var n int
	err := b.tx.QueryRow(`SELECT count(*) FROM record WHERE kind = '`+d.Name+`' AND deleted = 0 AND `+b.s.dialect.Key("keys", f.Name, false)+` = ? AND id <> ?`,
		f.Of().Key(f, doc[f.Name]), id).Scan(&n)
	if err == nil && n > 0 {
		e.Add(f.Name, valueTaken)
	}
	return err
}

// acyclic refuses a chain of references within a kind that leads back to its start: a unit above itself, an
// initiative that waits for itself.
func (b *Batch) acyclic(d *Def, f *field.Field, id string, e *field.Errors) error {
	var n int
	err := b.tx.QueryRow(`WITH RECURSIVE reached(id) AS (
			SELECT to_id FROM record_link WHERE kind = ?1 AND id = ?2 AND field = ?3 AND to_kind = ?1
			UNION SELECT l.to_id FROM record_link l JOIN reached r ON l.id = r.id WHERE l.kind = ?1 AND l.field = ?3 AND l.to_kind = ?1)
		SELECT count(*) FROM reached WHERE id = ?2`, d.Name, id, f.Name).Scan(&n)
	if err == nil && n > 0 {
		e.Add(f.Name, circular)
	}
	return err
}

// namedReferences is how many pointing records a refusal names.
const namedReferences = 5

// unreferenced refuses the deletion of what live records point at, and names them.
func (b *Batch) unreferenced(d *Def, id string) error {
	rows, err := b.tx.Query(`SELECT DISTINCT l.kind, l.id FROM record_link l WHERE l.to_kind = ? AND l.to_id = ? AND NOT (l.kind = ? AND l.id = ?)
		ORDER BY l.kind, l.id`, d.Name, id, d.Name, id)
	if err != nil {
		return err
	}
	defer rows.Close()
	var de, en []string
	n := 0
	for rows.Next() {
		var kind, from string
		if err := rows.Scan(&kind, &from); err != nil {
			return err
		}
		if n++; n > namedReferences {
			continue
		}
		one, name := base.T(kind, kind), from
		if other, ok := b.s.Def(kind); ok {
			one = other.One
			name = b.heading(other, from)
		}
		de, en = append(de, one.De+" „"+name+"“"), append(en, one.En+" “"+name+"”")
	}
	if err := rows.Err(); err != nil || n == 0 {
		return err
	}
	if n > namedReferences {
		de, en = append(de, "…"), append(en, "…")
	}
	return base.Fail(base.Conflict, "still_referenced", base.Text{
		De: d.title().De + " wird noch gebraucht (" + base.FormatInt(int64(n), base.German) + "): " + strings.Join(de, ", ") + ".",
		En: d.title().En + " is still needed (" + base.FormatInt(int64(n), base.English) + "): " + strings.Join(en, ", ") + "."}).
		WithHint(base.T("Ändern Sie zuerst diese Einträge.", "Change these records first."))
}

func (b *Batch) heading(d *Def, id string) string {
	var payload string
	if err := b.tx.QueryRow(`SELECT payload FROM record WHERE kind = ? AND id = ?`, d.Name, id).Scan(&payload); err != nil {
		return id
	}
	return d.headingOf(payload, id)
}
