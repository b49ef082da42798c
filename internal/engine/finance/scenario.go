package finance

// The names of the scenarios that every case has.
const (
	NamePessimistic = "pessimistic"
	NameLikely      = "likely"
	NameOptimistic  = "optimistic"
)

// Outcome is a case under one scenario. Result.Used says which values held.
type Outcome struct {
	Name   string `json:"name"`
	Result Result `json:"result"`
}

// Scenarios puts a case side by side: pessimistic, likely, optimistic, then the case's own. In the first and the third
// every uncertain input stands at that end of its range which is worse or better for the case, judged by moving it
// alone: by the net present value of cash, and only where that does not change by the input's own class. All inputs
// at their ends together are very unlikely; the simulation says how likely.
func Scenarios(c Case) ([]Outcome, error) {
	if err := Check(c); err != nil {
		return nil, err
	}
	m := newModel(c)
	s := newState(m)
	worse, better := s.ends()
	out := []Outcome{s.outcome(&c, NamePessimistic, worse), s.outcome(&c, NameLikely, nil), s.outcome(&c, NameOptimistic, better)}
	for _, own := range c.Scenarios {
		out = append(out, newState(newModel(c.replaced(own.Set))).outcome(&c, own.Name, nil))
	}
	return out, nil
}

func (s *state) outcome(c *Case, name string, set map[int]float64) Outcome {
	s.set(set)
	return Outcome{Name: name, Result: s.result(c)}
}

// replaced is the case with other values for some inputs, by key.
func (c Case) replaced(set map[string]float64) Case {
	c = c.clone()
	for _, s := range slots(&c) {
		if v, ok := set[s.key]; ok {
			*s.in = Exactly(v, s.in.Origin, s.in.Ref)
		}
	}
	return c
}

// ends finds the worse and the better end of every uncertain input.
func (s *state) ends() (worse, better map[int]float64) {
	worse, better = map[int]float64{}, map[int]float64{}
	for i, p := range s.m.places {
		if !p.Input.Uncertain() {
			continue
		}
		low, high := p.Input.Range.Min, p.Input.Range.Max
		if s.with(map[int]float64{i: high}).worseThan(s.with(map[int]float64{i: low})) {
			low, high = high, low
		}
		worse[i], better[i] = low, high
	}
	return worse, better
}

// worseThan compares by the first class that differs, cash first; classes are never weighed against each other.
func (w worth) worseThan(v worth) bool {
	for _, pair := range [][2]float64{{w.net, v.net}, {w.avoided, v.avoided}, {w.hours, v.hours}, {w.released, v.released}, {w.other, v.other}} {
		if pair[0] != pair[1] {
			return pair[0] < pair[1]
		}
	}
	return false
}
