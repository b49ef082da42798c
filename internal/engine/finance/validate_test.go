package finance_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
)

// Everything that is wrong is named at once and by path.
func TestValidateGathersAllFields(t *testing.T) {
	c := finance.Case{
		Start: "2027-13", Months: 121, Currency: "Euro", Timing: "sometimes",
		Roles: []finance.Role{{ID: "it"}, {ID: "it", DayRate: fixed(1)}},
		Costs: []finance.Cost{
			{ID: "a b", Kind: "gift"},
			{ID: "x", Kind: finance.OneOff, Amount: fixed(-1), From: 2, Every: "decade"},
			{ID: "x", Kind: finance.Running, From: 9, To: 3, Amount: finance.Exactly(1, finance.Measured, " ")},
			{ID: "y", Kind: finance.Internal, Role: "nobody", Days: between(3, 2, 1, finance.PERT), Users: fixed(1)},
			{ID: "z", Kind: finance.Funding, Month: 1, Share: fixed(1.5), Eligible: []string{"z", "x", "x"}},
			{ID: "f", Kind: finance.Funding, Month: 1, Amount: fixed(1), Share: fixed(0.5), Eligible: []string{"x"}},
			{ID: "g", Kind: finance.Funding, Month: 1, Amount: fixed(1), Cap: fixed(1)},
			{ID: "h", Kind: finance.Licences, Price: fixed(1e9), Users: fixed(2), Ramp: finance.Ramp{Shape: "wave"}},
		},
		Benefits: []finance.Benefit{
			{ID: "b1", Class: "joy"},
			{ID: "b2", Class: finance.Cash, Price: between(0, 1, 2, finance.LogNormal), FromTime: true},
			{ID: "b3", Class: finance.Cash, Price: between(1, 1, 2, finance.Fixed), Use: "x"},
			{ID: "b4", Class: finance.ReleasedTime, Quantity: fixed(1), Price: fixed(1), Use: "x"},
			{ID: "b5", Class: finance.Other, Quantity: fixed(math.NaN()), Price: fixed(1)},
			{ID: "b6", Class: finance.Cash, Price: finance.Input{Origin: finance.Guessed}},
			{ID: "b7", Class: finance.Cash, Price: finance.Exactly(1, "dreamt", "")},
			{ID: "b8", Class: finance.Cash, Price: finance.Input{Value: new(1.0), Range: &finance.Range{Max: 1}, Origin: finance.Guessed}},
			{ID: "b9", Class: finance.Cash, Price: finance.Input{Value: new(math.Inf(1)), Distribution: finance.PERT, Origin: finance.Guessed}},
		},
		Scenarios: []finance.Scenario{{Name: "likely"}, {Name: "s", Set: map[string]float64{"x.price": 1, "nothing": 1, "h.users": -1}}},
	}
	var got []string
	for _, f := range finance.Validate(c) {
		if f.Text.De == "" || f.Text.En == "" || f.Text.De == f.Text.En || strings.Contains(f.Text.De, "%") {
			t.Error(f)
		}
		got = append(got, f.Field)
	}
	for _, want := range []string{
		"start", "months", "currency", "timing", "discount_rate", "roles[0].day_rate", "roles[1].id",
		"costs[0].id", "costs[0].kind", "costs[1].amount.value", "costs[1].from", "costs[1].every", "costs[1].month",
		"costs[2].id", "costs[2].to", "costs[2].amount.ref", "costs[3].role", "costs[3].days.range", "costs[3].users",
		"costs[4].share.value", "costs[4].eligible[0]", "costs[4].eligible[2]", "costs[5].share", "costs[6].cap",
		"costs[7].users", "costs[7].ramp.shape", "benefits[0].class", "benefits[1].price.range.min", "benefits[1].use",
		"benefits[2].price.distribution", "benefits[2].from_time", "benefits[3].class", "benefits[4].quantity.value",
		"benefits[4].unit", "benefits[4].price", "benefits[5].price", "benefits[6].price.origin", "benefits[7].price",
		"benefits[8].price.value", "benefits[8].price.distribution", "scenarios[0].name", "scenarios[1].set.x.price",
		"scenarios[1].set.nothing", "scenarios[1].set.h.users",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not refused", want)
		}
	}
	if len(got) > 50 {
		t.Error(len(got), got)
	}
}

