package process

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/mining"
)

// Bars of a histogram, and cases listed beside a path.
const (
	histogramBars = 20
	longestCases  = 20
)

// Bar is one bar of a histogram of durations. To is null for a last bar that also holds everything beyond.
type Bar struct {
	From  float64  `json:"from_seconds"`
	To    *float64 `json:"to_seconds"`
	Count int64    `json:"count"`
}

// LeadTime is the duration of a group of cases; the figures are null without cases.
type LeadTime struct {
	Cases  int64    `json:"cases"`
	Median *float64 `json:"median_seconds"`
	Mean   *float64 `json:"mean_seconds"`
	P90    *float64 `json:"p90_seconds"`
}

// PathCase is a case that passes the path.
type PathCase struct {
	CaseID   string    `json:"case_id"`
	Waiting  float64   `json:"waiting_seconds" doc:"longest waiting on this path"`
	Duration float64   `json:"duration_seconds"`
	LastTime time.Time `json:"last_time"`
}

// Path is one edge of the map in detail.
type Path struct {
	From      string       `json:"from"`
	To        string       `json:"to"`
	Count     int64        `json:"count"`
	Cases     int64        `json:"cases"`
	Share     float64      `json:"share" doc:"share of the cases that pass it"`
	Median    float64      `json:"median_seconds"`
	Mean      float64      `json:"mean_seconds"`
	P10       float64      `json:"p10_seconds"`
	P90       float64      `json:"p90_seconds" doc:"every tenth passage waits longer"`
	Min       float64      `json:"min_seconds"`
	Max       float64      `json:"max_seconds"`
	Total     float64      `json:"total_seconds"`
	Histogram []Bar        `json:"histogram"`
	With      LeadTime     `json:"with" doc:"duration of the cases that pass it"`
	Without   LeadTime     `json:"without" doc:"of those that do not"`
	Longest   []PathCase   `json:"longest" doc:"the cases that wait longest on it"`
	Remarks   base.Remarks `json:"remarks"`
}

// Path answers one edge of the filtered process; NotFound when no case passes it.
func (s *Service) Path(ctx context.Context, process, from, to string, f Filter) (*Path, error) {
	v, err := s.view(ctx, process)
	if err != nil {
		return nil, err
	}
	p, err := s.findPath(ctx, v, from, to, f)
	if err != nil {
		return nil, err
	}
	out := pathOf(p, from, to)
	v.pathRemarks(p, &out.Remarks)
	if !f.Empty() {
		v.addStale(&out.Remarks)
	}
	out.Longest, err = s.pathCases(ctx, v, f, p.Longest)
	return out, err
}

func (s *Service) findPath(ctx context.Context, v *view, from, to string, f Filter) (*mining.Path, error) {
	release, err := take(ctx, s.turn)
	if err != nil {
		return nil, err
	}
	defer release()
	src, err := s.open(ctx, v, f)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	names := src.Activities()
	a, b := slices.Index(names, from), slices.Index(names, to)
	if a < 0 || b < 0 {
		return nil, pathNotFound(from, to)
	}
	p, err := mining.FindPath(ctx, src, int32(a), int32(b), f.Instances, longestCases)
	if err == nil && p.Count == 0 {
		return nil, pathNotFound(from, to)
	}
	return p, err
}

func pathNotFound(from, to string) error {
	return base.Fail(base.NotFound, "path_not_found", base.T("In dieser Auswahl folgt „%s“ nie direkt auf „%s“.",
		"In this selection “%s” never directly follows “%s”.", to, from))
}

func pathOf(p *mining.Path, from, to string) *Path {
	at := func(q float64) float64 { return mining.Quantile(p.Waiting, q) / 1e6 }
	total := sumSeconds(p.Waiting)
	return &Path{
		From: from, To: to, Count: p.Count, Cases: p.Cases, Share: float64(p.Cases) / float64(len(p.With)+len(p.Without)),
		Median: at(0.5), P10: at(0.1), P90: at(0.9), Min: at(0), Max: at(1), Total: total, Mean: total / float64(p.Count),
		Histogram: histogramOf(p.Waiting), With: leadTimeOf(p.With), Without: leadTimeOf(p.Without), Longest: []PathCase{},
		Remarks: base.Remarks{},
	}
}

