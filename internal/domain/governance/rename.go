package governance

import (
	"context"
	"errors"

	"lotse.dev/lotse/internal/store/record"
)

// RenameProcess lets the targets of a process follow its new name.
func (s *Service) RenameProcess(ctx context.Context, from, to, by string) error {
	kind, ok := s.Records.Def("target")
	if !ok {
		return nil
	}
	var failed []error
	q := record.Query{Scope: record.Scope{All: true}, Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}}
	for {
		page, err := s.Records.Find(ctx, kind, q)
		if err != nil {
			return errors.Join(append(failed, err)...)
		}
		for _, doc := range page.Items {
			if doc.Value["process"] != from {
				continue
			}
			doc.Value["process"] = to
			failed = append(failed, s.Records.Write(ctx, func(b *record.Batch) error {
				_, err := b.Put(kind, doc.ID, doc.Version, doc.Value, by)
				return err
			}))
		}
		if q.After = page.Next; q.After == "" {
			return errors.Join(failed...)
		}
	}
}
