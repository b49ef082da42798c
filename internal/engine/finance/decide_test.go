package finance_test

import (
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
)

// shop costs 1,000 (800 to 1,400), and brings 100 (60 to 120) × 2 a month for ten months: 1,000 at the likely values.
func shop() finance.Case {
	c := simple(10)
	quantity := between(60, 100, 120, finance.Uniform)
	price := between(1, 2, 3, finance.Triangular)
	c.Costs = []finance.Cost{oneOff("build", 1, finance.Between(800, 1000, 1400, finance.PERT, finance.Quoted, "Angebot 3"))}
	c.Benefits = []finance.Benefit{
		{ID: "sales", Class: finance.Cash, Quantity: quantity, Price: price},
		{ID: "post", Class: finance.AvoidedCost, Price: between(10, 20, 30, finance.PERT)},
	}
	return c
}

func TestTornado(t *testing.T) {
	got, err := finance.Tornado(shop())
	if err != nil {
		t.Fatal(err)
	}
	// The middle of 60 to 120 is 90, so the base is 1,800 − 1,000. The uniform tenths are 66 and 114; the triangular
	// ones 1 + √(0.1·2·1) = 1.4472136 and 3 − √(0.1·2·1) = 2.5527864; each times the other's likely value and ten months.
	if got.Base != 80000 || len(got.Bars) != 4 {
		t.Fatal(got)
	}
	price, quantity, build, post := got.Bars[0], got.Bars[1], got.Bars[2], got.Bars[3]
	if price.Inputs[0].Key != "sales.price" || price.NPVLow != 30249 || price.NPVHigh != 129751 {
		t.Error(price)
	}
	if quantity.Inputs[0].Key != "sales.quantity" || quantity.NPVLow != 32000 || quantity.NPVHigh != 128000 || quantity.Swing != 96000 {
		t.Error(quantity)
	}
	if in := build.Inputs[0]; in.Key != "build.amount" || in.Path != "costs[0].amount" || in.Origin != finance.Quoted || in.Ref != "Angebot 3" || build.NPVLow <= build.NPVHigh {
		t.Error(build)
	}
	if post.Inputs[0].Key != "post.price" || post.Swing != 0 {
		t.Error("avoided cost moves no cash", post)
	}
}

func TestTornadoMovesADriverAsOne(t *testing.T) {
	c := shop()
	c.Costs[0].Amount.Driver, c.Benefits[0].Price.Driver = "prices", "prices"
	got, err := finance.Tornado(c)
	if err != nil || len(got.Bars) != 3 {
		t.Fatal(got, err)
	}
	for _, b := range got.Bars {
		if b.Driver == "prices" && len(b.Inputs) != 2 {
			t.Error(b)
		}
	}
}

