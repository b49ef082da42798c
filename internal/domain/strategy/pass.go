package strategy

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// AheadInput asks what a gate wants.
type AheadInput struct {
	ID string `path:"id" maxLength:"64"`
	To string `query:"to" maxLength:"20" doc:"stage to enter; without it the next one"`
}

// Ahead is what lies ahead of an initiative.
type Ahead struct {
	Stage   string   `json:"stage"`
	To      string   `json:"to" doc:"empty when there is no way on"`
	Stages  []string `json:"stages" doc:"every stage that it may enter from here"`
	Answers []Asked  `json:"answers"`
	Open    string   `json:"open" doc:"id of the gate that waits for a decision, empty when none does"`
	Judge   bool     `json:"judge" doc:"the one who asks may decide on it"`
}

// Asked is a criterion with what Lotse already knows.
type Asked struct {
	Code     string    `json:"code"`
	Title    base.Text `json:"title"`
	Hard     bool      `json:"hard" doc:"without it the gate stays shut"`
	Auto     bool      `json:"auto" doc:"Lotse answers it from the initiative"`
	Waivable bool      `json:"waivable" doc:"where Lotse says no, a person may answer not_needed with the reason as evidence"`
	Met      string    `json:"met" doc:"yes, no or empty where a person answers"`
	Evidence base.Text `json:"evidence"`
}

func (s *Service) ahead(ctx context.Context, in *AheadInput) (*Ahead, error) {
	_, doc, err := s.registers.Need(ctx, Initiatives.Name, in.ID, auth.Read)
	if err != nil {
		return nil, err
	}
	i, facts, err := s.facts(ctx, doc)
	if err != nil {
		return nil, err
	}
	stage := string(i.Stage)
	out := &Ahead{Stage: stage, Stages: next(stage)}
	if err := s.waits(ctx, doc, out); err != nil || len(out.Stages) == 0 {
		return out, err
	}
	if out.To = in.To; out.To == "" {
		out.To = out.Stages[0]
	}
	if !slices.Contains(out.Stages, out.To) {
		return nil, wrongStage(stage, out.To)
	}
	for _, c := range asked(stage, out.To) {
		a := Asked{Code: c.Code, Title: base.Text{De: c.De, En: c.En}, Hard: c.Hard, Auto: c.Auto != "", Waivable: c.Waivable}
		if a.Auto {
			a.Met, a.Evidence = c.answer(&i, facts)
		}
		out.Answers = append(out.Answers, a)
	}
	return out, nil
}

// waits names the gate that waits for a decision, and whether the one who asks may take it: never who proposed it.
func (s *Service) waits(ctx context.Context, doc record.Doc, out *Ahead) error {
	open, err := s.openGate(ctx, doc.ID)
	if err != nil || open.ID == "" {
		return err
	}
	out.Open = open.ID
	_, gate, err := s.registers.Need(ctx, Gates.Name, open.ID, auth.Read)
	if err != nil {
		return err
	}
	err = s.mayJudge(ctx, "approve", open.ID, doc)
	out.Judge = err == nil && gate.UpdatedBy != auth.From(ctx).By()
	if base.IsKind(err, base.Forbidden) {
		return nil
	}
	return err
}

func (c Criterion) answer(i *Initiative, f Facts) (string, base.Text) {
	met, evidence := rules[c.Auto](i, f)
	if met {
		return "yes", evidence
	}
	return "no", base.Text{}
}

func wrongStage(from, to string) error {
	f := field.Field{Options: Stages}
	return base.Fail(base.Refused, "wrong_stage", base.Text{
		De: "Von „" + f.OptionTitle(from, base.German) + "“ führt kein Tor nach „" + f.OptionTitle(to, base.German) + "“.",
		En: "No gate leads from “" + f.OptionTitle(from, base.English) + "” to “" + f.OptionTitle(to, base.English) + "”."})
}