func histogramOf(sorted []int64) []Bar {
	bins, open := mining.Histogram(sorted, histogramBars)
	bars := make([]Bar, len(bins))
	for i, b := range bins {
		to := mining.Seconds(b.To)
		bars[i] = Bar{mining.Seconds(b.From), &to, b.Count}
	}
	if open {
		bars[len(bars)-1].To = nil
	}
	return bars
}

func sumSeconds(micros []int64) float64 {
	sum := 0.0
	for _, m := range micros {
		sum += float64(m)
	}
	return sum / 1e6
}

func leadTimeOf(sorted []int64) LeadTime {
	n := len(sorted)
	if n == 0 {
		return LeadTime{}
	}
	median, p90, mean := mining.Quantile(sorted, 0.5)/1e6, mining.Quantile(sorted, 0.9)/1e6, sumSeconds(sorted)/float64(n)
	return LeadTime{Cases: int64(n), Median: &median, Mean: &mean, P90: &p90}
}

func (v *view) pathRemarks(p *mining.Path, out *base.Remarks) {
	if p.NoStarts {
		out.Add("no_starts", base.T("Ohne Beginnzeiten enthält die Zeit auf dem Pfad die Bearbeitung des zweiten Schritts.",
			"Without start times the time on the path includes the work of the second step."))
	}
	if p.Negative > 0 {
		out.Add("negative_elapsed", base.N(p.Negative,
			base.T("Bei 1 Übergang endet der zweite Schritt vor dem ersten.", "At 1 passage the second step ends before the first."),
			base.T("Bei %d Übergängen endet der zweite Schritt vor dem ersten.", "At %d passages the second step ends before the first.", p.Negative)))
	}
	if p.Cases < fewCases {
		out.Add("few_cases", base.N(p.Cases, base.T("Nur 1 Vorgang: Der Median ist unsicher.", "Only 1 case: the median is uncertain."),
			base.T("Nur %d Vorgänge: Der Median ist unsicher.", "Only %d cases: the median is uncertain.", p.Cases)))
	}
	if len(p.Without) > 0 {
		out.Add("not_causal", base.T("Der Unterschied der Durchlaufzeiten beschreibt zwei Gruppen von Vorgängen; er beweist keine Ursache.",
			"The difference of lead times describes two groups of cases; it proves no cause."))
	}
}

// pathCases finds the ids of the cases at the given places: cases in the order of case_id run in step with the stream.
func (s *Service) pathCases(ctx context.Context, v *view, f Filter, longest []mining.Passage) ([]PathCase, error) {
	out := []PathCase{}
	if v.cases == nil || v.lagging || len(longest) == 0 {
		return out, nil
	}
	where, err := f.where(v)
	if err != nil {
		return nil, err
	}
	args := slices.Clip(where.args)
	for _, p := range longest {
		args = append(args, int64(p.Place))
	}
	ids := map[int64]string{}
	sql := "SELECT place, case_id FROM (SELECT row_number() OVER (ORDER BY case_id) - 1 AS place, case_id FROM cases" + where.clause() +
		") WHERE place IN (" + marks(len(longest)) + ")"
	err = s.query(ctx, v, sql, args, func(row []any) error {
		ids[whole(row[0])] = text(row[1])
		return nil
	})
	for _, p := range longest {
		if id, ok := ids[int64(p.Place)]; ok {
			out = append(out, PathCase{CaseID: id, Waiting: mining.Seconds(p.Waiting), Duration: mining.Seconds(p.Last - p.First),
				LastTime: time.UnixMicro(p.Last).UTC()})
		}
	}
	return out, err
}
