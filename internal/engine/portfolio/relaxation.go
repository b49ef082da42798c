package portfolio

import (
	"math"
	"math/rand/v2"
)

// relaxation is the linear program of a domain: a share between 0 and 1 of every start left, at most one start for each
// initiative, every limit. Order and exclusion join as rows when a solution violates them. Groups that the domain has
// decided are constants.
type relaxation struct {
	m      *model
	lp     *lp
	col    []int // variable → column, −1 when decided
	vars   []int // column → variable
	pick   []int // group → row "at most one start", −1 without
	groups []int // undecided groups
	fixed  float64
	scale  float64 // value = fixed + scale × value of the program
	known  map[[3]int]bool
	x      []float64 // by variable: its share in the last solution
}

// relax builds the program of a domain.
func relax(m *model, d *domain, rng *rand.Rand) *relaxation {
	r := &relaxation{m: m, col: make([]int, len(m.vars)), pick: make([]int, len(m.groups)), x: make([]float64, len(m.vars)),
		scale: power(m.scale), known: map[[3]int]bool{}}
	var costs []float64
	for g := range m.groups {
		r.pick[g] = -1
		gr := &m.groups[g]
		if v := d.only[g]; v >= 0 {
			r.fixed += m.vars[v].value
		} else if d.left[g] > 0 {
			r.groups = append(r.groups, g)
		}
		for v := gr.first; v < gr.first+gr.n; v++ {
			r.col[v] = -1
			if d.ok[v] && d.only[g] < 0 {
				r.col[v] = len(r.vars)
				r.vars = append(r.vars, v)
				costs = append(costs, m.vars[v].value/r.scale)
			}
		}
	}
	r.lp = newLP(costs)
	if len(r.vars) > 2*len(r.groups) {
		r.lp.perturb(rng.Float64)
	}
	r.limitRows(d)
	r.pickRows(d)
	return r
}

// power is the power of two next to a size, so that dividing by it rounds nothing.
func power(size float64) float64 {
	if size == 0 {
		return 1
	}
	return math.Exp2(math.Round(math.Log2(size)))
}

// limitRows adds the limits that could bind.
func (r *relaxation) limitRows(d *domain) {
	for k := range r.m.caps {
		c := &r.m.caps[k]
		var row []entry
		most, largest, sum, group := 0.0, 0.0, 0.0, -1
		for _, u := range c.users {
			j := r.col[u.at]
			if j < 0 {
				continue
			}
			if g := r.m.vars[u.at].group; g != group {
				sum, most, group = sum+most, 0, g
			}
			most, largest = max(most, u.v), max(largest, u.v)
			row = append(row, entry{j, u.v})
		}
		room := c.limit + c.slack - d.used[k]
		if sum+most <= room || len(row) == 0 {
			continue
		}
		f := power(largest)
		for e := range row {
			row[e].v /= f
		}
		room = max(0, room) / f
		r.lp.addRow(row, room, room)
	}
}

// pickRows adds "at most one start" for groups with several.
func (r *relaxation) pickRows(d *domain) {
	for _, g := range r.groups {
		if d.left[g] < 2 {
			continue
		}
		gr := &r.m.groups[g]
		var row []entry
		for v := gr.first; v < gr.first+gr.n; v++ {
			if r.col[v] >= 0 {
				row = append(row, entry{r.col[v], 1})
			}
		}
		r.pick[g] = r.lp.addRow(row, 1, 1)
	}
}

// bind sets the bounds of the program to a narrower domain.
func (r *relaxation) bind(d *domain) {
	for j, v := range r.vars {
		lo, up := 0.0, 0.0
		if d.ok[v] {
			up = 1
			if d.only[r.m.vars[v].group] == v {
				lo = 1
			}
		}
		r.lp.set(j, lo, up)
	}
	for _, g := range r.groups {
		if i := r.pick[g]; i >= 0 {
			up := 1.0
			if d.in[g] {
				up = 0
			}
			r.lp.set(r.lp.n+i, 0, up)
		}
	}
	r.lp.settle()
}

// value and inner translate between values of the problem and of the program.
func (r *relaxation) value(z float64) float64 { return r.fixed + r.scale*z }
func (r *relaxation) inner(v float64) float64 { return (v - r.fixed) / r.scale }

// read takes the shares out of the program; d gives those of the constants.
func (r *relaxation) read(d *domain) {
	for v, j := range r.col {
		switch {
		case j >= 0:
			r.x[v] = min(1, max(0, r.lp.value(j)))
		case d.only[r.m.vars[v].group] == v:
			r.x[v] = 1
		default:
			r.x[v] = 0
		}
	}
}

// separate adds the rows of order and exclusion that the shares violate and returns how many.
func (r *relaxation) separate(most int) int {
	before := len(r.lp.rows)
	for k, e := range r.m.edges {
		r.separateOrder(k, e)
		if len(r.lp.rows)-before >= most {
			return len(r.lp.rows) - before
		}
	}
	for k, clique := range r.m.cliques {
		r.separateClique(k, clique)
	}
	return len(r.lp.rows) - before
}

// separateOrder adds, where violated: started by s at most as much as the forerunner started by s − lag.
func (r *relaxation) separateOrder(k int, e edge) {
	to, from := &r.m.groups[e.to], &r.m.groups[e.from]
	sum, v, w := 0.0, to.first, from.first
	for ; v < to.first+to.n; v++ {
		for ; w < from.first+from.n && r.m.vars[w].start <= r.m.vars[v].start-e.lag; w++ {
			sum -= r.x[w]
		}
		sum += r.x[v]
		key := [3]int{0, k, v}
		if sum < 1e-6 || r.col[v] < 0 || r.known[key] {
			continue
		}
		var row []entry
		constant := 0.0
		for a := to.first; a <= v; a++ {
			if r.col[a] >= 0 {
				row = append(row, entry{r.col[a], 1})
			}
		}
		for b := from.first; b < w; b++ {
			if r.col[b] >= 0 {
				row = append(row, entry{r.col[b], -1})
			} else {
				constant += r.x[b]
			}
		}
		r.known[key] = true
		r.lp.addRow(row, constant, constant+1)
	}
}

// separateClique adds "at most one of these" where violated.
func (r *relaxation) separateClique(k int, clique []int) {
	key := [3]int{1, k, 0}
	if r.known[key] {
		return
	}
	sum := 0.0
	var row []entry
	for _, g := range clique {
		gr := &r.m.groups[g]
		for v := gr.first; v < gr.first+gr.n; v++ {
			sum += r.x[v]
			if r.col[v] >= 0 {
				row = append(row, entry{r.col[v], 1})
			}
		}
	}
	if sum > 1+1e-6 && len(row) > 0 {
		r.known[key] = true
		r.lp.addRow(row, 1, 1)
	}
}