// facts reads the initiative and what its gates look at beside it.
func (s *Service) facts(ctx context.Context, doc record.Doc) (Initiative, Facts, error) {
	var f Facts
	i, err := record.As[Initiative](doc.Value)
	if err != nil {
		return i, f, err
	}
	if risks, ok := s.records.Def("risk"); ok {
		groups, err := s.records.Groups(ctx, risks, record.Query{Scope: record.Scope{All: true},
			Where: []record.Condition{{Field: "initiative", Op: "eq", Values: []string{doc.ID}}}}, "", nil)
		if err != nil {
			return i, f, err
		}
		for _, g := range groups {
			f.Risks += g.Count
		}
	}
	if f.Metrics, err = s.titles(ctx, i.Metrics); err != nil {
		return i, f, err
	}
	if s.cases != nil {
		if f.CaseApproved, err = s.cases.Approved(ctx, doc.ID); err != nil {
			return i, f, err
		}
	}
	if s.proofs != nil {
		f.PlanSigned, err = s.proofs.SignedFor(ctx, doc.ID)
	}
	return i, f, err
}

// openGate is the gate of an initiative that waits for a decision, the zero value when none does.
func (s *Service) openGate(ctx context.Context, initiative string) (record.Record[Gate], error) {
	list, err := record.FindTyped(ctx, s.records, Gates, record.Query{Scope: record.Scope{All: true}, Limit: 1, Where: []record.Condition{
		{Field: "initiative", Op: "eq", Values: []string{initiative}}, {Field: "state", Op: "eq", Values: []string{record.Proposed}}}})
	if err != nil || len(list) == 0 {
		return record.Record[Gate]{}, err
	}
	return list[0], nil
}

// ProposeInput brings an initiative before a gate.
type ProposeInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body ProposeBody
}

// ProposeBody names the stage to enter and answers the criteria that a person answers.
type ProposeBody struct {
	To      string       `json:"to" maxLength:"20"`
	Answers []AnswerBody `json:"answers,omitempty" maxItems:"100"`
	Note    string       `json:"note,omitempty" maxLength:"5000"`
}

// AnswerBody answers one criterion.
type AnswerBody struct {
	Code     string `json:"code" maxLength:"64"`
	Met      string `json:"met" enum:"yes,no,not_needed"`
	Evidence string `json:"evidence,omitempty" maxLength:"2000"`
}

func (s *Service) propose(ctx context.Context, in *ProposeInput) (*register.One, error) {
	_, doc, err := s.registers.Need(ctx, Initiatives.Name, in.ID, auth.Update)
	if err != nil {
		return nil, err
	}
	if open, err := s.openGate(ctx, doc.ID); err != nil {
		return nil, err
	} else if open.ID != "" {
		return nil, base.Fail(base.Conflict, "gate_waits", base.T("Für dieses Vorhaben wartet schon ein Tor auf seine Entscheidung.", "A gate of this initiative already waits for its decision."))
	}
	i, facts, err := s.facts(ctx, doc)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(next(string(i.Stage)), in.Body.To) {
		return nil, wrongStage(string(i.Stage), in.Body.To)
	}
	answers, err := answered(&i, facts, in.Body)
	if err != nil {
		return nil, err
	}
	acting, err := s.registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	f := field.Field{Options: Stages}
	g := Gate{Title: i.Title + ": " + f.OptionTitle(string(i.Stage), base.German) + " → " + f.OptionTitle(in.Body.To, base.German), Initiative: field.Ref(doc.ID),
		From: i.Stage, To: field.Choice(in.Body.To), Answers: answers, Note: field.Markdown(in.Body.Note), Owner: field.Person(acting.Self)}
	kind, _ := s.records.Def(Gates.Name)
	value, err := record.Value(g)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept record.Doc
	err = s.records.Write(ctx, func(b *record.Batch) error {
		if kept, err = b.Put(kind, "", record.New, value, by.By()); err != nil {
			return err
		}
		kept, err = b.Decide(kind, kept.ID, kept.Version, record.Decision{Step: "propose", By: by.By(), Note: in.Body.Note})
		return err
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: kind, After: kept, Action: "propose", By: by})
	return s.registers.Show(ctx, kind, kept)
}

