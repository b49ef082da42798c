package finance_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"lotse.dev/lotse/internal/engine/finance"
)

// portal holds the uncertain inputs of testdata/self-service.json, and worth computes it month by month in plain loops:
// written from the documentation and not from the code.
type portal struct {
	rate, build, itDays, users, letters, ramp, temp, calls, hourly, position float64
}

type portalWorth struct{ npv, avoided, released, hours float64 }

func (p portal) worth() portalWorth {
	var w portalWorth
	for m := 1; m <= 60; m++ {
		year := math.Pow(1.02, float64((m-1)/12)) // prices rise every January
		discount := math.Pow(1+p.rate, -float64(m)/12)
		w.npv += (p.gain(m, year) - p.spent(m, year)) * discount
		if m >= 6 {
			w.hours += p.calls * curve(m, 6, 0, 12)
			w.released += p.calls * p.hourly * year * curve(m, 6, 0, 12) * discount
		}
		if m >= 25 {
			w.avoided += p.position * year * discount
		}
	}
	return w
}

func (p portal) spent(m int, year float64) float64 {
	sum := 0.0
	switch m {
	case 1:
		sum += 9500
	case 3:
		sum += p.build
	case 12:
		sum -= min(30000, 0.35*(p.build+9500))
	}
	if m <= 6 {
		sum += p.itDays / 6 * 520
	}
	if m >= 5 && m <= 7 {
		sum += 8 * 340
	}
	if m >= 4 {
		sum += 640*year + 38*p.users*year*min(1, float64(m-3)/6)
		if m%12 == 4 {
			sum += 7200
		}
	}
	return sum
}

func (p portal) gain(m int, year float64) float64 {
	sum := 0.0
	if m >= 6 {
		sum += p.letters * 1.12 * year * curve(m, 6, 1, p.ramp)
	}
	if m >= 13 {
		sum += p.temp * 31 * year
	}
	return sum
}

func curve(m, from int, delay, months float64) float64 {
	x := min(1, max(0, (float64(m-from+1)-delay)/months))
	return 3*x*x - 2*x*x*x
}

func TestExampleFileASecondWay(t *testing.T) {
	got := evaluate(t, example(t))
	want := portal{0.08, 76000, 60, 24, 3400, 12, 40, 140, 34, 2100}.worth()
	if !near(float64(got.Cash.NPV), want.npv*100, 0.51) || !near(float64(got.AvoidedCost.Present), want.avoided*100, 0.51) ||
		!near(float64(got.ReleasedTime.Value.Present), want.released*100, 0.51) || !near(got.ReleasedTime.TotalHours, want.hours, 1e-9) {
		t.Fatal(got.Cash.NPV, got.AvoidedCost.Present, got.ReleasedTime.Value.Present, want)
	}
	// The table of net flows has the same value but for the rounding of 60 cells.
	table := 0.0
	for m, f := range got.Cash.Net {
		table += float64(f) * math.Pow(1.08, -float64(m+1)/12)
	}
	if !near(table, want.npv*100, 30) {
		t.Error(table, want)
	}
}

// The simulation of the example file beside one made of gonum's random variates and the plain loops above: with a
// random rate, a random ramp, a capped funding and a common driver.
func TestSimulationASecondWay(t *testing.T) {
	const n = 40_000
	src := rand.NewPCG(11, 12)
	pert := func(low, likely, high float64) func() float64 {
		b := distuv.Beta{Alpha: 1 + 4*(likely-low)/(high-low), Beta: 1 + 4*(high-likely)/(high-low), Src: src}
		return func() float64 { return low + (high-low)*b.Rand() }
	}
	rate, build, days := distuv.NewTriangle(0.06, 0.1, 0.08, src), pert(68000, 76000, 110000), pert(45, 60, 95)
	ramp, position := pert(6, 12, 24), pert(0, 2100, 4300)
	hourly := distuv.NewTriangle(29, 38, 34, src)
	users := distuv.Uniform{Min: 18, Max: 30, Src: src}
	uniform := distuv.Uniform{Min: 0, Max: 1, Src: src}
	letters := func() float64 { // median 3,400, 2.5 % below 2,900 and above 3,800
		if z := (distuv.Normal{Sigma: 1, Src: src}).Rand(); z < 0 {
			return 3400 + z*500/1.959964
		} else {
			return 3400 + z*400/1.959964
		}
	}
	temp, calls := distuv.Beta{Alpha: 1 + 80.0/35, Beta: 1 + 60.0/35}, distuv.Beta{Alpha: 1 + 4*50.0/80, Beta: 1 + 4*30.0/80}
	values := make([]float64, n)
	gains, hours := 0, 0.0
	for i := range values {
		u := uniform.Rand() // the driver contacts
		w := portal{rate.Rand(), build(), days(), users.Rand(), letters(), ramp(), 20 + 35*temp.Quantile(u), 90 + 80*calls.Quantile(u), hourly.Rand(), position()}.worth()
		values[i] = w.npv
		hours += w.hours
		if w.npv > 0 {
			gains++
		}
	}
	var mean, variance float64
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		variance += (v - mean) * (v - mean) / n
	}
	got := simulate(t, example(t), finance.Options{Seed: 1})
	sd := math.Sqrt(variance)
	if meanError := sd * math.Sqrt(1.0/n+1e-5); !near(float64(got.Cash.Mean)/100, mean, 5*meanError) {
		t.Errorf("mean %v, want %v ± %v", got.Cash.Mean, mean, meanError)
	}
	if !near(float64(got.Cash.SD)/100, sd, 5*sd*math.Sqrt((1.0/n+1e-5)/2)) {
		t.Errorf("sd %v, want %v", got.Cash.SD, sd)
	}
	p := float64(gains) / n
	if !near(got.Cash.Positive, p, 5*math.Sqrt(p*(1-p)*(1.0/n+1e-5))) {
		t.Errorf("probability %v, want %v", got.Cash.Positive, p)
	}
	if !near(got.ReleasedTime.HoursMean, hours/n, 5*got.ReleasedTime.HoursSD*math.Sqrt(1.0/n+1e-5)) {
		t.Errorf("hours %v, want %v", got.ReleasedTime.HoursMean, hours/n)
	}
}
