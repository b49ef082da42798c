package causal

import "math"

// gram holds what generalised least squares with AR(1) errors needs of the rows (x1 … xp, y): sums of products by the
// distance in time between neighbouring rows. With it the likelihood at any ρ costs p³ and no pass over the rows.
//
// The errors of two rows that stand d periods apart are correlated by φ = ρ^d, so that the whitened row is
// (z_i − φ z_{i−1}) ÷ √(1 − φ²) (Prais and Winsten 1954, here for unequal distances, which makes gaps exact). Writing
// z_i − φ z_{i−1} = Δ + (1 − φ) z_{i−1} with Δ = z_i − z_{i−1} keeps the sums free of cancellation as ρ nears 1.
type gram struct {
	n, p  int // rows; columns without y
	first []float64
	steps []distance
}

// distance are the sums over neighbouring rows that stand d periods apart, lower triangles of (p+1) × (p+1).
type distance struct {
	d, count          int
	delta, cross, lag []float64
}

// newGram sums over rows of equal length, y last, at the periods t, which ascend.
func newGram(t []int, z [][]float64) *gram {
	m := len(z[0])
	g := &gram{n: len(z), p: m - 1, first: make([]float64, m*(m+1)/2)}
	accumulate(g.first, z[0], z[0], 0.5)
	delta := make([]float64, m)
	for i := 1; i < len(z); i++ {
		s := g.at(t[i] - t[i-1])
		s.count++
		for k := range delta {
			delta[k] = z[i][k] - z[i-1][k]
		}
		accumulate(s.delta, delta, delta, 0.5)
		accumulate(s.cross, delta, z[i-1], 1)
		accumulate(s.lag, z[i-1], z[i-1], 0.5)
	}
	return g
}

// renew sums again what has to do with y, which is the last number of each row; the other columns are as they were.
func (g *gram) renew(t []int, z [][]float64) {
	from := g.p * (g.p + 1) / 2
	clear(g.first[from:])
	for i := range g.steps {
		s := &g.steps[i]
		clear(s.delta[from:])
		clear(s.cross[from:])
		clear(s.lag[from:])
	}
	y := z[0][g.p]
	for k, x := range z[0] {
		g.first[from+k] = x * y
	}
	for i := 1; i < len(z); i++ {
		s, now, past := g.at(t[i]-t[i-1]), z[i], z[i-1]
		lag := past[g.p]
		delta := now[g.p] - lag
		for k, x := range now {
			d := x - past[k]
			s.delta[from+k] += d * delta
			s.cross[from+k] += d*lag + delta*past[k]
			s.lag[from+k] += past[k] * lag
		}
	}
}

func (g *gram) at(d int) *distance {
	for i := range g.steps {
		if g.steps[i].d == d {
			return &g.steps[i]
		}
	}
	size := len(g.first)
	g.steps = append(g.steps, distance{d: d, delta: make([]float64, size), cross: make([]float64, size), lag: make([]float64, size)})
	return &g.steps[len(g.steps)-1]
}

// accumulate adds f · (a bᵀ + b aᵀ) to a lower triangle.
func accumulate(sum, a, b []float64, f float64) {
	k := 0
	for i := range a {
		for j := 0; j <= i; j++ {
			sum[k] += f * (a[i]*b[j] + b[i]*a[j])
			k++
		}
	}
}

// moments writes the whitened products at ρ into m and returns the logarithm of the determinant of the correlation.
func (g *gram) moments(rho float64, m []float64) (logDet float64) {
	copy(m, g.first)
	for i := range g.steps {
		s := &g.steps[i]
		phi := power(rho, s.d)
		rest := 1 - phi*phi
		logDet += float64(s.count) * math.Log(rest)
		a, b, c := 1/rest, (1-phi)/rest, (1-phi)*(1-phi)/rest
		for k := range m {
			m[k] += a*s.delta[k] + b*s.cross[k] + c*s.lag[k]
		}
	}
	return logDet
}

func power(x float64, n int) float64 {
	p := 1.0
	for range n {
		p *= x
	}
	return p
}

// cholesky replaces a lower triangle of order n by its factor L; false when it is not positive.
func cholesky(m []float64, n int) bool {
	for i := range n {
		ri := i * (i + 1) / 2
		for j := 0; j <= i; j++ {
			rj := j * (j + 1) / 2
			s := m[ri+j]
			for k := range j {
				s -= m[ri+k] * m[rj+k]
			}
			switch {
			case i != j:
				m[ri+j] = s / m[rj+j]
			case s > 0 && !math.IsInf(s, 0):
				m[ri+i] = math.Sqrt(s)
			default:
				return false
			}
		}
	}
	return true
}

// collinear is the share of a column's length that its predecessors must leave, for it to count as one of its own.
const collinear = 1e-9

// independent says of each column of a table whether the ones before it leave anything of it (modified Gram–Schmidt).
func independent(columns [][]float64) []bool {
	own := make([]bool, len(columns))
	var base [][]float64
	for i, c := range columns {
		rest, whole := append([]float64(nil), c...), norm(c)
		for range 2 {
			for _, b := range base {
				f := dot(rest, b)
				for k := range rest {
					rest[k] -= f * b[k]
				}
			}
		}
		left := norm(rest)
		if own[i] = left > collinear*whole && !math.IsNaN(left) && !math.IsInf(left, 0); own[i] {
			for k := range rest {
				rest[k] /= left
			}
			base = append(base, rest)
		}
	}
	return own
}

func dot(a, b []float64) (s float64) {
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func norm(a []float64) float64 { return math.Sqrt(dot(a, a)) }
