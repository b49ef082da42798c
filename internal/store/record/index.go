package record

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// index makes the partial indexes that the kinds ask for and drops those that none does any more. Headings always
// have one, because lists are sorted by them.
func (s *Store) index(ctx context.Context, defs []*Def) error {
	have, err := s.indexes(ctx)
	if err != nil {
		return err
	}
	var missing []string
	for _, d := range defs {
		for i := range d.Fields {
			f := &d.Fields[i]
			if !f.Indexed && !f.Heading && !f.Unique {
				continue
			}
			name := fmt.Sprintf("record_key_%s_%s", d.Name, f.Name)
			if !have[name] {
				missing = append(missing, fmt.Sprintf(`CREATE INDEX IF NOT EXISTS %s ON record(%s, id) WHERE kind = '%s' AND deleted = 0`,
					name, s.dialect.Key("keys", f.Name, false), d.Name))
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		for _, text := range missing {
			if _, err := tx.Exec(text); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) indexes(ctx context.Context) (map[string]bool, error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'record\_key\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out[strings.TrimSpace(name)] = true
	}
	return out, rows.Err()
}
