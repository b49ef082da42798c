package overview

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
)

// Overview is the start page.
type Overview struct {
	Facts      bool              `json:"facts" doc:"false for roles that read no figures, findings and sources; these parts are empty then"`
	Headline   base.Text         `json:"headline"`
	Due        base.Text         `json:"headline_due" doc:"second half of the headline: what waits for a person, empty for nothing"`
	Goals      Goals             `json:"goals"`
	Sources    []Source          `json:"sources"`
	Metrics    []catalogue.Item  `json:"metrics" doc:"figures with a target by need, then important ones up to seven"`
	Evidence   []Evidence        `json:"evidence" nullable:"false" doc:"what hangs on each of the metrics, in the same order"`
	Findings   []finding.Finding `json:"findings" doc:"the first five by rank"`
	Decisions  []Decision        `json:"decisions" nullable:"false" doc:"open ones, those of the one who asks first, then by day"`
	Stages     []Stage           `json:"stages" nullable:"false" doc:"initiatives on the route of stages, empty where there is none"`
	Budget     *Budget           `json:"budget" doc:"null where nothing is posted or the one who asks may not see all of it"`
	Since      time.Time         `json:"since" doc:"end of the visit before; two weeks ago at the first"`
	FirstVisit bool              `json:"first_visit"`
	Changes    []Change          `json:"changes" nullable:"false" doc:"since then, newest first"`
	NextStep   *Step             `json:"next_step"`
	Here       []Step            `json:"here" nullable:"false" doc:"what a person who reads no figures can do; empty for all others"`
	Counts     Counts            `json:"counts"`
	Remarks    base.Remarks      `json:"remarks"`
}

const mostFindings = 5

// Overview answers the start page.
func (s *Service) Overview(ctx context.Context) (*Overview, error) {
	p := auth.From(ctx)
	out := &Overview{Facts: p.May(auth.FactsRead), Sources: []Source{}, Metrics: []catalogue.Item{}, Evidence: []Evidence{}, Findings: []finding.Finding{},
		Stages: []Stage{}, Here: []Step{}, Remarks: base.Remarks{}}
	initiatives, err := readAll[initiative](ctx, s.registers, "initiative", byTitle)
	if err != nil {
		return nil, err
	}
	turn, err := s.addPlans(ctx, out, initiatives)
	if err != nil {
		return nil, err
	}
	var findings []finding.Finding
	if out.Facts {
		findings, err = s.addFacts(ctx, out, initiatives, turn)
	} else {
		out.Headline, out.Here = withoutFacts(p, len(initiatives)), here(p, len(initiatives))
	}
	if err != nil {
		return nil, err
	}
	out.Due = due(out.Counts, p.May(auth.RecordsWrite))
	return out, s.addChanges(ctx, out, findings, initiatives)
}

// addPlans fills in what is undertaken and answers the initiatives about which something is to be decided now.
func (s *Service) addPlans(ctx context.Context, out *Overview, list []kept[initiative]) (turn map[string]bool, err error) {
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[string]initiative{}
	for _, i := range list {
		byID[i.ID] = i.V
	}
	if out.Decisions, err = s.decisions(ctx, byID, today); err != nil {
		return nil, err
	}
	turn = turnOf(out.Decisions, today)
	for _, d := range out.Decisions {
		if d.Mine && d.pressing(today) {
			out.Counts.Decisions++
		}
	}
	if out.Counts.Initiatives = len(list); len(list) > 0 {
		out.Stages = stagesOf(list, turn, today.Format(time.DateOnly))
	}
	out.Budget, err = s.budget(ctx, list, &out.Remarks)
	return turn, err
}

// addFacts fills in what is measured.
func (s *Service) addFacts(ctx context.Context, out *Overview, list []kept[initiative], turn map[string]bool) ([]finding.Finding, error) {
	now, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	metrics, err := s.metrics.List(ctx, &catalogue.ListInput{})
	if err != nil {
		return nil, err
	}
	out.Sources, out.Goals, out.NextStep = sourcesOf(now.datasets, s.clock()), goalsOf(metrics.Items), now.next()
	out.Metrics = shown(metrics.Items, important(metrics.Items, now.processes), func(m catalogue.Item) bool {
		for _, i := range list {
			if turn[i.ID] && concerns(i.V, m) {
				return true
			}
		}
		return false
	})
	out.Counts.Processes, out.Counts.Metrics = len(now.processes), metrics.Total
	for _, f := range now.findings {
		if f.State == finding.StateDismissed {
			continue
		}
		out.Counts.Findings++
		if f.State == finding.StateNew {
			out.Counts.NewFindings++
		}
		if len(out.Findings) < mostFindings {
			out.Findings = append(out.Findings, f)
		}
	}
	if out.Headline = headline(out.Sources, now.processes, now.findings); out.Goals.Total > 0 {
		out.Headline = out.Goals.sentence()
	}
	out.Evidence, err = s.evidence(ctx, out.Metrics, now.findings, list, turn)
	return now.findings, err
}

// addChanges fills in what happened since the person was here.
func (s *Service) addChanges(ctx context.Context, out *Overview, findings []finding.Finding, list []kept[initiative]) error {
	now, p := s.clock(), auth.From(ctx)
	out.Since, out.FirstVisit = now.Add(-firstLook), true
	if s.visits != nil && p.ID != "" && !p.CLI {
		before, err := s.visits.Look(ctx, p.ID, now)
		if err != nil {
			return err
		}
		if !before.IsZero() {
			out.Since, out.FirstVisit = before, false
		}
	}
	byID := map[string]initiative{}
	for _, i := range list {
		byID[i.ID] = i.V
	}
	var err error
	out.Changes, err = s.changes(ctx, out.Since, out.Facts, findings, byID)
	return err
}

func (s *Service) look(ctx context.Context) (situation, error) {
	var now situation
	var err error
	if now.datasets, err = s.lake.Datasets(ctx); err != nil {
		return now, err
	}
	if now.settings, _, err = s.settings.Get(ctx); err != nil {
		return now, err
	}
	list, err := s.processes.List(ctx)
	if err != nil {
		return now, err
	}
	now.processes = list.Items
	times, err := s.assumptions.HandlingTimes(ctx, "")
	if err != nil {
		return now, err
	}
	rates, err := s.assumptions.Rates(ctx)
	if err != nil {
		return now, err
	}
	now.assumed = len(times)+len(rates) > 0
	now.findings, err = s.findings.All(ctx)
	return now, err
}
