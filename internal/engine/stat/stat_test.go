package stat_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/stat"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %.10g, want %.10g", what, got, want)
	}
}

// Exact 95 % limits of a Poisson count, three decimals, as tabulated in Ulm 1990 (American Journal of Epidemiology
// 131:373) and the tables that follow Garwood 1936.
func TestPoissonAgainstGarwood(t *testing.T) {
	for _, c := range []struct {
		k         int64
		low, high float64
	}{
		{0, 0, 3.689}, {1, 0.025, 5.572}, {2, 0.242, 7.225}, {3, 0.619, 8.767}, {4, 1.090, 10.242}, {5, 1.623, 11.668},
		{10, 4.795, 18.390}, {20, 12.217, 30.888}, {50, 37.111, 65.919}, {100, 81.364, 121.627},
	} {
		i := stat.Poisson(c.k, stat.Level)
		near(t, "low", i.Low, c.low, 0.0006)
		near(t, "high", i.High, c.high, 0.0006)
	}
}

// The second way: the limits are the means at which the tail of the Poisson distribution itself is 2.5 %.
func TestPoissonTails(t *testing.T) {
	for _, k := range []int64{1, 2, 7, 40, 333, 5000, 1_000_000} {
		i := stat.Poisson(k, stat.Level)
		near(t, "P(X ≥ k) at low", 1-distuv.Poisson{Lambda: i.Low}.CDF(float64(k-1)), 0.025, 1e-7)
		near(t, "P(X ≤ k) at high", distuv.Poisson{Lambda: i.High}.CDF(float64(k)), 0.025, 1e-7)
	}
}

// Method 3 of table I in Newcombe 1998, Statistics in Medicine 17:857.
func TestWilsonAgainstNewcombe(t *testing.T) {
	for _, c := range []struct {
		hits, n   int64
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {29, 29, 0.8830, 1},
	} {
		i := stat.Wilson(c.hits, c.n, stat.Level)
		near(t, "low", i.Low, c.low, 0.00006)
		near(t, "high", i.High, c.high, 0.00006)
	}
}

// The second way: at both limits the score statistic equals the normal quantile.
func TestWilsonSolvesScore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.Int64Range(1, 100000).Draw(r, "n")
		hits := rapid.Int64Range(0, n).Draw(r, "hits")
		i := stat.Wilson(hits, n, stat.Level)
		share := float64(hits) / float64(n)
		if i.Low < 0 || i.High > 1 || i.Low > share || i.High < share {
			r.Fatalf("%d of %d: %v", hits, n, i)
		}
		for _, p := range []float64{i.Low, i.High} {
			if p > 1e-9 && p < 1-1e-9 {
				z := math.Abs(share-p) / math.Sqrt(p*(1-p)/float64(n))
				if math.Abs(z-1.959963985) > 1e-5 {
					r.Fatalf("%d of %d: z = %v at %v", hits, n, z, p)
				}
			}
		}
	})
}

// Student's own sleep data (Biometrika 6:20), drug 1 against drug 2, ten differences: R's t.test(extra ~ group, paired)
// prints mean −1.58 and the interval −2.4598858 to −0.7001142.
func TestStudentSleep(t *testing.T) {
	differences := []float64{-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4}
	i := stat.Student(sampleOf(differences), stat.Level)
	near(t, "low", i.Low, -2.4598858, 5e-8)
	near(t, "high", i.High, -0.7001142, 5e-8)
	if stat.Student(stat.Sample{N: 1, Mean: 3}, stat.Level).Known() {
		t.Error("one value has an interval")
	}
}

// The same data unpaired: R's t.test(extra ~ group) prints Welch df 17.776 and −3.3654832 to 0.2054832.
func TestWelchSleep(t *testing.T) {
	first := []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0}
	second := []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4}
	i := stat.MeanDifference(sampleOf(first), sampleOf(second), stat.Level)
	near(t, "low", i.Low, -3.3654832, 5e-8)
	near(t, "high", i.High, 0.2054832, 5e-8)
}

// Method 10 of table II in Newcombe 1998, Statistics in Medicine 17:873.
func TestShareDifferenceAgainstNewcombe(t *testing.T) {
	for _, c := range []struct {
		a, m, b, n int64
		low, high  float64
	}{
		{56, 70, 48, 80, 0.0524, 0.3339}, {9, 10, 3, 10, 0.1705, 0.8090}, {6, 7, 2, 7, 0.0582, 0.8062},
		{5, 56, 0, 29, -0.0381, 0.1926}, {0, 10, 0, 20, -0.1611, 0.2775}, {10, 10, 0, 20, 0.6791, 1},
	} {
		i := stat.ShareDifference(c.a, c.m, c.b, c.n, stat.Level)
		near(t, "low", i.Low, c.low, 0.00006)
		near(t, "high", i.High, c.high, 0.00006)
	}
}

// R's poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)) prints the ratio interval 0.8584264 to 4.2772659 (example of
// its help page).
func TestCountRatioAgainstR(t *testing.T) {
	i := stat.CountRatio(11, 21, 800, 3011, stat.Level)
	near(t, "low", i.Low, 0.8584264, 5e-7)
	near(t, "high", i.High, 4.2772659, 5e-7)
	if i := stat.CountRatio(5, 0, 1, 1, stat.Level); !math.IsInf(i.High, 1) || i.Low <= 0 {
		t.Errorf("no upper limit expected: %v", i)
	}
}

