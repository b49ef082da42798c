package catalogue

import (
	"context"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// Owner is who answers for a figure.
type Owner struct {
	Owner string `json:"owner" maxLength:"200" doc:"a person or a role, empty for nobody"`
}

var ownerKind = record.Kind[Owner]{Name: "metric_owner", Title: base.T("Die Zuständigkeit", "The ownership"), Validate: func(o *Owner) []base.FieldError {
	o.Owner = strings.TrimSpace(o.Owner)
	if len([]rune(o.Owner)) > 200 || strings.ContainsFunc(o.Owner, func(r rune) bool { return r < ' ' }) {
		return []base.FieldError{{Field: "owner", Text: base.T("Höchstens 200 Zeichen in einer Zeile.", "At most 200 characters in one line.")}}
	}
	return nil
}}

// owners are the people named for metrics, by name of the metric.
func (s *Service) owners(ctx context.Context) (map[string]string, error) {
	list, err := record.List(ctx, s.records, ownerKind)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(list))
	for _, r := range list {
		out[r.ID] = r.Value.Owner
	}
	return out, nil
}

// OwnerInput names who answers for a metric.
type OwnerInput struct {
	Name string `path:"name" maxLength:"64"`
	Body Owner
}

// SetOwner names who answers for a metric; the last word counts.
func (s *Service) SetOwner(ctx context.Context, in *OwnerInput) (*Owner, error) {
	if _, err := s.find(ctx, in.Name); err != nil {
		return nil, err
	}
	r, err := record.Put(ctx, s.records, ownerKind, in.Name, record.AnyVersion, in.Body, auth.From(ctx).By())
	return &r.Value, err
}
