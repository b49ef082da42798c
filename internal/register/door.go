package register

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// Need returns a record with which the one who asks may do something: NotFound when they may not even read it,
// Forbidden when they may read it only. Domain operations begin with it.
func (s *Service) Need(ctx context.Context, kind, id string, a auth.Action) (*record.Def, record.Doc, error) {
	d, ok := s.records.Def(kind)
	if !ok {
		return nil, record.Doc{}, base.Fail(base.NotFound, "kind_not_found", base.T("Das Register „%s“ gibt es nicht.", "There is no register “%s”.", kind))
	}
	r, doc, err := s.lookup(ctx, d, id)
	if err == nil {
		err = r.must(d, a, doc.Value)
	}
	return d, doc, err
}

// NeedNew refuses who may not create records of a kind.
func (s *Service) NeedNew(ctx context.Context, kind string) (*record.Def, error) {
	d, ok := s.records.Def(kind)
	if !ok {
		return nil, base.Fail(base.NotFound, "kind_not_found", base.T("Das Register „%s“ gibt es nicht.", "There is no register “%s”.", kind))
	}
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	return d, r.must(d, auth.Create, nil)
}

// own says whether a name in the history is that of the one who asks, who may have had another e-mail address then.
func (s *Service) own(ctx context.Context, by string) bool {
	me := auth.From(ctx)
	if by == me.By() || s.imports.Who == nil {
		return by == me.By()
	}
	who, err := s.imports.Who(ctx, by)
	return err == nil && who.ID != "" && who.ID == me.ID
}

// Acting is for whom the one who asks acts.
func (s *Service) Acting(ctx context.Context) (Acting, error) {
	r, err := s.reader(ctx)
	return r.acting, err
}

// Show is a record as the API shows it to the one who asks, after an operation of a domain has changed it.
func (s *Service) Show(ctx context.Context, d *record.Def, doc record.Doc) (*One, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	return s.one(ctx, r, d, doc)
}

// Tell passes on what an operation of a domain did, to whom it may concern.
func (s *Service) Tell(ctx context.Context, e Event) { s.tell(ctx, e) }

// Version reads the If-Match header of an operation of a domain.
func Version(tag string) (int, error) { return version(tag) }

// Scope is what the one who asks may read of a kind.
func (s *Service) Scope(ctx context.Context, d *record.Def) (record.Scope, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return record.Scope{}, err
	}
	return r.scope(d), nil
}

// Query reads a question about a kind in the name of the one who asks, as the list of its register does.
func (s *Service) Query(ctx context.Context, d *record.Def, in AskInput) (record.Query, error) {
	r, err := s.reader(ctx)
	if err != nil {
		return record.Query{}, err
	}
	return s.query(r, d, in)
}

// May says of records of a kind whether the one who asks may do something with them.
func (s *Service) May(ctx context.Context, d *record.Def, a auth.Action) (func(record.Doc) bool, error) {
	r, err := s.reader(ctx)
	return func(doc record.Doc) bool { return r.may(d, a, doc.Value) }, err
}
