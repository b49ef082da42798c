package finance_test

import (
	"math"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/engine/finance"
)

// Brealey-Myers' projects as cases: annual flows stand twelve months apart from month 1, paid at its start, and the
// monthly discounting gives the annual figures to the cent.
func TestTextbookProjectsAsCases(t *testing.T) {
	c := simple(37)
	c.Timing, c.DiscountRate = finance.Begin, fixed(0.10)
	c.Costs = []finance.Cost{oneOff("outlay", 1, fixed(2000))}
	for i, amount := range []float64{500, 500, 5000} {
		b := cash(string(rune('a'+i)), fixed(amount))
		b.From, b.To = 13+12*i, 13+12*i
		c.Benefits = append(c.Benefits, b)
	}
	got := evaluate(t, c).Cash
	if got.NPV != 262434 {
		t.Error(got.NPV)
	}
	if got.IRR.Count != 1 || !near(finance.NPV(got.IRR.Rates[0], []float64{-2000, 500, 500, 5000}), 0, 1e-8) {
		t.Error(got.IRR)
	}
	// MIRR by hand: inflows carried to year 3 at 10 percent are 605 + 550 + 5,000.
	if !near(*got.MIRR, math.Pow(6155.0/2000, 1.0/3)-1, 1e-12) {
		t.Error(*got.MIRR)
	}
	if !near(*got.ROI, 2, 1e-12) || got.Need != (finance.Need{Amount: 200000, Month: 1}) || got.External != got.Need {
		t.Error(*got.ROI, got.Need)
	}
	// 4,000 of the last 5,000 are surplus: paid back in the 37th month, a fifth of it through.
	if !near(*got.Payback, 36.2, 1e-12) {
		t.Error(*got.Payback)
	}
}

// An annuity of 100 a month at 12.682503 percent a year is one at 1 percent a month: (1 − 1.01^−24) ÷ 0.01 = 21.243387.
func TestTimings(t *testing.T) {
	c := simple(24)
	c.DiscountRate = fixed(math.Pow(1.01, 12) - 1)
	c.Benefits = []finance.Benefit{cash("rent", fixed(100))}
	end := 2124.3387
	for timing, want := range map[finance.Timing]float64{
		"": end, finance.End: end, finance.Begin: end * 1.01, finance.Middle: end * math.Sqrt(1.01),
	} {
		c.Timing = timing
		if got := evaluate(t, c).Cash.NPV; !near(float64(got), want*100, 0.6) {
			t.Errorf("%q: %v, want %v", timing, got, want)
		}
	}
	if got := evaluate(t, c); got.Months[0] != "2027-01" || got.Months[12] != "2028-01" || len(got.Months) != 24 {
		t.Error(got.Months)
	}
}

func amounts(major ...float64) []finance.Amount {
	var out []finance.Amount
	for _, v := range major {
		out = append(out, finance.Amount(math.Round(v*100)))
	}
	return out
}

