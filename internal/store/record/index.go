package record

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// index makes the partial indexes that the kinds ask for and drops those of the same kinds that none does any more.
// Headings always have one, because lists are sorted by them. The kind stands first in each: with it an index is a better
// way in than the primary key.
func (s *Store) index(ctx context.Context, defs []*Def) error {
	have, err := s.indexes(ctx)
	if err != nil {
		return err
	}
	var steps []string
	for _, d := range defs {
		for i := range d.Fields {
			f := &d.Fields[i]
			if !hasIndex(f) {
				continue
			}
			name := indexPrefix + d.Name + "__" + f.Name
			if !have[name] {
				steps = append(steps, fmt.Sprintf(`CREATE INDEX IF NOT EXISTS %s ON record(kind, %s, id) WHERE kind = '%s' AND deleted = 0`,
					name, s.dialect.Key("keys", f.Name, false), d.Name))
			}
			delete(have, name)
		}
	}
	for name := range have {
		if s.outdated(name) {
			steps = append(steps, `DROP INDEX IF EXISTS `+name)
		}
	}
	if len(steps) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		for _, text := range append(steps, shape...) {
			if _, err := tx.Exec(text); err != nil {
				return fmt.Errorf("%s: %w", text, err)
			}
		}
		return nil
	})
}

const indexPrefix = "record_key_"

// outdated says whether an index is of a kind that is announced and no longer asks for it.
func (s *Store) outdated(name string) bool {
	kind, fieldName, ok := strings.Cut(strings.TrimPrefix(name, indexPrefix), "__")
	d, known := s.Def(kind)
	if !ok {
		return true // named before kind and field were told apart
	}
	if !known {
		return false
	}
	return !d.indexed(fieldName)
}

// shape tells the planner what registers are like, once and for all: some thousand records of a kind, few of which share
// a value. Counted statistics would make the plans hang on the day on which they were counted.
var shape = []string{
	`PRAGMA analysis_limit = 1`,
	`ANALYZE record`, // makes the table of statistics, and readers look at it anew
	`DELETE FROM sqlite_stat1 WHERE tbl = 'record'`,
	`INSERT INTO sqlite_stat1(tbl, idx, stat) VALUES ('record', 'record', '100000 15000 1')`,
	`INSERT INTO sqlite_stat1(tbl, idx, stat) SELECT 'record', name, '20000 20000 40 1' FROM sqlite_schema WHERE type = 'index' AND name LIKE 'record\_key\_%' ESCAPE '\'`,
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
		out[name] = true
	}
	return out, rows.Err()
}
