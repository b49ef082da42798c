package catalogue

import (
	"context"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// QueryInput asks a figure by period.
type QueryInput struct {
	Name    string   `path:"name" maxLength:"64"`
	Process string   `query:"process" maxLength:"200" doc:"of a metric of processes; not needed while there is one"`
	From    string   `query:"from" maxLength:"10" doc:"first day, YYYY-MM-DD; without it all history"`
	To      string   `query:"to" maxLength:"10" doc:"day after the last"`
	By      string   `query:"by" enum:"day,week,month,quarter,year" doc:"month without it"`
	Dim     string   `query:"dim" maxLength:"200" doc:"column by which the figure is divided"`
	Filter  []string `query:"filter,explode" maxItems:"50" doc:"field=value; several of one field: any of them"`
}

// Result is the answer to a question.
type Result struct {
	Metric            string          `json:"metric"`
	Title             base.Text       `json:"title"`
	Process           string          `json:"process" doc:"empty where the metric belongs to no process"`
	Unit              metric.Unit     `json:"unit" enum:"count,money,share,seconds,number"`
	Currency          *string         `json:"currency" doc:"of money, otherwise null"`
	DefinitionVersion int             `json:"definition_version"`
	By                period.Grain    `json:"by" enum:"day,week,month,quarter,year"`
	Points            []metric.Point  `json:"points"`
	Compare           *metric.Compare `json:"compare" doc:"the last complete period against others; null with a dimension"`
	DataUntil         *time.Time      `json:"data_until" doc:"last instant of the data"`
	DataAge           *int64          `json:"data_age_seconds"`
	Targets           []Path          `json:"targets" nullable:"false" doc:"what the company wants the figure to reach, for each period"`
	Remarks           base.Remarks    `json:"remarks"`
}

// Query answers a question.
func (s *Service) Query(ctx context.Context, in *QueryInput) (*Result, error) {
	q, err := in.question()
	if err != nil {
		return nil, err
	}
	m, err := s.open(ctx, in.Name, in.Process)
	if err != nil {
		return nil, err
	}
	a, err := s.ask(ctx, m.view, m.entry, m.src, q)
	if err != nil {
		return nil, err
	}
	out := &Result{Metric: a.Metric, Title: m.Title, Process: m.src.process, Unit: a.Unit, Currency: a.Currency,
		DefinitionVersion: a.DefinitionVersion, By: a.By, Points: a.Points, Compare: a.Compare, DataUntil: m.src.until(),
		DataAge: m.src.age(m.view.env.Now), Remarks: a.Remarks}
	return out, s.addPaths(ctx, m.entry, out)
}

// ask answers from what is kept, or by the engine.
func (s *Service) ask(ctx context.Context, v *view, e entry, src *source, q metric.Question) (*metric.Answer, error) {
	k := key(v, e, src, q)
	if a, ok := s.kept.get(k); ok {
		return a, nil
	}
	a, err := metric.Ask(ctx, e.Definition, q, src.relation, src.env, dialect, src)
	if err != nil {
		return nil, err
	}
	a.Remarks = append(append(base.Remarks{}, src.remarks...), a.Remarks...)
	s.kept.put(k, a)
	return a, nil
}

func (in *QueryInput) question() (metric.Question, error) {
	q := metric.Question{Grain: period.Grain(in.By), Dim: in.Dim, Compare: true}
	var err error
	if q.From, err = day(in.From); err != nil {
		return q, err
	}
	if q.To, err = day(in.To); err != nil {
		return q, err
	}
	q.Filters, err = filters(in.Filter)
	return q, err
}

func day(s string) (*period.Date, error) {
	if s == "" {
		return nil, nil
	}
	d, err := period.ParseDate(s)
	return &d, err
}

// filters reads field=value; the values of one field stand beside each other.
func filters(list []string) ([]metric.Filter, error) {
	var out []metric.Filter
	place := map[string]int{}
	for _, text := range list {
		field, value, ok := strings.Cut(text, "=")
		if !ok || field == "" {
			return nil, base.Fail(base.Usage, "filter_invalid", base.T("„%s“ ist kein Filter.", "“%s” is not a filter.", text)).
				WithHint(base.T("Erwartet wird feld=wert, zum Beispiel channel=shop.", "Expected is field=value, for example channel=shop."))
		}
		i, there := place[field]
		if !there {
			i, place[field] = len(out), len(out)
			out = append(out, metric.Filter{Field: field})
		}
		out[i].Values = append(out[i].Values, value)
	}
	return out, nil
}
