package process

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/mining/compare"
)

// CompareInput asks for two periods side by side.
type CompareInput struct {
	ByProcess
	Filter
	Periods
}

// ComparedPeriod is one of both periods.
type ComparedPeriod struct {
	From  period.Date `json:"from"`
	To    period.Date `json:"to" doc:"day after the last"`
	Cases int64       `json:"cases" doc:"whose last event lies in it"`
}

// Compared is a figure of both periods and the difference, after minus before.
type Compared struct {
	A           *float64 `json:"a"`
	B           *float64 `json:"b"`
	Difference  *float64 `json:"difference"`
	Low         *float64 `json:"low" doc:"of the 95 % interval"`
	High        *float64 `json:"high"`
	P           *float64 `json:"p_value"`
	Q           *float64 `json:"q_value" doc:"p corrected for all tests of the map (Benjamini and Hochberg); null where there are too few cases"`
	Significant bool     `json:"significant" doc:"q at most 5 %"`
}

// ComparedActivity is an activity in both periods.
type ComparedActivity struct {
	Name   string   `json:"name"`
	CasesA int64    `json:"cases_a"`
	CasesB int64    `json:"cases_b"`
	Share  Compared `json:"share" doc:"of the cases of the period"`
}

// ComparedEdge is a path in both periods.
type ComparedEdge struct {
	From   string   `json:"from"`
	To     string   `json:"to"`
	CasesA int64    `json:"cases_a"`
	CasesB int64    `json:"cases_b"`
	Share  Compared `json:"share" doc:"of the cases of the period"`
	Time   Compared `json:"time" doc:"median seconds from end to end; of a case with several passages their mean"`
	MeanA  *float64 `json:"mean_seconds_a"`
	MeanB  *float64 `json:"mean_seconds_b"`
}

// MixPart is a part of the change of the mean lead time in seconds, with its bootstrap interval.
type MixPart struct {
	Seconds float64 `json:"seconds"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
}

// ComparedMix says how the change of the mean lead time comes about (Kitagawa 1955): mix + within = total.
type ComparedMix struct {
	Total    MixPart `json:"total"`
	Mix      MixPart `json:"mix" doc:"because of other shares of the variants"`
	Within   MixPart `json:"within" doc:"because the cases of the same variants take another time"`
	Variants int     `json:"variants" doc:"compared each for itself"`
	RestA    float64 `json:"rest_a" doc:"share of the cases before whose variants are too rare for that"`
	RestB    float64 `json:"rest_b"`
}

// Comparison is two periods of a process side by side.
type Comparison struct {
	A           ComparedPeriod     `json:"a"`
	B           ComparedPeriod     `json:"b"`
	Basis       string             `json:"basis" enum:"given,launch,halves" doc:"how the periods were chosen"`
	Launch      *Launch            `json:"launch" doc:"the initiative whose first day divides the periods"`
	Sentence    base.Text          `json:"sentence"`
	Mean        Compared           `json:"mean_seconds" doc:"lead time of a case"`
	Median      Compared           `json:"median_seconds"`
	Mix         *ComparedMix       `json:"mix" doc:"null where a period has fewer than two cases"`
	Activities  []ComparedActivity `json:"activities" nullable:"false"`
	Edges       []ComparedEdge     `json:"edges" nullable:"false"`
	Tests       int                `json:"tests" doc:"corrected for together"`
	Significant int                `json:"significant" doc:"of them"`
	Remarks     base.Remarks       `json:"remarks" nullable:"false"`
}

// Compare sets two periods of the filtered process side by side.
func (s *Service) Compare(ctx context.Context, process string, f Filter, p Periods) (*Comparison, error) {
	v, err := s.derivedView(ctx, process)
	if err != nil {
		return nil, err
	}
	if f.From != "" || f.To != "" {
		return nil, badFilter("from", base.T("Ein Vergleich nennt seine Zeiträume mit a_from, a_to, b_from und b_to.", "A comparison names its periods by a_from, a_to, b_from and b_to."))
	}
	c, err := s.choose(ctx, v, f, p)
	if err != nil {
		return nil, err
	}
	r, err := s.sideBySide(ctx, v, f, c)
	if err != nil {
		return nil, err
	}
	return v.comparison(r, f, c), nil
}

// sideBySide reads each period in one pass. Results are kept by snapshot, filter and periods.
func (s *Service) sideBySide(ctx context.Context, v *view, f Filter, c compared) (*compare.Result, error) {
	before, after := f.during(c.a), f.during(c.b)
	key := before.key(v) + " " + after.key(v)
	if r, ok := s.comparisons.get(key); ok {
		return r, nil
	}
	release, err := take(ctx, s.turn)
	if err != nil {
		return nil, err
	}
	defer release()
	d := compare.NewDictionary()
	a, err := s.readPeriod(ctx, v, d, before)
	if err != nil {
		return nil, err
	}
	b, err := s.readPeriod(ctx, v, d, after)
	if err != nil {
		return nil, err
	}
	r, err := compare.Compare(ctx, d, a, b, compare.Options{Seed: 1})
	if err == nil {
		s.comparisons.put(key, r)
	}
	return r, err
}

func (f Filter) during(p period.Period) Filter {
	f.From, f.To = p.From.String(), p.To.String()
	return f
}

func (s *Service) readPeriod(ctx context.Context, v *view, d *compare.Dictionary, f Filter) (*compare.Period, error) {
	src, err := s.open(ctx, v, f)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	return compare.Read(ctx, d, src, f.Instances)
}

func (v *view) comparison(r *compare.Result, f Filter, c compared) *Comparison {
	out := &Comparison{
		A: ComparedPeriod{c.a.From, c.a.To, r.CasesA}, B: ComparedPeriod{c.b.From, c.b.To, r.CasesB}, Basis: c.basis, Launch: c.launch,
		Mean: comparedOf(r.Mean), Median: comparedOf(r.Median), Activities: []ComparedActivity{}, Edges: []ComparedEdge{}, Tests: r.Tests,
	}
	count := func(all ...Compared) {
		for _, d := range all {
			if d.Significant {
				out.Significant++
			}
		}
	}
	for _, a := range r.Activities {
		x := ComparedActivity{Name: a.From, CasesA: a.CasesA, CasesB: a.CasesB, Share: comparedOf(a.Share)}
		out.Activities = append(out.Activities, x)
		count(x.Share)
	}
	for _, e := range r.Edges {
		x := ComparedEdge{From: e.From, To: e.To, CasesA: e.CasesA, CasesB: e.CasesB, Share: comparedOf(e.Share), Time: comparedOf(e.Time),
			MeanA: e.MeanA, MeanB: e.MeanB}
		out.Edges = append(out.Edges, x)
		count(x.Share, x.Time)
	}
	if m := r.Mix; m != nil {
		part := func(p compare.Part) MixPart { return MixPart{p.Value, p.Low, p.High} }
		out.Mix = &ComparedMix{part(m.Total), part(m.Mix), part(m.Within), m.Variants, m.RestA, m.RestB}
	}
	out.Sentence = compareSentence(v.process, out)
	out.Remarks = v.compareRemarks(out, f)
	return out
}

func comparedOf(d compare.Difference) Compared {
	return Compared{A: d.A, B: d.B, Difference: d.Value, Low: d.Low, High: d.High, P: d.P, Q: d.Q, Significant: d.Significant()}
}
