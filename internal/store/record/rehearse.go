package record

import (
	"context"
	"database/sql"
	"errors"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// Rehearsal says of a row of documents of one kind what Batch.Put would say of each, as if those before it had been
// written. It only reads: nobody waits for it.
type Rehearsal struct {
	s       *Store
	d       *Def
	put     map[string]map[string]any // by id
	holders map[string]string         // field and key of a unique value to the id that has it
}

// Rehearse begins with what is there.
func (s *Store) Rehearse(d *Def) *Rehearsal {
	return &Rehearsal{s: s, d: d, put: map[string]map[string]any{}, holders: map[string]string{}}
}

// Put answers the record that would be there, or why it would not.
func (r *Rehearsal) Put(ctx context.Context, id string, ifVersion int, doc map[string]any) (Doc, error) {
	clean, raw, err := r.d.Check(doc)
	if err != nil {
		return Doc{}, err
	}
	have, err := r.s.headOf(ctx, r.d.Name, id)
	if err != nil {
		return Doc{}, err
	}
	if err := r.d.matches(have, id, ifVersion); err != nil {
		return Doc{}, err
	}
	if have.version > 0 && !have.deleted && have.payload == string(raw) {
		return have.kept(id, content{raw, clean}).Doc, nil
	}
	if err := r.d.Changeable(have.approved); err != nil {
		return Doc{}, err
	}
	if err := r.relate(ctx, id, clean); err != nil {
		return Doc{}, err
	}
	r.keep(id, clean)
	have.version++
	return have.kept(id, content{raw, clean}).Doc, nil
}

func (r *Rehearsal) keep(id string, doc map[string]any) {
	before := r.put[id]
	r.put[id] = doc
	for i := range r.d.Fields {
		f := &r.d.Fields[i]
		if !f.Unique {
			continue
		}
		if before[f.Name] != nil {
			delete(r.holders, holder(f, before))
		}
		if doc[f.Name] != nil {
			r.holders[holder(f, doc)] = id
		}
	}
}

func holder(f *field.Field, doc map[string]any) string {
	key, _ := f.Of().Key(f, doc[f.Name]).(string)
	return f.Name + "\x00" + key
}

func (r *Rehearsal) relate(ctx context.Context, id string, doc map[string]any) error {
	var e field.Errors
	for _, ref := range references(r.d.Fields, doc, "") {
		if ref.kind == r.d.Name && (r.put[ref.id] != nil || ref.id == id) {
			continue
		}
		to, err := r.s.headOf(ctx, ref.kind, ref.id)
		if err != nil {
			return err
		}
		if to.version == 0 || to.deleted {
			e.Add(ref.path, noReference(ref.id))
		}
	}
	for i := range r.d.Fields {
		f := &r.d.Fields[i]
		if doc[f.Name] == nil {
			continue
		}
		if f.Unique {
			taken, err := r.taken(ctx, f, id, doc)
			if err != nil {
				return err
			}
			if taken {
				e.Add(f.Name, valueTaken)
			}
		}
		if f.Target() == r.d.Name {
			circle, err := r.leadsBack(ctx, f, id, doc)
			if err != nil {
				return err
			}
			if circle {
				e.Add(f.Name, circular)
			}
		}
	}
	if len(e.List()) > 0 {
		return invalid(e.List())
	}
	return nil
}

// taken says whether another record has a unique value.
func (r *Rehearsal) taken(ctx context.Context, f *field.Field, id string, doc map[string]any) (bool, error) {
	if by, ok := r.holders[holder(f, doc)]; ok && by != id {
		return true, nil
	}
	var by string
	err := r.s.db.Read().QueryRowContext(ctx, `SELECT id FROM record WHERE kind = '`+r.d.Name+`' AND deleted = 0 AND `+r.s.dialect.Key("keys", f.Name, false)+` = ? AND id <> ?`,
		f.Of().Key(f, doc[f.Name]), id).Scan(&by)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil && r.put[by] == nil, err // who was rehearsed has another value by now
}

// leadsBack says whether a chain of references within the kind leads back to its start.
func (r *Rehearsal) leadsBack(ctx context.Context, f *field.Field, id string, doc map[string]any) (bool, error) {
	seen := map[string]bool{}
	next := targets(f, doc)
	for len(next) > 0 {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		if at == id {
			return true, nil
		}
		if seen[at] {
			continue
		}
		seen[at] = true
		further := targets(f, r.put[at])
		if r.put[at] == nil {
			var err error
			if further, err = r.s.linked(ctx, r.d.Name, at, f.Name); err != nil {
				return false, err
			}
		}
		next = append(next, further...)
	}
	return false, nil
}

// targets are the records of its own kind that a field names.
func targets(f *field.Field, doc map[string]any) []string {
	var out []string
	list, many := doc[f.Name].([]any)
	if !many {
		list = []any{doc[f.Name]}
	}
	for _, item := range list {
		if id, ok := item.(string); ok {
			out = append(out, id)
		}
	}
	return out
}

// linked are the records of its own kind at which the field of a kept record points.
func (s *Store) linked(ctx context.Context, kind, id, name string) ([]string, error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT to_id FROM record_link WHERE kind = ? AND id = ? AND field = ? AND to_kind = ?`, kind, id, name, kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var to string
		if err := rows.Scan(&to); err != nil {
			return nil, err
		}
		out = append(out, to)
	}
	return out, rows.Err()
}

var (
	valueTaken = base.T("Diesen Wert hat schon ein anderer Eintrag.", "Another record already has this value.")
	circular   = base.T("Das führt im Kreis zu diesem Eintrag zurück.", "This leads in a circle back to this record.")
)

func noReference(id string) base.Text {
	return base.T("„%s“ gibt es nicht oder nicht mehr.", "“%s” does not exist or no longer does.", id)
}
