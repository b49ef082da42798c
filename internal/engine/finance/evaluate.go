package finance

import (
	"maps"
	"math"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Evaluate computes a case at the likely values. A case that does not pass Check is refused.
func Evaluate(c Case) (Result, error) {
	if err := Check(c); err != nil {
		return Result{}, err
	}
	return newState(newModel(c)).result(&c), nil
}

// flows is money by month, unrounded.
type flows []float64

func (f flows) add(g flows, sign float64) {
	for m := range f {
		f[m] += sign * g[m]
	}
}

// ledger gathers the monthly flows of a state, unrounded, each class and kind by itself.
type ledger struct {
	rounder
	discount []float64
	costs    map[CostKind]flows
	benefits map[Class]flows
	hours    flows
}

// result renders the state, whose profiles are up to date.
func (s *state) result(c *Case) Result {
	decimals := Decimals(c.Currency)
	l := &ledger{
		rounder: roundingTo(decimals), discount: s.time.discount, hours: make(flows, s.m.months),
		costs: map[CostKind]flows{}, benefits: map[Class]flows{},
	}
	for _, k := range CostKinds() {
		l.costs[k] = make(flows, s.m.months)
	}
	for _, k := range Classes() {
		l.benefits[k] = make(flows, s.m.months)
	}
	r := Result{
		Currency: c.Currency, Decimals: decimals, Months: monthNames(c), Timing: c.Timing, DiscountRate: s.values[s.m.rate],
		Remarks: base.Remarks{},
	}
	if r.Timing == "" {
		r.Timing = End
	}
	s.postLines(l, &r)
	s.postFundings(l, &r)
	inOrder(c, r.Lines)
	r.Cash = l.cash(s)
	if s.has(AvoidedCost) {
		r.AvoidedCost = new(l.money(l.benefits[AvoidedCost]))
	}
	if s.has(ReleasedTime) {
		r.ReleasedTime = &TimeView{Hours: l.hours, TotalHours: total(l.hours), Value: l.money(l.benefits[ReleasedTime])}
	}
	for i, p := range s.m.places {
		r.Used = append(r.Used, PlacedValue{p.Key, s.values[i]})
	}
	remark(c, &r)
	return r
}

func (s *state) has(class Class) bool {
	return slices.ContainsFunc(s.m.lines, func(l line) bool { return l.class == class })
}

// months is one unit of a profile by month.
func (s *state) months(profile int) flows {
	out := make(flows, s.m.months)
	p := &s.m.profiles[profile]
	plain, _ := s.time.of(p)
	for m := p.first; m < p.end(s.m.months); m += p.every {
		out[m] = s.shares[profile][m-p.first] * plain[m]
	}
	return out
}

func (s *state) scaled(profile int, factor float64) flows {
	out := s.months(profile)
	for m := range out {
		out[m] *= factor
	}
	return out
}

func (s *state) postLines(l *ledger, r *Result) {
	for i := range s.m.lines {
		line := &s.m.lines[i]
		row := LineFlows{ID: line.id, Name: line.name, Kind: line.cost, Class: line.class, Unit: line.unit}
		if line.class == ReleasedTime || line.class == Other {
			row.Quantity = s.scaled(line.quantity, s.values[line.a])
		}
		if line.class == Other {
			r.Other = append(r.Other, OtherView{ID: line.id, Name: line.name, Unit: line.unit, Monthly: row.Quantity})
			r.Lines = append(r.Lines, row)
			continue
		}
		money := s.scaled(line.profile, s.factor(line))
		row.Money = new(l.money(money))
		r.Lines = append(r.Lines, row)
		switch {
		case line.cost != "":
			l.costs[line.cost].add(money, 1)
		default:
			l.benefits[line.class].add(money, 1)
		}
		if line.class == ReleasedTime {
			l.hours.add(row.Quantity, 1)
		}
	}
}

func (s *state) postFundings(l *ledger, r *Result) {
	for i := range s.m.fundings {
		f := &s.m.fundings[i]
		money := s.scaled(f.profile, s.granted(f))
		l.costs[Funding].add(money, 1)
		r.Lines = append(r.Lines, LineFlows{ID: f.id, Name: f.name, Kind: Funding, Money: new(l.money(money))})
	}
}

// inOrder puts lines as the case has them: costs, then benefits.
func inOrder(c *Case, lines []LineFlows) {
	place := map[string]int{}
	for i, l := range c.Costs {
		place[l.ID] = i
	}
	for i, l := range c.Benefits {
		place[l.ID] = len(c.Costs) + i
	}
	slices.SortStableFunc(lines, func(a, b LineFlows) int { return place[a.ID] - place[b.ID] })
}

func (l *ledger) money(f flows) MoneyView {
	return MoneyView{Monthly: l.amounts(f), Total: l.amount(total(f)), Present: l.amount(total(l.discounted(f)))}
}

func (l *ledger) discounted(f flows) flows {
	out := make(flows, len(f))
	for m := range f {
		out[m] = f[m] * l.discount[m]
	}
	return out
}

// cash is the cash view. Rates are found on the rounded net flows, everything else on the unrounded ones.
func (l *ledger) cash(s *state) CashView {
	cost := make(flows, s.m.months)
	for _, k := range CostKinds() {
		sign := 1.0
		if k == Funding {
			sign = -1
		}
		cost.add(l.costs[k], sign)
	}
	net := slices.Clone(l.benefits[Cash])
	net.add(cost, -1)
	external := slices.Clone(net)
	external.add(l.costs[Internal], 1)
	view := CashView{
		NPV: l.amount(s.worth().net), Need: l.need(net), External: l.need(external), Net: l.amounts(net),
		Payback: payback(net), Discounted: payback(l.discounted(net)),
		Costs: CostFlows{
			OneOff: l.money(l.costs[OneOff]), Running: l.money(l.costs[Running]), Internal: l.money(l.costs[Internal]),
			Licences: l.money(l.costs[Licences]), Funding: l.money(l.costs[Funding]), Total: l.money(cost),
		},
		Benefit: l.money(l.benefits[Cash]),
	}
	view.IRR = InternalRates(view.Net, 12)
	monthly := math.Pow(1+s.values[s.m.rate], 1.0/12) - 1
	if r, ok := MIRR(net, monthly, monthly); ok {
		view.MIRR = new(math.Pow(1+r, 12) - 1)
	}
	if spent := total(cost); spent > 0 {
		view.ROI = new(total(net) / spent)
	}
	view.Cumulated = l.cumulated(net)
	return view
}

func (l *ledger) need(f flows) Need {
	value, index := lowest(f)
	return Need{Amount: l.amount(-value), Month: index + 1}
}

func (l *ledger) cumulated(f flows) []Amount {
	out := make([]Amount, len(f))
	var sum float64
	for m, v := range f {
		sum += v
		out[m] = l.amount(sum)
	}
	return out
}

// payback counts from the start of month 1, at whose end the first flow is complete; nil where it is not reached.
func payback(f flows) *float64 {
	periods, known, _ := Payback(f)
	switch {
	case !known:
		return nil
	case periods == 0:
		return new(0.0)
	}
	return new(periods + 1)
}

func monthNames(c *Case) []string {
	start, _ := time.Parse("2006-01", c.Start) // checked by Validate
	out := make([]string, c.Months)
	for m := range out {
		out[m] = start.AddDate(0, m, 0).Format("2006-01")
	}
	return out
}

// clone is a copy that shares nothing that this package changes.
func (c Case) clone() Case {
	c.Roles, c.Costs, c.Benefits = slices.Clone(c.Roles), slices.Clone(c.Costs), slices.Clone(c.Benefits)
	c.Scenarios = slices.Clone(c.Scenarios)
	for i := range c.Scenarios {
		c.Scenarios[i].Set = maps.Clone(c.Scenarios[i].Set)
	}
	return c
}
