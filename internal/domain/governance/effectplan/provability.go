package effectplan

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record/field"
)

// AskInput asks what the history of a metric could prove.
type AskInput struct {
	Body AskBody
}

// AskBody names the metric and what is promised of it.
type AskBody struct {
	Metric   string    `json:"metric" maxLength:"100"`
	Process  string    `json:"process,omitempty" maxLength:"200"`
	Filters  []Pair    `json:"filters,omitempty" maxItems:"20"`
	Grain    string    `json:"grain,omitempty" enum:"day,week,month,quarter" doc:"month without it"`
	Promised *float64  `json:"promised,omitempty" doc:"expected change with its sign, in the unit of the metric"`
	Band     *float64  `json:"band,omitempty" minimum:"0"`
	Model    string    `json:"model,omitempty" enum:"step,trend,slope"`
	Controls []Another `json:"controls,omitempty" maxItems:"10"`
	Before   string    `json:"before,omitempty" format:"date" doc:"only the history before this day; without it all of it"`
	Most     int       `json:"most,omitempty" minimum:"0" maximum:"400" doc:"largest number of periods after the start, 0 for 36"`
}

// Pair narrows a metric down.
type Pair struct {
	Field string `json:"field" maxLength:"200"`
	Value string `json:"value" maxLength:"500"`
}

// Another is a control.
type Another struct {
	Metric  string `json:"metric" maxLength:"100"`
	Process string `json:"process,omitempty" maxLength:"200"`
}

// Provable is what the history could prove, with the history itself.
type Provable struct {
	Metric      string             `json:"metric"`
	Title       base.Text          `json:"title"`
	Process     string             `json:"process"`
	Unit        string             `json:"unit" enum:"count,money,share,seconds,number"`
	Currency    *string            `json:"currency"`
	Grain       string             `json:"grain" enum:"day,week,month,quarter"`
	Provability causal.Provability `json:"provability"`
	History     []Observed         `json:"history" nullable:"false"`
	LastFact    *string            `json:"last_fact" doc:"day of the newest fact"`
	Class       *string            `json:"class" enum:"planned,retrospective,exploratory" doc:"of a plan that would be signed now; null where none is asked about"`
	ClassReason *string            `json:"class_reason" enum:"before_start,later_by_clock,facts_known,facts_withdrawn"`
	Remarks     base.Remarks       `json:"remarks" nullable:"false"`
}

// Observed is a period of the history.
type Observed struct {
	Label string      `json:"label"`
	From  period.Date `json:"from"`
	To    period.Date `json:"to"`
	Value *float64    `json:"value"`
	N     int64       `json:"n"`
}

// mostAhead is how far the curve reaches while nobody says otherwise.
const mostAhead = 36

func (s *Service) provability(ctx context.Context, in *AskInput) (*Provable, error) {
	b := in.Body
	p := &Plan{Metric: b.Metric, Process: b.Process, Grain: field.Choice(b.Grain), Model: field.Choice(b.Model), Expected: b.Promised, Band: b.Band, Affected: field.Date(b.Before)}
	if p.Grain == "" {
		p.Grain = "month"
	}
	for _, f := range b.Filters {
		p.Filters = append(p.Filters, Filter(f))
	}
	for _, c := range b.Controls {
		p.Controls = append(p.Controls, Control{Metric: c.Metric, Process: c.Process})
	}
	most := b.Most
	if most == 0 {
		most = mostAhead
	}
	return s.provable(ctx, p, most)
}

func (s *Service) provable(ctx context.Context, p *Plan, most int) (*Provable, error) {
	series, err := s.facts.Series(ctx, p.question())
	if err != nil {
		return nil, err
	}
	rows, terms := series.Known(), p.terms(series)
	d := causal.Design{At: len(rows), Model: terms.Model, Scale: terms.Scale, Expected: terms.Expected, Band: terms.Band, Minimum: terms.Minimum, Say: terms.Design(rows).Say}
	if p.Affected != "" {
		d.At = terms.Design(rows).At
	}
	rows = rows[:d.At]
	answer, err := causal.Provable(ctx, proof.Observations(rows, series.Ask.Grain, series.Ask.Controls, false, d.Scale), d, most)
	if err != nil {
		return nil, err
	}
	out := &Provable{Metric: p.Metric, Title: series.Title, Process: series.Ask.Process, Unit: series.Unit, Grain: string(p.Grain), Provability: *answer,
		History: []Observed{}, Remarks: append(base.Remarks{}, series.Remarks...)}
	if series.Currency != "" {
		out.Currency = &series.Currency
	}
	for _, r := range rows {
		out.History = append(out.History, Observed{r.Label, r.From, r.To, r.Value, r.N})
	}
	if !series.Last.IsZero() {
		cal, err := s.facts.Calendar(ctx)
		if err != nil {
			return nil, err
		}
		day := cal.DateOf(series.Last).String()
		out.LastFact = &day
	}
	return out, nil
}

// preview answers what a plan that is being written could prove, and of which class it would be if it were signed now.
func (s *Service) preview(ctx context.Context, in *PreviewInput) (*Provable, error) {
	p, err := s.draft(in.Body)
	if err != nil {
		return nil, err
	}
	out, err := s.provable(ctx, p, max(p.Window(), mostAhead))
	if err != nil {
		return nil, err
	}
	m, err := s.facts.Moment(ctx)
	if err != nil {
		return nil, err
	}
	st, err := s.facts.State(ctx, m, p.Metric, p.Process)
	if err != nil {
		return nil, err
	}
	class, reason, err := s.classify(ctx, p, st, s.clock())
	out.Class, out.ClassReason = &class, &reason
	return out, err
}

// draft reads a value as the register would, without what only the signature fills.
func (s *Service) draft(raw []byte) (*Plan, error) {
	value, err := field.Decode(raw)
	if err != nil {
		return nil, err
	}
	d, _ := s.records.Def(Name)
	for _, f := range d.Fields {
		if f.Managed || f.Computed {
			delete(value, f.Name)
		}
	}
	for _, name := range []string{"title", "initiative"} { // what the answer does not depend on
		if value[name] == nil {
			value[name] = "-"
		}
	}
	clean, _, err := d.Check(value)
	if err != nil {
		return nil, err
	}
	return ofValue(clean)
}
