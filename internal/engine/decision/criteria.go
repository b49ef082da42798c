package decision

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Criterion is one view on all alternatives. Weight is at least 0; only the share of the weight in the sum of all
// counts. Less says that small values are good.
type Criterion struct {
	Name   string
	Weight float64
	Less   bool
}

// Alternative is what is ranked. Values stand in the order of the criteria; nil is unknown.
type Alternative struct {
	ID     string
	Values []*Range
}

// Question is what Rank answers. Draws is the number of simulated worlds.
type Question struct {
	Criteria     []Criterion
	Alternatives []Alternative
	Draws        int
	Seed         uint64
}

// Ranked is an alternative in its place. Score is between 0 and 1: at its likely values, and at best and worst.
type Ranked struct {
	ID     string
	Rank   int // from 1
	Score  Range
	Parts  []Range   // utility by criterion, 0 to 1, in the order of the criteria
	Shares []float64 // share of the draws in which it takes rank 1, 2, …
	Top3   float64   // share of the draws among the first three
	Turn   *Turn     // what would put the next one before it; nil for the last and where no single weight does
}

// Stability is the share of the draws in which the alternative keeps its rank.
func (r Ranked) Stability() float64 { return r.Shares[r.Rank-1] }

// Turn is the smallest change of one weight that makes the next alternative equal. The other weights keep their ratio.
// From and To are shares of the weight in the sum, 0 to 1.
type Turn struct {
	Criterion int
	From, To  float64
}

// Answer holds the ranked alternatives, first rank first, and those that lack an input, by their order in the question.
type Answer struct {
	Ranked  []Ranked
	Missing []Missing
}

// Missing is an alternative that cannot be ranked, with the criteria of positive weight that it lacks.
type Missing struct {
	ID       string
	Criteria []int
}

var (
	errWeights = errors.New("decision: weights must be finite, not negative and not all zero")
	errValue   = errors.New("decision: a range is not in order")
)

// Rank orders the alternatives by the weighted sum of their normalised values. A value is normalised between the least
// low and the greatest high of all ranked alternatives; a criterion on which all are equal gives everybody one half.
// Equal scores keep the order of their names. Criteria without weight are not demanded.
func Rank(ctx context.Context, q Question) (*Answer, error) {
	shares, err := weights(q.Criteria)
	if err != nil {
		return nil, err
	}
	out := &Answer{}
	var list []Alternative
	for _, a := range q.Alternatives {
		var lacks []int
		for i := range q.Criteria {
			if v := a.Values[i]; v == nil && shares[i] > 0 {
				lacks = append(lacks, i)
			} else if v != nil && !v.Valid() {
				return nil, errValue
			}
		}
		if lacks != nil {
			out.Missing = append(out.Missing, Missing{a.ID, lacks})
			continue
		}
		list = append(list, a)
	}
	scales := scalesOf(q.Criteria, list)
	for _, a := range list {
		out.Ranked = append(out.Ranked, score(a, shares, scales))
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return before(out.Ranked[a], out.Ranked[b]) })
	out.Ranked, list = permuted(out.Ranked, order), permuted(list, order)
	for i := range out.Ranked {
		out.Ranked[i].Rank = i + 1
		if i+1 < len(out.Ranked) {
			out.Ranked[i].Turn = turn(shares, out.Ranked[i].Parts, out.Ranked[i+1].Parts)
		}
	}
	return out, simulate(ctx, out.Ranked, list, shares, scales, q)
}

func before(a, b Ranked) int {
	switch {
	case a.Score.Likely > b.Score.Likely:
		return -1
	case a.Score.Likely < b.Score.Likely:
		return 1
	}
	return strings.Compare(a.ID, b.ID)
}

func permuted[T any](list []T, order []int) []T {
	out := make([]T, len(list))
	for i, from := range order {
		out[i] = list[from]
	}
	return out
}

