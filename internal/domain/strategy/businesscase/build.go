package businesscase

import (
	"strings"

	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/store/record/field"
)

// Finance is the case as engine/finance computes it.
func (b *BusinessCase) Finance() finance.Case {
	c := finance.Case{Name: b.Title, Start: b.Start, Months: whole(b.Months), Currency: b.Currency, Timing: finance.Timing(b.Timing)}
	for _, r := range b.Roles {
		c.Roles = append(c.Roles, finance.Role{ID: r.ID, Name: r.Name})
	}
	for _, l := range b.Costs {
		c.Costs = append(c.Costs, finance.Cost{ID: l.ID, Name: l.Name, Kind: finance.CostKind(l.Kind), Month: whole(l.Month), From: whole(l.From),
			To: whole(l.To), Every: finance.Every(l.Every), Role: l.Role, Ramp: finance.Ramp{Shape: finance.Shape(l.Shape)}, Eligible: l.Eligible, FixedPrice: yes(l.Fixed)})
	}
	for _, l := range b.Benefits {
		c.Benefits = append(c.Benefits, finance.Benefit{ID: l.ID, Name: l.Name, Class: finance.Class(l.Class), Unit: l.Unit, From: whole(l.From), To: whole(l.To),
			Ramp: finance.Ramp{Shape: finance.Shape(l.Shape)}, FixedPrice: yes(l.Fixed), FromTime: yes(l.FromTime), Use: l.Use})
	}
	for i := range b.Inputs {
		if place := place(&c, b.Inputs[i].Key); place != nil && place.Absent() {
			*place = b.input(&b.Inputs[i])
		}
	}
	c.Scenarios = scenarios(b.Scenarios)
	return c
}

func scenarios(rows []Scenario) []finance.Scenario {
	var out []finance.Scenario
	at := map[string]int{}
	for _, row := range rows {
		i, known := at[row.Name]
		if !known {
			i, at[row.Name] = len(out), len(out)
			out = append(out, finance.Scenario{Name: row.Name, Set: map[string]float64{}})
		}
		out[i].Set[row.Key] = *row.Value
	}
	return out
}

// input reads a row; a measured one has the number of its binding.
func (b *BusinessCase) input(row *Input) finance.Input {
	in := finance.Input{Origin: finance.Origin(row.Origin), Ref: row.Source, Driver: row.Driver, Distribution: finance.Distribution(row.Distribution)}
	if row.Origin == measured {
		bound := b.binding(row.Key)
		if bound == nil {
			return finance.Input{}
		}
		in.Distribution, in.Ref = bound.distribution(), bound.ref()
		setNumber(&in, bound.number())
		return in
	}
	if row.Range != nil {
		setNumber(&in, *row.Range)
	}
	return in
}

// setNumber makes a range without width one value.
func setNumber(in *finance.Input, r field.Range) {
	if r.Min == r.Likely && r.Likely == r.Max {
		v := r.Likely
		in.Value, in.Distribution = &v, ""
		return
	}
	in.Range = &finance.Range{Min: r.Min, Likely: r.Likely, Max: r.Max}
}

const measured = field.Choice(finance.Measured)

// binding is the measurement of an input, nil when there is none.
func (b *BusinessCase) binding(key string) *Binding {
	for i := range b.Bindings {
		if b.Bindings[i].Key == key {
			return &b.Bindings[i]
		}
	}
	return nil
}

// number is the input that a measurement gives.
func (m *Binding) number() field.Range {
	r := field.Range{Min: *m.Value, Likely: *m.Value, Max: *m.Value}
	if m.Low != nil && m.High != nil {
		r.Min, r.Max = min(*m.Low, *m.Value), max(*m.High, *m.Value)
	}
	return field.Range{Min: r.Min * *m.Factor, Likely: r.Likely * *m.Factor, Max: r.Max * *m.Factor}
}

// distribution reads the interval of a metric as what it is, 95 percent around the value; the range of a finding comes
// from the ranges of its assumptions.
func (m *Binding) distribution() finance.Distribution {
	if m.Metric != "" {
		return finance.Normal
	}
	return finance.PERT
}

// ref is the evidence as a person reads it: what was measured, and in which process.
func (m *Binding) ref() string {
	if m.Process == "" || strings.Contains(m.Title, m.Process) {
		return m.Title
	}
	return m.Title + " (" + m.Process + ")"
}

// place is the input of a case with a key, nil when no line has it.
func place(c *finance.Case, key string) *finance.Input {
	switch key {
	case finance.KeyDiscountRate:
		return &c.DiscountRate
	case finance.KeyInflation:
		return &c.Inflation
	}
	if id, ok := strings.CutPrefix(strings.TrimSuffix(key, ".day_rate"), "role:"); ok && strings.HasSuffix(key, ".day_rate") {
		for i := range c.Roles {
			if c.Roles[i].ID == id {
				return &c.Roles[i].DayRate
			}
		}
		return nil
	}
	id, name, _ := strings.Cut(key, ".")
	for i := range c.Costs {
		if l := &c.Costs[i]; l.ID == id {
			return map[string]*finance.Input{"amount": &l.Amount, "days": &l.Days, "price": &l.Price, "users": &l.Users, "share": &l.Share,
				"cap": &l.Cap, "ramp.months": &l.Ramp.Months, "ramp.delay": &l.Ramp.Delay}[name]
		}
	}
	for i := range c.Benefits {
		if l := &c.Benefits[i]; l.ID == id {
			return map[string]*finance.Input{"quantity": &l.Quantity, "price": &l.Price, "ramp.months": &l.Ramp.Months, "ramp.delay": &l.Ramp.Delay}[name]
		}
	}
	return nil
}

func whole(n *float64) int {
	if n == nil || *n != float64(int(*n)) {
		return 0 // check has refused what is no whole number
	}
	return int(*n)
}

func yes(b *bool) bool { return b != nil && *b }
