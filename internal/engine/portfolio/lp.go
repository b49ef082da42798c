package portfolio

import "math"

const (
	feasibleTol = 1e-9  // how far a basic variable may lie outside its bounds
	dualTol     = 1e-11 // reduced costs below count as zero when a nonbasic variable chooses its bound
	pivotTol    = 1e-9  // smallest element of the pivot row that may enter
	dropTol     = 1e-13 // elements of the inverse below are zero
)

// entry is one coefficient of a sparse row or column.
type entry struct {
	at int
	v  float64
}

// lp is a linear program: the largest c·x with A·x + s = b, where the n structural variables and the slacks, which are
// numbered from n on, all have finite bounds. Because of that any basis can be made dual feasible by choosing the bound
// of each nonbasic variable, so that the dual simplex method continues from wherever it stands after any change of
// bounds and after new rows. The inverse of the basis is kept explicitly, its zeros are skipped.
type lp struct {
	n      int
	c      []float64 // costs that the pivots see; slightly perturbed against cycling
	exact  []float64 // costs as they are, for the bound
	cols   [][]entry
	rows   [][]entry
	b      []float64
	lo, up []float64

	basis []int // row position → variable
	where []int // variable → row position, −1 when nonbasic
	high  []bool
	inv   [][]float64
	xb    []float64 // values of the basic variables
	norm  []float64 // squared length of each row of the inverse, the weights of steepest edge pricing
	d     []float64 // reduced costs
	z     float64   // value of the current dual solution, as far as the perturbed costs know it

	pivots int64 // done in all
	fresh  int   // pivots since the inverse was made
	spare  *lpScratch
}

type lpScratch struct {
	alpha, col, y []float64
	touched       []int // structural columns with an element in the pivot row
	seen          []bool
	nz            []int // nonzero columns of the pivot row of the inverse
	cand          []candidate
	flips         []int
}

type candidate struct {
	j     int
	ratio float64
	size  float64
}

// newLP makes a program without rows whose variables lie between 0 and 1.
func newLP(costs []float64) *lp {
	n := len(costs)
	p := &lp{n: n, exact: costs, c: append([]float64(nil), costs...), cols: make([][]entry, n), spare: &lpScratch{}}
	p.lo, p.up = make([]float64, n), make([]float64, n)
	p.where, p.high, p.d = make([]int, n), make([]bool, n), make([]float64, n)
	for j := range n {
		p.up[j], p.where[j], p.d[j] = 1, -1, p.c[j]
	}
	s := p.spare
	s.alpha, s.seen = make([]float64, n), make([]bool, n)
	return p
}

// perturb shifts each cost by a tiny amount of its own, so that ties are rare. Bounds use the exact costs.
func (p *lp) perturb(draw func() float64) {
	for j := range p.c {
		p.c[j] += 1e-7 * (0.5 + draw()) * (1e-2 + math.Abs(p.c[j]))
	}
}

// addRow appends row ≤ b, whose slack lies between 0 and slackUp, which any solution of interest must obey anyway.
func (p *lp) addRow(row []entry, b, slackUp float64) int {
	i := len(p.rows)
	p.rows = append(p.rows, row)
	p.b = append(p.b, b)
	for _, e := range row {
		p.cols[e.at] = append(p.cols[e.at], entry{i, e.v})
	}
	line := make([]float64, i+1, 2*(i+1))
	for _, e := range row {
		if r := p.where[e.at]; r >= 0 {
			for k, v := range p.inv[r] {
				line[k] -= e.v * v
			}
		}
	}
	line[i] = 1
	for r := range p.inv {
		p.inv[r] = append(p.inv[r], 0)
	}
	p.inv = append(p.inv, line)
	p.lo, p.up = append(p.lo, 0), append(p.up, slackUp)
	p.where, p.high, p.d = append(p.where, i), append(p.high, false), append(p.d, 0)
	p.basis = append(p.basis, p.n+i)
	p.xb = append(p.xb, 0)
	norm := 0.0
	for _, v := range line {
		norm += v * v
	}
	p.norm = append(p.norm, norm)
	s := p.spare
	s.col, s.y = append(s.col, 0), append(s.y, 0)
	return i
}

// value is the value of a variable.
func (p *lp) value(j int) float64 {
	if r := p.where[j]; r >= 0 {
		return p.xb[r]
	}
	if p.high[j] {
		return p.up[j]
	}
	return p.lo[j]
}

// column calls f for each element of the column of a variable.
func (p *lp) column(j int, f func(row int, v float64)) {
	if j >= p.n {
		f(j-p.n, 1)
		return
	}
	for _, e := range p.cols[j] {
		f(e.at, e.v)
	}
}

// settle puts every nonbasic variable at the bound that its reduced cost asks for and computes the basic ones anew.
// It is called after bounds, rows or the inverse changed.
func (p *lp) settle() {
	p.price(p.c)
	y := p.spare.y // here: right side less the nonbasic part
	copy(y, p.b)
	for j := range p.where {
		if p.where[j] >= 0 {
			continue
		}
		switch {
		case p.d[j] > dualTol:
			p.high[j] = true
		case p.d[j] < -dualTol:
			p.high[j] = false
		}
		if v := p.value(j); v != 0 {
			if j >= p.n {
				y[j-p.n] -= v
			} else {
				for _, e := range p.cols[j] {
					y[e.at] -= e.v * v
				}
			}
		}
	}
	for r, line := range p.inv {
		sum := 0.0
		for k, v := range line {
			sum += v * y[k]
		}
		p.xb[r] = sum
	}
	p.z = 0
	for j, c := range p.c {
		if c != 0 {
			p.z += c * p.value(j)
		}
	}
}

// price computes the reduced costs of the basis for the costs c.
func (p *lp) price(c []float64) {
	y := p.spare.y
	clear(y)
	for r, j := range p.basis {
		if j < p.n && c[j] != 0 {
			for k, v := range p.inv[r] {
				y[k] += c[j] * v
			}
		}
	}
	copy(p.d, c)
	for i, row := range p.rows {
		p.d[p.n+i] = -y[i]
		if y[i] != 0 {
			for _, e := range row {
				p.d[e.at] -= y[i] * e.v
			}
		}
	}
}

// bound returns a number that no solution within the current bounds exceeds, whatever rounding did to the inverse: by
// weak duality any multipliers y give y·b plus the best that each variable, taken alone, can add. It leaves the
// reduced costs of the exact objective in d.
func (p *lp) bound() float64 {
	p.price(p.exact)
	sum, size := 0.0, 0.0
	for i, b := range p.b {
		t := -p.d[p.n+i] * b
		sum += t
		size += math.Abs(t)
	}
	for j, d := range p.d {
		t := d * p.lo[j]
		if d > 0 {
			t = d * p.up[j]
		}
		sum += t
		size += math.Abs(t)
	}
	return sum + 1e-13*size
}

// set changes the bounds of a variable; settle must follow.
func (p *lp) set(j int, lo, up float64) { p.lo[j], p.up[j] = lo, up }
