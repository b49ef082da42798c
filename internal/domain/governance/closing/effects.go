package closing

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// EffectItem is a plan with what the facts say of it now.
type EffectItem struct {
	Plan       string       `json:"plan"`
	Version    int          `json:"version" doc:"of the plan"`
	Title      string       `json:"title"`
	Initiative string       `json:"initiative"`
	Name       string       `json:"initiative_title"`
	Metric     string       `json:"metric"`
	MetricName base.Text    `json:"metric_title"`
	Process    string       `json:"process"`
	Grain      string       `json:"grain" enum:"day,week,month,quarter"`
	Unit       string       `json:"unit" enum:"count,money,share,seconds,number"`
	Currency   *string      `json:"currency"`
	State      string       `json:"state" enum:"draft,proposed,refused,signed,superseded"`
	Class      *string      `json:"class" enum:"planned,retrospective,exploratory" doc:"null until it is signed"`
	Reason     *string      `json:"class_reason" enum:"before_start,later_by_clock,facts_known,facts_withdrawn"`
	SignedBy   *string      `json:"signed_by"`
	SignedAt   *string      `json:"signed_at"`
	Primary    bool         `json:"primary"`
	Start      string       `json:"first_affected"`
	Periods    int          `json:"periods_after"`
	Measured   int          `json:"measured" doc:"periods of the window that are there"`
	Complete   bool         `json:"complete" doc:"the whole window is measured"`
	Expected   *float64     `json:"expected" doc:"in the unit of the metric"`
	Estimate   *float64     `json:"estimate"`
	Low        *float64     `json:"low"`
	High       *float64     `json:"high"`
	Verdict    *string      `json:"verdict" enum:"belegt,kein Hinweis,nicht belegbar" doc:"null while nothing was measured after the start"`
	Worth      proof.Worth  `json:"worth" doc:"a year"`
	Closing    *EffectState `json:"closing" doc:"newest closing of the effect"`
	Follows    *PlanName    `json:"follows" doc:"signed plan that this one replaces"`
	Problem    *base.Text   `json:"problem" doc:"why it could not be measured"`
}

// EffectState names the closing of an effect.
type EffectState struct {
	ID     string `json:"id"`
	Status string `json:"status" enum:"proposed,confirmed,signed,refused,reopened"`
	Next   string `json:"next" enum:"propose,confirm,sign,"`
}

// PlanName names a plan.
type PlanName struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// EffectList is every effect that the reader may see.
type EffectList struct {
	Items []EffectItem `json:"items" nullable:"false"`
}

// EffectOne is one effect with everything behind it.
type EffectOne struct {
	EffectItem
	Effect       causal.Effect             `json:"effect"`
	Value        *PriceView                `json:"value_per_unit" doc:"what one of the metric's own units is worth a year, as planned"`
	Model        string                    `json:"planned_model" enum:"step,trend,slope"`
	Scale        string                    `json:"planned_scale" enum:"plain,log,log_rate,logit"`
	Band         float64                   `json:"band"`
	Definition   int                       `json:"definition_version"`
	LastFact     *string                   `json:"last_fact" doc:"at the signature"`
	Rows         []proof.Row               `json:"rows" nullable:"false"`
	Interference []effectplan.Interference `json:"interference" nullable:"false"`
	View         *View                     `json:"closing_view" doc:"newest closing in full"`
	Remarks      base.Remarks              `json:"remarks" nullable:"false"`
}

// PriceView is a range of a price.
type PriceView struct {
	Min    float64 `json:"min"`
	Likely float64 `json:"likely"`
	Max    float64 `json:"max"`
	Unit   string  `json:"unit"`
}

// EffectInput names a plan.
type EffectInput struct {
	Plan string `path:"plan" maxLength:"64"`
}

func (s *Service) effects(ctx context.Context, _ *struct{}) (*EffectList, error) {
	plans, err := s.Plans.Readable(ctx)
	if err != nil {
		return nil, err
	}
	out := &EffectList{Items: []EffectItem{}}
	for _, p := range plans {
		item, _, err := s.effect(ctx, p)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *item)
	}
	return out, nil
}

