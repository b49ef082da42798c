package closing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// StepInput takes a step.
type StepInput struct {
	ID      string `path:"id" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    StepBody
}

// StepBody is the reason of a step; a refusal and a reopening need one.
type StepBody struct {
	Note string `json:"note,omitempty" maxLength:"2000"`
}

// rule is what a step demands and does.
type rule struct {
	from    []field.Choice
	to      field.Choice
	reason  bool
	against []string // steps whose persons may not take this one
}

var rules = map[string]rule{
	"confirm": {from: []field.Choice{"proposed"}, to: "confirmed", against: []string{"propose"}},
	"sign":    {from: []field.Choice{"proposed", "confirmed"}, to: "signed", against: []string{"propose", "confirm"}},
	"refuse":  {from: []field.Choice{"proposed", "confirmed"}, to: "refused", reason: true, against: []string{"propose"}},
	"reopen":  {from: []field.Choice{"signed"}, to: "reopened", reason: true},
}

// step takes one step of a closing.
func (s *Service) step(name string) func(context.Context, *StepInput) (*View, error) {
	return func(ctx context.Context, in *StepInput) (*View, error) {
		version, err := register.Version(in.IfMatch)
		if err != nil {
			return nil, err
		}
		def, have, err := s.Registers.Need(ctx, Name, in.ID, auth.Read)
		if err != nil {
			return nil, err
		}
		by, note := auth.From(ctx), strings.TrimSpace(in.Body.Note)
		c, err := Of(have)
		if err != nil {
			return nil, err
		}
		if err := s.may(ctx, name, c); err != nil {
			return nil, err
		}
		if version == record.AnyVersion {
			version = have.Version
		}
		var kept record.Doc
		err = s.Records.Write(ctx, func(b *record.Batch) error {
			if err := s.allowed(ctx, name, c.Closing, by.By(), note); err != nil {
				return err
			}
			kept, err = s.take(ctx, b, name, c, version, by.By(), note)
			return err
		})
		if err != nil {
			return nil, err
		}
		s.Registers.Tell(ctx, register.Event{Def: def, Before: &have, After: kept, Action: "update", By: by})
		s.tell(ctx, name, kept, by, note)
		return s.view(ctx, kept, false)
	}
}

// may says whether the role or the relation of the one who asks lets them take a step at all. The operator at the
// machine is nobody's person and holds no approval.
func (s *Service) may(ctx context.Context, name string, c *Kept) error {
	if name == "sign" || name == "reopen" {
		_, _, err := s.Registers.Need(ctx, Name, c.Doc.ID, auth.Approve)
		return err
	}
	acting, err := s.Registers.Acting(ctx)
	if err != nil {
		return err
	}
	if c.Confirmer != "" && slices.Contains(acting.Persons, string(c.Confirmer)) {
		return nil
	}
	if name == "refuse" {
		_, _, err := s.Registers.Need(ctx, Name, c.Doc.ID, auth.Approve)
		return err
	}
	return base.Fail(base.Forbidden, "not_this_record", base.T("Diesen Abschluss bestätigt eine andere Person.", "Another person confirms this closing."))
}

// allowed checks the state, the reason, the persons and the clock.
func (s *Service) allowed(ctx context.Context, name string, c *Closing, by, note string) error {
	r := rules[name]
	from := r.from
	if name == "sign" && c.Confirmer != "" {
		from = []field.Choice{"confirmed"}
	}
	d, _ := s.Records.Def(Name)
	f, _ := field.Find(d.Fields, "status")
	switch {
	case !slices.Contains(from, c.Status):
		return base.Fail(base.Conflict, "wrong_state", base.T("Das geht im Stand „%s“ nicht.", "This is not possible in the state “%s”.",
			base.Text{De: f.OptionTitle(string(c.Status), base.German), En: f.OptionTitle(string(c.Status), base.English)}))
	case r.reason && note == "":
		e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
		e.Fields = []base.FieldError{{Field: "note", Text: base.T("Bitte geben Sie den Grund an.", "Please give the reason.")}}
		return e
	}
	if err := s.apart(ctx, c, by, r.against...); err != nil {
		return err
	}
	return effectplan.ClockBack(ctx, s.Newest, s.Clock())
}

// take writes the step. A signature puts the signatures among what is frozen, hashes it, and enters the ledger.
func (s *Service) take(ctx context.Context, b *record.Batch, name string, have *Kept, version int, by, note string) (record.Doc, error) {
	c := *have.Closing
	c.Steps = append(slices.Clone(c.Steps), Step{Step: field.Choice(name), Person: by, At: s.Clock().UTC().Format(time.RFC3339Nano), Note: note})
	c.Status = rules[name].to
	var frozen *Frozen
	if name == "sign" {
		f, err := c.frozen()
		if err != nil {
			return record.Doc{}, err
		}
		frozen = f
		if err := c.seal(f); err != nil {
			return record.Doc{}, err
		}
	}
	value, err := document(&c)
	if err != nil {
		return record.Doc{}, err
	}
	def, _ := s.Records.Def(Name)
	kept, err := b.Put(def, have.Doc.ID, version, value, by)
	if err != nil {
		return kept, err
	}
	switch {
	case name == "sign" && s.ledger != nil && c.Subject == "effect":
		_, err = s.ledger.Enter(ctx, b, kept.ID, &c, frozen)
	case name == "reopen" && s.ledger != nil:
		err = s.ledger.TakeBack(ctx, b, kept.ID, by, note)
	}
	return kept, err
}

// seal puts the signatures of this round into what is frozen and hashes it.
func (c *Closing) seal(f *Frozen) error {
	f.Signatures = []Step{}
	for i := len(c.Steps) - 1; i >= 0; i-- {
		if c.Steps[i].Step == "refuse" {
			break
		}
		f.Signatures = slices.Insert(f.Signatures, 0, c.Steps[i])
	}
	text, err := f.text()
	if err != nil {
		return err
	}
	c.Frozen = text
	c.Hash, err = proof.Hash(f)
	return err
}

// tell lets the next person know, and after the last step those who waited for it.
func (s *Service) tell(ctx context.Context, name string, doc record.Doc, by auth.Principal, note string) {
	c, err := Of(doc)
	if err != nil {
		return
	}
	n := Notice{Closing: doc.ID, Mark: fmt.Sprint(doc.Version)}
	if name == "confirm" {
		n.Signers, n.Text = true, base.T("%s hat einen Abschluss bestätigt, er wartet auf Ihre Unterschrift.", "%s confirmed a closing, it waits for your signature.", who(by))
		s.notify(ctx, n)
		return
	}
	n.Decided = true
	n.Persons = []string{string(c.Owner), string(c.Confirmer)}
	switch name {
	case "sign":
		n.Text = base.T("%s hat den Abschluss unterschrieben.", "%s signed the closing.", who(by))
	case "refuse":
		n.Text = base.T("%s hat den Abschluss abgelehnt: %s", "%s refused the closing: %s", who(by), note)
	default:
		n.Text = base.T("%s hat den Abschluss wieder geöffnet: %s", "%s reopened the closing: %s", who(by), note)
	}
	s.notify(ctx, n)
}

func byOf(ctx context.Context) string { return auth.From(ctx).By() }
