package causal

import "math"

// The range of ρ that is searched. Above it a series is a random walk for every purpose, which is warned of.
const (
	rhoLeast = -0.95
	rhoMost  = 0.995
)

// fitted is one model with AR(1) errors. The last column before y is the effect.
type fitted struct {
	n, p          int
	rho           float64
	sigma         float64 // standard deviation of the errors
	effect, se    float64
	full          float64 // standard error for the interval: se with what the estimation of ρ adds
	df            float64
	root          float64 // how much likelier ρ is than a unit root: twice the difference of the restricted log-likelihoods
	u             float64 // atanh ρ
	quadratic     float64 // whitened sum of squared residuals
	logDetR       float64
	logDetX       float64
	workL         []float64
	atUpperBorder bool
}

// t is the strength of the effect.
func (f *fitted) t() float64 { return f.effect / f.se }

// profile computes a model at one u = atanh ρ; L is the Cholesky factor of the whitened products of (X, y), whose last
// diagonal element squared is the residual sum of squares. False where the products are singular.
func (g *gram) profile(u float64, f *fitted) bool {
	f.u, f.rho = u, math.Tanh(u)
	f.logDetR = g.moments(f.rho, f.workL)
	if !cholesky(f.workL, g.p+1) {
		return false
	}
	f.logDetX = 0
	for j := range g.p {
		f.logDetX += 2 * math.Log(f.workL[j*(j+1)/2+j])
	}
	last := f.workL[len(f.workL)-1]
	f.quadratic = last * last
	return true
}

// restricted is −2 × the restricted log-likelihood, profiled over σ and without constants (Patterson and Thompson 1971,
// Biometrika 58:545; Harville 1977, JASA 72:320): (n − p) log Q + log|R| + log|XᵀR⁻¹X|.
func (f *fitted) restricted() float64 {
	return float64(f.n-f.p)*math.Log(f.quadratic) + f.logDetR + f.logDetX
}

// plain is −2 × the log-likelihood, profiled over σ and without constants.
func (f *fitted) plain() float64 {
	return float64(f.n)*math.Log(f.quadratic) + f.logDetR
}

// fit maximises the restricted likelihood over ρ. False where the model cannot be fitted: too few rows, singular, or
// nothing left to explain.
func (g *gram) fit() (*fitted, bool) {
	f := g.blank()
	if !g.search(f, (*fitted).restricted) {
		return nil, false
	}
	g.finish(f)
	return f, isFinite(f.effect) && isFinite(f.se) && f.se > 0 && isFinite(f.df)
}

func (g *gram) blank() *fitted {
	return &fitted{n: g.n, p: g.p, workL: make([]float64, len(g.first))}
}

// gridPoints is how many values of atanh ρ are tried before the best is refined; the restricted likelihood of short
// series can have two maxima.
const gridPoints = 16

// search leaves f at the minimum of a criterion over atanh ρ: a grid, then golden section with parabolic steps (Brent
// 1973, chapter 5).
func (g *gram) search(f *fitted, criterion func(*fitted) float64) bool {
	if g.n <= g.p+1 {
		return false
	}
	least, most := math.Atanh(rhoLeast), math.Atanh(rhoMost)
	at := func(u float64) float64 {
		if !g.profile(u, f) {
			return math.Inf(1)
		}
		return criterion(f)
	}
	best, value := -1, math.Inf(1)
	step := (most - least) / (gridPoints - 1)
	for i := range gridPoints {
		if v := at(least + float64(i)*step); v < value {
			best, value = i, v
		}
	}
	if best < 0 {
		return false
	}
	a, b := math.Max(least, least+float64(best-1)*step), math.Min(most, least+float64(best+1)*step)
	u := brent(at, a, least+float64(best)*step, b, value)
	f.atUpperBorder = u > most-1e-3
	return g.profile(u, f) && f.quadratic > 0 && isFinite(criterion(f))
}

// brent minimises f between a and b, starting at x with the value fx.
func brent(f func(float64) float64, a, x, b, fx float64) float64 {
	const golden, tolerance, rounds = 0.3819660112501051, 1e-7, 60
	w, v := x, x
	fw, fv := fx, fx
	var d, e float64
	for range rounds {
		middle := (a + b) / 2
		if math.Abs(x-middle) <= 2*tolerance-(b-a)/2 {
			break
		}
		p, q := parabola(x, w, v, fx, fw, fv)
		if math.Abs(e) > tolerance && math.Abs(p) < math.Abs(q*e/2) && p > q*(a-x) && p < q*(b-x) {
			e, d = d, p/q
		} else {
			e = b - x
			if x >= middle {
				e = a - x
			}
			d = golden * e
		}
		next := x + d
		if math.Abs(d) < tolerance {
			next = x + math.Copysign(tolerance, d)
		}
		value := f(next)
		if value <= fx {
			if next >= x {
				a = x
			} else {
				b = x
			}
			v, fv, w, fw, x, fx = w, fw, x, fx, next, value
			continue
		}
		if next < x {
			a = next
		} else {
			b = next
		}
		if value <= fw || w == x {
			v, fv, w, fw = w, fw, next, value
		} else if value <= fv || v == x || v == w {
			v, fv = next, value
		}
	}
	return x
}

// parabola returns the step p ÷ q to the minimum of the parabola through three points, q ≥ 0.
func parabola(x, w, v, fx, fw, fv float64) (p, q float64) {
	r, s := (x-w)*(fx-fv), (x-v)*(fx-fw)
	p, q = (x-v)*s-(x-w)*r, 2*(s-r)
	if q > 0 {
		p = -p
	}
	return p, math.Abs(q)
}

// finish adds to the effect what depends on how ρ was found, at the optimum, where f stands. The variance for the interval
// is Φ + 2Λ (Kenward and Roger 1997): Λ once because ρ is estimated, once because Φ at the estimate is too small by it.
func (g *gram) finish(f *fitted) {
	g.read(f)
	u := g.uncertain(f)
	f.df, f.full = u.df, math.Sqrt(f.se*f.se+2*u.drift)
	f.root = g.unitRoot(f)
}

// read takes the effect and its standard error from the factor: the effect is the last column before y.
func (g *gram) read(f *fitted) {
	y, x := g.p*(g.p+1)/2, (g.p-1)*g.p/2+g.p-1
	f.sigma = math.Sqrt(f.quadratic / float64(f.n-f.p))
	f.effect = f.workL[y+g.p-1] / f.workL[x]
	f.se = f.sigma / f.workL[x]
}

// unitRoot is how much the restricted log-likelihood falls, doubled, when ρ goes to the end of its range.
func (g *gram) unitRoot(f *fitted) float64 {
	end := g.blank()
	if !g.profile(math.Atanh(rhoMost), end) {
		return math.Inf(1)
	}
	return math.Max(0, end.restricted()-f.restricted())
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