// answered joins what Lotse knows with what a person says. A hard criterion that is not met keeps the gate shut; a soft
// one wants a note.
func answered(i *Initiative, facts Facts, body ProposeBody) ([]Answer, error) {
	var e field.Errors
	given := map[string]AnswerBody{}
	for _, a := range body.Answers {
		given[a.Code] = a
	}
	var out []Answer
	for _, c := range asked(string(i.Stage), body.To) {
		a := Answer{Code: c.Code, Title: c.De, Hard: &c.Hard, Met: field.Choice(given[c.Code].Met), Evidence: strings.TrimSpace(given[c.Code].Evidence)}
		if c.Auto != "" {
			met, evidence := c.answer(i, facts)
			if c.Waivable && met == "no" && a.Met == "not_needed" && a.Evidence != "" {
				met = "not_needed"
			}
			a.Met = field.Choice(met)
			if a.Evidence == "" {
				a.Evidence = evidence.De
			}
		}
		title := base.Text{De: c.De, En: c.En}
		switch {
		case a.Met == "" || a.Met == "no" && c.Hard:
			e.Add("answers."+c.Code, base.T("Noch offen: %s.", "Still open: %s.", title))
		case a.Met == "no" && body.Note == "":
			e.Add("note", base.T("Offen, ohne Begründung: %s.", "Open, without a reason: %s.", title))
		case c.Auto == "" && a.Evidence == "":
			e.Add("answers."+c.Code, base.T("Ohne Beleg: %s.", "Without evidence: %s.", title))
		}
		out = append(out, a)
	}
	if len(e.List()) > 0 {
		err := base.Fail(base.Refused, "gate_shut", base.T("Das Tor bleibt zu, solange Pflichtpunkte offen sind.", "The gate stays shut while mandatory points are open."))
		err.Fields = e.List()
		return nil, err
	}
	return out, nil
}

