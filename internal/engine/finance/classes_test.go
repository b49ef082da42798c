package finance_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/engine/finance"
)

// figure is a number somewhere in an output.
type figure struct {
	path  string
	value float64
}

// walk lists every number that can be reached from an output.
func walk(path string, v reflect.Value) []figure {
	var out []figure
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			out = walk(path, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, walk(path+"."+v.Type().Field(i).Name, v.Field(i))...)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i))...)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			out = append(out, walk(fmt.Sprintf("%s[%v]", path, k), v.MapIndex(k))...)
		}
	case reflect.Float64:
		out = append(out, figure{path, v.Float()})
	case reflect.Int, reflect.Int64:
		out = append(out, figure{path, float64(v.Int())})
	}
	return out
}

// classy is a case with every class whose figures are so odd that a sum of two of them is met by accident nowhere.
func classy() finance.Case {
	c := simple(24)
	c.DiscountRate = fixed(0.083)
	c.Costs = []finance.Cost{oneOff("cost", 1, fixed(70321.17))}
	c.Benefits = []finance.Benefit{
		{ID: "cash", Class: finance.Cash, Price: fixed(11317.31)},
		{ID: "avoided", Class: finance.AvoidedCost, Price: fixed(2903.57), From: 3},
		{ID: "time", Class: finance.ReleasedTime, Quantity: fixed(173.9), Price: fixed(41.77), From: 5},
		{ID: "other", Class: finance.Other, Unit: "Punkte", Quantity: fixed(619.3), From: 7},
	}
	return c
}

// forbidden lists every sum of two and more classes, of the same month, total, present value or net present value, in
// minor and in major units, of money and of quantities.
func forbidden(r finance.Result) map[string]float64 {
	sums := map[string]float64{}
	add := func(what string, cash, avoided, released, hours, other float64) {
		parts := []float64{cash, avoided, released, hours, other}
		for set := range 1 << len(parts) {
			sum, n := 0.0, 0
			for i, p := range parts {
				if set>>i&1 == 1 && p != 0 {
					sum, n = sum+p, n+1
				}
			}
			if n > 1 {
				sums[fmt.Sprintf("%s %05b", what, set)] = sum
			}
		}
	}
	units := func(what string, cash, avoided, released finance.Amount, hours, other float64) {
		add(what, float64(cash), float64(avoided), float64(released), hours, other)
		add(what+" major", float64(cash)/100, float64(avoided)/100, float64(released)/100, hours, other)
	}
	a, v, o := r.AvoidedCost, r.ReleasedTime.Value, r.Other[0]
	for m := range r.Months {
		units(fmt.Sprint("benefit of month ", m), r.Cash.Benefit.Monthly[m], a.Monthly[m], v.Monthly[m], r.ReleasedTime.Hours[m], o.Monthly[m])
		units(fmt.Sprint("net of month ", m), r.Cash.Net[m], a.Monthly[m], v.Monthly[m], r.ReleasedTime.Hours[m], o.Monthly[m])
	}
	var others float64
	for _, x := range o.Monthly {
		others += x
	}
	units("total", r.Cash.Benefit.Total, a.Total, v.Total, r.ReleasedTime.TotalHours, others)
	units("net total", r.Cash.Cumulated[len(r.Months)-1], a.Total, v.Total, r.ReleasedTime.TotalHours, others)
	units("present", r.Cash.Benefit.Present, a.Present, v.Present, 0, 0)
	units("NPV", r.Cash.NPV, a.Present, v.Present, 0, 0)
	return sums
}

func TestNoOutputSumsClasses(t *testing.T) {
	c := classy()
	assessment, err := finance.Assess(t.Context(), c, finance.Options{Draws: 500})
	if err != nil {
		t.Fatal(err, fields(err))
	}
	without := classy()
	without.Benefits = nil
	comparison, err := finance.Compare(without, c)
	if err != nil {
		t.Fatal(err)
	}
	var figures []figure
	figures = append(figures, walk("assessment", reflect.ValueOf(assessment))...)
	figures = append(figures, walk("comparison", reflect.ValueOf(comparison))...)
	sums := forbidden(assessment.Result)
	if len(figures) < 500 || len(sums) < 500 {
		t.Fatal(len(figures), len(sums))
	}
	for _, f := range figures {
		for what, sum := range sums {
			if f.value != 0 && math.Abs(f.value-sum) < 1e-7*math.Abs(sum) {
				t.Errorf("%s = %v is the %s", f.path, f.value, what)
			}
		}
	}
}

// The walk would find a sum: it finds one that is put into an output.
func TestTheWalkFindsSums(t *testing.T) {
	r := evaluate(t, classy())
	r.Cash.Benefit.Total += r.AvoidedCost.Total
	found := false
	for _, f := range walk("", reflect.ValueOf(r)) {
		for _, sum := range forbidden(evaluate(t, classy())) {
			found = found || f.value == sum && strings.Contains(f.path, "Benefit.Total")
		}
	}
	if !found {
		t.Fatal("the sum was not found")
	}
}

// No output type has a method, so that none can add what its fields keep apart.
func TestOutputsHaveNoMethods(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(x reflect.Type) {
		if seen[x] {
			return
		}
		seen[x] = true
		if strings.HasSuffix(x.PkgPath(), "/finance") && x != reflect.TypeFor[finance.Input]() && reflect.PointerTo(x).NumMethod() > 0 {
			t.Errorf("%v has methods", x)
		}
		switch x.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(x.Elem())
		case reflect.Struct:
			for i := range x.NumField() {
				visit(x.Field(i).Type)
			}
		}
	}
	visit(reflect.TypeFor[finance.Assessment]())
	visit(reflect.TypeFor[finance.Comparison]())
	if len(seen) < 25 {
		t.Fatal(len(seen))
	}
}
