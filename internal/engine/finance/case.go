package finance

// Case is a business case as it is written down. Months count from 1, which is Start.
type Case struct {
	Name         string     `json:"name,omitempty"`
	Start        string     `json:"start" doc:"first month, YYYY-MM"`
	Months       int        `json:"months" doc:"horizon, 1 to 120"`
	Currency     string     `json:"currency" doc:"ISO 4217"`
	Timing       Timing     `json:"timing,omitempty" doc:"when in a month payments count: end (default), middle, start"`
	DiscountRate Input      `json:"discount_rate" doc:"per year, 0.08 for 8 percent"`
	Inflation    Input      `json:"inflation,omitzero" doc:"per year; absent: prices stay"`
	Roles        []Role     `json:"roles,omitempty"`
	Costs        []Cost     `json:"costs,omitempty"`
	Benefits     []Benefit  `json:"benefits,omitempty"`
	Scenarios    []Scenario `json:"scenarios,omitempty"`
}

// Timing says when within its month a payment counts.
type Timing string

// The timings. The empty one is End.
const (
	End    Timing = "end"    // month m is m/12 years away, as the NPV function of spreadsheets has it
	Middle Timing = "middle" // (m − ½)/12 years
	Begin  Timing = "start"  // (m − 1)/12 years: the start month is not discounted
)

// Role is a group of own people and what a day of theirs costs.
type Role struct {
	ID      string `json:"id"`
	Name    string `json:"name,omitempty"`
	DayRate Input  `json:"day_rate"`
}

// CostKind is the kind of a cost line.
type CostKind string

// The kinds of cost.
const (
	OneOff   CostKind = "one_off"  // Amount at Month
	Running  CostKind = "running"  // Amount every month or year from From to To
	Internal CostKind = "internal" // Days of Role, spread evenly over From to To
	Licences CostKind = "licences" // Price by user and month × Users, who arrive by Ramp
	Funding  CostKind = "funding"  // received at Month: Amount, or Share of the Eligible lines up to Cap
)

// CostKinds lists the kinds in the order in which they are shown.
func CostKinds() []CostKind { return []CostKind{OneOff, Running, Internal, Licences, Funding} }

// Every is the rhythm of a running cost.
type Every string

// The rhythms. The empty one is Monthly.
const (
	Monthly Every = "month"
	Yearly  Every = "year" // paid at From and every twelve months after it
)

// Cost is a line that costs money, or for Funding brings money towards the cost. Which fields a kind uses stands at
// the kinds; Validate refuses the others.
type Cost struct {
	ID         string   `json:"id" doc:"unique in the case, the same over versions"`
	Name       string   `json:"name,omitempty"`
	Kind       CostKind `json:"kind"`
	Month      int      `json:"month,omitempty"`
	From       int      `json:"from,omitempty" doc:"first month; absent: 1"`
	To         int      `json:"to,omitempty" doc:"last month; absent: the horizon"`
	Every      Every    `json:"every,omitempty"`
	Amount     Input    `json:"amount,omitzero"`
	Role       string   `json:"role,omitempty"`
	Days       Input    `json:"days,omitzero" doc:"all days together"`
	Price      Input    `json:"price,omitzero" doc:"per user and month"`
	Users      Input    `json:"users,omitzero"`
	Ramp       Ramp     `json:"ramp,omitzero"`
	Share      Input    `json:"share,omitzero" doc:"of the eligible cost, 0 to 1"`
	Cap        Input    `json:"cap,omitzero" doc:"most that is paid"`
	Eligible   []string `json:"eligible,omitempty" doc:"ids of the cost lines that count"`
	FixedPrice bool     `json:"fixed_price,omitempty" doc:"inflation does not apply"`
}

// Class is the class of a benefit. Classes never sum.
type Class string

// The classes of benefit.
const (
	Cash         Class = "cash"          // money that comes in or no longer goes out, seen in the accounts
	ReleasedTime Class = "released_time" // hours that people get free; Price is the value of an hour
	AvoidedCost  Class = "avoided_cost"  // money that would have had to be spent and is in no budget
	Other        Class = "other"         // in its own Unit, never in money
)

// Classes lists the classes in the order in which they are shown.
func Classes() []Class { return []Class{Cash, AvoidedCost, ReleasedTime, Other} }

// Benefit is a line that brings Quantity × Price a month, from From to To, arriving by Ramp. Quantity is hours for
// ReleasedTime and in Unit for Other, which has no price; for the money classes it may be absent and is then 1.
type Benefit struct {
	ID         string `json:"id" doc:"unique in the case, the same over versions"`
	Name       string `json:"name,omitempty"`
	Class      Class  `json:"class"`
	Unit       string `json:"unit,omitempty" doc:"of the quantity"`
	Quantity   Input  `json:"quantity,omitzero" doc:"per month"`
	Price      Input  `json:"price,omitzero"`
	From       int    `json:"from,omitempty" doc:"first month; absent: 1"`
	To         int    `json:"to,omitempty" doc:"last month; absent: the horizon"`
	Ramp       Ramp   `json:"ramp,omitzero"`
	FixedPrice bool   `json:"fixed_price,omitempty" doc:"inflation does not apply"`
	FromTime   bool   `json:"from_time,omitempty" doc:"cash that is released time put to the use named in use; its hours stand in no released_time line"`
	Use        string `json:"use,omitempty" doc:"what the released time is used for, so that it is cash"`
}

// Ramp says how a line grows to its full size: nothing in the Delay months after its first, then up to full over
// Months. The j-th month of a line has the share x = (j − Delay) ÷ Months, within 0 and 1.
type Ramp struct {
	Months Input `json:"months,omitzero" doc:"months until full; absent: full at once"`
	Delay  Input `json:"delay,omitzero" doc:"months before it begins"`
	Shape  Shape `json:"shape,omitempty" doc:"linear (default) or s_curve"`
}

// Shape is how a ramp rises.
type Shape string

// The shapes. The empty one is Linear.
const (
	Linear Shape = "linear"  // x
	SCurve Shape = "s_curve" // 3x² − 2x³: slow, fast, slow, complete at x = 1
)

// Scenario is a named set of values that replace inputs, by their keys.
type Scenario struct {
	Name string             `json:"name"`
	Set  map[string]float64 `json:"set"`
}
