package job

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// ByID names a job in a path.
type ByID struct {
	ID string `path:"id" maxLength:"40"`
}

// ListInput limits the list.
type ListInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

// List is the newest jobs.
type List struct {
	Items []Info `json:"items"`
	Total int    `json:"total"`
}

// Operations are what people can do with jobs.
func (p *Pool) Operations() []operation.Operation {
	def := func(id string, kind operation.Kind, method, path string, may operation.Permission, summary base.Text) operation.Def {
		return operation.Def{ID: id, Kind: kind, Method: method, Path: path, Tag: "job", Permission: may, Summary: summary}
	}
	return []operation.Operation{
		operation.New(def("job_list", operation.Query, http.MethodGet, "/jobs", auth.FactsRead,
			base.T("Vorgänge auflisten", "List jobs")), p.list),
		operation.New(def("job_get", operation.Query, http.MethodGet, "/jobs/{id}", auth.Self,
			base.T("Einen Vorgang zeigen", "Show a job")), p.visible),
		operation.New(def("job_cancel", operation.Command, http.MethodPost, "/jobs/{id}/cancel", auth.Self,
			base.T("Einen Vorgang abbrechen", "Cancel a job")), p.steered(p.Cancel)),
		operation.New(def("job_repeat", operation.Job, http.MethodPost, "/jobs/{id}/repeat", auth.Self,
			base.T("Einen Vorgang wiederholen", "Repeat a job")), p.steered(func(ctx context.Context, id string) (Info, error) {
			return p.Repeat(ctx, id, auth.From(ctx).By())
		})),
	}
}

func (p *Pool) list(ctx context.Context, in *ListInput) (*List, error) {
	items, err := p.List(ctx, in.Limit)
	for i := range items {
		items[i] = p.shown(ctx, items[i])
	}
	return &List{Items: items, Total: len(items)}, err
}

func answer(info Info, err error) (*Info, error) { return &info, err }
