package governance

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/target"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Date is a day by which something of a record shall happen.
type Date struct {
	Kind, Record, Name string
	What               base.Text // what shall happen: title of the field or of the row
	Day                time.Time
	Persons            []string
	Begin              bool // something begins that day and cannot be late
}

// Dates lists what falls between two days, the second left out, as far as the one who asks may read it.
type Dates interface {
	Between(ctx context.Context, from, to time.Time) ([]Date, error)
}

// What a topic is for.
const (
	sortGate     = "gate"
	sortApproval = "approval"
	sortDecision = "decision"
	sortTarget   = "target"
	sortRisk     = "risk"
	sortOverdue  = "overdue"
)

// sorts are the topics in the order of an agenda, with the minutes that they usually take.
var sorts = []struct {
	name    string
	minutes int
}{{sortGate, 20}, {sortApproval, 20}, {sortDecision, 15}, {sortTarget, 10}, {sortRisk, 10}, {sortOverdue, 5}}

const (
	mostTopics = 60
	lateDays   = 365 // what has been due for longer is no topic but forgotten
	monthDays  = 31
)

// AgendaInput names the meeting.
type AgendaInput struct {
	ID string `path:"id" maxLength:"64"`
}

// AgendaProposal is what a meeting has before it.
type AgendaProposal struct {
	Items   []Proposed   `json:"items"`
	Until   string       `json:"until" format:"date" doc:"what falls due up to this day, that of the next meeting, is proposed"`
	Remarks base.Remarks `json:"remarks"`
}

// Proposed is a topic that a meeting should have on its agenda.
type Proposed struct {
	About   string    `json:"about" doc:"kind/id of the record; a topic that is on the agenda already is not proposed again"`
	Sort    string    `json:"sort" enum:"gate,approval,decision,target,risk,overdue"`
	Title   base.Text `json:"title"`
	Why     base.Text `json:"why"`
	Minutes int       `json:"minutes"`
	Person  string    `json:"person" doc:"id of the person who has it, empty when nobody does"`

	day string // the most urgent first
}

// agenda proposes what is due: gates and business cases that wait, decisions, targets off course, risks, what is overdue.
func (s *Service) agenda(ctx context.Context, in *AgendaInput) (*AgendaProposal, error) {
	m, _, err := s.meeting(ctx, in.ID, auth.Read)
	if err != nil {
		return nil, err
	}
	return s.propose(ctx, m)
}

// sitting is a meeting with what its agenda looks at.
type sitting struct {
	id    string
	value Meeting
	day   time.Time
	until time.Time // day of the next one
}

func (s *Service) meeting(ctx context.Context, id string, a auth.Action) (sitting, record.Doc, error) {
	_, doc, err := s.Registers.Need(ctx, "meeting", id, a)
	if err != nil {
		return sitting{}, doc, err
	}
	value, err := record.As[Meeting](doc.Value)
	if err != nil {
		return sitting{}, doc, err
	}
	day, err := time.Parse(time.DateOnly, string(value.Day))
	if err != nil {
		return sitting{}, doc, err
	}
	m := sitting{id: doc.ID, value: value, day: day, until: day.AddDate(0, 0, monthDays)}
	if value.Committee == "" {
		return m, doc, nil
	}
	_, committee, err := s.Registers.Need(ctx, "committee", string(value.Committee), auth.Read)
	if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Forbidden) {
		return m, doc, nil
	}
	switch committee.Value["cycle"] {
	case "week":
		m.until = day.AddDate(0, 0, 7)
	case "quarter":
		m.until = day.AddDate(0, 3, 0)
	case "month":
		m.until = day.AddDate(0, 1, 0)
	}
	return m, doc, err
}

