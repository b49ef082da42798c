package app

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/engine/proof"
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

// signed lists the signed closings that read a dataset. Of one load they are those that were measured after it, and for
// a table without cases those whose periods end after its first row: an order of May changes nothing in April.
func (m *modules) signed(metrics *catalogue.Service) func(context.Context, lake.Dataset, int64, time.Time) (*intake.Signed, error) {
	return func(ctx context.Context, d lake.Dataset, load int64, at time.Time) (*intake.Signed, error) {
		first, err := m.firstOf(ctx, d, load)
		if err != nil {
			return nil, err
		}
		var failed error
		list, count, err := m.proving.closings.RestingOn(ctx, func(f *closing.Frozen) bool {
			if load > 0 && f.Ask.Moment.At.Before(at) || len(f.Rows) == 0 {
				return false
			}
			if end := f.Rows[len(f.Rows)-1].To; !first.IsZero() && first.Format(time.DateOnly) > end.String() {
				return false
			}
			others := append(slices.Clone(f.Ask.Controls), proof.Other{Metric: f.Ask.Metric, Process: f.Ask.Process})
			if f.Ask.Negative != nil {
				others = append(others, *f.Ask.Negative)
			}
			for _, o := range others {
				reads, err := metrics.Reads(ctx, o.Metric, o.Process, d)
				if failed = errors.Join(failed, err); reads {
					return true
				}
			}
			return false
		})
		if err := errors.Join(err, failed); err != nil {
			return nil, err
		}
		out := &intake.Signed{Count: count}
		for _, c := range list {
			out.Items = append(out.Items, intake.Dependent{Kind: closing.Name, ID: c.Doc.ID, Link: "/abschluesse/" + url.PathEscape(c.Doc.ID),
				Title: base.T("Unterschriebener Abschluss „%s“", "signed closing “%s”", c.Title)})
		}
		return out, nil
	}
}

// firstOf is the earliest instant of a load of a table without cases, the zero instant otherwise.
func (m *modules) firstOf(ctx context.Context, d lake.Dataset, load int64) (first time.Time, err error) {
	column := map[string]string{"orders": "time", "tickets": "opened_at"}[d.Table]
	if load == 0 || column == "" {
		return first, nil
	}
	rows, err := m.lake.Query(ctx, lake.Query{SQL: "SELECT min(" + column + ") FROM t WHERE _load = ?", Args: []any{load}, Tables: map[string]lake.Dataset{"t": d}})
	if err != nil {
		return first, err
	}
	defer rows.Close()
	for rows.Next() {
		first, _ = rows.Values()[0].(time.Time)
	}
	return first, rows.Err()
}
