package governance

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// TakeInput puts proposed topics on the agenda of a meeting.
type TakeInput struct {
	ID      string `path:"id" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    TakeBody
}

// TakeBody names the topics that a person wants.
type TakeBody struct {
	About []string `json:"about" minItems:"1" maxItems:"60" doc:"of the proposal; what is no longer proposed is left out"`
}

// takeAgenda appends the named topics behind those that the agenda has, in the words of the one who asks.
func (s *Service) takeAgenda(ctx context.Context, in *TakeInput) (*register.One, error) {
	n, err := register.Version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	m, doc, err := s.meeting(ctx, in.ID, auth.Update)
	if err != nil {
		return nil, err
	}
	if n == record.AnyVersion {
		n = doc.Version
	}
	proposal, err := s.propose(ctx, m)
	if err != nil {
		return nil, err
	}
	lang := base.LangOf(ctx)
	before := len(m.value.Agenda)
	for _, p := range proposal.Items {
		if !slices.Contains(in.Body.About, p.About) {
			continue
		}
		minutes := float64(p.Minutes)
		m.value.Agenda = append(m.value.Agenda, Topic{Title: p.Title.In(lang) + " (" + p.Why.In(lang) + ")", Minutes: &minutes, Person: field.Person(p.Person), About: p.About})
	}
	kind, _ := s.Records.Def("meeting")
	if len(m.value.Agenda) == before {
		return s.Registers.Show(ctx, kind, doc)
	}
	value, err := record.Value(m.value)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept record.Doc
	err = s.Records.Write(ctx, func(b *record.Batch) error {
		kept, err = b.Put(kind, doc.ID, n, value, by.By())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.Registers.Tell(ctx, register.Event{Def: kind, Before: &doc, After: kept, Action: "update", By: by})
	return s.Registers.Show(ctx, kind, kept)
}