// JudgeInput decides on a gate.
type JudgeInput struct {
	ID      string `path:"id" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    JudgeBody
}

// JudgeBody is the decision with its reason.
type JudgeBody struct {
	Step string `json:"step" enum:"approve,refuse,withdraw"`
	Note string `json:"note" maxLength:"5000" doc:"reason of the decision"`
	Day  string `json:"day,omitempty" format:"date" doc:"day of the decision when it is entered later, today when empty"`
}

// judge decides on a gate; passing it changes the stage of the initiative in the same transaction. Approving are those
// whom the policy names, and the sponsor of the initiative; never who proposed it.
func (s *Service) judge(ctx context.Context, in *JudgeInput) (*register.One, error) {
	n, err := register.Version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	kind, gate, err := s.registers.Need(ctx, Gates.Name, in.ID, auth.Read)
	if err != nil {
		return nil, err
	}
	g, err := record.As[Gate](gate.Value)
	if err != nil {
		return nil, err
	}
	initiatives, i, err := s.registers.Need(ctx, Initiatives.Name, string(g.Initiative), auth.Read)
	if err != nil {
		return nil, err
	}
	if err := s.mayJudge(ctx, in.Body.Step, in.ID, i); err != nil {
		return nil, err
	}
	if in.Body.Step == "approve" && strings.TrimSpace(in.Body.Note) == "" {
		e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
		e.Fields = []base.FieldError{{Field: "note", Text: base.T("Eine Entscheidung braucht ihre Begründung.", "A decision needs its reason.")}}
		return nil, e
	}
	since, err := s.decidedOn(in.Body.Day, i)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept, moved record.Doc
	err = s.records.Write(ctx, func(b *record.Batch) error {
		if kept, err = b.Decide(kind, in.ID, n, record.Decision{Step: in.Body.Step, By: by.By(), Note: strings.TrimSpace(in.Body.Note)}); err != nil || in.Body.Step != "approve" {
			return err
		}
		if i.Value["stage"] != string(g.From) {
			return wrongStage(i.Value["stage"].(string), string(g.To))
		}
		value := map[string]any{}
		for name, v := range i.Value {
			value[name] = v
		}
		value["stage"], value["stage_since"] = string(g.To), since
		moved, err = b.Put(initiatives, i.ID, i.Version, value, by.By())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: kind, Before: &gate, After: kept, Action: in.Body.Step, By: by})
	if moved.ID != "" {
		s.registers.Tell(ctx, register.Event{Def: initiatives, Before: &i, After: moved, Action: "update", By: by})
	}
	return s.registers.Show(ctx, kind, kept)
}

func (s *Service) mayJudge(ctx context.Context, step, gate string, i record.Doc) error {
	if step == "withdraw" {
		_, _, err := s.registers.Need(ctx, Initiatives.Name, i.ID, auth.Update)
		return err
	}
	acting, err := s.registers.Acting(ctx)
	if err != nil {
		return err
	}
	sponsor, _ := i.Value["sponsor"].(string)
	if sponsor != "" && sponsor == acting.Self {
		return nil
	}
	_, _, err = s.registers.Need(ctx, Gates.Name, gate, auth.Approve)
	return err
}

// decidedOn is the day of a decision: today, or the earlier day on which it was taken, not before the present stage.
func (s *Service) decidedOn(day string, i record.Doc) (string, error) {
	today := s.clock().Format(time.DateOnly)
	if day == "" {
		return today, nil
	}
	since, _ := i.Value["stage_since"].(string)
	return day, wrongDay(day, since, today)
}

// wrongDay refuses a day that is none, is in the future or lies before another.
func wrongDay(day, since, today string) error {
	var text base.Text
	switch _, err := time.Parse(time.DateOnly, day); {
	case err != nil:
		text = base.T("Bitte einen Tag wie 2026-11-24 angeben.", "Please give a day such as 2026-11-24.")
	case day > today:
		text = base.T("Der Tag liegt in der Zukunft.", "The day is in the future.")
	case day < since:
		text = base.T("Der Tag liegt vor dem Beginn der Phase.", "The day is before the start of the stage.")
	default:
		return nil
	}
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = []base.FieldError{{Field: "day", Text: text}}
	return e
}

// Operations are those of initiatives beside their register.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path string, p operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "initiative", Permission: p, Summary: base.T(de, en)}
	}
	return []operation.Operation{
		operation.New(def("initiative_from_finding", operation.Command, http.MethodPost, "/initiatives/from_finding", auth.RegisterWrite, "Vorhaben aus einem Befund machen", "Make an initiative of a finding"), s.fromFinding),
		operation.New(def("initiative_gate", operation.Query, http.MethodGet, "/initiatives/{id}/gate", auth.RegisterRead, "Nächstes Tor zeigen", "Show the next gate"), s.ahead),
		operation.New(def("initiative_propose", operation.Command, http.MethodPost, "/initiatives/{id}/gate", auth.RegisterWrite, "Dem Tor vorlegen", "Bring before the gate"), s.propose),
		operation.New(def("gate_judge", operation.Command, http.MethodPost, "/gates/{id}/judge", auth.RegisterWrite, "Über ein Tor entscheiden", "Decide on a gate"), s.judge),
		operation.New(def("initiative_stages", operation.Query, http.MethodGet, "/initiatives/stages", auth.RegisterRead, "Zeiten in den Phasen", "Times in the stages"), s.stages),
		operation.New(def("initiative_priority", operation.Query, http.MethodGet, "/initiatives/priority", auth.RegisterRead, "Rangfolge der Vorhaben", "Rank the initiatives"), s.priority),
		operation.New(def("initiative_progress", operation.Query, http.MethodGet, "/initiatives/progress", auth.RegisterRead, "Stand und Frühwarnung der Vorhaben", "Progress and early warning of the initiatives"), s.progress),
		operation.New(def("initiative_templates", operation.Query, http.MethodGet, "/initiatives/templates", auth.RegisterRead, "Vorlagen für Vorhaben", "Templates of initiatives"), s.templates),
		operation.New(def("initiative_from_template", operation.Command, http.MethodPost, "/initiatives/from_template", auth.RegisterWrite, "Vorhaben aus einer Vorlage machen", "Make an initiative of a template"), s.fromTemplate),
	}
}