// Every kind of cost with a few months written out by hand.
func TestCostKinds(t *testing.T) {
	c := simple(15)
	c.Inflation = fixed(0.1)
	c.Roles = []finance.Role{{ID: "it", DayRate: fixed(500)}}
	c.Costs = []finance.Cost{
		oneOff("once", 13, fixed(77)),
		{ID: "monthly", Kind: finance.Running, From: 12, To: 14, Amount: fixed(10)},
		{ID: "contract", Kind: finance.Running, From: 12, To: 14, Amount: fixed(10), FixedPrice: true},
		{ID: "yearly", Kind: finance.Running, Every: finance.Yearly, From: 2, Amount: fixed(1200)},
		{ID: "days", Kind: finance.Internal, Role: "it", From: 11, To: 14, Days: fixed(6)},
		{ID: "seats", Kind: finance.Licences, Price: fixed(20), Users: fixed(8), From: 2, To: 7,
			Ramp: finance.Ramp{Months: fixed(4), Delay: fixed(1)}},
		{ID: "grant", Kind: finance.Funding, Month: 15, Share: fixed(0.5), Eligible: []string{"once", "monthly"}},
		{ID: "capped", Kind: finance.Funding, Month: 15, Share: fixed(0.5), Eligible: []string{"yearly"}, Cap: fixed(300)},
		{ID: "lump", Kind: finance.Funding, Month: 1, Amount: fixed(40)},
	}
	zeros := func(n int) []float64 { return make([]float64, n) }
	want := map[string][]finance.Amount{
		"once":     amounts(append(zeros(12), 77, 0, 0)...), // a quoted sum does not rise
		"monthly":  amounts(append(zeros(11), 10, 11, 11, 0)...),
		"contract": amounts(append(zeros(11), 10, 10, 10, 0)...),
		"yearly":   amounts(0, 1200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1320, 0),
		"days":     amounts(append(zeros(10), 750, 750, 825, 825, 0)...),                    // 1.5 days a month
		"seats":    amounts(append([]float64{0, 0, 40, 80, 120, 160, 160}, zeros(8)...)...), // 0, ¼, ½, ¾, 1, 1
		"grant":    amounts(append(zeros(14), 54.5)...),                                     // half of 77 + 32
		"capped":   amounts(append(zeros(14), 300)...),                                      // half of 2,520 is more
		"lump":     amounts(append([]float64{40}, zeros(14)...)...),
	}
	got := evaluate(t, c)
	for i, line := range got.Lines {
		if line.ID != c.Costs[i].ID || !slices.Equal(line.Money.Monthly, want[line.ID]) {
			t.Errorf("%s: %v, want %v", line.ID, line.Money.Monthly, want[line.ID])
		}
	}
	costs := got.Cash.Costs
	if costs.OneOff.Total != 7700 || costs.Running.Total != 3200+3000+252000 || costs.Internal.Total != 315000 ||
		costs.Licences.Total != 56000 || costs.Funding.Total != 5450+30000+4000 || costs.Total.Total != 636900-39450 {
		t.Errorf("%+v", costs)
	}
	// The lump before and the grants after the outlay: two changes of sign, two rates, the upper one near 30¹² (1,200 ÷ 40).
	if got.Cash.NPV != -(636900-39450) || got.Cash.IRR.Count != 2 || got.Cash.IRR.Rates[1] < 5e17 || got.Cash.Payback != nil || !near(*got.Cash.ROI, -1, 1e-12) {
		t.Errorf("%+v", got.Cash)
	}
	// The need without own people leaves their 3,150 out.
	if got.Cash.Need.Amount-got.Cash.External.Amount != 315000 || got.Cash.Need.Month != 14 {
		t.Error(got.Cash.Need, got.Cash.External)
	}
}

func TestBenefitClasses(t *testing.T) {
	c := simple(14)
	c.Inflation = fixed(0.5)
	ramp := finance.Ramp{Months: fixed(4), Shape: finance.SCurve} // 3x² − 2x³ at ¼, ½, ¾: 0.15625, 0.5, 0.84375
	c.Benefits = []finance.Benefit{
		{ID: "sales", Class: finance.Cash, Quantity: fixed(10), Price: fixed(32), Ramp: ramp, To: 6},
		{ID: "time", Class: finance.ReleasedTime, Quantity: fixed(64), Price: fixed(30), From: 10, Ramp: ramp},
		{ID: "post", Class: finance.AvoidedCost, Price: fixed(1000), From: 12, To: 13},
		{ID: "nps", Class: finance.Other, Unit: "Punkte", Quantity: fixed(-4), From: 13},
	}
	got := evaluate(t, c)
	if want := amounts(50, 160, 270, 320, 320, 320, 0, 0, 0, 0, 0, 0, 0, 0); !slices.Equal(got.Cash.Benefit.Monthly, want) || got.Cash.NPV != 144000 {
		t.Error(got.Cash.Benefit, got.Cash.NPV)
	}
	if want := []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 32, 54, 64, 64}; !slices.Equal(got.ReleasedTime.Hours, want) || got.ReleasedTime.TotalHours != 224 {
		t.Error(got.ReleasedTime)
	}
	// 96 hours in the first year at 30, 128 in the second at 45; hours themselves do not rise with prices.
	if got.ReleasedTime.Value.Total != 288000+576000 || got.AvoidedCost.Total != 100000+150000 {
		t.Error(got.ReleasedTime.Value.Total, got.AvoidedCost.Total)
	}
	if len(got.Other) != 1 || got.Other[0].Monthly[11] != 0 || got.Other[0].Monthly[12] != -4 || got.Other[0].Unit != "Punkte" {
		t.Error(got.Other)
	}
	if got.Cash.ROI != nil || *got.Cash.Payback != 0 || got.Cash.Need.Month != 0 || got.Cash.IRR.Count != 0 || got.Cash.MIRR != nil {
		t.Errorf("without cost: %+v", got.Cash)
	}
}

