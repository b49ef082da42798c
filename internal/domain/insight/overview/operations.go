package overview

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// SearchInput is what was typed.
type SearchInput struct {
	Q string `query:"q" maxLength:"200"`
}

// Hits are places that a word leads to, best first.
type Hits struct {
	Items []Hit `json:"items"`
	Total int   `json:"total"`
}

// Operations are the start page and the search.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(operation.Def{ID: "overview", Kind: operation.Query, Method: http.MethodGet, Path: "/overview", Tag: "overview",
			Permission: auth.RegisterRead, Summary: base.T("Startseite", "Start page")},
			func(ctx context.Context, _ *struct{}) (*Overview, error) { return s.Overview(ctx) }),
		operation.New(operation.Def{ID: "search", Kind: operation.Query, Method: http.MethodGet, Path: "/search", Tag: "overview",
			Permission: auth.FactsRead, Summary: base.T("Suchen und springen", "Search and jump")},
			func(ctx context.Context, in *SearchInput) (*Hits, error) {
				found, err := s.Search(ctx, in.Q)
				return &Hits{Items: found, Total: len(found)}, err
			}),
	}
}
