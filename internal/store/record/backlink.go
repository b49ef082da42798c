package record

import (
	"context"
)

// Backlink is a live record that points at another.
type Backlink struct {
	Kind, ID, Field string
}

// Backlinks lists what points at a record, by kind and id.
func (s *Store) Backlinks(ctx context.Context, kind, id string) ([]Backlink, error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT kind, id, field FROM record_link WHERE to_kind = ? AND to_id = ? ORDER BY kind, id, field LIMIT 500`, kind, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Backlink{}
	for rows.Next() {
		var l Backlink
		if err := rows.Scan(&l.Kind, &l.ID, &l.Field); err != nil {
			return nil, err
		}
		out = append(out, l)
	}
	return out, rows.Err()
}

// Headings names records of a kind; ids without a record are left out. A deleted record keeps its name.
func (s *Store) Headings(ctx context.Context, d *Def, ids []string) (map[string]string, error) {
	out := map[string]string{}
	const step = 500
	for len(ids) > 0 {
		part := ids[:min(step, len(ids))]
		ids = ids[len(part):]
		if err := s.headings(ctx, d, part, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}
