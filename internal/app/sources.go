package app

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/strategy"
)

// sources hands findings to those who plan.
type sources struct{ findings *finding.Service }

// Source is a finding in the language of the reader.
func (s sources) Source(ctx context.Context, id string) (strategy.Source, error) {
	f, err := s.findings.One(ctx, id)
	if err != nil {
		return strategy.Source{}, err
	}
	lang := base.LangOf(ctx)
	out := strategy.Source{ID: f.ID, Title: f.Title.In(lang), Sentence: f.Sentence.In(lang), Process: f.Process, Metric: f.Evidence.Metric,
		Size: f.Size.Value, Unit: string(f.Size.Unit)}
	if f.Euros != nil {
		out.Euros = &[3]float64{f.Euros.Low, f.Euros.Likely, f.Euros.High}
		out.Currency = f.Euros.Currency
	}
	return out, nil
}
