package app

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/strategy"
	"lotse.dev/lotse/internal/engine/metric"
)

// readings hands what is measured to the early warning of those who plan.
type readings struct{ metrics *catalogue.Service }

// Title is what people call a metric, its name where there is none any more.
func (r readings) Title(ctx context.Context, name string) (base.Text, error) {
	title, err := r.metrics.TitleOf(ctx, name)
	if base.IsKind(err, base.NotFound) {
		return base.Text{De: name, En: name}, nil
	}
	return title, err
}

// Readings are all metrics; only a secured difference with its interval counts as a change.
func (r readings) Readings(ctx context.Context) ([]strategy.Reading, error) {
	list, err := r.metrics.List(ctx, &catalogue.ListInput{})
	if err != nil {
		return nil, err
	}
	var out []strategy.Reading
	for _, i := range list.Items {
		x := strategy.Reading{Name: i.Name, Process: i.Process, Title: i.Title, Up: i.Direction == metric.Up, Down: i.Direction == metric.Down}
		if d := i.YearBefore; d != nil && d.Secured && d.Difference != nil && d.Low != nil && d.High != nil {
			x.YearBefore = &strategy.Change{Difference: *d.Difference, Low: *d.Low, High: *d.High}
		}
		out = append(out, x)
	}
	return out, nil
}
