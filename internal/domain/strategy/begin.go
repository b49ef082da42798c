package strategy

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// FromFindingInput names the finding.
type FromFindingInput struct {
	Body FromFindingBody
}

// FromFindingBody names the finding and, where a person changed it, the title of the new initiative.
type FromFindingBody struct {
	Finding string `json:"finding" maxLength:"64"`
	Title   string `json:"title,omitempty" maxLength:"200"`
	Since   string `json:"since,omitempty" format:"date" doc:"day of the idea when it is entered later, today when empty"`
}

// fromFinding makes an initiative that keeps what was measured: finding, size, process and metric as they were on that
// day. The one who asks owns it.
func (s *Service) fromFinding(ctx context.Context, in *FromFindingInput) (*register.One, error) {
	kind, err := s.registers.NeedNew(ctx, Initiatives.Name)
	if err != nil {
		return nil, err
	}
	f, err := s.findings.Source(ctx, in.Body.Finding)
	if err != nil {
		return nil, err
	}
	acting, err := s.registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	since, err := s.ideaOf(in.Body.Since)
	if err != nil {
		return nil, err
	}
	i := s.begin(f, in.Body.Title, acting.Self)
	i.Since = since
	value, err := record.Value(i)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept record.Doc
	err = s.records.Write(ctx, func(b *record.Batch) error {
		kept, err = b.Put(kind, "", record.New, value, by.By())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: kind, After: kept, Action: "create", By: by})
	return s.registers.Show(ctx, kind, kept)
}

// ideaOf is the day on which an idea came up: today, or an earlier one.
func (s *Service) ideaOf(day string) (field.Date, error) {
	today := s.clock().Format(time.DateOnly)
	if day == "" {
		return field.Date(today), nil
	}
	return field.Date(day), wrongDay(day, "", today)
}

func (s *Service) begin(f Source, title, owner string) Initiative {
	size := f.Size
	o := Origin{Finding: f.ID, Title: f.Title, Metric: f.Metric, Size: &size, Unit: field.Choice(f.Unit), Day: field.Date(s.clock().Format(time.DateOnly))}
	if f.Euros != nil {
		o.Euros = &field.Range{Min: f.Euros[0], Likely: f.Euros[1], Max: f.Euros[2]}
	}
	i := Initiative{Title: title, Aim: field.Markdown(f.Sentence), Stage: "idea", Owner: field.Person(owner), Sort: "project",
		Findings: field.Choices{f.ID}, Origins: []Origin{o}}
	if i.Title == "" {
		i.Title = shortened(f.Title)
	}
	if f.Process != "" && !hasSeparator(f.Process) {
		i.Processes = field.Choices{f.Process}
	}
	if f.Metric != "" {
		i.Metrics = field.Choices{f.Metric}
	}
	return i
}

// hasSeparator says whether a name cannot be one of several words of a field.
func hasSeparator(s string) bool {
	return slices.ContainsFunc([]rune(s), func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
}

// longestTitle is the limit of an initiative's title.
const longestTitle = 200

func shortened(s string) string {
	r := []rune(s)
	if len(r) <= longestTitle {
		return s
	}
	return string(r[:longestTitle-1]) + "…"
}
