package roadmap

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Worth is the expected net present value of an approved business case.
type Worth struct {
	Minor    int64 // in hundredths of the currency
	Currency string
}

// Cases hands over what the approved business cases say, by initiative, as far as the one who asks may read them.
type Cases interface {
	Approved(ctx context.Context) (map[string]Worth, error)
}

// Service answers the roadmap, moves what is on it, freezes plans and proposes them.
type Service struct {
	records   *record.Store
	registers *register.Service
	jobs      job.Manager
	cases     Cases
	today     base.Today
}

// New makes the service and announces its job. cases may be nil while there are no business cases.
func New(records *record.Store, registers *register.Service, jobs job.Manager, cases Cases, today base.Today) *Service {
	s := &Service{records, registers, jobs, cases, today}
	jobs.Register(proposalJob, s.solve)
	jobs.Private(proposalJob)
	return s
}

// Operations are those of the roadmap beside its registers.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path string, p operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "roadmap", Permission: p, Summary: base.T(de, en)}
	}
	const read, write = auth.RegisterRead, auth.RegisterWrite
	created := def("roadmap_freeze", operation.Command, http.MethodPost, "/roadmap/plans", write, "Fahrplan als Plan festhalten", "Freeze the roadmap as a plan")
	created.Status = http.StatusCreated
	return []operation.Operation{
		operation.New(def("roadmap_get", operation.Query, http.MethodGet, "/roadmap", read, "Fahrplan zeigen", "Show the roadmap"), s.Roadmap),
		operation.New(def("roadmap_move", operation.Command, http.MethodPost, "/roadmap/moves", write, "Vorhaben verschieben", "Move initiatives"), s.move),
		operation.New(def("roadmap_move_back", operation.Command, http.MethodPost, "/roadmap/moves/back", write, "Verschieben zurücknehmen", "Undo a move"), s.moveBack),
		operation.New(created, s.freeze),
		operation.New(def("roadmap_proposal_basis", operation.Query, http.MethodGet, "/roadmap/proposal", read, "Grundlagen eines Vorschlags", "What a proposal starts from"), s.basis),
		operation.New(def("roadmap_propose", operation.Job, http.MethodPost, "/roadmap/proposal", write, "Fahrplan vorschlagen lassen", "Ask for a proposal of the roadmap"), s.propose),
	}
}

// initiative is what the roadmap reads of the initiatives that strategy keeps.
type initiative struct {
	Title      string       `json:"title"`
	Sort       string       `json:"sort"`
	Stage      string       `json:"stage"`
	Area       string       `json:"area"`
	Start      field.Date   `json:"start"`
	GoLive     field.Date   `json:"go_live"`
	End        field.Date   `json:"end"`
	Budget     *field.Money `json:"budget"`
	Benefit    *field.Range `json:"benefit"`
	Cost       *field.Range `json:"cost"`
	Milestones []milestone  `json:"milestones"`
}

type milestone struct {
	Title string     `json:"title"`
	Due   field.Date `json:"due"`
	Done  field.Date `json:"done"`
}

type dependency struct {
	From string `json:"from"`
	To   string `json:"to"`
	Sort string `json:"sort"`
}

type function struct {
	Name   string   `json:"name"`
	Supply *float64 `json:"capacity_days"`
}

type company struct {
	State string         `json:"federal_state"`
	Rate  *field.Percent `json:"discount_rate"`
}

// The kinds of others, by name.
const (
	kindInitiative = "initiative"
	kindDependency = "dependency"
	kindFunction   = "function"
	kindCompany    = "company"
)

// going says whether an initiative is still to be done or being done.
func (i *initiative) going() bool { return i.Stage != "closed" && i.Stage != "stopped" }

// last is the last day of an initiative, "" while it is unknown.
func (i *initiative) last() field.Date {
	if i.End != "" {
		return i.End
	}
	return i.GoLive
}

// span is the time of an initiative; without an end it is its first day.
func (i *initiative) span() (from, to period.Date, ok bool) {
	from, ok = day(i.Start)
	if !ok {
		return 0, 0, false
	}
	to, known := day(i.last())
	if !known || to < from {
		to = from
	}
	return from, to, true
}

func day(d field.Date) (period.Date, bool) {
	if d == "" {
		return 0, false
	}
	out, err := period.ParseDate(string(d))
	return out, err == nil
}

// allOf says whether the one who asks reads every record of a kind.
func (s *Service) allOf(ctx context.Context, kind string) (bool, error) {
	def, ok := s.records.Def(kind)
	if !ok {
		return false, nil
	}
	scope, err := s.registers.Scope(ctx, def)
	return scope.All, err
}
