package businesscase

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// BindingsInput asks for the measurements of a version.
type BindingsInput struct {
	ID      string `path:"id" maxLength:"64"`
	Version int    `query:"version" minimum:"0" maximum:"1000000" doc:"0 or absent: the approved version, the newest where none is"`
}

// BindingList sets the measurements that a case keeps beside those of today.
type BindingList struct {
	Version int        `json:"version"`
	Items   []BoundNow `json:"items"`
	Changed int        `json:"changed" doc:"how many are measured differently today"`
	Shared  []Shared   `json:"shared" doc:"other initiatives that claim the same benefit"`
}

// BoundNow is a kept measurement beside the one of today.
type BoundNow struct {
	Binding
	InputTitle base.Text `json:"input_title"`
	Today      *Today    `json:"today" doc:"null while it cannot be measured any more"`
	Gone       base.Text `json:"gone" doc:"why it cannot be measured any more, empty otherwise"`
	Changed    bool      `json:"changed" doc:"the measurement has changed since"`
	Note       base.Text `json:"note" doc:"in words, empty while nothing changed"`
}

// Today is a measurement as it is now.
type Today struct {
	Value  *float64 `json:"value"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	From   string   `json:"from"`
	Before string   `json:"before"`
	Count  int64    `json:"count"`
}

// Shared is another initiative whose case counts the same measured benefit.
type Shared struct {
	Initiative string    `json:"initiative"`
	Name       string    `json:"name" doc:"of the initiative"`
	Case       string    `json:"case"`
	Title      string    `json:"title" doc:"of the measurement"`
	Text       base.Text `json:"text"`
}

func (s *Service) bindings(ctx context.Context, in *BindingsInput) (*BindingList, error) {
	doc, _, err := s.need(ctx, in.ID, auth.Read)
	if err != nil {
		return nil, err
	}
	version := in.Version
	if version == 0 {
		version = doc.ApprovedVersion
	}
	version, b, err := s.at(ctx, in.ID, version)
	if err != nil {
		return nil, err
	}
	out := &BindingList{Version: version, Items: []BoundNow{}, Shared: []Shared{}}
	for _, m := range b.Bindings {
		now, err := s.now(ctx, b, m)
		if err != nil {
			return nil, err
		}
		if now.Changed {
			out.Changed++
		}
		out.Items = append(out.Items, now)
	}
	out.Shared, err = s.shared(ctx, doc.ID, b)
	return out, err
}

// now measures a binding again.
func (s *Service) now(ctx context.Context, b *BusinessCase, m Binding) (BoundNow, error) {
	c := b.Finance()
	out := BoundNow{Binding: m, InputTitle: KeyTitle(&c, m.Key)}
	today, err := s.measures.Measure(ctx, m.source())
	switch {
	case base.IsKind(err, base.NotFound), base.IsKind(err, base.Refused), base.IsKind(err, base.Usage):
		out.Gone = base.AsError(err).Text
		out.Changed = true
	case err != nil:
		return out, err
	default:
		out.Today = &Today{today.Value, today.Low, today.High, today.From, today.Before, today.Count}
		out.Changed = !same(m.Value, today.Value) || !same(m.Low, today.Low) || !same(m.High, today.High)
	}
	if out.Changed {
		out.Note = base.T("Messwert seither geändert", "Measurement has changed since")
	}
	return out, nil
}

// sameWithin is how far two runs of one measurement may lie apart: adding in another order moves the last digits.
const sameWithin = 1e-9

func same(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= sameWithin*max(math.Abs(*a), math.Abs(*b))
}

// shared lists the other initiatives, as far as the reader may see them, whose cases count a benefit from the same
// metric or finding.
func (s *Service) shared(ctx context.Context, id string, b *BusinessCase) ([]Shared, error) {
	out := []Shared{}
	mine := b.benefitBindings()
	if len(mine) == 0 {
		return out, nil
	}
	d, _ := s.records.Def(Cases.Name)
	scope, err := s.registers.Scope(ctx, d)
	if err != nil {
		return nil, err
	}
	page, err := s.records.Find(ctx, d, record.Query{Scope: scope, Limit: record.MaxPage, Where: []record.Condition{{Field: "bindings", Op: "not_empty"}}})
	if err != nil {
		return nil, err
	}
	for _, doc := range page.Items {
		other, err := typed(doc.Value)
		if err != nil {
			return nil, err
		}
		if doc.ID == id || other.Initiative == b.Initiative {
			continue
		}
		if m := overlap(mine, other.benefitBindings()); m != nil {
			out = append(out, Shared{Initiative: string(other.Initiative), Case: doc.ID, Title: m.Title})
		}
	}
	return s.named(ctx, out)
}

func (s *Service) named(ctx context.Context, list []Shared) ([]Shared, error) {
	initiatives, ok := s.records.Def("initiative")
	if !ok || len(list) == 0 {
		return list, nil
	}
	var ids []string
	for _, o := range list {
		ids = append(ids, o.Initiative)
	}
	headings, err := s.records.Headings(ctx, initiatives, ids)
	for i := range list {
		list[i].Name = headings[list[i].Initiative]
		list[i].Text = base.T("gleicher Nutzen auch in „%s“", "same benefit also in “%s”", list[i].Name)
	}
	return list, err
}

// benefitBindings are the measurements behind benefit lines.
func (b *BusinessCase) benefitBindings() []Binding {
	var out []Binding
	for _, m := range b.Bindings {
		for _, l := range b.Benefits {
			if m.Key == l.ID+".quantity" || m.Key == l.ID+".price" {
				out = append(out, m)
			}
		}
	}
	return out
}

// overlap is the first measurement of one list that another list counts too, nil when there is none.
func overlap(mine, theirs []Binding) *Binding {
	for i := range mine {
		for _, o := range theirs {
			if mine[i].Finding != "" && mine[i].Finding == o.Finding ||
				mine[i].Metric != "" && mine[i].Metric == o.Metric && mine[i].Process == o.Process {
				return &mine[i]
			}
		}
	}
	return nil
}
