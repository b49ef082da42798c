package causal

import (
	"fmt"
	"math"
	"slices"
)

// terms is the model that is fitted, the same at every date.
type terms struct {
	model    Model
	season   int     // harmonic pairs
	cycle    float64 // periods in a cycle
	controls []string
	centre   float64 // of time, for numbers of moderate size
	span     float64
	means    []float64 // of the controls
	spreads  []float64
}

// newTerms fixes how time and controls are scaled, from all rows.
func newTerms(u *usable, model Model) *terms {
	first, last := u.rows[0].t, u.rows[len(u.rows)-1].t
	m := &terms{model: model, cycle: cycleOf(u.grain), controls: u.controls, centre: float64(first+last) / 2, span: math.Max(1, float64(last-first)),
		means: make([]float64, len(u.controls)), spreads: make([]float64, len(u.controls))}
	for k := range u.controls {
		largest := 0.0
		for _, r := range u.rows {
			largest = math.Max(largest, math.Abs(r.controls[k]))
		}
		if largest == 0 {
			largest = 1
		}
		for _, r := range u.rows {
			m.means[k] += r.controls[k] / largest / float64(len(u.rows))
		}
		for _, r := range u.rows {
			m.spreads[k] = math.Max(m.spreads[k], math.Abs(r.controls[k]/largest-m.means[k]))
		}
		if m.spreads[k] <= rounding { // a constant control says nothing; its column of zeros is dropped as dependent
			m.spreads[k] = math.Inf(1)
		}
		m.means[k], m.spreads[k] = m.means[k]*largest, m.spreads[k]*largest
	}
	return m
}

// when says where the effect begins: at the first affected period, or at another date of the time before.
type when struct {
	at, until int
	without   bool // no effect in the model
}

// columns returns the regressors of a row, the effect last.
func (m *terms) columns(r row, w when) []float64 {
	x := make([]float64, 0, 8+len(m.controls))
	time := (float64(r.t) - m.centre) / m.span
	x = append(x, 1)
	if m.model != Step {
		x = append(x, time)
	}
	for k := 1; k <= m.season; k++ {
		angle := 2 * math.Pi * float64(k) * float64(r.t) / m.cycle
		x = append(x, math.Cos(angle))
		if 2*float64(k) != m.cycle { // the sine of half the cycle is zero
			x = append(x, math.Sin(angle))
		}
	}
	for k, c := range r.controls {
		x = append(x, (c-m.means[k])/m.spreads[k])
	}
	if w.without {
		return x
	}
	affected := r.t >= w.at
	if m.model == Slope {
		slope := 0.0
		if affected {
			slope = (float64(r.t) - float64(w.at+w.until-1)/2) / m.span
		}
		x = append(x, slope)
	}
	if affected {
		return append(x, 1)
	}
	return append(x, 0)
}

// names says in the words of statistics what the columns are, and of the errors.
func (m *terms) names() []string {
	out := []string{"intercept"}
	if m.model != Step {
		out = append(out, "trend")
	}
	for k := 1; k <= m.season; k++ {
		out = append(out, fmt.Sprintf("season_cos_%d", k))
		if 2*float64(k) != m.cycle {
			out = append(out, fmt.Sprintf("season_sin_%d", k))
		}
	}
	for _, c := range m.controls {
		out = append(out, "control:"+c)
	}
	if m.model == Slope {
		out = append(out, "slope_change")
	}
	return append(out, "step", "ar1")
}

// table is a model laid out for rows: whitened for their weights, without columns that others make superfluous.
type table struct {
	gram  *gram
	t     []int
	z     [][]float64 // x1 … xp, y
	keep  []int       // places of the columns that stayed among all
	shift float64     // y = shift + unit × the last column of z
	unit  float64
}

// lay makes the table of a model. False where the effect cannot be told from the other columns or nothing is free.
func (m *terms) lay(rows []row, w when) (*table, bool) {
	if len(rows) < 3 {
		return nil, false
	}
	t := &table{t: make([]int, len(rows))}
	t.standardise(rows)
	x := make([][]float64, len(rows))
	for i, r := range rows {
		x[i] = m.columns(r, w)
		t.t[i] = r.t
	}
	columns := make([][]float64, len(x[0]))
	for k := range columns {
		columns[k] = make([]float64, len(rows))
		for i, r := range rows {
			columns[k][i] = x[i][k] * math.Sqrt(r.weight)
		}
	}
	for k, own := range independent(columns) {
		if own {
			t.keep = append(t.keep, k)
		}
	}
	if last := len(columns) - 1; len(t.keep) == 0 || !w.without && t.keep[len(t.keep)-1] != last || len(rows) < len(t.keep)+2 {
		return nil, false
	}
	t.z = make([][]float64, len(rows))
	for i, r := range rows {
		z := make([]float64, 0, len(t.keep)+1)
		for _, k := range t.keep {
			z = append(z, columns[k][i])
		}
		t.z[i] = append(z, (r.g-t.shift)/t.unit*math.Sqrt(r.weight))
	}
	t.gram = newGram(t.t, t.z)
	return t, true
}

// standardise finds the level and the unit that bring y near to zero and one.
func (t *table) standardise(rows []row) {
	largest := 0.0
	for _, r := range rows {
		largest = math.Max(largest, math.Abs(r.g))
	}
	if largest == 0 {
		t.unit = 1
		return
	}
	for _, r := range rows {
		t.shift += r.g / largest / float64(len(rows))
	}
	for _, r := range rows {
		t.unit = math.Max(t.unit, math.Abs(r.g/largest-t.shift))
	}
	if t.unit < rounding {
		t.unit = 1
	}
	t.shift, t.unit = t.shift*largest, t.unit*largest
}

// rounding is the share of the largest value below which differences are none.
const rounding = 1e-12

// noise is the share of y below which residuals are rounding and no variation.
const noise = 1e-10

// without is the table with one row left out.
func (t *table) without(i int) *table {
	out := *t
	out.t = slices.Delete(slices.Clone(t.t), i, i+1)
	out.z = slices.Delete(slices.Clone(t.z), i, i+1)
	out.gram = newGram(out.t, out.z)
	return &out
}

// fit fits the table with ρ free and brings effect and errors to the scale of the rows.
func (t *table) fit() (*fitted, bool) {
	f, ok := t.gram.fit()
	if !ok || f.sigma < noise {
		return f, false
	}
	return f.times(t.unit), true
}

// fitAt fits the table with ρ given.
func (t *table) fitAt(rho float64) (*fitted, bool) {
	f := t.gram.blank()
	if !t.gram.profile(math.Atanh(rho), f) || f.quadratic <= 0 {
		return nil, false
	}
	t.gram.read(f)
	return f.times(t.unit), isFinite(f.t()) && f.sigma/t.unit >= noise
}

func (f *fitted) times(unit float64) *fitted {
	f.effect, f.se, f.full, f.sigma = f.effect*unit, f.se*unit, f.full*unit, f.sigma*unit
	return f
}
