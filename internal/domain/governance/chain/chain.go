// Package chain walks the evidence: rows, metric, finding, initiative, business case, effect plan, effect, closing and
// ledger entry. Whoever stands at one of the nine is told of the other eight, as far as they may read them.
package chain

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/domain/governance/ledger"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// Finding is what the chain reads of a finding.
type Finding struct {
	ID, Number, Metric, Process, State string
	Title                              base.Text
	FirstSeen                          time.Time
}

// Findings hands over what was found in the facts.
type Findings interface {
	// Finding is one finding, nil when there is none of that id.
	Finding(ctx context.Context, id string) (*Finding, error)
	// About is the finding that ranks first about a metric, nil when there is none.
	About(ctx context.Context, metric, process string) (*Finding, error)
}

// Metric is what the chain reads of a metric.
type Metric struct {
	Title    base.Text
	Version  int       // of its definition
	Rows     int64     // of the table that it reads
	LoadedAt time.Time // zero without a load
}

// Metrics describes metrics.
type Metrics interface {
	// Metric is one metric, nil when there is none of that name.
	Metric(ctx context.Context, metric, process string) (*Metric, error)
}

// Service walks the chain.
type Service struct {
	records   *record.Store
	registers *register.Service
	plans     *effectplan.Service
	closings  *closing.Service
	ledger    *ledger.Service
	findings  Findings
	metrics   Metrics
}

// New makes the service.
func New(records *record.Store, registers *register.Service, plans *effectplan.Service, closings *closing.Service, entries *ledger.Service, findings Findings, metrics Metrics) *Service {
	return &Service{records, registers, plans, closings, entries, findings, metrics}
}

// Kinds are the nine links in their order.
var Kinds = []string{"rows", "metric", "finding", "initiative", "business_case", "effect_plan", "effect", "closing", "ledger_entry"}

// Input says where somebody stands.
type Input struct {
	Kind    string `query:"kind" enum:"rows,metric,finding,initiative,business_case,effect_plan,effect,closing,ledger_entry" required:"true"`
	ID      string `query:"id" maxLength:"100" required:"true" doc:"name of a metric, otherwise the id; of an effect the id of its plan"`
	Process string `query:"process" maxLength:"200" doc:"of a metric of processes"`
}

// Node is one link.
type Node struct {
	Kind  string    `json:"kind" enum:"rows,metric,finding,initiative,business_case,effect_plan,effect,closing,ledger_entry"`
	ID    string    `json:"id" doc:"empty while there is none"`
	Title base.Text `json:"title"`
	State string    `json:"state" doc:"stage, status, verdict or class, as the kind has it; empty for none"`
	Link  string    `json:"link" doc:"path of the web app, empty while there is none"`
	Here  bool      `json:"here" doc:"where the question stood"`

	Mark     string    `json:"mark" enum:"present,open,restated,broken,void" doc:"void does not apply and is not counted"`
	Why      base.Text `json:"why" doc:"of a link that is broken or does not apply"`
	Number   string    `json:"number" doc:"of a finding"`
	Version  int       `json:"version" doc:"of a metric the definition, otherwise of the record; 0 for none"`
	Rows     *int64    `json:"rows" doc:"of the table that the metric reads"`
	Value    *float64  `json:"value" doc:"net present value, estimate, signed value or contribution a year"`
	Today    *float64  `json:"today" doc:"of a signed value that the facts of today do not give any more"`
	Unit     string    `json:"unit" doc:"of value: as of a metric, of a contribution the currency, h or its own unit"`
	Currency *string   `json:"currency"`
	Class    string    `json:"class" doc:"benefit class of a contribution, class of a plan, metric or effect of a closing"`
	By       string    `json:"by" doc:"name of who signed, empty where the reader may not see it"`
	At       string    `json:"at" doc:"instant of the load, the finding or the signature, empty for none"`
}

// Answer is the whole chain.
type Answer struct {
	Items []Node `json:"items" nullable:"false" doc:"all nine, in their order"`
}

// initiative is what the chain reads of an initiative.
type initiative struct {
	Title     string   `json:"title"`
	Stage     string   `json:"stage"`
	Metrics   []string `json:"metrics"`
	Processes []string `json:"processes"`
	Findings  []string `json:"findings"`
}

// walk is the chain under way.
type walk struct {
	metric, process string
	atMetric        bool
	finding         *Finding
	initiativeID    string
	initiative      *initiative
	caseID          string
	caseTitle       string
	caseDoc         record.Doc
	plan            *effectplan.Kept
	closing         *closing.Kept // of the plan, or the one that was named
	figure          *closing.Kept // newest of the metric itself, where somebody stands at the metric
	entry           *ledger.Kept
}

