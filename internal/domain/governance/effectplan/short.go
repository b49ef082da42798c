package effectplan

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// Shortfall is an effect whose whole interval stays short of what its signed plan promised.
type Shortfall struct {
	Initiative, Plan string
	Metric           base.Text // its title
	Measured         base.Text // the interval, in the unit of the metric
	Promised         base.Text
}

// Shortfalls measures the signed plans of initiatives and answers those that fall short. A plan whose window has not
// begun, that was superseded or whose facts are not there falls short of nothing.
func (s *Service) Shortfalls(ctx context.Context, initiatives []string) ([]Shortfall, error) {
	if len(initiatives) == 0 {
		return nil, nil
	}
	plans, err := s.Readable(ctx, record.Condition{Field: "initiative", Op: "eq", Values: initiatives})
	if err != nil {
		return nil, err
	}
	var out []Shortfall
	for _, p := range plans {
		if !p.Signed() {
			continue
		}
		m, err := s.Measure(ctx, p)
		if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Usage) || base.IsKind(err, base.Refused) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if m.Superseded || m.After == 0 || !short(m) {
			continue
		}
		f := proof.FigureOf(m.Series.Unit, m.Series.Currency, math.Max(math.Abs(*m.Effect.Low), math.Abs(*m.Terms.Expected)))
		low, high := f.Changed(*m.Effect.Low), f.Changed(*m.Effect.High)
		out = append(out, Shortfall{string(p.Initiative), p.Doc.ID, m.Series.Title, base.T("%s bis %s", "%s to %s", low, high), f.Changed(*m.Terms.Expected)})
	}
	return out, nil
}

// short says whether all of the interval lies on the near side of the promise.
func short(m *Measured) bool {
	e, promised := m.Effect, m.Terms.Expected
	if e.Low == nil || e.High == nil || promised == nil {
		return false
	}
	if *promised > 0 {
		return *e.High < *promised
	}
	return *e.Low > *promised
}
