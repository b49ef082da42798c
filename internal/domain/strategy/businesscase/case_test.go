package businesscase_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// example is the complete example of the engine as a record: every kind of line, class, scenario and driver.
func example(t *testing.T) (finance.Case, *businesscase.BusinessCase) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "engine", "finance", "testdata", "self-service.json"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := finance.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return c, asRecord(c)
}

// asRecord writes a case as rows; what the file calls measured is quoted here, because only the server measures.
func asRecord(c finance.Case) *businesscase.BusinessCase {
	months := float64(c.Months)
	b := &businesscase.BusinessCase{Title: c.Name, Initiative: "i1", Start: c.Start, Months: &months, Currency: c.Currency, Timing: field.Choice(c.Timing)}
	for _, r := range c.Roles {
		b.Roles = append(b.Roles, businesscase.Role{ID: r.ID, Name: r.Name})
	}
	for _, l := range c.Costs {
		b.Costs = append(b.Costs, businesscase.Cost{ID: l.ID, Name: l.Name, Kind: field.Choice(l.Kind), Month: month(l.Month), From: month(l.From), To: month(l.To),
			Every: field.Choice(l.Every), Role: l.Role, Shape: field.Choice(l.Ramp.Shape), Eligible: l.Eligible, Fixed: yes(l.FixedPrice)})
	}
	for _, l := range c.Benefits {
		b.Benefits = append(b.Benefits, businesscase.Benefit{ID: l.ID, Name: l.Name, Class: field.Choice(l.Class), Unit: l.Unit, From: month(l.From), To: month(l.To),
			Shape: field.Choice(l.Ramp.Shape), Fixed: yes(l.FixedPrice), FromTime: yes(l.FromTime), Use: l.Use})
	}
	for _, p := range finance.Inputs(c) {
		b.Inputs = append(b.Inputs, asRow(p))
	}
	for _, s := range c.Scenarios {
		for key, v := range s.Set {
			b.Scenarios = append(b.Scenarios, businesscase.Scenario{Name: s.Name, Key: key, Value: &v})
		}
	}
	return b
}

func asRow(p finance.Place) businesscase.Input {
	in := businesscase.Input{Key: p.Key, Origin: field.Choice(p.Input.Origin), Source: p.Input.Ref, Driver: p.Input.Driver, Distribution: field.Choice(p.Input.Distribution)}
	if p.Input.Origin == finance.Measured {
		in.Origin = field.Choice(finance.Quoted)
	}
	if v := p.Input.Value; v != nil {
		in.Range, in.Distribution = &field.Range{Min: *v, Likely: *v, Max: *v}, ""
	} else {
		in.Range = &field.Range{Min: p.Input.Range.Min, Likely: p.Input.Range.Likely, Max: p.Input.Range.Max}
	}
	return in
}

func month(n int) *float64 {
	if n == 0 {
		return nil
	}
	v := float64(n)
	return &v
}

func yes(b bool) *bool {
	if !b {
		return nil
	}
	return &b
}