func TestUnsoundCasesAreRefusedEverywhere(t *testing.T) {
	c := finance.Case{}
	_, evaluated := finance.Evaluate(c)
	_, simulated := finance.Simulate(t.Context(), c, finance.Options{})
	_, scenarios := finance.Scenarios(c)
	_, tornado := finance.Tornado(c)
	_, zeros := finance.BreakEvens(c)
	_, before := finance.Compare(c, shop())
	_, after := finance.Compare(shop(), c)
	_, assessed := finance.Assess(t.Context(), c, finance.Options{})
	for i, err := range []error{evaluated, simulated, scenarios, tornado, zeros, before, after, assessed} {
		if !base.IsKind(err, base.Refused) || !slices.Contains(fields(err), "months") {
			t.Error(i, err)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		text, code string
		fields     []string
	}{
		{`{"start":"2027-01","begin":1,"benefits":[{"id":"a","price":{"value":"3","unit":"€"},"price":{"value":1}}],"months":1.5}`, "invalid_case",
			[]string{"begin", "benefits[0].price.value", "benefits[0].price.unit", "benefits[0].price", "months"}},
		{`{"Start":"2027-01"}`, "invalid_case", []string{"Start"}},
		{`{"costs":{"a":1},"roles":7,"scenarios":[{"set":[1,[2]]}],"discount_rate":[{}],"benefits":[[1]],"name":null,"inflation":{"value":1e999}}`, "invalid_case",
			[]string{"costs", "roles", "scenarios[0].set", "discount_rate", "benefits[0]", "name", "inflation.value"}},
		{`[]`, "invalid_case", []string{""}},
		{"{\n\"start\":\n", "invalid_json", nil},
		{`{} {}`, "invalid_json", nil},
		{``, "invalid_json", nil},
		{strings.Repeat(" ", 1<<20+1), "case_too_large", nil},
	} {
		_, err := finance.Decode(strings.NewReader(c.text))
		if e := base.AsError(err); e == nil || e.Code != c.code || !slices.Equal(fields(err), c.fields) {
			t.Errorf("%.80s: %v %v", c.text, err, fields(err))
		}
	}
	_, err := finance.Decode(strings.NewReader("{\n\"start\":\n x"))
	if e := base.AsError(err); e.Place.Line != 3 {
		t.Error(e.Place)
	}
}

// What is written is read back the same.
func TestRoundTrip(t *testing.T) {
	c := example(t)
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := finance.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err, fields(err))
	}
	if asJSON(t, again) != string(b) || len(finance.Inputs(c)) < 25 {
		t.Fatal(string(b))
	}
	for _, p := range finance.Inputs(c) {
		if p.Input.Absent() || p.Key == "" || p.Path == "" {
			t.Error(p)
		}
	}
}

// FuzzValidate: whatever is read, it is refused with fields or every function answers with finite numbers.
func FuzzValidate(f *testing.F) {
	data, err := os.ReadFile("testdata/self-service.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"start":"2027-01","months":1,"currency":"JPY","discount_rate":{"value":-0.1,"origin":"guessed"},"benefits":[{"id":"a","class":"cash","price":{"range":{"min":1e-300,"likely":1e-299,"max":1e9},"distribution":"lognormal","origin":"guessed"}}]}`))
	f.Add([]byte(`{"costs":[{"id":"a","kind":"funding","eligible":["a"]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := finance.Decode(bytes.NewReader(data))
		if err != nil {
			if e := base.AsError(err); e.Kind != base.Refused && e.Kind != base.TooLarge || e.Code == "invalid_case" && len(e.Fields) == 0 {
				t.Fatal(err)
			}
			return
		}
		a, err := finance.Assess(t.Context(), c, finance.Options{Draws: 100})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
		if _, err := finance.Compare(c, shop()); err != nil && c.Currency == "EUR" {
			t.Fatal(err)
		}
	})
}
