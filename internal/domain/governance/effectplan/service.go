package effectplan

import (
	"context"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// Metrics knows which metrics there are.
type Metrics interface {
	Unit(ctx context.Context, metric string) (unit metric.Unit, found bool, err error)
}

// Facts answers what a proof asks of the lake.
type Facts interface {
	Moment(ctx context.Context) (proof.Moment, error)
	Series(ctx context.Context, ask proof.Ask) (*proof.Series, error)
	State(ctx context.Context, m proof.Moment, metric, process string) (*proof.State, error)
	Calendar(ctx context.Context) (period.Calendar, error)
	Currency(ctx context.Context) (string, error)
}

// Newest is the newest instant that the instance knows, of records and facts: a clock before it was set back.
type Newest func(ctx context.Context) (time.Time, error)

// Service keeps plans and measures by them.
type Service struct {
	records   *record.Store
	registers *register.Service
	metrics   Metrics
	facts     Facts
	newest    Newest
	clock     base.Clock
	kept      *estimates
}

// New makes the service. Its kinds are registered before the registers that it reads through are there: Read joins them.
func New(records *record.Store, metrics Metrics, facts Facts, newest Newest, clock base.Clock) *Service {
	return &Service{records: records, metrics: metrics, facts: facts, newest: newest, clock: clock, kept: newEstimates()}
}

// Read joins the registers.
func (s *Service) Read(registers *register.Service) { s.registers = registers }

// Of reads a document as a plan.
func Of(doc record.Doc) (*Plan, error) { return ofValue(doc.Value) }

func ofValue(value map[string]any) (*Plan, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	p := &Plan{}
	return p, json.Unmarshal(raw, p)
}

// Kept is a plan as it is kept.
type Kept struct {
	*Plan
	Doc record.Doc
}

// Need is a plan that the one who asks may read.
func (s *Service) Need(ctx context.Context, id string) (*Kept, error) {
	_, doc, err := s.registers.Need(ctx, Name, id, "read")
	if err != nil {
		return nil, err
	}
	p, err := Of(doc)
	return &Kept{p, doc}, err
}

// Any is a plan, whoever asks.
func (s *Service) Any(ctx context.Context, id string) (*Kept, error) {
	d, _ := s.records.Def(Name)
	doc, err := s.records.Lookup(ctx, d, id, record.Scope{All: true})
	if err != nil {
		return nil, err
	}
	p, err := Of(doc)
	return &Kept{p, doc}, err
}

// mostPlans bounds how many plans are read at once.
const mostPlans = 2000

// All are the plans that a query finds, whoever asks.
func (s *Service) All(ctx context.Context, where ...record.Condition) ([]*Kept, error) {
	d, ok := s.records.Def(Name)
	if !ok {
		return nil, nil
	}
	return s.pages(ctx, where, func(q record.Query) (record.Page, error) {
		q.Scope = record.Scope{All: true}
		return s.records.Find(ctx, d, q)
	})
}

// Readable are the plans that the one who asks may read.
func (s *Service) Readable(ctx context.Context, where ...record.Condition) ([]*Kept, error) {
	return s.pages(ctx, where, func(q record.Query) (record.Page, error) {
		_, page, err := s.registers.Page(ctx, Name, q)
		return page, err
	})
}

func (s *Service) pages(ctx context.Context, where []record.Condition, find func(record.Query) (record.Page, error)) ([]*Kept, error) {
	var out []*Kept
	q := record.Query{Where: where, Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}}
	for len(out) < mostPlans {
		page, err := find(q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			p, err := Of(doc)
			if err != nil {
				return nil, err
			}
			out = append(out, &Kept{p, doc})
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	return out, ctx.Err()
}

// SignedFor says whether an initiative has a signed plan.
func (s *Service) SignedFor(ctx context.Context, initiative string) (bool, error) {
	list, err := s.All(ctx, record.Condition{Field: "initiative", Op: "eq", Values: []string{initiative}})
	for _, p := range list {
		if p.Signed() {
			return true, err
		}
	}
	return false, err
}

// Pinned are the snapshots that signed plans name. It is asked before the registers are there.
func Pinned(ctx context.Context, records *record.Store) ([]int64, error) {
	list, err := record.List(ctx, records, Plans)
	var out []int64
	for _, p := range list {
		if p.Value.Snapshot != nil {
			out = append(out, int64(*p.Value.Snapshot))
		}
	}
	return out, err
}

// NamesProcess says whether a signed plan names a process.
func (s *Service) NamesProcess(ctx context.Context, process string) (bool, error) {
	list, err := s.All(ctx, record.Condition{Field: "class", Op: "not_empty"})
	for _, p := range list {
		ask := p.question()
		if ask.Process == process || ask.Negative != nil && ask.Negative.Process == process {
			return true, err
		}
		for _, c := range ask.Controls {
			if c.Process == process {
				return true, err
			}
		}
	}
	return false, err
}
