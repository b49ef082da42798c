package portfolio

import (
	"cmp"
	"math"
	"slices"
)

// outcome says how a run of the simplex method ended.
type outcome uint8

const (
	solved     outcome = iota // optimal within the tolerances
	cut                       // the bound fell to the cutoff
	impossible                // no point satisfies rows and bounds
	unfinished                // stopped; the bound holds all the same
)

// run does pivots of the dual simplex method until the program is solved, its bound is at most cutoff, most pivots are
// done or stop says so. settle must have been called after the last change.
func (p *lp) run(cutoff float64, most int, stop func() bool) outcome {
	if p.fresh > 100+len(p.rows) {
		p.rebuild(stop)
	}
	again := 0
	for range most {
		if stop() {
			return unfinished
		}
		if p.z <= cutoff && p.bound() <= cutoff {
			return cut
		}
		r := p.leaving()
		if r < 0 {
			return solved
		}
		q := p.entering(r)
		if q < 0 {
			if p.proven(r) {
				return impossible
			}
		} else if p.pivot(r, q) {
			p.pivots++
			p.fresh++
			continue
		}
		if again++; again > 3 { // rounding won
			return unfinished
		}
		p.rebuild(stop)
	}
	return unfinished
}

// leaving picks the row whose basic variable is furthest outside its bounds, measured along the edge.
func (p *lp) leaving() int {
	best, row := 0.0, -1
	for r, j := range p.basis {
		gap := max(p.lo[j]-p.xb[r], p.xb[r]-p.up[j])
		if gap > feasibleTol {
			if score := gap * gap / p.norm[r]; score > best {
				best, row = score, r
			}
		}
	}
	return row
}

// rowOf computes row r of the inverse times A into alpha; slacks find theirs in the inverse itself.
func (p *lp) rowOf(r int) {
	s := p.spare
	for _, j := range s.touched {
		s.alpha[j], s.seen[j] = 0, false
	}
	s.touched, s.nz = s.touched[:0], s.nz[:0]
	for k, v := range p.inv[r] {
		if v == 0 {
			continue
		}
		s.nz = append(s.nz, k)
		for _, e := range p.rows[k] {
			if !s.seen[e.at] {
				s.seen[e.at] = true
				s.touched = append(s.touched, e.at)
			}
			s.alpha[e.at] += v * e.v
		}
	}
}

// entering does the ratio test with bound flipping for the variable that leaves in row r and lists the variables to
// flip before it. −1 says that nothing can enter: the row cannot be satisfied.
func (p *lp) entering(r int) int {
	p.rowOf(r)
	s := p.spare
	j := p.basis[r]
	side, slope := -1.0, p.lo[j]-p.xb[r]
	if p.xb[r] > p.up[j] {
		side, slope = 1, p.xb[r]-p.up[j]
	}
	s.cand, s.flips = s.cand[:0], s.flips[:0]
	for _, j := range s.touched {
		p.consider(j, side*s.alpha[j])
	}
	for _, k := range s.nz {
		p.consider(p.n+k, side*p.inv[r][k])
	}
	cand, at := s.cand, 0.0
	sorted := false
	for i := range cand {
		if !sorted && i == 8 {
			slices.SortFunc(cand[i:], func(a, b candidate) int {
				return cmp.Or(cmp.Compare(a.ratio, b.ratio), cmp.Compare(b.size, a.size), cmp.Compare(a.j, b.j))
			})
			sorted = true
		}
		if !sorted {
			k := i
			for l := i + 1; l < len(cand); l++ {
				if cand[l].ratio < cand[k].ratio || cand[l].ratio == cand[k].ratio && cand[l].size > cand[k].size {
					k = l
				}
			}
			cand[i], cand[k] = cand[k], cand[i]
		}
		c := cand[i]
		p.z -= slope * (c.ratio - at)
		at = c.ratio
		slope -= c.size * (p.up[c.j] - p.lo[c.j])
		if slope <= 0 {
			return p.steadier(i)
		}
	}
	return -1
}

// steadier takes, among the candidates whose ratio equals that of the i-th, the one with the largest element, and
// flips those before.
func (p *lp) steadier(i int) int {
	s := p.spare
	first := i
	for first > 0 && s.cand[first-1].ratio >= s.cand[i].ratio-1e-12 {
		first--
	}
	best := i
	for k := first; k < i; k++ {
		if s.cand[k].size > 10*s.cand[best].size {
			best = k
		}
	}
	for k := range best {
		s.flips = append(s.flips, s.cand[k].j)
	}
	return s.cand[best].j
}

func (p *lp) consider(j int, a float64) {
	if p.where[j] >= 0 || p.lo[j] == p.up[j] {
		return
	}
	if p.high[j] {
		if a < -pivotTol {
			p.spare.cand = append(p.spare.cand, candidate{j, max(0, p.d[j]) / -a, -a})
		}
	} else if a > pivotTol {
		p.spare.cand = append(p.spare.cand, candidate{j, max(0, -p.d[j]) / a, a})
	}
}

