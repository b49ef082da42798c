package closing

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/store/record"
)

// Certified is a signed effect with all that its certificate says.
type Certified struct {
	View  *View
	Plan  *effectplan.Kept
	Item  *EffectItem
	Terms Frozen
}

// Certified answers with the signed closing of a plan's effect. NotFound when there is none or the reader may not see it.
func (s *Service) Certified(ctx context.Context, plan string) (*Certified, error) {
	p, err := s.Plans.Need(ctx, plan)
	if err != nil {
		return nil, err
	}
	list, err := s.All(ctx, record.Condition{Field: "plan", Op: "eq", Values: []string{plan}}, record.Condition{Field: "status", Op: "eq", Values: []string{"signed"}})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, base.Fail(base.NotFound, "effect_not_signed", base.T("Zu diesem Wirkungsplan ist noch keine Wirkung unterschrieben.", "No effect of this plan is signed yet.")).
			WithHint(base.T("Einen Nachweis gibt es, sobald Controlling den Abschluss der Wirkung unterschrieben hat.", "There is a certificate as soon as Finance has signed the closing of the effect."))
	}
	_, doc, err := s.Registers.Need(ctx, Name, newest(list).Doc.ID, auth.Read)
	if err != nil {
		return nil, err
	}
	c, err := Of(doc)
	if err != nil {
		return nil, err
	}
	f, err := c.frozen()
	if err != nil {
		return nil, err
	}
	view, err := s.view(ctx, doc, true)
	if err != nil {
		return nil, err
	}
	item, _, err := s.effect(ctx, p)
	return &Certified{View: view, Plan: p, Item: item, Terms: *f}, err
}

// Recheck finds a closing by its id or, without one, by its hash, and computes it again from its snapshot. The error is
// Refused when what is kept does not hold.
func (s *Service) Recheck(ctx context.Context, id, hash string) (*View, error) {
	if id == "" {
		list, err := s.Readable(ctx, record.Condition{Field: "status", Op: "eq", Values: []string{"signed", "reopened"}})
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			if c.Hash == hash {
				id = c.Doc.ID
			}
		}
	}
	_, doc, err := s.Registers.Need(ctx, Name, id, auth.Read)
	if err != nil {
		return nil, err
	}
	c, err := Of(doc)
	if err != nil {
		return nil, err
	}
	view, err := s.view(ctx, doc, false)
	if err != nil {
		return nil, err
	}
	return view, s.verify(ctx, c)
}
