package duckdb

import (
	"context"
	"sort"
	"strings"

	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// heldRows is the size up to which an answer is fetched at once, so that a slow reader of a small answer keeps no
// place among the heavy questions.
const heldRows = 8192

// Query answers one SELECT. Beside its own columns each relation has _load and _row, the load and the line in the
// source of every row.
func (s *Store) Query(ctx context.Context, q lake.Query) (lake.Rows, error) {
	relations := make(map[string]string, len(q.Tables))
	for name, d := range q.Tables {
		r, err := catalogue.At(ctx, s.db.Read(), d, q.Snapshot)
		if err != nil {
			return nil, err
		}
		relations[name] = "SELECT * FROM " + s.source(r.Files, relationFields(r.Columns))
	}
	return s.ask(ctx, q.SQL, relations, q.Args)
}

// ask runs a question over relations on a connection of its own.
func (e *engine) ask(ctx context.Context, o Options, sql string, relations map[string]string, args []any) (*rows, error) {
	c, err := e.connect()
	if err != nil {
		return nil, err
	}
	if err := c.check(ctx, sql, relations); err != nil {
		c.close()
		return nil, err
	}
	st, err := c.stream(ctx, o.QueryTime, withRelations(sql, relations), args...)
	if err != nil {
		c.close()
		return nil, err
	}
	st.own = true
	return &rows{stream: st}, nil
}

// relationFields are the columns of a relation as a question sees it.
func relationFields(columns []catalogue.Column) []field { return fieldsOf(columns, false, false) }

// withRelations puts the relations as common table expressions before a question, which may begin with WITH itself.
func withRelations(sql string, relations map[string]string) string {
	if len(relations) == 0 {
		return sql
	}
	names := make([]string, 0, len(relations))
	for name := range relations {
		names = append(names, name)
	}
	sort.Strings(names)
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = ident(name) + " AS NOT MATERIALIZED (" + relations[name] + ")"
	}
	head, rest := "WITH ", strings.TrimSpace(sql)
	if tail, ok := cutWord(rest, "WITH"); ok {
		rest = tail
		if tail, ok := cutWord(rest, "RECURSIVE"); ok {
			head, rest = "WITH RECURSIVE ", tail
		}
		return head + strings.Join(parts, ", ") + ", " + rest
	}
	return head + strings.Join(parts, ", ") + " " + rest
}

// cutWord cuts a keyword off the front.
func cutWord(sql, word string) (string, bool) {
	if len(sql) <= len(word) || !strings.EqualFold(sql[:len(word)], word) {
		return sql, false
	}
	switch sql[len(word)] {
	case ' ', '\t', '\n', '\r':
		return strings.TrimSpace(sql[len(word):]), true
	default:
		return sql, false
	}
}