func (s *Service) chain(ctx context.Context, in *Input) (*Answer, error) {
	w := &walk{}
	if err := s.stand(ctx, in, w); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, *walk) error{s.plan, s.initiative, s.subject, s.businessCase, s.closing, s.entry, s.finding} {
		if err := step(ctx, w); err != nil {
			return nil, err
		}
	}
	return s.answer(ctx, in, w)
}

// stand reads the one link that was named. What the reader may not read is not there.
func (s *Service) stand(ctx context.Context, in *Input, w *walk) error {
	need := func(kind string) (record.Doc, error) {
		_, doc, err := s.registers.Need(ctx, kind, in.ID, auth.Read)
		return doc, err
	}
	switch in.Kind {
	case "rows", "metric":
		m, err := s.metrics.Metric(ctx, in.ID, in.Process)
		if err == nil && m == nil {
			err = base.Fail(base.NotFound, "metric_not_found", base.T("Die Kennzahl „%s“ gibt es nicht.", "There is no metric “%s”.", in.ID))
		}
		w.metric, w.process, w.atMetric = in.ID, in.Process, true
		return err
	case "finding":
		f, err := s.findings.Finding(ctx, in.ID)
		if err == nil && f == nil {
			err = base.Fail(base.NotFound, "finding_not_found", base.T("Den Befund „%s“ gibt es nicht.", "There is no finding “%s”.", in.ID))
		}
		w.finding = f
		return err
	case "initiative":
		doc, err := need("initiative")
		w.initiativeID = doc.ID
		return err
	case "business_case":
		doc, err := need("business_case")
		w.initiativeID, _ = doc.Value["initiative"].(string)
		w.caseID = doc.ID
		return err
	case "effect_plan", "effect":
		p, err := s.plans.Need(ctx, in.ID)
		w.plan = p
		return err
	case "closing":
		doc, err := need(closing.Name)
		if err == nil {
			w.closing, err = closing.Of(doc)
		}
		return err
	}
	doc, err := need(ledger.Name)
	if err == nil {
		w.entry, err = ledger.Of(doc)
	}
	return err
}

// plan finds the plan that a link names, or the best one of its initiative or metric.
func (s *Service) plan(ctx context.Context, w *walk) error {
	id := ""
	switch {
	case w.plan != nil:
		return nil
	case w.entry != nil:
		id = string(w.entry.Plan)
	case w.closing != nil:
		id = string(w.closing.Plan)
	}
	if id != "" {
		p, err := s.plans.Need(ctx, id)
		if base.IsKind(err, base.NotFound) {
			return nil
		}
		w.plan = p
		return err
	}
	if w.closing != nil {
		w.metric, w.process = w.closing.Metric, w.closing.Process
	}
	if w.finding != nil && w.initiativeID == "" {
		if err := s.initiativeOf(ctx, w, func(i *initiative) bool { return slices.Contains(i.Findings, w.finding.ID) }); err != nil {
			return err
		}
	}
	all, err := s.plans.Readable(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		ours := w.initiativeID != "" && string(p.Initiative) == w.initiativeID || w.initiativeID == "" && w.metric != "" && p.Metric == w.metric && (w.process == "" || p.Process == "" || p.Process == w.process)
		if ours && (w.plan == nil || better(p, w.plan)) {
			w.plan = p
		}
	}
	return nil
}

// better prefers signed plans, then the primary metric, then the newer plan.
func better(a, b *effectplan.Kept) bool {
	switch {
	case a.Signed() != b.Signed():
		return a.Signed()
	case a.Main() != b.Main():
		return a.Main()
	}
	return a.Doc.CreatedAt.After(b.Doc.CreatedAt)
}

func (s *Service) initiative(ctx context.Context, w *walk) error {
	if w.plan != nil {
		w.initiativeID = string(w.plan.Initiative)
	}
	if w.initiativeID == "" && w.metric != "" {
		return s.initiativeOf(ctx, w, func(i *initiative) bool {
			return slices.Contains(i.Metrics, w.metric) && (w.process == "" || len(i.Processes) == 0 || slices.Contains(i.Processes, w.process))
		})
	}
	if w.initiativeID == "" || w.initiative != nil {
		return nil
	}
	_, doc, err := s.registers.Need(ctx, "initiative", w.initiativeID, auth.Read)
	if base.IsKind(err, base.NotFound) {
		w.initiativeID = ""
		return nil
	}
	if err == nil {
		w.initiative, err = typed[initiative](doc)
	}
	return err
}

