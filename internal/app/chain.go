package app

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/chain"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
)

// chainFindings hands findings to the chain of evidence.
type chainFindings struct{ findings *finding.Service }

// Finding is one finding, nil when it is not there.
func (c chainFindings) Finding(ctx context.Context, id string) (*chain.Finding, error) {
	f, err := c.findings.One(ctx, id)
	if base.IsKind(err, base.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return chainFinding(&f), nil
}

// About is the first finding about a metric that nobody dismissed.
func (c chainFindings) About(ctx context.Context, metric, process string) (*chain.Finding, error) {
	all, err := c.findings.All(ctx)
	for _, f := range all {
		if f.Evidence.Metric == metric && f.State != finding.StateDismissed && (process == "" || f.Process == "" || f.Process == process) {
			return chainFinding(&f), err
		}
	}
	return nil, err
}

func chainFinding(f *finding.Finding) *chain.Finding {
	return &chain.Finding{ID: f.ID, Number: f.Number, Metric: f.Evidence.Metric, Process: f.Process, State: string(f.State), Title: f.Title, FirstSeen: f.FirstSeen}
}

// chainMetrics describes metrics for the chain.
type chainMetrics struct{ metrics *catalogue.Service }

// Metric is a metric with the rows that it reads now, nil when there is none of that name.
func (c chainMetrics) Metric(ctx context.Context, metric, process string) (*chain.Metric, error) {
	title, err := c.metrics.TitleOf(ctx, metric)
	if base.IsKind(err, base.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	now, err := c.metrics.Moment(ctx)
	if err != nil {
		return nil, err
	}
	state, err := c.metrics.StateAt(ctx, now, metric, process)
	if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Usage) { // its process is not there, or more than one is
		return &chain.Metric{Title: title}, nil
	}
	if err != nil {
		return nil, err
	}
	return &chain.Metric{Title: state.Title, Version: state.Definition, Rows: state.Rows, LoadedAt: state.LoadedAt}, nil
}
