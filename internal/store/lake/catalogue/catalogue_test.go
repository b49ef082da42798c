package catalogue_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// TestJoin checks that the type of a column does not depend on the order of loads, so that an undo leaves no trace.
func TestJoin(t *testing.T) {
	draw := rapid.Custom(func(r *rapid.T) catalogue.Column {
		c := catalogue.Column{Field: 10, Column: fact.Column{Name: "a", Type: fact.Type(rapid.IntRange(int(fact.Text), int(fact.Date)).Draw(r, "type"))}}
		c.Wide = c.Type == fact.Integer && rapid.Bool().Draw(r, "wide")
		return c
	})
	rapid.Check(t, func(r *rapid.T) {
		a, b, c := draw.Draw(r, "a"), draw.Draw(r, "b"), draw.Draw(r, "c")
		if catalogue.Join(a, b).Type != catalogue.Join(b, a).Type {
			r.Fatal("not commutative")
		}
		if catalogue.Join(catalogue.Join(a, b), c).Type != catalogue.Join(a, catalogue.Join(b, c)).Type {
			r.Fatal("not associative")
		}
		if catalogue.Join(a, a).Type != a.Type {
			r.Fatal("not idempotent")
		}
	})
	for _, want := range []struct{ a, b, join fact.Type }{
		{fact.Integer, fact.Decimal, fact.Decimal}, {fact.Integer, fact.Double, fact.Double}, {fact.Decimal, fact.Double, fact.Double},
		{fact.Integer, fact.Text, fact.Text}, {fact.Date, fact.Time, fact.Text}, {fact.Boolean, fact.Integer, fact.Text},
	} {
		got := catalogue.Join(catalogue.Column{Column: fact.Column{Type: want.a}}, catalogue.Column{Column: fact.Column{Type: want.b}}).Type
		if got != want.join {
			t.Errorf("%s and %s: %s", want.a, want.b, got)
		}
	}
	for k := fact.Text; k <= fact.Date; k++ {
		if catalogue.TypeOf(catalogue.TypeName(k)) != k {
			t.Errorf("%s does not survive the catalogue", k)
		}
	}
}

func TestActive(t *testing.T) {
	load := func(id, replaces int64, undone bool) catalogue.Load {
		return catalogue.Load{ID: id, Position: id, Replaces: replaces, Undone: undone}
	}
	for want, loads := range map[string][]catalogue.Load{
		"[3]":   {load(1, 0, false), load(2, 1, false), load(3, 2, false)},
		"[3 4]": {load(1, 0, false), load(2, 1, true), load(3, 2, false), load(4, 0, false)},
		"[2]":   {load(1, 0, false), load(2, 1, false), load(3, 2, true)},
		"[]":    {load(1, 0, true)},
	} {
		ids := []int64{}
		for _, l := range catalogue.Active(loads) {
			ids = append(ids, l.ID)
		}
		if fmt.Sprint(ids) != want {
			t.Errorf("%v, want %s", ids, want)
		}
	}
}

func TestPlans(t *testing.T) {
	file := func(first, last int64) *catalogue.File { return &catalogue.File{Rows: 1, First: &first, Last: &last} }
	window := &catalogue.Window{From: 10, To: 20}
	loads := []catalogue.Load{
		{ID: 1, Time: "time", Origin: file(0, 9)},
		{ID: 2, Time: "time", Origin: file(5, 12)},
		{ID: 3, Time: "time", Origin: file(11, 19), Overlap: lake.OverlapReplace, Window: window},
		{ID: 4, Time: "time", Origin: file(8, 15), Overlap: lake.OverlapSkip},
		{ID: 5, Time: "time", Origin: file(100, 200), Overlap: lake.OverlapSkip},
	}
	plans := catalogue.Plans(loads)
	for id, want := range map[int64]string{
		1: `{"load":1}`, 2: `{"load":2,"hide":[{"from":10,"to":20}]}`, 3: `{"load":3}`,
		4: `{"load":4,"skip":[{"load":1},{"load":2,"except":[{"from":10,"to":20}]},{"load":3}]}`, 5: `{"load":5}`,
	} {
		if got := plans[id].Key(); got != want {
			t.Errorf("load %d: %s, want %s", id, got, want)
		}
	}
}
