package register

import (
	"context"

	"lotse.dev/lotse/internal/store/record"
)

// mostIDs is how many values a condition compares with.
const mostIDs = 200

// visible names the records of a kind that the reader may read. A deleted one keeps its name for those who read all of
// the kind, and what is kept beside records is named for whoever sees the reference.
func (s *Service) visible(ctx context.Context, r reader, d *record.Def, ids []string) (map[string]string, error) {
	scope := r.scope(d)
	if scope.All || d.Hidden {
		return s.records.Headings(ctx, d, ids)
	}
	out := map[string]string{}
	for len(ids) > 0 {
		part := ids[:min(mostIDs, len(ids))]
		ids = ids[len(part):]
		page, err := s.records.Find(ctx, d, record.Query{Scope: scope, Limit: record.MaxPage, Where: []record.Condition{{Field: "id", Op: "eq", Values: part}}})
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			out[doc.ID], _ = doc.Value[d.Heading().Name].(string)
		}
	}
	return out, nil
}

// Visible names the records of a kind that the one who asks may read; for an unknown kind there is none.
func (s *Service) Visible(ctx context.Context, kind string, ids []string) (map[string]string, error) {
	d, ok := s.records.Def(kind)
	if !ok {
		return map[string]string{}, nil
	}
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	return s.visible(ctx, r, d, ids)
}

// Page answers the records of a kind that the one who asks may read, as they may see them; for an unknown kind there is
// none.
func (s *Service) Page(ctx context.Context, kind string, q record.Query) (*record.Def, record.Page, error) {
	d, ok := s.records.Def(kind)
	if !ok {
		return nil, record.Page{}, nil
	}
	r, err := s.reader(ctx)
	if err != nil {
		return d, record.Page{}, err
	}
	q.Scope = r.scope(d)
	page, err := s.records.Find(ctx, d, q)
	for i, doc := range page.Items {
		page.Items[i].Value = r.shown(d, doc.Value)
	}
	return d, page, err
}