// proven checks with the original rows that row r of the inverse shows the program to be impossible.
func (p *lp) proven(r int) bool {
	s := p.spare
	least, most, right, size := 0.0, 0.0, 0.0, 1.0
	add := func(j int, a float64) {
		x, y := a*p.lo[j], a*p.up[j]
		least, most = least+min(x, y), most+max(x, y)
		size += max(math.Abs(x), math.Abs(y))
	}
	for _, j := range s.touched {
		add(j, s.alpha[j])
	}
	for _, k := range s.nz {
		add(p.n+k, p.inv[r][k])
		right += p.inv[r][k] * p.b[k]
	}
	return right > most+1e-9*size || right < least-1e-9*size
}

// pivot exchanges the basic variable of row r for q; false says that the numbers contradict each other.
func (p *lp) pivot(r, q int) bool {
	s := p.spare
	expected := 0.0
	if q >= p.n {
		expected = p.inv[r][q-p.n]
	} else {
		expected = s.alpha[q]
	}
	p.times(q, s.col)
	if math.Abs(s.col[r]-expected) > 1e-7*(1+math.Abs(expected)) || math.Abs(s.col[r]) < pivotTol {
		return false
	}
	p.flip()
	j := p.basis[r]
	over := p.xb[r] > p.up[j]
	to := p.lo[j]
	if over {
		to = p.up[j]
	}
	step := (p.xb[r] - to) / s.col[r]
	from := p.value(q)
	for i, a := range s.col {
		if a != 0 {
			p.xb[i] -= step * a
		}
	}
	p.xb[r] = from + step
	t := p.d[q] / s.col[r]
	if t != 0 {
		for _, k := range s.touched {
			p.d[k] -= t * s.alpha[k]
		}
		for _, k := range s.nz {
			p.d[p.n+k] -= t * p.inv[r][k]
		}
	}
	p.d[q], p.d[j] = 0, -t
	p.exchange(r, q)
	p.high[j] = over
	return true
}

// flip moves the listed variables to their other bound.
func (p *lp) flip() {
	s := p.spare
	if len(s.flips) == 0 {
		return
	}
	y := s.y
	clear(y)
	for _, j := range s.flips {
		move := p.up[j] - p.lo[j]
		if p.high[j] {
			move = -move
		}
		p.high[j] = !p.high[j]
		p.column(j, func(i int, v float64) { y[i] += v * move })
	}
	for r, line := range p.inv {
		sum := 0.0
		for k, v := range y {
			if v != 0 {
				sum += line[k] * v
			}
		}
		p.xb[r] -= sum
	}
}

// times computes the inverse times the column of j.
func (p *lp) times(j int, out []float64) {
	if j >= p.n {
		for r, line := range p.inv {
			out[r] = line[j-p.n]
		}
		return
	}
	col := p.cols[j]
	for r, line := range p.inv {
		sum := 0.0
		for _, e := range col {
			sum += line[e.at] * e.v
		}
		out[r] = sum
	}
}

// exchange updates inverse and basis; col holds the inverse times the column of q, nz the nonzero columns of row r.
func (p *lp) exchange(r, q int) {
	s := p.spare
	pivotRow := p.inv[r]
	f := 1 / s.col[r]
	norm := 0.0
	for _, k := range s.nz {
		pivotRow[k] *= f
		norm += pivotRow[k] * pivotRow[k]
	}
	p.norm[r] = norm
	for i, a := range s.col {
		if i == r || math.Abs(a) < dropTol {
			continue
		}
		line, dot := p.inv[i], 0.0
		for _, k := range s.nz {
			dot += line[k] * pivotRow[k]
			v := line[k] - a*pivotRow[k]
			if math.Abs(v) < dropTol {
				v = 0
			}
			line[k] = v
		}
		p.norm[i] = max(p.norm[i]-2*a*dot+a*a*norm, 1e-6)
	}
	p.where[p.basis[r]] = -1
	p.basis[r], p.where[q] = q, r
}

// rebuild computes the inverse anew from the basis: beginning with the slacks, each structural variable of the basis
// enters in the free row where its element is largest.
func (p *lp) rebuild(stop func() bool) {
	s := p.spare
	var enter []int
	m := len(p.rows)
	free := make([]bool, m)
	for i := range m {
		free[i] = p.where[p.n+i] < 0
	}
	for _, j := range p.basis {
		if j < p.n {
			enter = append(enter, j)
		}
		p.where[j] = -1
	}
	slices.SortFunc(enter, func(a, b int) int { return cmp.Or(cmp.Compare(len(p.cols[a]), len(p.cols[b])), cmp.Compare(a, b)) })
	for i := range m {
		clear(p.inv[i])
		p.inv[i][i], p.norm[i] = 1, 1
		p.basis[i], p.where[p.n+i] = p.n+i, i
	}
	for _, q := range enter {
		if stop() {
			break // slacks stand for the rest, which is a basis too
		}
		p.times(q, s.col)
		r := -1
		for i := range m {
			if free[i] && (r < 0 || math.Abs(s.col[i]) > math.Abs(s.col[r])) {
				r = i
			}
		}
		if r < 0 || math.Abs(s.col[r]) < pivotTol {
			continue // dependent: its slack stays in the basis instead
		}
		free[r] = false
		s.nz = s.nz[:0]
		for k, v := range p.inv[r] {
			if v != 0 {
				s.nz = append(s.nz, k)
			}
		}
		p.exchange(r, q)
	}
	p.fresh = 0
	p.settle()
}
