package businesscase

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// Source names a measurement: a metric's figure of a period, or the size of a finding.
type Source struct {
	Metric, Process string
	By              string // month, quarter or year
	From            string // first day of the period; empty: the latest complete one
	Finding         string
	Part            string // of a finding: size or money
}

// Measurement is what the facts say of a source today. Value is nil while it is unknown.
type Measurement struct {
	Title            string
	Value, Low, High *float64
	Unit             string
	From, Before     string // first day and day after the last
	Count            int64
}

// Measures asks the facts.
type Measures interface {
	Measure(ctx context.Context, s Source) (Measurement, error)
}

// Defaults are what a new case begins with.
type Defaults interface {
	// Rate is the company's discount rate, nil while nobody has entered one.
	Rate(ctx context.Context) (*float64, error)
	Currency(ctx context.Context) (string, error)
}

// Service computes, binds and compares business cases.
type Service struct {
	records   *record.Store
	registers *register.Service
	measures  Measures
	defaults  Defaults
	clock     base.Clock
	kept      *assessments
}

// New makes the service.
func New(records *record.Store, registers *register.Service, measures Measures, defaults Defaults, clock base.Clock) *Service {
	return &Service{records, registers, measures, defaults, clock, newAssessments()}
}

// Approved says whether some version of a case of an initiative was approved.
func Approved(ctx context.Context, records *record.Store, initiative string) (bool, error) {
	d, ok := records.Def(Cases.Name)
	if !ok {
		return false, nil
	}
	page, err := records.Find(ctx, d, record.Query{Scope: record.Scope{All: true}, Limit: record.MaxPage,
		Where: []record.Condition{{Field: "initiative", Op: "eq", Values: []string{initiative}}}})
	for _, doc := range page.Items {
		if doc.ApprovedVersion > 0 {
			return true, err
		}
	}
	return false, err
}

// Approved is what the gates of an initiative ask.
func (s *Service) Approved(ctx context.Context, initiative string) (bool, error) {
	return Approved(ctx, s.records, initiative)
}

// need is a case with which the reader may do something.
func (s *Service) need(ctx context.Context, id string, a auth.Action) (record.Doc, *BusinessCase, error) {
	_, doc, err := s.registers.Need(ctx, Cases.Name, id, a)
	if err != nil {
		return doc, nil, err
	}
	b, err := typed(doc.Value)
	return doc, b, err
}

// at is one version of a case that the reader may read; version 0 is the newest.
func (s *Service) at(ctx context.Context, id string, version int) (int, *BusinessCase, error) {
	doc, b, err := s.need(ctx, id, auth.Read)
	if err != nil || version == 0 || version == doc.Version {
		return doc.Version, b, err
	}
	d, _ := s.records.Def(Cases.Name)
	value, err := s.records.At(ctx, d, doc.ID, version)
	if err != nil {
		return version, nil, err
	}
	b, err = typed(value)
	return version, b, err
}

func typed(value map[string]any) (*BusinessCase, error) {
	b, err := record.As[BusinessCase](value)
	return &b, err
}

// document is the way back; computed fields are left to the kind.
func document(b *BusinessCase) (map[string]any, error) {
	c := *b
	c.NPVLow, c.NPV, c.NPVHigh, c.Positive, c.Payback = nil, nil, nil, nil, nil
	return record.Value(c)
}

// Operations are those of business cases beside their register.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path string, p operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "business_case", Permission: p, Summary: base.T(de, en)}
	}
	created := func(d operation.Def) operation.Def { d.Status = http.StatusCreated; return d }
	const read, write = auth.RegisterRead, auth.RegisterWrite
	return []operation.Operation{
		operation.New(created(def("business_case_begin", operation.Command, http.MethodPost, "/business_cases/begin", write, "Business Case eines Vorhabens anlegen", "Begin the business case of an initiative")), s.begin),
		operation.New(def("business_case_assessment", operation.Query, http.MethodGet, "/business_cases/{id}/assessment", read, "Business Case rechnen", "Assess a business case"), s.assessment),
		operation.New(def("business_case_assess", operation.Query, http.MethodPost, "/business_cases/assess", read, "Entwurf eines Business Cases rechnen", "Assess a draft of a business case"), s.assessDraft),
		operation.New(def("business_case_compare", operation.Query, http.MethodGet, "/business_cases/{id}/compare", read, "Fassungen eines Business Cases vergleichen", "Compare versions of a business case"), s.compare),
		operation.New(def("business_case_bindings", operation.Query, http.MethodGet, "/business_cases/{id}/bindings", read, "Messwerte eines Business Cases", "Measurements of a business case"), s.bindings),
		operation.New(def("business_case_bind", operation.Command, http.MethodPost, "/business_cases/{id}/bind", write, "Annahme an einen Messwert binden", "Bind an input to a measurement"), s.bind),
	}
}