// weights are the shares of the weights, which sum to 1.
func weights(list []Criterion) ([]float64, error) {
	sum := 0.0
	for _, c := range list {
		if !(c.Weight >= 0) || c.Weight > 1e12 {
			return nil, errWeights
		}
		sum += c.Weight
	}
	if sum == 0 {
		return nil, errWeights
	}
	out := make([]float64, len(list))
	for i, c := range list {
		out[i] = c.Weight / sum
	}
	return out, nil
}

// scale takes a value of a criterion to a utility between 0 and 1.
type scale struct {
	low, width float64
	less       bool
}

func (s scale) of(v float64) float64 {
	if s.width == 0 {
		return 0.5
	}
	u := (v - s.low) / s.width
	if s.less {
		return 1 - u
	}
	return u
}

func scalesOf(criteria []Criterion, list []Alternative) []scale {
	out := make([]scale, len(criteria))
	for i, c := range criteria {
		first, low, high := true, 0.0, 0.0
		for _, a := range list {
			v := a.Values[i]
			if v == nil {
				continue
			}
			if first {
				first, low, high = false, v.Low, v.High
			}
			low, high = min(low, v.Low), max(high, v.High)
		}
		out[i] = scale{low, high - low, c.Less}
	}
	return out
}

func score(a Alternative, shares []float64, scales []scale) Ranked {
	r := Ranked{ID: a.ID, Parts: make([]Range, len(shares))}
	for i, s := range scales {
		v := a.Values[i]
		if v == nil {
			continue
		}
		u := Range{s.of(v.Low), s.of(v.Likely), s.of(v.High)}
		if s.less {
			u.Low, u.High = u.High, u.Low
		}
		r.Parts[i] = u
		r.Score.Low += shares[i] * u.Low
		r.Score.Likely += shares[i] * u.Likely
		r.Score.High += shares[i] * u.High
	}
	return r
}

// turn finds the weight that makes two neighbours equal. With share s of one weight and the others in their ratio the
// difference of the scores is s·d + (1 − s)·r, where d is the difference in this criterion and r the mean difference in
// the others; it is zero at s = r ÷ (r − d).
func turn(shares []float64, a, b []Range) *Turn {
	var best *Turn
	total := 0.0
	for i := range shares {
		total += shares[i] * (a[i].Likely - b[i].Likely)
	}
	for i, s := range shares {
		if s == 1 {
			continue
		}
		d := a[i].Likely - b[i].Likely
		rest := (total - s*d) / (1 - s)
		to := rest / (rest - d)
		if rest == d || !(to >= 0 && to <= 1) {
			continue
		}
		if best == nil || abs(to-s) < abs(best.To-best.From) {
			best = &Turn{Criterion: i, From: s, To: to}
		}
	}
	return best
}

func abs(v float64) float64 { return max(v, -v) }

// simulate draws every value from the triangular distribution over its range and counts the ranks.
func simulate(ctx context.Context, ranked []Ranked, list []Alternative, shares []float64, scales []scale, q Question) error {
	n := len(list)
	counts := make([][]int, n)
	for i := range counts {
		counts[i] = make([]int, n)
	}
	type drawn struct {
		score float64
		at    int
	}
	world, random := make([]drawn, n), base.Rand(q.Seed, "decision", "rank")
	for range q.Draws {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i, a := range list {
			world[i] = drawn{at: i}
			for c, s := range scales {
				p := random.Float64() // drawn for every value, so that a weight of zero changes no other draw
				if v := a.Values[c]; v != nil {
					world[i].score += shares[c] * s.of(v.At(p))
				}
			}
		}
		slices.SortFunc(world, func(a, b drawn) int {
			switch {
			case a.score > b.score:
				return -1
			case a.score < b.score:
				return 1
			}
			return a.at - b.at
		})
		for place, d := range world {
			counts[d.at][place]++
		}
	}
	for i := range ranked {
		ranked[i].Shares = make([]float64, n)
		for place, k := range counts[i] {
			if q.Draws > 0 {
				ranked[i].Shares[place] = float64(k) / float64(q.Draws)
			}
			if place < 3 {
				ranked[i].Top3 += ranked[i].Shares[place]
			}
		}
	}
	return nil
}
