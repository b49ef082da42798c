package finance

import "strconv"

// slot is the place of one input of a case.
type slot struct {
	path string // where it stands in the case as written: benefits[2].price
	key  string // its name over versions and orders: selfservice.price
	in   *Input
	rule rule
}

// rule says what may stand in a slot. Draws are held within low and high, which are limits of meaning, not of belief.
type rule struct {
	allowed, needed bool
	low, high       float64
}

const (
	largestMoney = 1e9 // a line's monthly amount, and every price
	mostUsers    = 1e6
	mostDays     = 1e5
	longest      = 120 // months of a case and of a ramp
)

var (
	rateRule      = rule{allowed: true, needed: true, low: -0.1, high: 1}
	inflationRule = rule{allowed: true, low: -0.1, high: 0.5}
	priceRule     = rule{allowed: true, needed: true, low: 0, high: largestMoney}
	signedRule    = rule{allowed: true, needed: true, low: -largestMoney, high: largestMoney}
	monthsRule    = rule{allowed: true, low: 0, high: longest}
)

// costRules says which inputs a kind of cost has.
var costRules = map[CostKind]map[string]rule{
	OneOff:   {"amount": priceRule},
	Running:  {"amount": priceRule},
	Internal: {"days": {allowed: true, needed: true, high: mostDays}},
	Licences: {
		"price": priceRule, "users": {allowed: true, needed: true, high: mostUsers},
		"ramp.months": monthsRule, "ramp.delay": monthsRule,
	},
	Funding: {
		"amount": optional(priceRule), "share": {allowed: true, high: 1}, "cap": optional(priceRule),
	},
}

// benefitRules says which inputs a class of benefit has.
var benefitRules = map[Class]map[string]rule{
	Cash:         {"quantity": optional(signedRule), "price": signedRule, "ramp.months": monthsRule, "ramp.delay": monthsRule},
	AvoidedCost:  {"quantity": optional(signedRule), "price": signedRule, "ramp.months": monthsRule, "ramp.delay": monthsRule},
	ReleasedTime: {"quantity": signedRule, "price": priceRule, "ramp.months": monthsRule, "ramp.delay": monthsRule},
	Other:        {"quantity": signedRule, "ramp.months": monthsRule, "ramp.delay": monthsRule},
}

func optional(r rule) rule {
	r.needed = false
	return r
}

// The keys of the inputs that belong to no line.
const (
	KeyDiscountRate = "discount_rate"
	KeyInflation    = "inflation"
)

// roleKey is the key of a role's rate. The colon keeps it apart from every line.
func roleKey(id string) string { return "role:" + id + ".day_rate" }

// slots lists the places of all inputs, filled or not, in the order in which they are written.
func slots(c *Case) []slot {
	out := []slot{
		{KeyDiscountRate, KeyDiscountRate, &c.DiscountRate, rateRule},
		{KeyInflation, KeyInflation, &c.Inflation, inflationRule},
	}
	for i := range c.Roles {
		r := &c.Roles[i]
		out = append(out, slot{at("roles", i) + ".day_rate", roleKey(r.ID), &r.DayRate, rule{true, true, 0, mostDays}})
	}
	for i := range c.Costs {
		l := &c.Costs[i]
		out = appendLine(out, at("costs", i), l.ID, costRules[l.Kind], []named{
			{"amount", &l.Amount}, {"days", &l.Days}, {"price", &l.Price}, {"users", &l.Users},
			{"ramp.months", &l.Ramp.Months}, {"ramp.delay", &l.Ramp.Delay}, {"share", &l.Share}, {"cap", &l.Cap},
		})
	}
	for i := range c.Benefits {
		l := &c.Benefits[i]
		out = appendLine(out, at("benefits", i), l.ID, benefitRules[l.Class], []named{
			{"quantity", &l.Quantity}, {"price", &l.Price}, {"ramp.months", &l.Ramp.Months}, {"ramp.delay", &l.Ramp.Delay},
		})
	}
	return out
}

type named struct {
	name string
	in   *Input
}

func appendLine(out []slot, path, id string, rules map[string]rule, inputs []named) []slot {
	for _, n := range inputs {
		out = append(out, slot{path + "." + n.name, id + "." + n.name, n.in, rules[n.name]})
	}
	return out
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// held keeps a value within the limits of its slot.
func (r rule) held(v float64) float64 { return min(max(v, r.low), r.high) }

// Place is an input of a case with its key and path.
type Place struct {
	Key   string `json:"key"`
	Path  string `json:"path"`
	Input Input  `json:"input"`
}

// Inputs lists the filled inputs of a case in the order in which they are written. Scenarios, tornado and break-even
// values name them by Key.
func Inputs(c Case) []Place {
	var out []Place
	for _, s := range slots(&c) {
		if !s.in.Absent() {
			out = append(out, Place{s.key, s.path, *s.in})
		}
	}
	return out
}