// A case of which every benefit is nothing, or of which everything is guessed, says so; hours without a price are something.
func TestEmptyPromisesAreNamed(t *testing.T) {
	fixed := func(v float64) finance.Input { return finance.Input{Value: &v, Origin: finance.Guessed} }
	c := finance.Case{Name: "leer", Start: "2026-01", Months: 12, Currency: "EUR", DiscountRate: fixed(.08),
		Costs:    []finance.Cost{{ID: "a", Kind: finance.OneOff, Month: 1, Amount: fixed(0)}},
		Benefits: []finance.Benefit{{ID: "time", Class: finance.ReleasedTime, Unit: "h", Quantity: fixed(0), Price: fixed(0)}, {ID: "cash", Class: finance.Cash, Price: fixed(0)}}}
	if r := evaluate(t, c).Remarks; !r.Has("benefits_zero") || !r.Has("all_guessed") || r.Has("guessed") {
		t.Errorf("%+v", r)
	}
	c.Benefits[0].Quantity, c.DiscountRate.Origin = fixed(3), finance.Estimated
	if r := evaluate(t, c).Remarks; r.Has("benefits_zero") || r.Has("all_guessed") || !r.Has("guessed") {
		t.Errorf("%+v", r)
	}
}

func TestRemarks(t *testing.T) {
	got := evaluate(t, example(t)).Remarks
	for _, code := range []string{"time_as_cash", "internal_counts", "guessed", "guess_without_range"} {
		if !got.Has(code) {
			t.Errorf("%s is missing", code)
		}
	}
	c := simple(3)
	c.Costs = []finance.Cost{oneOff("a", 1, fixed(1000)), oneOff("b", 3, fixed(1320))}
	c.Benefits = []finance.Benefit{cash("x", fixed(2300))}
	c.Benefits[0].From, c.Benefits[0].To = 2, 2
	r := evaluate(t, c)
	if r.Cash.IRR.Count != 2 || !r.Remarks.Has("irr_several") || !r.Remarks.Has("payback_lost") {
		t.Error(r.Cash.IRR, r.Remarks)
	}
	if !near(r.Cash.IRR.Rates[0], math.Pow(1.1, 12)-1, 1e-11) || !near(r.Cash.IRR.Rates[1], math.Pow(1.2, 12)-1, 1e-11) {
		t.Error("10 and 20 percent a month", r.Cash.IRR)
	}
}

// Half a unit is rounded away from zero, on both sides; currencies without minor unit are rounded to whole ones.
func TestRounding(t *testing.T) {
	for _, c := range []struct {
		currency string
		amount   float64
		want     finance.Amount
	}{{"EUR", 0.125, 13}, {"EUR", 0.124, 12}, {"JPY", 2.5, 3}, {"KWD", 1.0625, 1063}} {
		k := simple(1)
		k.Currency = c.currency
		k.Benefits = []finance.Benefit{cash("in", fixed(c.amount))}
		if got := evaluate(t, k).Cash.NPV; got != c.want {
			t.Errorf("%s %v: %v", c.currency, c.amount, got)
		}
		k.Benefits, k.Costs = nil, []finance.Cost{oneOff("out", 1, fixed(c.amount))}
		if got := evaluate(t, k).Cash.NPV; got != -c.want {
			t.Errorf("%s −%v: %v", c.currency, c.amount, got)
		}
	}
}
