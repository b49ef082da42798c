package closing

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Reminder is a closing that is due or overdue, and for whom it waits. It is about the closing, and while nobody has
// proposed one about the plan, the target or the closing before.
type Reminder struct {
	Kind, Record string
	Mark         string   // one closing in one state
	Persons      []string // ids of kind person
	Proposers    bool     // whoever proposes closings
	Signers      bool     // whoever may sign, without those of Apart
	Apart        []string // ids of kind person
	Text         base.Text
}

// Reminders are those whose day is not before since.
func (s *Service) Reminders(ctx context.Context, since time.Time) ([]Reminder, error) {
	all, err := s.All(ctx)
	if err != nil {
		return nil, err
	}
	plans, err := s.Plans.All(ctx)
	if err != nil {
		return nil, err
	}
	due, err := s.due(ctx, all, plans)
	if err != nil {
		return nil, err
	}
	targets, err := s.targets(ctx)
	if err != nil {
		return nil, err
	}
	var out []Reminder
	for _, d := range due.Items {
		if d.State != "due" && d.State != "overdue" || d.Due < since.Format(time.DateOnly) {
			continue
		}
		r, err := s.reminder(ctx, d, all, plans, targets)
		if err != nil {
			return nil, err
		}
		if r.Record != "" {
			out = append(out, r)
		}
	}
	return out, nil
}

func (s *Service) reminder(ctx context.Context, d Due, all []*Kept, plans []*effectplan.Kept, targets []record.Record[target]) (Reminder, error) {
	r := Reminder{Kind: Name, Record: d.Closing, Mark: "closing " + d.Metric + " " + d.From + " " + d.State, Text: reminding(d)}
	if d.Next == "propose" {
		if d.Closing == "" {
			r.Kind, r.Record = s.aboutNone(d, all, targets)
		}
		if at := slices.IndexFunc(plans, func(p *effectplan.Kept) bool { return d.Plan != "" && p.Doc.ID == d.Plan }); at >= 0 && plans[at].Owner != "" {
			r.Persons = []string{string(plans[at].Owner)}
		} else {
			r.Proposers = true
		}
		return r, nil
	}
	c := all[slices.IndexFunc(all, func(k *Kept) bool { return k.Doc.ID == d.Closing })]
	if d.Next == "confirm" {
		r.Persons = []string{string(c.Confirmer)}
		return r, nil
	}
	r.Signers = true
	for _, step := range []string{"propose", "confirm"} {
		by := c.by(field.Choice(step)).Person
		if by == "" {
			continue
		}
		person, err := s.Person(ctx, by)
		if err != nil {
			return r, err
		}
		r.Apart = append(r.Apart, person)
	}
	return r, nil
}

// aboutNone is the record of a closing that nobody has proposed.
func (s *Service) aboutNone(d Due, all []*Kept, targets []record.Record[target]) (kind, id string) {
	if d.Plan != "" {
		return effectplan.Name, d.Plan
	}
	for _, t := range targets {
		if t.Value.Metric == d.Metric && (t.Value.Process == "" || t.Value.Process == d.Process) {
			return "target", t.ID
		}
	}
	for _, k := range all { // newest first
		if k.Subject == "metric" && k.Metric == d.Metric && k.Process == d.Process {
			return Name, k.Doc.ID
		}
	}
	return "", ""
}

// reminding says what is due and whose step is next.
func reminding(d Due) base.Text {
	step := map[string]base.Text{
		"propose": base.T("Bitte vorlegen", "Please propose it"),
		"confirm": base.T("Er wartet auf Ihre Bestätigung", "It waits for your confirmation"),
		"sign":    base.T("Er wartet auf Ihre Unterschrift", "It waits for your signature"),
	}[d.Next]
	what := base.Text{De: d.Title.De + ", " + d.Label.De, En: d.Title.En + ", " + d.Label.En}
	day, err := period.ParseDate(d.Due)
	if err != nil {
		return what
	}
	if d.State == "overdue" {
		return base.T("Seit %s überfällig: Abschluss „%s“. %s.", "Overdue since %s: closing “%s”. %s.", day.Label(), what, step)
	}
	return base.T("Fällig am %s: Abschluss „%s“. %s.", "Due on %s: closing “%s”. %s.", day.Label(), what, step)
}
