package notice

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Changed tells those whom a change of a record concerns. It writes to the state database and waits for nothing else;
// the change itself is done, so what goes wrong here is logged.
func (s *Service) Changed(ctx context.Context, e register.Event) {
	ctx = context.WithoutCancel(ctx)
	list, err := s.notices(ctx, e)
	if err == nil {
		err = s.Send(ctx, list...)
	}
	if err != nil {
		s.Logger.Error("nobody was told of a change", "kind", e.Def.Name, "record", e.After.ID, "action", e.Action, "error", err)
	}
}

func (s *Service) notices(ctx context.Context, e register.Event) ([]Notice, error) {
	n := Notice{Kind: e.Def.Name, Record: e.After.ID, By: e.By, Mark: strconv.Itoa(e.After.Version)}
	by := caller(e.By)
	switch e.Action {
	case "comment":
		n.Cause, n.Persons, n.Mark = Mentioned, e.Mentions, e.Comment
		n.Text = base.T("%s hat Sie in einem Kommentar erwähnt.", "%s mentioned you in a comment.", by)
		return []Notice{n}, nil
	case "propose":
		return s.proposed(ctx, n, e, by)
	case "approve", "refuse":
		return s.decided(ctx, n, e, by)
	case "create", "update", "restore":
		list := assigned(n, e, by)
		if field := s.Outcomes[e.Def.Name]; field != "" {
			more, err := s.outcome(ctx, n, e, field, by)
			return append(list, more...), err
		}
		return list, nil
	}
	return nil, nil
}

// assigned tells whom the record names anew as its owner, or in one of its rows.
func assigned(n Notice, e register.Event, by base.Text) []Notice {
	before := map[string]base.Text{}
	if e.Before != nil && e.Action != "restore" {
		before = named(e.Def.Fields, e.Before.Value)
	}
	var out []Notice
	for person, title := range named(e.Def.Fields, e.After.Value) {
		if _, known := before[person]; known {
			continue
		}
		one := n
		one.Cause, one.Persons = Assigned, []string{person}
		one.Text = base.T("%s hat Sie eingetragen (%s).", "%s entered you (%s).", by, title)
		out = append(out, one)
	}
	return out
}

// named lists whom a document puts in charge, with the title of the field.
func named(fields []field.Field, doc map[string]any) map[string]base.Text {
	out := map[string]base.Text{}
	for i := range fields {
		f := &fields[i]
		switch {
		case f.Owner && f.Target() == field.PersonKind:
			for _, id := range texts(doc[f.Name]) {
				out[id] = f.Title
			}
		case f.Type == field.TypeTable:
			for _, r := range rowsOf(doc[f.Name]) {
				for j := range f.Fields {
					if f.Fields[j].Target() != field.PersonKind {
						continue
					}
					for _, id := range texts(r[f.Fields[j].Name]) {
						if _, known := out[id]; !known {
							out[id] = f.Title
						}
					}
				}
			}
		}
	}
	return out
}

// texts reads a reference or a list of references.
func texts(v any) []string {
	switch x := v.(type) {
	case string:
		return []string{x}
	case []any:
		var out []string
		for _, item := range x {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

func rowsOf(v any) []map[string]any {
	list, _ := v.([]any)
	var out []map[string]any
	for _, item := range list {
		if r, ok := item.(map[string]any); ok {
			out = append(out, r)
		}
	}
	return out
}

// proposed tells who may approve, but not who proposed.
func (s *Service) proposed(ctx context.Context, n Notice, e register.Event, by base.Text) ([]Notice, error) {
	approvers, err := s.Accounts.Approvers(ctx, e.Def.Policy)
	if err != nil {
		return nil, err
	}
	for _, p := range approvers {
		n.Persons = append(n.Persons, p.Person)
	}
	n.Cause, n.Text = Proposed, base.T("%s bittet um Ihre Freigabe.", "%s asks for your approval.", by)
	return []Notice{n}, nil
}

// decided tells who owns the record or what it is about, and who proposed it.
func (s *Service) decided(ctx context.Context, n Notice, e register.Event, by base.Text) ([]Notice, error) {
	persons, err := s.concerned(ctx, e.Def.Name, e.After.ID)
	if err != nil {
		return nil, err
	}
	proposer, note, err := s.lastSteps(ctx, e.Def, e.After.ID)
	if err != nil {
		return nil, err
	}
	if proposer != "" && !slices.Contains(persons, proposer) {
		persons = append(persons, proposer)
	}
	n.Cause, n.Persons = Decided, persons
	n.Text = base.T("%s hat freigegeben.", "%s approved.", by)
	if e.Action == "refuse" {
		n.Text = base.T("%s hat abgelehnt: %s", "%s refused: %s", by, note)
	}
	return []Notice{n}, nil
}

// lastSteps finds who proposed a record last, and the note of its newest step.
func (s *Service) lastSteps(ctx context.Context, d *record.Def, id string) (proposer, note string, err error) {
	versions, err := s.Records.Versions(ctx, d, id)
	if err != nil || len(versions) == 0 {
		return "", "", err
	}
	for _, v := range slices.Backward(versions) {
		if v.Action == "propose" {
			a, err := s.Accounts.ByName(ctx, v.By)
			return a.Person, strings.TrimSpace(versions[len(versions)-1].Note), err
		}
	}
	return "", strings.TrimSpace(versions[len(versions)-1].Note), nil
}

// outcome tells how something was decided that is written into the record itself.
func (s *Service) outcome(ctx context.Context, n Notice, e register.Event, name string, by base.Text) ([]Notice, error) {
	after, _ := e.After.Value[name].(string)
	var before string
	if e.Before != nil {
		before, _ = e.Before.Value[name].(string)
	}
	f, ok := field.Find(e.Def.Fields, name)
	if !ok || after == "" || after == "open" || after == before {
		return nil, nil
	}
	persons, err := s.concerned(ctx, e.Def.Name, e.After.ID)
	if err != nil {
		return nil, err
	}
	n.Cause, n.Persons = Decided, persons
	n.Text = base.T("%s hat entschieden: %s.", "%s decided: %s.", by, base.Text{De: f.OptionTitle(after, base.German), En: f.OptionTitle(after, base.English)})
	return []Notice{n}, nil
}
