package demo

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/domain/insight/assumption"
)

// caseOf is the business case of an undertaking: lines as its page has them, inputs with their origin, and what is
// measured behind some of them.
type caseOf struct {
	of       string // key of the undertaking
	months   int
	roles    []doc
	costs    []doc
	benefits []doc
	inputs   []assumed
	bound    []bound
	outcome  string // approve, propose or nothing: a draft
	note     string
}

// assumed is an input as a range.
type assumed struct {
	key               string
	low, likely, high float64
	origin, source    string
	shape             string // distribution, "" for the usual one
}

// bound says which measurement stands behind an input; the input is the measurement times the factor.
type bound struct {
	key, metric, process, by string
	finding, part            string // of the greatest finding of this kind in the process
	factor                   float64
}

const (
	quoted, estimated, guessed = "quoted", "estimated", "guessed"
	ofYear                     = 1.0 / 12
)

// cases begins the business cases of the company and leads some of them to an approval. The hourly rate that the first
// ones rest on is the one of the year before: Controlling enters the new one afterwards, so that an approved case says
// that its measurement has changed since.
func (p *planner) cases(ctx context.Context) error {
	old := assumption.Rate{Role: assumption.DefaultRole, Min: "33", Likely: "41", Max: "52", Currency: "EUR",
		Source: "Controlling, Vollkosten je Stunde des Vorjahres", Date: p.day(12, 15)}
	now := currentRate(p.until)
	if err := p.operator.Replace(ctx, "/assumptions/rate", 1, old); err != nil {
		return err
	}
	for _, c := range businessCases {
		if c.outcome == "approve" {
			if err := p.assess(ctx, c); err != nil {
				return err
			}
		}
	}
	if err := p.operator.Replace(ctx, "/assumptions/rate", 2, now); err != nil {
		return err
	}
	for _, c := range businessCases {
		if c.outcome != "approve" {
			if err := p.assess(ctx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// assess begins a case, fills its lines, binds what is measured and brings it where it stands.
func (p *planner) assess(ctx context.Context, c caseOf) error {
	var made item
	if err := p.officer.Call(ctx, http.MethodPost, "/business_cases/begin", doc{"initiative": p.ids[c.of]}, &made); err != nil {
		return err
	}
	inputs := []doc{{"key": "discount_rate", "origin": estimated, "range": spread([3]float64{.07, .07, .07}), "source": "Profil des Unternehmens"}}
	for _, a := range c.inputs {
		row := doc{"key": a.key, "origin": a.origin, "range": spread([3]float64{a.low, a.likely, a.high})}
		if a.source != "" {
			row["source"] = a.source
		}
		if a.shape != "" {
			row["distribution"] = a.shape
		}
		inputs = append(inputs, row)
	}
	for _, b := range c.bound { // a number until it is measured
		inputs = append(inputs, doc{"key": b.key, "origin": guessed, "range": spread([3]float64{1, 1, 1})})
	}
	value := doc{"months": c.months, "roles": c.roles, "costs": c.costs, "benefits": c.benefits, "inputs": inputs}
	if err := p.officer.Change(ctx, http.MethodPatch, "/records/business_case/"+made.ID, made.Version, value, &made); err != nil {
		return err
	}
	for _, b := range c.bound {
		if err := p.bind(ctx, &made, b); err != nil {
			return err
		}
	}
	if c.outcome == "" {
		return nil
	}
	at := "/records/business_case/" + made.ID + "/decide"
	if err := p.officer.Change(ctx, http.MethodPost, at, made.Version, doc{"step": "propose", "note": c.note}, &made); err != nil || c.outcome == "propose" {
		return err
	}
	return p.controller.Change(ctx, http.MethodPost, at, made.Version, doc{"step": "approve", "note": "Rechnung und Belege geprüft."}, &made)
}

func (p *planner) bind(ctx context.Context, made *item, b bound) error {
	body := doc{"key": b.key, "factor": b.factor}
	if b.finding != "" {
		id, err := p.finding(ctx, b.finding, b.process)
		if err != nil || id == "" {
			return err // data of so small a company may hold no such finding; the number stays guessed
		}
		body["finding"], body["part"] = id, b.part
	} else {
		body["metric"], body["by"] = b.metric, b.by
		if b.process != "" {
			body["process"] = b.process
		}
	}
	return p.officer.Change(ctx, http.MethodPost, "/business_cases/"+made.ID+"/bind", made.Version, body, made)
}
