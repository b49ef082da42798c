package strategy

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// Source is a finding as an initiative begins from it.
type Source struct {
	ID, Title, Sentence, Process, Metric string
	Size                                 float64
	Unit                                 string
	Euros                                *[3]float64 // low, likely, high a year
	Currency                             string
}

// Findings hands over what was found in the facts.
type Findings interface {
	Source(ctx context.Context, id string) (Source, error)
}

// Cases says whether the business case of an initiative is approved.
type Cases interface {
	Approved(ctx context.Context, initiative string) (bool, error)
}

// Proofs says whether an effect plan of an initiative is signed, and which effects stay short of their plan.
type Proofs interface {
	SignedFor(ctx context.Context, initiative string) (bool, error)
	Shortfalls(ctx context.Context, initiatives []string) ([]Shortfall, error)
}

// Shortfall is an effect whose whole interval stays short of what its signed plan promised.
type Shortfall struct {
	Initiative, Plan string
	Metric           base.Text // its title
	Measured         base.Text // the interval, in the unit of the metric
	Promised         base.Text
}

// Service carries initiatives from a finding through their gates.
type Service struct {
	records   *record.Store
	registers *register.Service
	findings  Findings
	cases     Cases
	metrics   Metrics
	proofs    Proofs
	clock     base.Clock
}

// New makes the service. cases may be nil while there are no business cases.
func New(records *record.Store, registers *register.Service, findings Findings, cases Cases, clock base.Clock) *Service {
	return &Service{records: records, registers: registers, findings: findings, cases: cases, clock: clock}
}

// Reading is what a metric says now.
type Reading struct {
	Name, Process string
	Title         base.Text
	Up, Down      bool // which way is better; neither where the metric does not say
	YearBefore    *Change
}

// Change is a secured difference with its 95 % interval.
type Change struct{ Difference, Low, High float64 }

// Metrics reads all metrics, and names one.
type Metrics interface {
	Readings(ctx context.Context) ([]Reading, error)
	// Title is what people call a metric, its name in the program where there is none of that name.
	Title(ctx context.Context, name string) (base.Text, error)
}

// titles are what people call metrics.
func (s *Service) titles(ctx context.Context, names []string) ([]base.Text, error) {
	out := make([]base.Text, len(names))
	for i, name := range names {
		out[i] = base.Text{De: name, En: name}
		if s.metrics == nil {
			continue
		}
		title, err := s.metrics.Title(ctx, name)
		if err != nil {
			return nil, err
		}
		out[i] = title
	}
	return out, nil
}

// Prove lets the gate to live ask for a signed effect plan, and the early warning for effects that fall short.
func (s *Service) Prove(p Proofs) *Service {
	s.proofs = p
	return s
}

// Measure lets the early warning look at what is measured.
func (s *Service) Measure(m Metrics) *Service {
	s.metrics = m
	return s
}
