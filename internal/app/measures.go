package app

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/record"
)

// measures hands figures and findings to business cases.
type measures struct {
	metrics  *catalogue.Service
	findings *finding.Service
}

// Measure answers what the facts say today.
func (m measures) Measure(ctx context.Context, s businesscase.Source) (businesscase.Measurement, error) {
	if s.Finding != "" {
		return m.finding(ctx, s)
	}
	return m.metric(ctx, s)
}

func (m measures) finding(ctx context.Context, s businesscase.Source) (businesscase.Measurement, error) {
	f, err := m.findings.One(ctx, s.Finding)
	if err != nil {
		return businesscase.Measurement{}, err
	}
	out := businesscase.Measurement{Title: shorten(f.Number + ": " + f.Title.In(base.LangOf(ctx))), Count: f.CasesCount}
	if s.Part == "money" {
		if f.Euros != nil {
			out.Value, out.Low, out.High, out.Unit = &f.Euros.Likely, &f.Euros.Low, &f.Euros.High, f.Euros.Currency
		}
		return out, nil
	}
	out.Value, out.Low, out.High, out.Unit = &f.Size.Value, f.Size.Low, f.Size.High, string(f.Size.Unit)
	return out, nil
}

// metric takes the period that begins on a day, or the latest complete one whose figure is known.
func (m measures) metric(ctx context.Context, s businesscase.Source) (businesscase.Measurement, error) {
	a, err := m.metrics.Query(ctx, &catalogue.QueryInput{Name: s.Metric, Process: s.Process, By: s.By})
	if err != nil {
		return businesscase.Measurement{}, err
	}
	out := businesscase.Measurement{Title: a.Title.In(base.LangOf(ctx)), Unit: string(a.Unit)}
	if a.Currency != nil {
		out.Unit = *a.Currency
	}
	if a.Process != "" {
		out.Title += ", " + a.Process
	}
	out.Title = shorten(out.Title)
	p := chosen(a.Points, s.From)
	if p == nil {
		return out, nil
	}
	out.Value, out.Low, out.High, out.Count = p.Value, p.Low, p.High, p.N
	out.From, out.Before = p.From.String(), p.To.String()
	return out, nil
}

func chosen(points []metric.Point, from string) *metric.Point {
	for i := len(points) - 1; i >= 0; i-- {
		p := &points[i]
		if from == "" && p.Complete && p.Value != nil || from != "" && p.From.String() == from {
			return p
		}
	}
	return nil
}

// longestMeasure is how much of a title is kept.
const longestMeasure = 300

func shorten(s string) string {
	if r := []rune(s); len(r) > longestMeasure {
		return string(r[:longestMeasure-1]) + "…"
	}
	return s
}

// caseDefaults are what a business case begins with: the company's rate and currency.
type caseDefaults struct {
	records  *record.Store
	settings *setting.Service
}

func (d caseDefaults) Rate(ctx context.Context) (*float64, error) {
	companies, err := record.List(ctx, d.records, record.Kind[organisation.Company]{Name: "company"})
	if err != nil || len(companies) == 0 || companies[0].Value.Rate == nil {
		return nil, err
	}
	rate := float64(*companies[0].Value.Rate)
	return &rate, nil
}

func (d caseDefaults) Currency(ctx context.Context) (string, error) {
	s, _, err := d.settings.Get(ctx)
	return s.Currency, err
}
