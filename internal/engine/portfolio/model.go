package portfolio

import (
	"maps"
	"math"
	"slices"
)

// model is a problem made ready for the search: one variable for each initiative and start.
type model struct {
	problem *Problem
	periods int
	groups  []group
	vars    []variable
	caps    []capacity
	pairs   [][2]int // exclusions, each once
	edges   []edge
	cliques [][]int // groups of which at most one may be chosen; together they cover the pairs
	grain   float64 // the value of every solution is a multiple of it; 0 when unknown
	digits  int     // decimals of all values, −1 when unknown
	scale   float64 // size of the largest value
}

// group is an initiative with its starts, variables first to first+n−1.
type group struct {
	first, n  int
	mandatory bool
	before    []edge // this one comes after
	behind    []edge // these come after this one
	rivals    []int
}

// edge says: to after from, starts at least lag apart.
type edge struct{ from, to, lag int }

// variable is one start of a group.
type variable struct {
	group, start int // start from 1
	value        float64
	use          []entry // by index of capacity
}

// capacity is the limit of a resource in a period.
type capacity struct {
	resource string
	period   int
	limit    float64
	slack    float64 // rounding that still counts as within the limit
	users    []entry // by variable
}

// compile turns a valid problem into a model; starts that a limit alone forbids are left out by the search, not here.
func compile(p *Problem) *model {
	m := &model{problem: p, periods: p.Periods}
	names := slices.Sorted(maps.Keys(p.Limits))
	row := map[string]int{}
	for _, name := range names {
		row[name] = len(m.caps)
		for t := 1; t <= p.Periods; t++ {
			limit := limitAt(p.Limits[name], t)
			m.caps = append(m.caps, capacity{resource: name, period: t, limit: limit, slack: 1e-9 * max(1, limit)})
		}
	}
	index := map[string]int{}
	for g := range p.Initiatives {
		i := &p.Initiatives[g]
		index[i.ID] = g
		first, last := i.window(p.Periods)
		m.groups = append(m.groups, group{first: len(m.vars), n: last - first + 1, mandatory: i.Mandatory})
		for s := first; s <= last; s++ {
			m.addVariable(g, s, i, names, row)
		}
	}
	m.link(index)
	m.measure()
	return m
}

func (m *model) addVariable(g, start int, i *Initiative, names []string, row map[string]int) {
	v := variable{group: g, start: start, value: i.valueAt(start)}
	m.scale = max(m.scale, math.Abs(v.value))
	for _, name := range names {
		for k, use := range i.Use[name] {
			if t := start - 1 + k; use > 0 && t < m.periods {
				v.use = append(v.use, entry{row[name] + t, use})
				c := &m.caps[row[name]+t]
				c.users = append(c.users, entry{len(m.vars), use})
			}
		}
	}
	m.vars = append(m.vars, v)
}

// link resolves after and excludes. With a single period there is no order within it: after only demands that the
// other is chosen too.
func (m *model) link(index map[string]int) {
	for g := range m.problem.Initiatives {
		i := &m.problem.Initiatives[g]
		for _, id := range i.After {
			e := edge{from: index[id], to: g, lag: m.problem.Initiatives[index[id]].lasts()}
			if m.periods == 1 {
				e.lag = 0
			}
			m.edges = append(m.edges, e)
			m.groups[g].before = append(m.groups[g].before, e)
			m.groups[e.from].behind = append(m.groups[e.from].behind, e)
		}
		for _, id := range i.Excludes {
			if h := index[id]; !slices.Contains(m.groups[g].rivals, h) {
				m.pairs = append(m.pairs, [2]int{min(g, h), max(g, h)})
				m.groups[g].rivals = append(m.groups[g].rivals, h)
				m.groups[h].rivals = append(m.groups[h].rivals, g)
			}
		}
	}
	covered := map[[2]int]bool{}
	for _, pair := range m.pairs {
		if !covered[pair] {
			m.cliques = append(m.cliques, m.clique(pair, covered))
		}
	}
}

// clique extends a pair by every further initiative that excludes all that are in.
func (m *model) clique(pair [2]int, covered map[[2]int]bool) []int {
	members := []int{pair[0], pair[1]}
	for _, g := range m.groups[pair[0]].rivals {
		fits := g != pair[1]
		for _, h := range members {
			fits = fits && slices.Contains(m.groups[g].rivals, h)
		}
		if fits {
			members = append(members, g)
		}
	}
	for a, g := range members {
		for _, h := range members[a+1:] {
			covered[[2]int{min(g, h), max(g, h)}] = true
		}
	}
	return members
}

// measure finds the grain: when all values are whole multiples of 1, 0.1 … 0.000001 it is their greatest common
// divisor, so that a bound less than one grain above a solution proves it.
func (m *model) measure() {
	m.digits = -1
	for digits := range 7 {
		unit := math.Pow10(-digits)
		g, whole := int64(0), true
		for _, v := range m.vars {
			x := v.value / unit
			r := math.Round(x)
			if math.Abs(r) > 1e12 || math.Abs(x-r) > 1e-9*max(1, math.Abs(x)) {
				whole = false
				break
			}
			g = gcd(g, int64(math.Abs(r)))
		}
		if whole {
			m.grain, m.digits = float64(g)*unit, digits
			return
		}
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// worth is the value of a plan, which holds the variable of each group or −1.
func (m *model) worth(plan []int) float64 {
	sum := 0.0
	for _, v := range plan {
		if v >= 0 {
			sum += m.vars[v].value
		}
	}
	return sum
}

// obeys says whether a plan satisfies everything that the problem demands.
func (m *model) obeys(plan []int) bool {
	used := make([]float64, len(m.caps))
	for g, v := range plan {
		if v < 0 {
			if m.groups[g].mandatory {
				return false
			}
			continue
		}
		for _, e := range m.vars[v].use {
			used[e.at] += e.v
		}
		for _, r := range m.groups[g].rivals {
			if plan[r] >= 0 {
				return false
			}
		}
		for _, e := range m.groups[g].before {
			if plan[e.from] < 0 || m.vars[v].start < m.vars[plan[e.from]].start+e.lag {
				return false
			}
		}
	}
	for k, c := range m.caps {
		if used[k] > c.limit+c.slack {
			return false
		}
	}
	return true
}
