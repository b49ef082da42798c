package register

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// ViewItem is a saved way of looking at a register.
type ViewItem struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	ViewBody
	Mine bool `json:"mine" doc:"the reader may change it"`
}

// ViewBody is what is saved. State is what the web app keeps in the address: filters, sorting, columns, grouping.
type ViewBody struct {
	Kind   string `json:"kind" maxLength:"64"`
	Name   string `json:"name" maxLength:"100"`
	Shared bool   `json:"shared"`
	State  string `json:"state" maxLength:"4000"`
}

// ViewList is every view that the reader sees: own and shared ones.
type ViewList struct {
	Items []ViewItem `json:"items"`
}

// ViewsInput asks for the views of a register.
type ViewsInput struct {
	Kind string `query:"kind" required:"true" maxLength:"64"`
}

func viewItem(r record.Record[view], mine bool) ViewItem {
	shared := r.Value.Shared != nil && *r.Value.Shared
	return ViewItem{ID: r.ID, Version: r.Version, Mine: mine,
		ViewBody: ViewBody{Kind: r.Value.Kind, Name: r.Value.Name, Shared: shared, State: r.Value.State}}
}

func (s *Service) views(ctx context.Context, in *ViewsInput) (*ViewList, error) {
	list, err := record.FindTyped(ctx, s.records, views, record.Query{Scope: record.Scope{All: true}, Limit: record.MaxPage,
		Where: []record.Condition{{Field: "kind", Op: "eq", Values: []string{in.Kind}}}})
	if err != nil {
		return nil, err
	}
	out := &ViewList{Items: []ViewItem{}}
	for _, r := range list {
		if item := viewItem(r, s.own(ctx, r.UpdatedBy)); item.Mine || item.Shared {
			out.Items = append(out.Items, item)
		}
	}
	return out, nil
}

// ViewInput is a view to save.
type ViewInput struct{ Body ViewBody }

func (s *Service) createView(ctx context.Context, in *ViewInput) (*ViewItem, error) {
	return s.putView(ctx, "", record.New, in.Body)
}

// ChangeViewInput changes a view.
type ChangeViewInput struct {
	VersionInput
	Body ViewBody
}

func (s *Service) changeView(ctx context.Context, in *ChangeViewInput) (*ViewItem, error) {
	n, err := s.ownView(ctx, in.VersionInput)
	if err != nil {
		return nil, err
	}
	return s.putView(ctx, in.ID, n, in.Body)
}

func (s *Service) putView(ctx context.Context, id string, version int, b ViewBody) (*ViewItem, error) {
	if _, known := s.records.Def(b.Kind); !known {
		return nil, base.Fail(base.NotFound, "kind_not_found", base.T("Das Register „%s“ gibt es nicht.", "There is no register “%s”.", b.Kind))
	}
	kept, err := record.Put(ctx, s.records, views, id, version, view{Name: b.Name, Kind: b.Kind, Shared: &b.Shared, State: b.State}, auth.From(ctx).By())
	if err != nil {
		return nil, err
	}
	out := viewItem(kept, true)
	return &out, nil
}

func (s *Service) deleteView(ctx context.Context, in *VersionInput) (*struct{}, error) {
	n, err := s.ownView(ctx, *in)
	if err != nil {
		return nil, err
	}
	return nil, record.Delete(ctx, s.records, views, in.ID, n, auth.From(ctx).By())
}

// ownView refuses to change what somebody else saved.
func (s *Service) ownView(ctx context.Context, in VersionInput) (int, error) {
	n, err := version(in.IfMatch)
	if err != nil {
		return 0, err
	}
	have, err := record.Get(ctx, s.records, views, in.ID)
	if err != nil {
		return 0, err
	}
	if !s.own(ctx, have.UpdatedBy) {
		return 0, base.Fail(base.Forbidden, "not_this_record", base.T("Diese Ansicht hat jemand anderes gesichert.", "Somebody else saved this view.")).
			WithHint(base.T("Sichern Sie sie unter einem eigenen Namen.", "Save it under a name of your own."))
	}
	return n, nil
}
