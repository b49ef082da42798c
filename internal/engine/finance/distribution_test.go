package finance

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"lotse.dev/lotse/internal/engine/stat"
)

// moment is mean and variance of a distribution by its closed form.
type moment struct {
	name           string
	in             Input
	mean, variance float64
}

func rangeOf(low, likely, high float64, d Distribution) Input {
	return Between(low, likely, high, d, Estimated, "")
}

// closedForms: triangular and uniform from any textbook; PERT mean (a + 4m + b)/6 and variance (μ − a)(b − μ)/7 (beta
// with α + β = 6); normal with the standard deviation of its 95 % interval; two halves of a normal distribution with
// s₁ below and s₂ above the median: mean m + (s₂ − s₁)/√(2π), second moment about the median (s₁² + s₂²)/2;
// lognormal exp(μ + σ²/2) and (exp(σ²) − 1)·exp(2μ + σ²).
func closedForms() []moment {
	z := stat.TwoSided(0.95)
	var out []moment
	for _, r := range []Range{{2, 5, 11}, {2, 2, 11}, {2, 11, 11}, {-8, -1, 4}, {100, 110, 120}} {
		a, m, b := r.Min, r.Likely, r.Max
		mean := (a + 4*m + b) / 6
		out = append(out,
			moment{"triangular", rangeOf(a, m, b, Triangular), (a + m + b) / 3, (a*a + m*m + b*b - a*m - a*b - m*b) / 18},
			moment{"pert", rangeOf(a, m, b, PERT), mean, (mean - a) * (b - mean) / 7},
			moment{"uniform", rangeOf(a, m, b, Uniform), (a + b) / 2, (b - a) * (b - a) / 12},
		)
		s1, s2 := (m-a)/z, (b-m)/z
		shift := (s2 - s1) / math.Sqrt(2*math.Pi)
		out = append(out, moment{"two-piece normal", rangeOf(a, m, b, Normal), m + shift, (s1*s1+s2*s2)/2 - shift*shift})
	}
	sigma := math.Log(2) / z
	return append(out,
		moment{"normal", rangeOf(-1, 3, 7, Normal), 3, 16 / (z * z)},
		moment{"lognormal", rangeOf(50, 100, 200, LogNormal), 100 * math.Exp(sigma*sigma/2), (math.Exp(sigma*sigma) - 1) * 1e4 * math.Exp(sigma*sigma)},
	)
}

// Moments of seeded draws lie within five standard errors of the closed forms; the error of the variance comes from
// the fourth moment of the same draws.
func TestMomentsOfDistributions(t *testing.T) {
	const n = 400_000
	cache := tables{}
	for _, c := range closedForms() {
		random := rand.New(rand.NewPCG(1, 2))
		q := cache.quick(distribution(c.in))
		values := make([]float64, n)
		for i := range values {
			values[i] = q.quantile(open01(random.Uint64()))
		}
		mean, sd := moments(values)
		var fourth float64
		for _, v := range values {
			fourth += math.Pow(v-c.mean, 4)
		}
		meanError := math.Sqrt(c.variance / n)
		varianceError := math.Sqrt((fourth/n - c.variance*c.variance) / n)
		if math.Abs(mean-c.mean) > 5*meanError {
			t.Errorf("%s %v: mean %v, want %v ± %v", c.name, *c.in.Range, mean, c.mean, meanError)
		}
		if math.Abs(sd*sd-c.variance) > 5*varianceError {
			t.Errorf("%s %v: variance %v, want %v ± %v", c.name, *c.in.Range, sd*sd, c.variance, varianceError)
		}
	}
}

// The same moments by integrating the quantile function, ∫Q and ∫Q², which needs no draws.
func TestMomentsByIntegration(t *testing.T) {
	const n = 400_000
	cache := tables{}
	for _, c := range closedForms() {
		q := cache.quick(distribution(c.in))
		var first, second float64
		for i := range n {
			v := q.quantile((float64(i)+0.5)/n) - c.mean
			first += v
			second += v * v
		}
		sd := math.Sqrt(c.variance)
		if math.Abs(first/n) > 1e-4*sd || math.Abs(second/n-c.variance) > 1e-4*c.variance {
			t.Errorf("%s %v: mean off by %v, variance %v, want %v", c.name, *c.in.Range, first/n, second/n, c.variance)
		}
	}
}

func TestIntervalsAreMet(t *testing.T) {
	for _, d := range []Distribution{Normal, LogNormal} {
		in := rangeOf(3, 4, 9, d)
		for p, want := range map[float64]float64{0.025: 3, 0.5: 4, 0.975: 9} {
			if got := in.Quantile(p); math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: %v at %v, want %v", d, got, p, want)
			}
		}
	}
	if got := rangeOf(1, 1, 1, PERT).Quantile(0.9); got != 1 {
		t.Error(got)
	}
}

// The table agrees with the exact quantile everywhere, far out as well, and the exact quantile with the distribution
// function of gonum.
func TestPERTTableIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	cache := tables{}
	for _, likely := range []float64{0, 0.02, 0.3, 0.5, 0.85, 1} {
		exact := distribution(rangeOf(0, likely, 1, PERT))
		quick := cache.quick(exact)
		alpha, beta := pertShape(Range{0, likely, 1})
		cdf := distuv.Beta{Alpha: alpha, Beta: beta}
		before := -1.0
		for i := range 20_000 {
			u := math.Pow(2, -30*random.Float64())
			if i%2 == 0 {
				u = 1 - u
			}
			if u <= 0 || u >= 1 {
				continue
			}
			a, b := exact.quantile(u), quick.quantile(u)
			if math.Abs(a-b) > 1e-6 {
				t.Fatalf("likely %v, u %v: exact %v, table %v", likely, u, a, b)
			}
			if math.Abs(cdf.CDF(a)-u) > 1e-9 {
				t.Fatalf("likely %v: the quantile at %v has probability %v", likely, u, cdf.CDF(a))
			}
		}
		for i := 1; i < 10_000; i++ {
			v := quick.quantile(float64(i) / 10_000)
			if v < before {
				t.Fatalf("likely %v: falls at %v", likely, float64(i)/10_000)
			}
			before = v
		}
	}
}

func TestDrawsAreStrictlyBetweenZeroAndOne(t *testing.T) {
	for _, bits := range []uint64{0, math.MaxUint64, 1 << 12, 1<<63 - 1} {
		if u := open01(bits); u <= 0 || u >= 1 || math.IsInf(mathext.NormalQuantile(u), 0) {
			t.Errorf("%x gives %v", bits, u)
		}
	}
}
