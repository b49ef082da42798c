package businesscase

import (
	"container/list"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/store/record/field"
)

const (
	draftDraws    = 10_000
	longestAssess = 20 * time.Second
	keptAnswers   = 64
)

// AssessmentInput asks for the assessment of a version.
type AssessmentInput struct {
	ID      string `path:"id" maxLength:"64"`
	Version int    `query:"version" minimum:"0" maximum:"1000000" doc:"0 or absent: the newest"`
}

// Assessed is a case as computed, with the words for its inputs.
type Assessed struct {
	Version    int                `json:"version" doc:"0 for a draft"`
	Case       finance.Case       `json:"case"`
	Assessment finance.Assessment `json:"assessment"`
	NPVLow     finance.Amount     `json:"npv_low" doc:"nine of ten draws lie between low and high"`
	NPVHigh    finance.Amount     `json:"npv_high"`
	Inputs     []InputName        `json:"inputs"`
}

// InputName says what an input is and where it stands in the record.
type InputName struct {
	Key   string           `json:"key"`
	Title base.Text        `json:"title"`
	Line  string           `json:"line" doc:"name of the line or role, empty for the case as a whole"`
	Unit  string           `json:"unit" enum:"money,rate,share,days,users,months,quantity" doc:"what the number counts"`
	Input finance.Input    `json:"input" doc:"as computed; a measured one with the value of its binding"`
	Class finance.Class    `json:"class,omitempty"`
	Of    string           `json:"of,omitempty" doc:"unit of a quantity"`
	Kind  finance.CostKind `json:"kind,omitempty"`
}

func (s *Service) assessment(ctx context.Context, in *AssessmentInput) (*Assessed, error) {
	version, b, err := s.at(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	if a := s.kept.get(in.ID, version); a != nil {
		return a, nil
	}
	a, err := Assess(ctx, b.Finance(), finance.Options{Seed: seed})
	if err != nil {
		return nil, err
	}
	a.Version = version
	s.kept.put(in.ID, version, a)
	return a, nil
}

// DraftInput is a case that is being written.
type DraftInput struct {
	ID   string `query:"id" maxLength:"64" doc:"record whose measurements the draft goes on with"`
	Body json.RawMessage
}

// assessDraft computes what is not saved, with fewer draws. Errors stand at the fields of the record.
func (s *Service) assessDraft(ctx context.Context, in *DraftInput) (*Assessed, error) {
	b, err := s.draft(ctx, in)
	if err != nil {
		return nil, err
	}
	return Assess(ctx, b.Finance(), finance.Options{Seed: seed, Draws: draftDraws})
}

func (s *Service) draft(ctx context.Context, in *DraftInput) (*BusinessCase, error) {
	value, err := field.Decode(in.Body)
	if err != nil {
		return nil, err
	}
	d, _ := s.records.Def(Cases.Name)
	for _, f := range d.Fields {
		if f.Computed || f.Managed {
			delete(value, f.Name)
		}
	}
	if in.ID != "" {
		doc, _, err := s.need(ctx, in.ID, auth.Read)
		if err != nil {
			return nil, err
		}
		if kept := doc.Value["bindings"]; kept != nil {
			value["bindings"] = kept
		}
	}
	var e field.Errors
	value = field.Check(d.Fields, value, "", false, &e)
	if len(e.List()) > 0 {
		return nil, invalid(e.List())
	}
	b, err := typed(value)
	if err != nil {
		return nil, err
	}
	if list := check(b); len(list) > 0 {
		return nil, invalid(list)
	}
	return b, nil
}

func invalid(fields []base.FieldError) error {
	err := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	err.Fields = fields
	return err
}

// Assess computes a case in every way, within a time.
func Assess(ctx context.Context, c finance.Case, o finance.Options) (*Assessed, error) {
	limited, cancel := context.WithTimeout(ctx, longestAssess)
	defer cancel()
	a, err := finance.Assess(limited, c, o)
	if err != nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			return nil, base.Fail(base.TooLarge, "case_too_slow", base.T("Die Rechnung dauert zu lange.", "The computation takes too long.")).
				WithHint(base.T("Fassen Sie Zeilen zusammen oder versuchen Sie es später noch einmal.", "Join lines or try again later."))
		}
		return nil, err
	}
	out := &Assessed{Case: c, Assessment: a, Inputs: names(&c)}
	out.NPVLow, out.NPVHigh = Interval(a.Simulation.Cash)
	return out, nil
}

// assessments keeps the answers used last, by record and version.
type assessments struct {
	mu     sync.Mutex
	recent *list.List // of *keptAnswer, newest first
	byKey  map[versionKey]*list.Element
}

type versionKey struct {
	id      string
	version int
}

type keptAnswer struct {
	key    versionKey
	answer *Assessed
}

func newAssessments() *assessments {
	return &assessments{recent: list.New(), byKey: map[versionKey]*list.Element{}}
}

func (k *assessments) get(id string, version int) *Assessed {
	k.mu.Lock()
	defer k.mu.Unlock()
	at, ok := k.byKey[versionKey{id, version}]
	if !ok {
		return nil
	}
	k.recent.MoveToFront(at)
	return at.Value.(*keptAnswer).answer.clone()
}

func (k *assessments) put(id string, version int, a *Assessed) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := versionKey{id, version}
	if k.byKey[key] != nil {
		return
	}
	k.byKey[key] = k.recent.PushFront(&keptAnswer{key, a.clone()})
	if k.recent.Len() > keptAnswers {
		oldest := k.recent.Back()
		k.recent.Remove(oldest)
		delete(k.byKey, oldest.Value.(*keptAnswer).key)
	}
}

// clone copies what holds texts, because they are put into a language in place.
func (a *Assessed) clone() *Assessed {
	out := *a
	out.Inputs = slices.Clone(a.Inputs)
	out.Assessment.Result.Remarks = slices.Clone(a.Assessment.Result.Remarks)
	out.Assessment.Scenarios = slices.Clone(a.Assessment.Scenarios)
	for i := range out.Assessment.Scenarios {
		r := &out.Assessment.Scenarios[i].Result
		r.Remarks = slices.Clone(r.Remarks)
	}
	return &out
}

// Version is a version of a case, 0 the newest, with its assessment, for those who render it.
func (s *Service) Version(ctx context.Context, id string, version int) (*Assessed, error) {
	return s.assessment(ctx, &AssessmentInput{ID: id, Version: version})
}
