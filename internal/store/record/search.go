package record

import (
	"context"

	"lotse.dev/lotse/internal/store/database/query"
)

// Hit is a record that a question found.
type Hit struct {
	Kind, ID, Heading string
}

// mostHits is how many records one question answers.
const mostHits = 200

// Search finds records of several kinds by their words, best first; words of the heading count four times. scopes
// names the kinds that may be searched and what the reader may see of each.
func (s *Store) Search(ctx context.Context, question string, scopes map[string]Scope, limit int) ([]Hit, error) {
	found := match(question)
	if found == "" || len(scopes) == 0 {
		return []Hit{}, nil
	}
	limit = min(max(limit, 1), mostHits)
	var kinds []query.Expr
	for kind, scope := range scopes {
		if d, ok := s.Def(kind); ok && d.Fields != nil {
			kinds = append(kinds, query.And(query.Compare(query.Col("r.kind"), "=", query.Literal(kind)), s.visible(scope)))
		}
	}
	text, args := query.Select{
		Columns: []query.Expr{query.Raw("r.kind, r.id, r.payload")},
		From:    "record_text t JOIN record_words w ON w.doc = t.rowid JOIN record r ON r.kind = w.kind AND r.id = w.id",
		Where:   query.And(query.Raw("t.record_text MATCH ?", found), query.Or(kinds...)),
		Order:   []query.Order{{By: query.Raw("bm25(record_text, 4.0, 1.0)")}, {By: query.Col("r.id")}},
		Limit:   limit,
	}.SQL(s.dialect)
	rows, err := s.db.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Hit{}
	for rows.Next() {
		var h Hit
		var payload string
		if err := rows.Scan(&h.Kind, &h.ID, &payload); err != nil {
			return nil, err
		}
		d, _ := s.Def(h.Kind)
		h.Heading = d.headingOf(payload, h.ID)
		out = append(out, h)
	}
	return out, rows.Err()
}

func (d *Def) headingOf(payload, id string) string {
	doc, err := decodeObject([]byte(payload))
	if name, _ := doc[d.headingName()].(string); err == nil && name != "" {
		return name
	}
	return id
}

func (s *Store) headings(ctx context.Context, d *Def, ids []string, into map[string]string) error {
	text, args := query.Select{Columns: []query.Expr{query.Raw("r.id, r.payload")}, From: "record r",
		Where: query.And(query.Compare(query.Col("r.kind"), "=", query.Literal(d.Name)), query.In(query.Col("r.id"), query.Strings(ids)...))}.SQL(s.dialect)
	rows, err := s.db.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, payload string
		if err := rows.Scan(&id, &payload); err != nil {
			return err
		}
		into[id] = d.headingOf(payload, id)
	}
	return rows.Err()
}