func (s *Service) propose(ctx context.Context, m sitting) (*AgendaProposal, error) {
	out := &AgendaProposal{Items: []Proposed{}, Until: m.until.Format(time.DateOnly), Remarks: base.Remarks{}}
	for _, part := range []func(context.Context, sitting) ([]Proposed, error){s.waiting, s.undecided, s.offCourse, s.risks, s.overdue, s.tasks} {
		list, err := part(ctx, m)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, list...)
	}
	known := map[string]bool{}
	for _, t := range m.value.Agenda {
		known[t.About] = true
	}
	out.Items = slices.DeleteFunc(out.Items, func(p Proposed) bool {
		twice := known[p.About]
		known[p.About] = true
		return twice
	})
	for i := range out.Items {
		out.Items[i].Minutes = sorts[place(out.Items[i].Sort)].minutes
	}
	slices.SortStableFunc(out.Items, func(a, b Proposed) int {
		return cmp.Or(cmp.Compare(place(a.Sort), place(b.Sort)), cmp.Compare(a.day, b.day))
	})
	if len(out.Items) > mostTopics {
		out.Remarks.Add("cut", base.T("Es sind mehr als %d Punkte; die weniger dringenden fehlen.", "There are more than %d topics; the less urgent are left out.", mostTopics))
		out.Items = out.Items[:mostTopics]
	}
	return out, nil
}

func place(sort string) int {
	for i, s := range sorts {
		if s.name == sort {
			return i
		}
	}
	return 0
}

