package register

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// mostOfAll is how many records of one kind All reads.
const mostOfAll = 20_000

// Typed is a record with its value as a Go type.
type Typed[T any] struct {
	record.Doc
	Value T
}

// All reads every record of a kind that the one who asks may read, by id; nothing where there is no such kind. A kind
// with more than can be looked at in one go is refused.
func All[T any](ctx context.Context, s *Service, kind string, where ...record.Condition) ([]Typed[T], error) {
	def, ok := s.records.Def(kind)
	if !ok {
		return nil, nil
	}
	scope, err := s.Scope(ctx, def)
	if err != nil {
		return nil, err
	}
	out := []Typed[T]{}
	for q := (record.Query{Scope: scope, Where: where, Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}}); ; {
		page, err := s.records.Find(ctx, def, q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			v, err := record.As[T](doc.Value)
			if err != nil {
				return nil, err
			}
			out = append(out, Typed[T]{doc, v})
		}
		if len(out) > mostOfAll {
			return nil, base.Fail(base.TooLarge, "too_many_records", base.T("Mehr als %d Einträge eines Registers lassen sich nicht auf einmal betrachten.", "More than %d records of a register cannot be looked at in one go.", mostOfAll))
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}