// initiativeOf finds the first initiative of which something holds.
func (s *Service) initiativeOf(ctx context.Context, w *walk, holds func(*initiative) bool) error {
	q := record.Query{Limit: record.MaxPage, Sort: []record.Sort{{Field: "updated_at", Desc: true}, {Field: "id"}}}
	for {
		_, page, err := s.registers.Page(ctx, "initiative", q)
		if err != nil {
			return err
		}
		for _, doc := range page.Items {
			i, err := typed[initiative](doc)
			if err != nil {
				return err
			}
			if holds(i) {
				w.initiativeID, w.initiative = doc.ID, i
				return nil
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// subject finds the metric.
func (s *Service) subject(_ context.Context, w *walk) error {
	switch {
	case w.plan != nil:
		w.metric, w.process = w.plan.Metric, w.plan.Process
	case w.metric != "":
	case w.finding != nil && w.finding.Metric != "":
		w.metric, w.process = w.finding.Metric, w.finding.Process
	case w.initiative != nil && len(w.initiative.Metrics) > 0:
		w.metric = w.initiative.Metrics[0]
		if len(w.initiative.Processes) > 0 {
			w.process = w.initiative.Processes[0]
		}
	}
	return nil
}

func (s *Service) businessCase(ctx context.Context, w *walk) error {
	if w.initiativeID == "" {
		return nil
	}
	_, page, err := s.registers.Page(ctx, "business_case", record.Query{Limit: record.MaxPage, Sort: []record.Sort{{Field: "updated_at", Desc: true}, {Field: "id"}},
		Where: []record.Condition{{Field: "initiative", Op: "eq", Values: []string{w.initiativeID}}}})
	if err != nil {
		return err
	}
	for i, doc := range page.Items {
		if w.caseID == doc.ID || w.caseID == "" && i == 0 {
			w.caseID, w.caseDoc = doc.ID, doc
			w.caseTitle, _ = doc.Value["title"].(string)
		}
	}
	return nil
}

func (s *Service) closing(ctx context.Context, w *walk) error {
	if w.closing != nil {
		return nil
	}
	var err error
	switch {
	case w.entry != nil:
		w.closing, err = s.newest(ctx, w, "id", string(w.entry.Closing))
	case w.plan != nil:
		w.closing, err = s.newest(ctx, w, "plan", w.plan.Doc.ID)
	}
	if err == nil && w.atMetric && w.metric != "" {
		w.figure, err = s.newest(ctx, w, "metric", w.metric)
	}
	return err
}

// newest is the closing of the latest period of which a field holds; of a metric only those of the metric itself.
func (s *Service) newest(ctx context.Context, w *walk, field, value string) (*closing.Kept, error) {
	list, err := s.closings.Readable(ctx, record.Condition{Field: field, Op: "eq", Values: []string{value}})
	var out *closing.Kept
	for _, c := range list {
		if field == "metric" && (c.Subject != "metric" || w.process != "" && c.Process != w.process) {
			continue
		}
		if out == nil || c.From > out.From || c.From == out.From && c.Doc.CreatedAt.After(out.Doc.CreatedAt) {
			out = c
		}
	}
	return out, err
}

func (s *Service) entry(ctx context.Context, w *walk) error {
	if w.entry != nil || w.closing == nil || w.plan == nil {
		return nil
	}
	e, err := s.ledger.Of(ctx, w.closing.Doc.ID)
	w.entry = e
	return err
}

func (s *Service) finding(ctx context.Context, w *walk) (err error) {
	if w.finding != nil {
		return nil
	}
	if w.initiative != nil {
		for _, id := range w.initiative.Findings {
			if w.finding, err = s.findings.Finding(ctx, id); err != nil || w.finding != nil {
				return err
			}
		}
	}
	if w.metric != "" {
		w.finding, err = s.findings.About(ctx, w.metric, w.process)
	}
	return err
}

func typed[T any](doc record.Doc) (*T, error) {
	raw, err := json.Marshal(doc.Value)
	if err != nil {
		return nil, err
	}
	out := new(T)
	return out, json.Unmarshal(raw, out)
}

// Operations is the one question.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{operation.New(operation.Def{ID: "evidence_chain", Kind: operation.Query, Method: http.MethodGet, Path: "/chain", Tag: "ledger", Permission: auth.FactsRead,
		Summary: base.T("Kette der Belege", "Chain of evidence")}, s.chain)}
}