// Tabulated ranks of the 95 % interval of the median (Altman, Machin, Bryant and Gardner 2000, Statistics with
// Confidence, table 18.4, coverage at least 95 %).
func TestMedianRanksAgainstTable(t *testing.T) {
	for _, c := range [][3]int64{{6, 1, 6}, {10, 2, 9}, {15, 4, 12}, {20, 6, 15}, {25, 8, 18}, {30, 10, 21}, {40, 14, 27}, {50, 18, 33}, {100, 40, 61}} {
		low, high := stat.OrderRanks(c[0], 0.5, stat.Level)
		if low != c[1] || high != c[2] {
			t.Errorf("n = %d: ranks %d and %d, want %d and %d", c[0], low, high, c[1], c[2])
		}
	}
	if low, high := stat.OrderRanks(5, 0.5, stat.Level); low != 0 || high != 6 {
		t.Errorf("five values bound nothing: %d, %d", low, high)
	}
}

// The second way: sum the binomial probabilities one by one. The ranks are exact and lie within the window that a
// database hands over.
func TestOrderRanksAreTight(t *testing.T) {
	for _, q := range []float64{0.5, 0.9} {
		for n := int64(1); n <= 700; n++ {
			checkRanks(t, n, q)
		}
	}
}

func checkRanks(t *testing.T, n int64, q float64) {
	t.Helper()
	var wantLow, wantHigh int64 = 0, n + 1
	below := 0.0
	for k := range n + 1 { // below is P(B < k)
		if k > 0 && below <= 0.025 {
			wantLow = k
		}
		if wantHigh == n+1 && k > 0 && 1-below <= 0.025 {
			wantHigh = k
		}
		below += math.Exp(distuv.Binomial{N: float64(n), P: q}.LogProb(float64(k)))
	}
	low, high := stat.OrderRanks(n, q, stat.Level)
	if low != wantLow || high != wantHigh {
		t.Fatalf("n = %d, q = %v: ranks %d, %d, summed %d, %d", n, q, low, high, wantLow, wantHigh)
	}
	insideWindow(t, n, q, low, high)
}

func insideWindow(t *testing.T, n int64, q float64, low, high int64) {
	t.Helper()
	near, reach := stat.RankWindow(n, q, stat.Level)
	if math.Abs(float64(low-(near-reach))) > stat.RankSlack || math.Abs(float64(high-(near+reach))) > stat.RankSlack {
		t.Fatalf("n = %d, q = %v: ranks %d, %d outside the window %d ± %d", n, q, low, high, near, reach)
	}
}

func TestOrderRanksOfLargeSamples(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.Int64Range(700, 20_000_000).Draw(r, "n")
		q := rapid.SampledFrom([]float64{0.5, 0.9}).Draw(r, "q")
		low, high := stat.OrderRanks(n, q, stat.Level)
		insideWindow(t, n, q, low, high)
		b := distuv.Binomial{N: float64(n), P: q}
		if cover := b.CDF(float64(high-1)) - b.CDF(float64(low-1)); cover < 0.95-1e-9 || cover > 0.965 {
			r.Fatalf("n = %d, q = %v: ranks %d, %d cover %v", n, q, low, high, cover)
		}
	})
}

// R: quantile(c(1, 2, 4, 8, 16, 32), c(0, .5, .9, 1)) prints 1, 6, 24, 32.
func TestQuantileType7(t *testing.T) {
	values := []float64{1, 2, 4, 8, 16, 32}
	at := func(rank int64) float64 { return values[rank-1] }
	for q, want := range map[float64]float64{0: 1, 0.5: 6, 0.9: 24, 1: 32} {
		near(t, "quantile", stat.Quantile(6, q, at), want, 1e-12)
	}
	if !math.IsNaN(stat.Quantile(0, 0.5, at)) {
		t.Error("no values have a quantile")
	}
}

// Differences behave: swapping the two figures mirrors the interval, equal figures hold zero.
func TestDifferencesMirror(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := rapid.Int64Range(0, 5000).Draw(r, "a"), rapid.Int64Range(0, 5000).Draw(r, "b")
		i, j := stat.CountDifference(a, b, stat.Level), stat.CountDifference(b, a, stat.Level)
		if math.Abs(i.Low+j.High) > 1e-9 || math.Abs(i.High+j.Low) > 1e-9 {
			r.Fatalf("%v does not mirror %v", i, j)
		}
		if a == b && (i.Low > 0 || i.High < 0) {
			r.Fatalf("equal counts differ: %v", i)
		}
	})
}

// Order statistics cover: of simulated exponential samples about 95 % of the intervals hold the true median.
func TestMedianIntervalCovers(t *testing.T) {
	source := distuv.Exponential{Rate: 1, Src: base.Rand(1, "median coverage")}
	low, high := stat.OrderRanks(41, 0.5, stat.Level)
	const runs = 4000
	covered := 0
	for range runs {
		values := make([]float64, 41)
		for i := range values {
			values[i] = source.Rand()
		}
		slices.Sort(values)
		if values[low-1] <= math.Ln2 && math.Ln2 <= values[high-1] {
			covered++
		}
	}
	if share := float64(covered) / runs; share < 0.94 {
		t.Errorf("covered %.3f", share)
	}
}

func sampleOf(values []float64) stat.Sample {
	sum, squares := 0.0, 0.0
	for _, v := range values {
		sum += v
	}
	mean := sum / float64(len(values))
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return stat.Sample{N: int64(len(values)), Mean: mean, SD: math.Sqrt(squares / float64(len(values)-1))}
}
