package finance_test

import (
	"math"
	"testing"
	"time"

	"lotse.dev/lotse/internal/engine/finance"
)

// Worked examples of the documentation of Microsoft Excel (functions NPV, MIRR; support.microsoft.com) and of Brealey,
// Myers and Allen, Principles of Corporate Finance, sections 2.1 and 5.2.
func TestNPV(t *testing.T) {
	for _, c := range []struct {
		source string
		got    float64
		want   float64
	}{
		{"Excel NPV, example 1: first flow one year away", finance.NPV(0.10, []float64{0, -10000, 3000, 4200, 6800}), 1188.44},
		{"Excel NPV, example 2: first flow now", finance.NPV(0.08, []float64{-40000, 8000, 9200, 10000, 12000, 14500}), 1922.06},
		{"Excel NPV, example 2 with a loss of 9,000 in the sixth year", finance.NPV(0.08, []float64{-40000, 8000, 9200, 10000, 12000, 14500, -9000}), -3749.47},
		{"Brealey-Myers, office building: 800/1.07 − 700 thousand", finance.NPV(0.07, []float64{-700_000, 800_000}), 47663.55},
		{"Brealey-Myers, Helmsley Iron at 10 percent", finance.NPV(0.10, []float64{-30, 10, 10, 10, 10, 10, 10, 10, 10, 10, -65}), 2.53},
		{"Brealey-Myers, project without IRR at 10 percent", finance.NPV(0.10, []float64{1000, -3000, 2500}), 338.84},
		{"Brealey-Myers, payback project A", finance.NPV(0.10, []float64{-2000, 500, 500, 5000}), 2624.34},
		{"Brealey-Myers, payback project B", finance.NPV(0.10, []float64{-2000, 500, 1800, 0}), -57.85},
		{"Brealey-Myers, payback project C", finance.NPV(0.10, []float64{-2000, 1800, 500, 0}), 49.59},
		{"nothing", finance.NPV(0.10, nil), 0},
	} {
		if !near(c.got, c.want, 0.005) {
			t.Errorf("%s: %.4f, want %.2f", c.source, c.got, c.want)
		}
	}
}

// Excel XNPV: days are 365ths of a year.
func TestDiscountFactorBetweenYears(t *testing.T) {
	start := time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC)
	var sum float64
	for _, p := range []struct {
		year, month, day int
		amount           float64
	}{{2008, 1, 1, -10000}, {2008, 3, 1, 2750}, {2008, 10, 30, 4250}, {2009, 2, 15, 3250}, {2009, 4, 1, 2750}} {
		days := time.Date(p.year, time.Month(p.month), p.day, 0, 0, 0, 0, time.UTC).Sub(start).Hours() / 24
		sum += p.amount * finance.DiscountFactor(0.09, days/365)
	}
	if !near(sum, 2086.65, 0.005) {
		t.Fatal(sum)
	}
}

func TestMIRR(t *testing.T) {
	five := []float64{-120000, 39000, 30000, 21000, 37000, 46000}
	for _, c := range []struct {
		source            string
		flows             []float64
		finance, reinvest float64
		want              float64
	}{
		{"Excel MIRR: after five years 12.61 %", five, 0.10, 0.12, 0.1261},
		{"Excel MIRR: after three years −4.80 %", five[:4], 0.10, 0.12, -0.0480},
		{"Excel MIRR: reinvested at 14 percent 13.48 %", five, 0.10, 0.14, 0.1348},
	} {
		if got, ok := finance.MIRR(c.flows, c.finance, c.reinvest); !ok || !near(got, c.want, 5e-5) {
			t.Errorf("%s: %v", c.source, got)
		}
	}
	for _, flows := range [][]float64{nil, {-1}, {-1, -2}, {1, 2}, {0, 0}} {
		if got, ok := finance.MIRR(flows, 0.1, 0.1); ok {
			t.Errorf("%v has no modified rate, got %v", flows, got)
		}
	}
}

func TestPayback(t *testing.T) {
	for _, c := range []struct {
		source string
		flows  []float64
		want   float64
		known  bool
		again  bool
	}{
		{"Brealey-Myers, project A: in the third year, 1,000 of 5,000 are missing", []float64{-2000, 500, 500, 5000}, 2.2, true, false},
		{"Brealey-Myers, project B: 1,500 of 1,800 are missing", []float64{-2000, 500, 1800, 0}, 1 + 1500.0/1800, true, false},
		{"Brealey-Myers, project C: 200 of 500 are missing", []float64{-2000, 1800, 500, 0}, 1.4, true, false},
		{"never", []float64{-2000, 500, 500}, 0, false, false},
		{"nothing to pay back", []float64{100, -50}, 0, true, false},
		{"paid back exactly at the end of a period", []float64{-100, 60, 40, 10}, 2, true, false},
		{"lost again and regained", []float64{-100, 150, -100, 100}, 2.5, true, true},
		{"lost again for good", []float64{-100, 150, -100}, 0, false, true},
	} {
		got, known, again := finance.Payback(c.flows)
		if known != c.known || again != c.again || known && !near(got, c.want, 1e-12) {
			t.Errorf("%s: %v %v %v", c.source, got, known, again)
		}
	}
}

func TestDecimalsFollowISO4217(t *testing.T) {
	for currency, want := range map[string]int{"EUR": 2, "CHF": 2, "JPY": 0, "KWD": 3} {
		if got := finance.Decimals(currency); got != want {
			t.Errorf("%s: %d", currency, got)
		}
	}
	if got := finance.NPV(-0.5, []float64{0, 1}); !near(got, 2, 1e-15) || math.IsNaN(got) {
		t.Error("a negative rate raises values", got)
	}
}
