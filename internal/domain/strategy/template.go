package strategy

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

//go:embed templates/*.json
var templateFiles embed.FS

// words are a text of a data file in both languages.
type words struct {
	De string `json:"de"`
	En string `json:"en"`
}

func (w words) text() base.Text { return base.Text{De: w.De, En: w.En} }

// template is a usual undertaking of a mid-sized company. It names questions, metrics and risks and never a benefit:
// that is measured or estimated in the company.
type template struct {
	name       string
	Title      words          `json:"title"`
	Aim        words          `json:"aim"`
	Sort       string         `json:"sort"`
	Area       string         `json:"area"`
	Questions  []words        `json:"questions"`
	Metrics    []string       `json:"metrics"`
	Risks      []templateRisk `json:"risks"`
	Milestones []struct {
		Title words `json:"title"`
		Week  int   `json:"week"`
	} `json:"milestones"`
}

type templateRisk struct {
	Title     words  `json:"title"`
	Cause     words  `json:"cause"`
	Measure   words  `json:"measure"`
	Treatment string `json:"treatment"`
}

// usual are the templates by name.
var usual = func() []template {
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		panic(err)
	}
	var out []template
	for _, f := range files {
		raw, err := templateFiles.ReadFile(path.Join("templates", f.Name()))
		t := template{name: strings.TrimSuffix(f.Name(), ".json")}
		if err == nil {
			err = json.Unmarshal(raw, &t)
		}
		if err != nil {
			panic(fmt.Sprintf("%s: %v", f.Name(), err))
		}
		out = append(out, t)
	}
	return out
}()

// TemplateList is all templates.
type TemplateList struct {
	Items []TemplateItem `json:"items"`
}

// TemplateItem is a template as the API shows it.
type TemplateItem struct {
	Name       string              `json:"name"`
	Title      base.Text           `json:"title"`
	Aim        base.Text           `json:"aim"`
	Sort       string              `json:"sort"`
	Area       string              `json:"area"`
	Questions  []base.Text         `json:"questions"`
	Metrics    []base.Text         `json:"metrics" doc:"what people call the metrics that it should move"`
	Risks      []base.Text         `json:"risks"`
	Milestones []TemplateMilestone `json:"milestones"`
}

// TemplateMilestone is a step so many weeks after the start.
type TemplateMilestone struct {
	Title base.Text `json:"title"`
	Week  int       `json:"week"`
}

func (s *Service) templates(ctx context.Context, _ *struct{}) (*TemplateList, error) {
	out := &TemplateList{Items: []TemplateItem{}}
	for _, t := range usual {
		item := TemplateItem{Name: t.name, Title: t.Title.text(), Aim: t.Aim.text(), Sort: t.Sort, Area: t.Area}
		var err error
		if item.Metrics, err = s.titles(ctx, t.Metrics); err != nil {
			return nil, err
		}
		for _, q := range t.Questions {
			item.Questions = append(item.Questions, q.text())
		}
		for _, r := range t.Risks {
			item.Risks = append(item.Risks, r.Title.text())
		}
		for _, m := range t.Milestones {
			item.Milestones = append(item.Milestones, TemplateMilestone{m.Title.text(), m.Week})
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// FromTemplateInput names the template.
type FromTemplateInput struct {
	Body FromTemplateBody
}

// FromTemplateBody names the template; a start dates the milestones.
type FromTemplateBody struct {
	Template string `json:"template" maxLength:"64"`
	Title    string `json:"title,omitempty" maxLength:"200"`
	Start    string `json:"start,omitempty" format:"date"`
	Since    string `json:"since,omitempty" format:"date" doc:"day of the idea when it is entered later, today when empty"`
}

// fromTemplate makes an initiative with the risks of its template as records, all or nothing. The one who asks owns it.
func (s *Service) fromTemplate(ctx context.Context, in *FromTemplateInput) (*register.One, error) {
	kind, err := s.registers.NeedNew(ctx, Initiatives.Name)
	if err != nil {
		return nil, err
	}
	risks, err := s.registers.NeedNew(ctx, "risk")
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(usual, func(t template) bool { return t.name == in.Body.Template })
	if n < 0 {
		return nil, base.Fail(base.NotFound, "template_not_found", base.T("Die Vorlage „%s“ gibt es nicht.", "There is no template “%s”.", in.Body.Template))
	}
	acting, err := s.registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	since, err := s.ideaOf(in.Body.Since)
	if err != nil {
		return nil, err
	}
	t, lang := usual[n], base.LangOf(ctx)
	i := t.begin(lang, in.Body)
	i.Owner, i.Since = field.Person(acting.Self), since
	value, err := record.Value(i)
	if err != nil {
		return nil, err
	}
	by := auth.From(ctx)
	var kept record.Doc
	var told []record.Doc
	err = s.records.Write(ctx, func(b *record.Batch) error {
		if kept, err = b.Put(kind, "", record.New, value, by.By()); err != nil {
			return err
		}
		for _, r := range t.Risks {
			doc, err := b.Put(risks, "", record.New, r.document(lang, kept.ID, acting.Self), by.By())
			if err != nil {
				return err
			}
			told = append(told, doc)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.registers.Tell(ctx, register.Event{Def: kind, After: kept, Action: "create", By: by})
	for _, doc := range told {
		s.registers.Tell(ctx, register.Event{Def: risks, After: doc, Action: "create", By: by})
	}
	return s.registers.Show(ctx, kind, kept)
}

func (t template) begin(lang base.Lang, body FromTemplateBody) Initiative {
	i := Initiative{Title: body.Title, Aim: field.Markdown(t.Aim.text().In(lang)), Stage: "idea", Sort: field.Choice(t.Sort), Area: field.Choice(t.Area),
		Metrics: t.Metrics, Start: field.Date(body.Start), GDPR: "open"}
	if i.Title == "" {
		i.Title = t.Title.text().In(lang)
	}
	for _, q := range t.Questions {
		i.Questions = append(i.Questions, Question{Question: q.text().In(lang)})
	}
	start, err := time.Parse(time.DateOnly, body.Start)
	for _, m := range t.Milestones {
		step := Milestone{Title: m.Title.text().In(lang)}
		if err == nil {
			step.Due = field.Date(start.AddDate(0, 0, 7*m.Week).Format(time.DateOnly))
		}
		i.Milestones = append(i.Milestones, step)
	}
	return i
}

// document is the risk as delivery keeps it.
func (r templateRisk) document(lang base.Lang, initiative, owner string) map[string]any {
	out := map[string]any{"title": r.Title.text().In(lang), "cause": r.Cause.text().In(lang), "measure": r.Measure.text().In(lang),
		"treatment": r.Treatment, "status": "open", "initiative": initiative}
	if owner != "" {
		out["owner"] = owner
	}
	return out
}