func TestBreakEvens(t *testing.T) {
	c := shop()
	c.DiscountRate = fixed(0)
	got, err := finance.BreakEvens(c)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"build.amount": 1800, "sales.quantity": 50, "sales.price": 10.0 / 9}
	for _, b := range got {
		w, known := want[b.Key]
		if known != (b.Value != nil) || known && !near(*b.Value, w, 1e-9) {
			t.Errorf("%+v, want %v", b, w)
		}
	}
	// With the outlay first, the break-even of the discount rate is the internal rate.
	c.Timing = finance.Begin
	c.Benefits[0].From = 2
	c.Costs[0].Amount = fixed(1500)
	r := evaluate(t, c)
	for _, b := range must(finance.BreakEvens(c)) {
		if b.Key == finance.KeyDiscountRate && (b.Value == nil || !near(*b.Value, r.Cash.IRR.Rates[0], 1e-6)) {
			t.Error(b, r.Cash.IRR)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestScenarios(t *testing.T) {
	c := shop()
	c.Scenarios = []finance.Scenario{{Name: "Später", Set: map[string]float64{"sales.ramp.delay": 4, "build.amount": 900}}}
	got, err := finance.Scenarios(c)
	if err != nil || len(got) != 4 {
		t.Fatal(got, err)
	}
	for i, want := range []struct {
		name         string
		npv, avoided finance.Amount
	}{
		{finance.NamePessimistic, 60*1*1000 - 140000, 10000},
		{finance.NameLikely, 80000, 20000},
		{finance.NameOptimistic, 120*3*1000 - 80000, 30000},
		{"Später", 90*2*600 - 90000, 20000},
	} {
		r := got[i].Result
		if got[i].Name != want.name || r.Cash.NPV != want.npv || r.AvoidedCost.Total != want.avoided {
			t.Errorf("%s: %v %v, want %+v", got[i].Name, r.Cash.NPV, r.AvoidedCost.Total, want)
		}
	}
	used := map[string]float64{}
	for _, u := range got[3].Result.Used {
		used[u.Key] = u.Value
	}
	if used["build.amount"] != 900 || used["sales.ramp.delay"] != 4 || used["sales.price"] != 2 {
		t.Error(used)
	}
}

// Falling numbers can be better (complaints), a rising discount rate is worse.
func TestScenariosFollowTheEffect(t *testing.T) {
	c := simple(12)
	c.DiscountRate = between(0.05, 0.08, 0.12, finance.Triangular)
	c.Benefits = []finance.Benefit{
		{ID: "x", Class: finance.Cash, Quantity: between(-20, -10, -5, finance.PERT), Price: fixed(-3)},
		{ID: "time", Class: finance.ReleasedTime, Quantity: between(1, 2, 3, finance.PERT), Price: fixed(0)},
		{ID: "nps", Class: finance.Other, Unit: "Punkte", Quantity: between(1, 2, 3, finance.PERT)},
	}
	got := must(finance.Scenarios(c))
	used := map[string]float64{}
	for _, u := range got[0].Result.Used {
		used[u.Key] = u.Value
	}
	if used["x.quantity"] != -5 || used[finance.KeyDiscountRate] != 0.12 || used["time.quantity"] != 1 || used["nps.quantity"] != 1 {
		t.Error(used)
	}
}

// The price rises by 1 and the quantity by 20: made in the order of the fields, the quantity explains 20·2·10, and the
// price 1·120·10 of the difference.
func TestCompare(t *testing.T) {
	a := simple(10)
	a.Roles = []finance.Role{{ID: "it", DayRate: fixed(500)}}
	a.Costs = []finance.Cost{
		oneOff("build", 1, fixed(1000)),
		{ID: "old", Kind: finance.Running, Amount: fixed(5)},
		{ID: "days", Kind: finance.Internal, Role: "it", Days: fixed(2)},
	}
	a.Benefits = []finance.Benefit{
		{ID: "sales", Class: finance.Cash, Quantity: fixed(100), Price: fixed(2)},
		{ID: "time", Class: finance.ReleasedTime, Quantity: fixed(10), Price: fixed(30)},
	}
	b := a
	b.Roles = []finance.Role{{ID: "dev", DayRate: fixed(600)}}
	b.Costs = []finance.Cost{
		{ID: "days", Kind: finance.Internal, Role: "dev", Days: fixed(2)},
		{ID: "new", Kind: finance.Running, From: 6, Amount: fixed(7)},
		oneOff("build", 3, finance.Exactly(1000, finance.Quoted, "Angebot")),
		{ID: "grant", Kind: finance.Funding, Month: 10, Share: fixed(0.1), Eligible: []string{"build"}},
	}
	b.Benefits = []finance.Benefit{
		{ID: "sales", Class: finance.Cash, Quantity: fixed(120), Price: fixed(3)},
		{ID: "time", Class: finance.Cash, Quantity: fixed(10), Price: fixed(30), FromTime: true, Use: "Zeitarbeit endet"},
	}
	got, err := finance.Compare(a, b)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	want := []finance.Change{
		{Kind: finance.Added, Key: "role:dev"},
		{Kind: finance.Removed, Key: "old", NPV: 5000},
		{Kind: finance.ChangedSetting, Key: "days.role", From: "it", To: "dev", NPV: -20000},
		{Kind: finance.Added, Key: "new", NPV: -3500},
		{Kind: finance.ChangedSetting, Key: "build.month", From: "1", To: "3"},
		{Kind: finance.ChangedInput, Key: "build.amount"},
		{Kind: finance.Added, Key: "grant", NPV: 10000},
		{Kind: finance.ChangedInput, Key: "sales.quantity", NPV: 40000},
		{Kind: finance.ChangedInput, Key: "sales.price", NPV: 120000},
		{Kind: finance.Replaced, Key: "time", From: "released_time", To: "cash", NPV: 300000, ReleasedValue: -300000, ReleasedHours: -100},
		{Kind: finance.Removed, Key: "role:it"},
	}
	if len(got.Changes) != len(want) {
		t.Fatalf("%+v", got.Changes)
	}
	sum := got.Before
	for i, c := range got.Changes {
		sum += c.NPV
		if (c.Before == nil || c.After == nil) != (want[i].Kind != finance.ChangedInput) {
			t.Error("inputs", c)
		}
		c.Before, c.After = nil, nil
		if c != want[i] {
			t.Errorf("%+v, want %+v", c, want[i])
		}
	}
	if sum != got.After || got.After-got.Before != got.Difference || got.After != evaluate(t, b).Cash.NPV {
		t.Error(got)
	}
}

func TestCompareWithoutCommonCurrency(t *testing.T) {
	a, b := shop(), shop()
	b.Currency = "CHF"
	if _, err := finance.Compare(a, b); !base.IsKind(err, base.Refused) {
		t.Error(err)
	}
	b.Currency, b.Months = "EUR", 8 // shorter than a line of the earlier version
	a.Benefits[0].To = 10
	if got, err := finance.Compare(a, b); err != nil || got.Changes[0].Key != "months" || got.Changes[0].NPV != -2*18000 {
		t.Error(got, err)
	}
}