// effect measures one plan. Facts that are not there leave the measurement unknown and say so.
func (s *Service) effect(ctx context.Context, p *effectplan.Kept) (*EffectItem, *effectplan.Measured, error) {
	out := &EffectItem{Plan: p.Doc.ID, Version: p.Doc.Version, Title: p.Title, Initiative: string(p.Initiative), Metric: p.Metric, MetricName: base.T(p.Metric, p.Metric), Process: p.Process,
		Grain: string(p.Grain), State: stateOf(p), Primary: p.Main(), Start: string(p.Affected), Periods: p.Window(), Unit: "number", Worth: proof.Worth{Class: string(p.Benefit)}}
	names, err := s.Registers.Visible(ctx, "initiative", []string{out.Initiative})
	if err != nil {
		return nil, nil, err
	}
	out.Name = names[out.Initiative]
	if p.Signed() {
		class, reason := string(p.Class), string(p.Reason)
		out.Class, out.Reason, out.SignedBy, out.SignedAt = &class, &reason, &p.SignedBy, &p.SignedAt
	}
	if p.Follows != "" {
		before, err := s.Plans.Any(ctx, string(p.Follows))
		if err != nil {
			return nil, nil, err
		}
		out.Follows = &PlanName{before.Doc.ID, before.Title}
	}
	list, err := s.All(ctx, record.Condition{Field: "plan", Op: "eq", Values: []string{p.Doc.ID}})
	if err != nil {
		return nil, nil, err
	}
	if c := newest(list); c != nil {
		out.Closing = &EffectState{c.Doc.ID, string(c.Status), next(c.Closing)}
	}
	m, err := s.Plans.Measure(ctx, p)
	if e := answerable(err); e != nil {
		out.Problem = &e.Text
		return out, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	out.MetricName, out.Process, out.Unit, out.Measured, out.Complete, out.Worth, out.Expected = m.Series.Title, m.Series.Ask.Process, m.Series.Unit, m.After, m.Whole, m.Worth, m.Terms.Expected
	if m.Series.Currency != "" {
		out.Currency = &m.Series.Currency
	}
	out.Estimate, out.Low, out.High = m.Effect.Estimate, m.Effect.Low, m.Effect.High
	if m.After > 0 {
		v := string(m.Effect.Verdict)
		out.Verdict = &v
	}
	if m.Superseded {
		out.State = "superseded"
	}
	return out, m, nil
}

func stateOf(p *effectplan.Kept) string {
	switch {
	case p.Signed():
		return "signed"
	case p.Doc.State == record.Proposed || p.Doc.State == record.Refused:
		return p.Doc.State
	}
	return "draft"
}

// laterThan says whether a closing was made after another: one that follows it was, even within the same instant.
func (c *Kept) laterThan(o *Kept) bool {
	if string(o.Follows) == c.Doc.ID {
		return false
	}
	return string(c.Follows) == o.Doc.ID || c.Doc.CreatedAt.After(o.Doc.CreatedAt)
}

// newest is the closing that was made last.
func newest(list []*Kept) *Kept {
	var out *Kept
	for _, c := range list {
		if out == nil || c.laterThan(out) {
			out = c
		}
	}
	return out
}

// answerable is an error about what is not there, which is an answer and no failure.
func answerable(err error) *base.Error {
	if base.IsKind(err, base.NotFound) || base.IsKind(err, base.Usage) || base.IsKind(err, base.Refused) {
		return base.AsError(err)
	}
	return nil
}

func (s *Service) oneEffect(ctx context.Context, in *EffectInput) (*EffectOne, error) {
	p, err := s.Plans.Need(ctx, in.Plan)
	if err != nil {
		return nil, err
	}
	item, m, err := s.effect(ctx, p)
	if err != nil {
		return nil, err
	}
	out := &EffectOne{EffectItem: *item, Rows: []proof.Row{}, Interference: []effectplan.Interference{}, Remarks: base.Remarks{}}
	out.Effect = causal.Effect{Verdict: causal.NotProvable, Class: causal.Exploratory, Exploratory: true, Reasons: []causal.Reason{}, Checks: []causal.Check{}, Path: []causal.PathPoint{}, Remarks: base.Remarks{}}
	if item.Measured > 0 {
		if err := s.warnUnbegun(ctx, item.Initiative, &out.Remarks); err != nil {
			return nil, err
		}
	}
	out.Model, out.Scale = string(causal.Trend), string(causal.Plain)
	if p.LastFact != "" {
		out.LastFact = &p.LastFact
	}
	if m != nil {
		out.Effect, out.Rows, out.Interference = *m.Effect, m.Rows, m.Interference
		out.Model, out.Scale, out.Band, out.Definition = string(m.Terms.Model), string(m.Terms.Scale), m.Terms.Band, m.Series.Ask.Definition
		out.Remarks = append(out.Remarks, m.Series.Remarks...)
		if p.Value != nil {
			price, _ := p.Priced()
			out.Value = &PriceView{price.Min, price.Likely, price.Max, m.Worth.Unit}
		}
	}
	if item.Closing != nil {
		_, doc, err := s.Registers.Need(ctx, Name, item.Closing.ID, "read")
		if err == nil {
			out.View, err = s.view(ctx, doc, false)
		}
		if err != nil && !base.IsKind(err, base.NotFound) {
			return nil, err
		}
	}
	return out, nil
}
