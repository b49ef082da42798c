package compare

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// A variant is compared for itself with at least fewestCases in both periods, most of them first; the others stand
// together as one group.
const (
	fewestCases = 5
	mostGroups  = 200
)

// resampled is the size up to which a group is drawn case by case; the mean of a larger one is drawn as normal.
const resampled = 400

// group is the cases of one variant in one period.
type group struct {
	durations []float64
	mean, sd  float64
}

// decompose splits the change of the mean lead time: with pa, pb the shares of a variant and ma, mb its means, the mix is
// Σ (pb − pa)(ma + mb)/2 and what is within Σ (mb − ma)(pa + pb)/2. A variant of one period only has no mean in the other
// and counts as mix.
func decompose(ctx context.Context, a, b *Period, o Options) (*Mix, error) {
	where, groups := strata(a, b)
	ga, gb := split(a, where, groups), split(b, where, groups)
	m := &Mix{Variants: groups - 1, RestA: shareOf(ga, groups-1), RestB: shareOf(gb, groups-1)}
	m.Mix.Value, m.Within.Value = parts(ga, gb, sizes(ga), sizes(gb), meansOf(ga), meansOf(gb))
	m.Total.Value = m.Mix.Value + m.Within.Value
	draws := o.Draws
	if draws == 0 {
		draws = 999
	}
	random := rand.New(rand.NewPCG(o.Seed, 1955))
	var mixes, withins, totals []float64
	for range draws {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		na, ma := redraw(random, ga)
		nb, mb := redraw(random, gb)
		x, w := parts(ga, gb, na, nb, ma, mb)
		mixes, withins, totals = append(mixes, x), append(withins, w), append(totals, x+w)
	}
	m.Mix.span(mixes)
	m.Within.span(withins)
	m.Total.span(totals)
	return m, nil
}

// span is the percentile interval.
func (p *Part) span(drawn []float64) {
	slices.Sort(drawn)
	n := float64(len(drawn))
	p.Low, p.High = drawn[int(n*0.025)], drawn[min(len(drawn)-1, int(n*0.975))]
}

// strata says for each variant which group it belongs to; the last group holds the rare ones.
func strata(a, b *Period) (where map[int32]int, groups int) {
	na, nb := tally(a), tally(b)
	var common []int32
	for v, n := range na {
		if n >= fewestCases && nb[v] >= fewestCases {
			common = append(common, v)
		}
	}
	slices.SortFunc(common, func(x, y int32) int {
		if d := na[y] + nb[y] - na[x] - nb[x]; d != 0 {
			return d
		}
		return int(x - y)
	})
	common = common[:min(len(common), mostGroups)]
	where = map[int32]int{}
	for i, v := range common {
		where[v] = i
	}
	return where, len(common) + 1
}

func tally(p *Period) map[int32]int {
	out := map[int32]int{}
	for _, v := range p.variants {
		out[v]++
	}
	return out
}

func split(p *Period, where map[int32]int, groups int) []group {
	out := make([]group, groups)
	for i, v := range p.variants {
		g, ok := where[v]
		if !ok {
			g = groups - 1
		}
		out[g].durations = append(out[g].durations, p.durations[i])
	}
	for i := range out {
		s := sampleOf(out[i].durations)
		out[i].mean, out[i].sd = s.Mean, s.SD
	}
	return out
}

func sizes(g []group) []float64 {
	out := make([]float64, len(g))
	for i := range g {
		out[i] = float64(len(g[i].durations))
	}
	return out
}

func meansOf(g []group) []float64 {
	out := make([]float64, len(g))
	for i := range g {
		out[i] = g[i].mean
	}
	return out
}

func shareOf(g []group, at int) float64 {
	n := sizes(g)
	return n[at] / total(n)
}

func total(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum
}

// parts are mix and within for sizes and means that may be redrawn.
func parts(ga, gb []group, na, nb, ma, mb []float64) (mix, within float64) {
	ta, tb := total(na), total(nb)
	for i := range na {
		pa, pb := na[i]/ta, nb[i]/tb
		if pa == 0 && pb == 0 {
			continue
		}
		x, y := ma[i], mb[i]
		if len(ga[i].durations) == 0 {
			x = y
		}
		if len(gb[i].durations) == 0 {
			y = x
		}
		mix += (pb - pa) * (x + y) / 2
		within += (y - x) * (pa + pb) / 2
	}
	return mix, within
}

// redraw draws the cases of a period anew with replacement: first how many of each group, then their mean. A group that
// is not drawn keeps its mean.
func redraw(random *rand.Rand, g []group) (n, means []float64) {
	n, means = make([]float64, len(g)), meansOf(g)
	left, rest := total(sizes(g)), total(sizes(g))
	for i := range g {
		size := float64(len(g[i].durations))
		if size == 0 || left == 0 {
			continue
		}
		n[i] = left
		if size < rest {
			n[i] = distuv.Binomial{N: left, P: size / rest, Src: random}.Rand()
		}
		left, rest = left-n[i], rest-size
		if n[i] > 0 {
			means[i] = g[i].draw(random, int(n[i]))
		}
	}
	return n, means
}

func (g *group) draw(random *rand.Rand, n int) float64 {
	if n > resampled {
		return g.mean + random.NormFloat64()*g.sd/math.Sqrt(float64(n))
	}
	sum := 0.0
	for range n {
		sum += g.durations[random.IntN(len(g.durations))]
	}
	return sum / float64(n)
}