// each visits the readable records of a kind.
func (s *Service) each(ctx context.Context, kind string, where []record.Condition, visit func(*record.Def, record.Doc)) error {
	for q := (record.Query{Where: where, Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}}); ; {
		def, page, err := s.Registers.Page(ctx, kind, q)
		if err != nil || def == nil {
			return err
		}
		for _, doc := range page.Items {
			visit(def, doc)
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

func is(name string, values ...string) record.Condition {
	return record.Condition{Field: name, Op: "eq", Values: values}
}

// topic begins the topic of a record.
func topic(sort string, def *record.Def, doc record.Doc) Proposed {
	p := Proposed{About: def.Name + "/" + doc.ID, Sort: sort}
	for i := range def.Fields {
		if f := &def.Fields[i]; f.Owner && f.Type == field.TypePerson && p.Person == "" {
			p.Person, _ = doc.Value[f.Name].(string)
		}
	}
	return p
}

func heading(def *record.Def, doc record.Doc) string {
	name, _ := doc.Value[def.Heading().Name].(string)
	return name
}

func days(d string) base.Text {
	return base.Text{De: field.FormatDay(d, base.German), En: field.FormatDay(d, base.English)}
}

// waiting is what was proposed and waits for another person: gates first.
func (s *Service) waiting(ctx context.Context, _ sitting) ([]Proposed, error) {
	var out []Proposed
	for _, d := range s.Records.Defs() {
		if !d.Approval {
			continue
		}
		err := s.each(ctx, d.Name, []record.Condition{is("state", record.Proposed)}, func(def *record.Def, doc record.Doc) {
			p := topic(sortApproval, def, doc)
			if def.Name == sortGate {
				p.Sort = sortGate
			}
			p.Title = base.Text{De: def.One.De + ": " + heading(def, doc), En: def.One.En + ": " + heading(def, doc)}
			p.Why = base.T("wartet seit dem %s auf Freigabe", "has waited for approval since %s", days(doc.UpdatedAt.Format(time.DateOnly)))
			p.day = doc.UpdatedAt.Format(time.DateOnly)
			out = append(out, p)
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// undecided are the open decisions of this committee, and those of none, that fall due before the next meeting.
func (s *Service) undecided(ctx context.Context, m sitting) ([]Proposed, error) {
	var out []Proposed
	err := s.each(ctx, "decision", nil, func(def *record.Def, doc record.Doc) {
		outcome, _ := doc.Value["outcome"].(string)
		committee, _ := doc.Value["committee"].(string)
		due, _ := doc.Value["due"].(string)
		if outcome == "accepted" || outcome == "rejected" || committee != "" && committee != string(m.value.Committee) || due >= m.until.Format(time.DateOnly) {
			return
		}
		p := topic(sortDecision, def, doc)
		p.Title, p.day = base.T("Entscheidung: %s", "Decision: %s", heading(def, doc)), due
		p.Why = base.T("offen, ohne Termin", "open, without a date")
		if due != "" {
			p.Why = base.T("fällig am %s", "due on %s", days(due))
		}
		out = append(out, p)
	})
	return out, err
}

// offCourse are the targets that are missed or at risk.
func (s *Service) offCourse(ctx context.Context, _ sitting) ([]Proposed, error) {
	list, err := s.Status(ctx, &StatusInput{})
	if err != nil {
		return nil, err
	}
	var out []Proposed
	for _, t := range list.Items {
		p := Proposed{About: "target/" + t.ID, Sort: sortTarget, Person: t.Owner, Title: base.T("Zielwert: %s", "Target: %s", t.Title)}
		switch t.Status {
		case target.Missed:
			p.Why, p.day = base.T("verfehlt", "missed"), "1"
		case target.AtRisk:
			p.Why, p.day = base.T("gefährdet", "at risk"), "2"
		default:
			continue
		}
		out = append(out, p)
	}
	return out, nil
}

// risks are those that have occurred, and those whose treatment falls due before the next meeting.
func (s *Service) risks(ctx context.Context, m sitting) ([]Proposed, error) {
	var out []Proposed
	err := s.each(ctx, "risk", nil, func(def *record.Def, doc record.Doc) {
		state, _ := doc.Value["status"].(string)
		due, _ := doc.Value["due"].(string)
		p := topic(sortRisk, def, doc)
		p.Title = base.T("Risiko: %s", "Risk: %s", heading(def, doc))
		switch {
		case state == "closed":
			return
		case state == "occurred":
			p.Why = base.T("eingetreten", "has occurred")
		case due != "" && due < m.until.Format(time.DateOnly):
			p.Why, p.day = base.T("Maßnahme fällig am %s", "measure due on %s", days(due)), due
		default:
			return
		}
		out = append(out, p)
	})
	return out, err
}

// overdue is everything else that should have happened before the meeting, one topic for each record.
func (s *Service) overdue(ctx context.Context, m sitting) ([]Proposed, error) {
	dates, err := s.Dates.Between(ctx, m.day.AddDate(0, 0, -lateDays), m.day)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(dates, func(a, b Date) int { return a.Day.Compare(b.Day) })
	var out []Proposed
	for _, d := range dates {
		if d.Begin || slices.Contains([]string{"decision", "risk", "meeting"}, d.Kind) {
			continue // they are asked for on their own
		}
		p := Proposed{About: d.Kind + "/" + d.Record, Sort: sortOverdue, day: d.Day.Format(time.DateOnly), Title: base.T("Überfällig: %s", "Overdue: %s", d.Name)}
		p.Why = base.T("%s, fällig am %s", "%s, due on %s", d.What, days(p.day))
		if len(d.Persons) > 0 {
			p.Person = d.Persons[0]
		}
		out = append(out, p)
	}
	return out, nil
}

// tasks are what earlier meetings of the committee agreed on and nobody has done yet.
func (s *Service) tasks(ctx context.Context, m sitting) ([]Proposed, error) {
	if m.value.Committee == "" {
		return nil, nil
	}
	var out []Proposed
	err := s.each(ctx, "meeting", []record.Condition{is("committee", string(m.value.Committee))}, func(def *record.Def, doc record.Doc) {
		value, err := record.As[Meeting](doc.Value)
		if err != nil || doc.ID == m.id || value.Day >= m.value.Day {
			return
		}
		open := 0
		for _, t := range value.Actions {
			if t.Done == "" && (t.Due == "" || string(t.Due) <= m.day.Format(time.DateOnly)) {
				open++
			}
		}
		if open == 0 {
			return
		}
		p := topic(sortOverdue, def, doc)
		p.Title, p.day = base.T("Offene Aufgaben: %s", "Open actions: %s", heading(def, doc)), string(value.Day)
		p.Why = base.N(open, base.T("eine Aufgabe ist nicht erledigt", "one action is not done"), base.T("%d Aufgaben sind nicht erledigt", "%d actions are not done", open))
		out = append(out, p)
	})
	return out, err
}
