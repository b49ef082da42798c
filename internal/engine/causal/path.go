package causal

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// path writes the series beside what the model says of it and what it expects without the initiative.
func (j *job) path() {
	j.effect.Path = make([]PathPoint, len(j.series.Observations))
	for i, o := range j.series.Observations {
		j.effect.Path[i] = PathPoint{Label: o.Label, InWindow: i >= j.u.at && i < j.u.until}
		if o.Value != nil && isFinite(*o.Value) {
			j.effect.Path[i].Value = known(*o.Value)
		}
	}
	if j.fit == nil {
		return
	}
	c, ok := j.coefficients()
	if !ok {
		return
	}
	for i, o := range j.series.Observations {
		j.expect(&j.effect.Path[i], i, o, c)
	}
}

// coefficients are all of the model at the optimum with the covariance of their estimates.
type coefficients struct {
	beta       []float64
	covariance *mat.SymDense
}

func (j *job) coefficients() (*coefficients, bool) {
	g := j.table.gram
	m := make([]float64, len(g.first))
	g.moments(j.fit.rho, m)
	normal := mat.NewSymDense(g.p, nil)
	right := mat.NewVecDense(g.p, nil)
	for i := range g.p {
		for k := 0; k <= i; k++ {
			normal.SetSym(i, k, m[i*(i+1)/2+k])
		}
		right.SetVec(i, m[g.p*(g.p+1)/2+i])
	}
	var factor mat.Cholesky
	if !factor.Factorize(normal) {
		return nil, false
	}
	var beta mat.VecDense
	inverse := mat.NewSymDense(g.p, nil)
	if factor.SolveVecTo(&beta, right) != nil || factor.InverseTo(inverse) != nil {
		return nil, false
	}
	inverse.ScaleSym(j.fit.sigma*j.fit.sigma, inverse)
	beta.ScaleVec(j.table.unit, &beta)
	return &coefficients{beta: beta.RawVector().Data, covariance: inverse}, true
}

// expect writes what the model says of one period. What is expected without the initiative has a 95 % interval by the
// degrees of freedom of the effect; it is that of the expectation, not of a single value around it.
func (j *job) expect(p *PathPoint, i int, o Observation, c *coefficients) {
	for _, v := range o.Controls {
		if !measurable(v) {
			return
		}
	}
	all := j.terms.columns(row{t: i, controls: o.Controls}, when{at: j.u.at, until: j.u.until})
	x := make([]float64, len(j.table.keep))
	for k, place := range j.table.keep {
		x[k] = all[place]
	}
	size := math.Max(0, o.Size)
	back := func(g float64) *float64 { return known(j.u.link.back(g, size)) }
	if i < j.u.until {
		p.Fitted = back(j.table.shift + dot(x, c.beta))
	}
	if i < j.u.at {
		return
	}
	for k, place := range j.table.keep {
		if place >= len(all)-j.terms.changes() {
			x[k] = 0
		}
	}
	v := mat.NewVecDense(len(x), x)
	mean := j.table.shift + dot(x, c.beta)
	reach := tQuantile(j.fit.df, 0.975) * math.Sqrt(mat.Inner(v, c.covariance, v))
	p.Expected, p.Low, p.High = back(mean), back(mean-reach), back(mean+reach)
}

// changes is how many of the last columns describe the initiative.
func (m *terms) changes() int {
	if m.model == Slope {
		return 2
	}
	return 1
}
