package app

import (
	"context"
	"net/url"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/store/lake"
)

// dependents lists what hangs on a dataset: its derived cases, own metrics, and findings with what people said of them.
func dependents(metrics *catalogue.Service, findings *finding.Service) func(context.Context, lake.Dataset) ([]intake.Dependent, error) {
	return func(ctx context.Context, d lake.Dataset) ([]intake.Dependent, error) {
		var out []intake.Dependent
		if d.Table == "events" {
			out = append(out, intake.Dependent{Kind: "process", ID: d.Process, Link: "/prozesse/" + url.PathEscape(d.Process),
				Title: base.T("Prozess „%s“ mit seinen Vorgängen", "process “%s” with its cases", d.Process)})
		}
		titles, err := metrics.UsedBy(ctx, d)
		if err != nil {
			return nil, err
		}
		for _, title := range titles {
			out = append(out, intake.Dependent{Kind: "metric", ID: title, Link: "/kennzahlen", Title: base.T("Kennzahl „%s“", "metric “%s”", title)})
		}
		all, err := findings.All(ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.Table == d.Table && f.Process == d.Process {
				out = append(out, intake.Dependent{Kind: "finding", ID: f.ID, Link: "/befunde/" + url.PathEscape(f.ID), Title: f.Title})
			}
		}
		return out, nil
	}
}