func document(t *testing.T, v any) map[string]any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := field.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// The record says the same as the file: through the rules of the register and back, the engine sees the case of the
// file with nothing lost, and the headline is what the engine says of the file.
func TestRecordSaysWhatTheFileSays(t *testing.T) {
	want, b := example(t)
	clean, _, err := businesscase.Cases.Def().Check(document(t, b))
	if err != nil {
		t.Fatal(errorText(err))
	}
	raw, _ := json.Marshal(clean)
	var back businesscase.BusinessCase
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	got := back.Finance()
	for _, p := range finance.Inputs(want) { // origins aside
		if p.Input.Origin == finance.Measured {
			*place(&want, p.Path) = finance.Input{Value: p.Input.Value, Range: p.Input.Range, Distribution: p.Input.Distribution,
				Origin: finance.Quoted, Ref: p.Input.Ref, Driver: p.Input.Driver}
		}
	}
	a, _ := json.Marshal(want)
	c, _ := json.Marshal(got)
	if !bytes.Equal(a, c) {
		t.Errorf("file   %s\nrecord %s", a, c)
	}
	result, err := finance.Evaluate(want)
	if err != nil {
		t.Fatal(err)
	}
	s, err := finance.Simulate(t.Context(), want, finance.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := back.NPV.Amount; got != field.FormatMinor(int64(result.Cash.NPV)) {
		t.Errorf("net present value %s, engine %d", got, result.Cash.NPV)
	}
	if float64(*back.Positive) != s.Cash.Positive || math.Abs(*back.Payback-*result.Cash.Payback) > 0.05 {
		t.Errorf("%v %v, engine %v %v", *back.Positive, *back.Payback, s.Cash.Positive, *result.Cash.Payback)
	}
	if low := s.Cash.Quantiles[0]; low.P != 0.05 || back.NPVLow.Amount != field.FormatMinor(int64(low.Value)) {
		t.Errorf("low %s, engine %+v", back.NPVLow.Amount, low)
	}
	if high := s.Cash.Quantiles[18]; math.Abs(high.P-0.95) > 1e-9 || back.NPVHigh.Amount != field.FormatMinor(int64(high.Value)) {
		t.Errorf("high %s, engine %+v", back.NPVHigh.Amount, high)
	}
}

// place finds an input of a case by its path through JSON names.
func place(c *finance.Case, path string) *finance.Input {
	for i := range c.Roles {
		if path == fmt.Sprintf("roles[%d].day_rate", i) {
			return &c.Roles[i].DayRate
		}
	}
	for i := range c.Benefits {
		switch path {
		case fmt.Sprintf("benefits[%d].quantity", i):
			return &c.Benefits[i].Quantity
		case fmt.Sprintf("benefits[%d].price", i):
			return &c.Benefits[i].Price
		}
	}
	panic(path)
}

func errorText(err error) string {
	var e *base.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	var out []string
	for _, f := range e.Fields {
		out = append(out, f.Field+": "+f.Text.De)
	}
	return e.Code + " " + strings.Join(out, "; ")
}

// Errors of the engine come back at the fields of the record, and the record's own rules beside them.
func TestErrorsStandAtTheRecordsFields(t *testing.T) {
	for _, c := range []struct {
		change func(b *businesscase.BusinessCase)
		field  string
	}{
		{func(b *businesscase.BusinessCase) { b.Start = "bald" }, "start"},
		{func(b *businesscase.BusinessCase) { b.Currency = "eur" }, "currency"},
		{func(b *businesscase.BusinessCase) { b.Months = month(12); *b.Months = 12.5 }, "months"},
		{func(b *businesscase.BusinessCase) { b.Costs[0].Month = month(61) }, "costs[0].month"},
		{func(b *businesscase.BusinessCase) { b.Costs[1].ID = b.Costs[0].ID }, "inputs[5].key"}, // setup.amount has no line any more
		{func(b *businesscase.BusinessCase) { b.Costs[2].Role = "niemand" }, "costs[2].role"},
		{func(b *businesscase.BusinessCase) { b.Costs[7].Eligible = []string{"grant"} }, "costs[7].eligible[0]"},
		{func(b *businesscase.BusinessCase) { b.Costs[4].Shape = "linear" }, "costs[4].shape"},
		{func(b *businesscase.BusinessCase) { b.Benefits[4].Unit = "" }, "benefits[4].unit"},
		{func(b *businesscase.BusinessCase) { b.Benefits[1].Use = "" }, "benefits[1].use"},
		{func(b *businesscase.BusinessCase) { row(b, "build.amount").Range.Min = -1 }, at("build.amount", "range.min")},
		{func(b *businesscase.BusinessCase) { row(b, "build.amount").Source = "" }, at("build.amount", "source")},
		{func(b *businesscase.BusinessCase) {
			row(b, "discount_rate").Range = &field.Range{Min: 2, Likely: 2, Max: 2}
		}, at("discount_rate", "range")},
		{func(b *businesscase.BusinessCase) { row(b, "postage.price").Origin = "measured" }, at("postage.price", "origin")},
		{func(b *businesscase.BusinessCase) { row(b, "postage.price").Range = nil }, at("postage.price", "range")},
		{func(b *businesscase.BusinessCase) { row(b, "postage.price").Key = "postage.prise" }, at("postage.price", "key")},
		{func(b *businesscase.BusinessCase) { drop(b, "build.amount") }, "costs[0].id"},
		{func(b *businesscase.BusinessCase) { drop(b, "discount_rate") }, "inputs"},
		{func(b *businesscase.BusinessCase) { drop(b, "role:it.day_rate") }, "roles[0].id"},
		{func(b *businesscase.BusinessCase) { b.Inputs = append(b.Inputs, b.Inputs[0]) }, "inputs[27].key"},
		{func(b *businesscase.BusinessCase) { b.Scenarios[len(b.Scenarios)-1].Key = "nichts.price" }, "scenarios[2].key"},
		{func(b *businesscase.BusinessCase) { b.Scenarios[2].Name = "likely" }, "scenarios[2].name"},
	} {
		_, b := example(t)
		c.change(b)
		_, _, err := businesscase.Cases.Def().Check(document(t, b))
		var e *base.Error
		if !errors.As(err, &e) || e.Kind != base.Refused || !slices.ContainsFunc(e.Fields, func(f base.FieldError) bool { return f.Field == c.field }) {
			t.Errorf("want %s, got %s", c.field, errorText(err))
		}
	}
}

func row(b *businesscase.BusinessCase, key string) *businesscase.Input {
	i := slices.IndexFunc(b.Inputs, func(in businesscase.Input) bool { return in.Key == key })
	return &b.Inputs[i]
}

func drop(b *businesscase.BusinessCase, key string) {
	b.Inputs = slices.DeleteFunc(b.Inputs, func(in businesscase.Input) bool { return in.Key == key })
}

// at is the path of an input in the unchanged example.
func at(key, part string) string {
	raw, _ := os.ReadFile(filepath.Join("..", "..", "..", "engine", "finance", "testdata", "self-service.json"))
	c, _ := finance.Decode(bytes.NewReader(raw))
	for i, p := range finance.Inputs(c) {
		if p.Key == key {
			return fmt.Sprintf("inputs[%d].%s", i, part)
		}
	}
	return "no such input " + key
}

// A bound input has the value of its binding and no other; when it stops being measured the binding goes.
func TestBindingHoldsTheNumber(t *testing.T) {
	_, b := example(t)
	value, low, high, factor := 40_800.0, 34_800.0, 45_600.0, 1.0/12
	in := row(b, "postage.quantity")
	in.Origin, in.Range = "measured", &field.Range{Min: 1, Likely: 2, Max: 3} // nobody may say what was measured
	b.Bindings = []businesscase.Binding{{Key: "postage.quantity", Metric: "letters_sent", By: "year", Factor: &factor, Title: "Briefe", Value: &value, Low: &low, High: &high, Day: "2026-11-24"}}
	checked := func() businesscase.BusinessCase {
		clean, _, err := businesscase.Cases.Def().Check(document(t, b))
		if err != nil {
			t.Fatal(errorText(err))
		}
		raw, _ := json.Marshal(clean)
		var out businesscase.BusinessCase
		if err := json.Unmarshal(raw, &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := checked()
	q := got.Finance().Benefits[0].Quantity
	if q.Range == nil || *q.Range != (finance.Range{Min: 2900, Likely: 3400, Max: 3800}) || q.Distribution != finance.Normal || q.Ref != "Briefe" || q.Origin != finance.Measured {
		t.Errorf("%+v %+v", q, q.Range)
	}
	if row(&got, "postage.quantity").Range != nil {
		t.Error("a number beside the measurement was kept")
	}
	in.Origin, in.Source = "estimated", ""
	if got := checked(); len(got.Bindings) != 0 || got.Finance().Benefits[0].Quantity.Range.Likely != 2 {
		t.Errorf("%+v", got.Bindings)
	}
}

// Writing a case costs its simulation; the store keeps it with its headline to sort by.
func TestRegisterSortsByHeadline(t *testing.T) {
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store := record.NewStore(db, base.FixedClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)))
	kind := businesscase.Cases.Def()
	type heading struct {
		Name string `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	}
	other := func(name string) *record.Def {
		return record.Kind[heading]{Name: name, Title: base.T(name, name), One: base.T(name, name), Many: base.T(name, name)}.Def()
	}
	if err := store.Register(t.Context(), other("initiative"), other("person"), kind); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	err = store.Write(context.Background(), func(w *record.Batch) error {
		initiative, _ := store.Def("initiative")
		if _, err := w.Put(initiative, "i1", record.New, map[string]any{"name": "Portal"}, "anna"); err != nil {
			return err
		}
		for _, price := range []float64{1, 3, 2} {
			_, b := example(t)
			b.Title = fmt.Sprint("Preis ", price)
			row(b, "postage.price").Range = &field.Range{Min: price, Likely: price, Max: price}
			doc, err := w.Put(kind, "", record.New, document(t, b), "anna")
			if err != nil {
				return err
			}
			ids[b.Title] = doc.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(errorText(err))
	}
	for _, name := range []string{"npv", "npv_low", "npv_high", "probability_positive", "-payback_months"} {
		page, err := store.Find(t.Context(), kind, record.Query{Scope: record.Scope{All: true}, Limit: 10,
			Sort: []record.Sort{{Field: strings.TrimPrefix(name, "-"), Desc: strings.HasPrefix(name, "-")}}})
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		for _, doc := range page.Items {
			order = append(order, doc.Value["title"].(string))
		}
		if want := []string{"Preis 1", "Preis 2", "Preis 3"}; !slices.Equal(order, want) {
			t.Errorf("by %s: %v", name, order)
		}
	}
}
