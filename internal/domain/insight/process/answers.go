package process

import (
	"cmp"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/mining"
)

// Durations describes durations in seconds; all are null without cases.
type Durations struct {
	Min    *float64 `json:"min"`
	Median *float64 `json:"median"`
	Mean   *float64 `json:"mean"`
	P90    *float64 `json:"p90"`
	Max    *float64 `json:"max"`
}

// Summary is the size of a log (contract.md, "process summary").
type Summary struct {
	Cases        int64        `json:"cases"`
	Events       int64        `json:"events"`
	Activities   int64        `json:"activities"`
	Variants     int64        `json:"variants"`
	FirstEvent   *time.Time   `json:"first_event"`
	LastEvent    *time.Time   `json:"last_event"`
	CaseDuration Durations    `json:"case_duration_seconds"`
	Remarks      base.Remarks `json:"remarks"`
}

// NameCount is an activity and how often.
type NameCount struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

// ActivityCount is an activity with its events and the cases in which it occurs.
type ActivityCount struct {
	Name  string `json:"name"`
	Count int64  `json:"count"`
	Cases int64  `json:"cases"`
}

// Edge is one path of the directly-follows map.
type Edge struct {
	From          string  `json:"from"`
	To            string  `json:"to"`
	Count         int64   `json:"count"`
	Median        float64 `json:"median_seconds" doc:"waiting: from the end of the one to the start of the other, at least 0, where there are starts"`
	Mean          float64 `json:"mean_seconds"`
	MedianElapsed float64 `json:"median_elapsed_seconds" doc:"from end to end"`
	Cases         int64   `json:"cases" doc:"cases that pass it at least once"`
}

// Map is the directly-follows map (contract.md, "process dfg").
type Map struct {
	Cases      int64           `json:"cases"`
	Activities []ActivityCount `json:"activities"`
	Edges      []Edge          `json:"edges"`
	Starts     []NameCount     `json:"starts"`
	Ends       []NameCount     `json:"ends"`
	Remarks    base.Remarks    `json:"remarks"`
}

// Variant is one sequence of activities.
type Variant struct {
	Rank       int      `json:"rank"`
	ID         string   `json:"id"`
	Count      int64    `json:"count"`
	Share      float64  `json:"share"`
	Activities []string `json:"activities"`
	Median     float64  `json:"median_seconds"`
	Min        float64  `json:"min_seconds"`
	P90        float64  `json:"p90_seconds"`
	Sections   []string `json:"sections,omitempty" doc:"section of each activity, empty where it has none; absent while no sections are set"`
}

// SectionItem is a section of the process as the legend shows it.
type SectionItem struct {
	Name       string   `json:"name"`
	Activities []string `json:"activities"`
}

// Variants is a page of the variants (contract.md, "process variants").
type Variants struct {
	Variants    []Variant     `json:"variants"`
	Total       int           `json:"total"`
	Cases       int64         `json:"cases"`
	ReworkCases int64         `json:"rework_cases" doc:"cases in which an activity occurs more than once"`
	Sections    []SectionItem `json:"sections"`
	Remarks     base.Remarks  `json:"remarks"`
}

// SummaryOf shapes the summary of a result.
func SummaryOf(r *mining.Result, remarks base.Remarks) *Summary {
	s := r.Summary
	out := &Summary{Cases: s.Cases, Events: s.Events, Activities: s.Activities, Variants: s.Variants, Remarks: remarks}
	if s.Cases > 0 {
		first, last := time.UnixMicro(s.First).UTC(), time.UnixMicro(s.Last).UTC()
		d := s.Duration
		out.FirstEvent, out.LastEvent = &first, &last
		out.CaseDuration = Durations{&d.Min, &d.Median, &d.Mean, &d.P90, &d.Max}
	}
	return out
}

// MapOf shapes the map of a result: activities, starts and ends by count, then by name.
func MapOf(r *mining.Result, remarks base.Remarks) *Map {
	m := &Map{Cases: r.Summary.Cases, Activities: []ActivityCount{}, Edges: []Edge{}, Starts: []NameCount{}, Ends: []NameCount{}, Remarks: remarks}
	for _, a := range r.Activities {
		if a.Events > 0 {
			m.Activities = append(m.Activities, ActivityCount{a.Name, a.Events, a.Cases})
		}
		if a.Starts > 0 {
			m.Starts = append(m.Starts, NameCount{a.Name, a.Starts})
		}
		if a.Ends > 0 {
			m.Ends = append(m.Ends, NameCount{a.Name, a.Ends})
		}
	}
	slices.SortFunc(m.Activities, func(a, b ActivityCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	byCount := func(a, b NameCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) }
	slices.SortFunc(m.Starts, byCount)
	slices.SortFunc(m.Ends, byCount)
	for _, e := range r.Edges {
		m.Edges = append(m.Edges, Edge{From: r.Activities[e.From].Name, To: r.Activities[e.To].Name, Count: e.Count,
			Median: e.Median, Mean: e.Mean, MedianElapsed: e.MedianElapsed, Cases: e.Cases})
	}
	return m
}

// VariantsOf shapes a page of the variants of a result; top 0 gives all from offset on.
func VariantsOf(r *mining.Result, top, offset int, sections []setting.Section, remarks base.Remarks) *Variants {
	out := &Variants{Variants: []Variant{}, Total: len(r.Variants), Cases: r.Summary.Cases, ReworkCases: r.ReworkCases,
		Sections: []SectionItem{}, Remarks: remarks}
	home := map[string]string{}
	for _, s := range sections {
		out.Sections = append(out.Sections, SectionItem{s.Section, s.Activities})
		for _, a := range s.Activities {
			home[a] = s.Section
		}
	}
	names := make([]string, len(r.Activities))
	for i, a := range r.Activities {
		names[i] = a.Name
	}
	end := len(r.Variants)
	if top > 0 {
		end = min(end, offset+top)
	}
	for i := offset; i < end; i++ {
		out.Variants = append(out.Variants, variantOf(r.Variants[i], i+1, names, home))
	}
	return out
}

func variantOf(v mining.Variant, rank int, names []string, home map[string]string) Variant {
	activities := namesOf(names, v.Activities)
	out := Variant{Rank: rank, ID: VariantID(activities), Count: v.Count, Share: v.Share, Activities: activities,
		Median: v.Duration.Median, Min: v.Duration.Min, P90: v.Duration.P90}
	if len(home) > 0 {
		out.Sections = make([]string, len(activities))
		for i, a := range activities {
			out.Sections[i] = home[a]
		}
	}
	return out
}
