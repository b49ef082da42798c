package metric

import (
	"lotse.dev/lotse/internal/base"
)

// Unit is the unit of a figure.
type Unit string

// The units. Money is in the currency beside the answer, a share is a fraction of 1, durations are seconds.
const (
	Count    Unit = "count"
	Money    Unit = "money"
	Fraction Unit = "share"
	Seconds  Unit = "seconds"
	Number   Unit = "number"
)

// Direction says which way a figure is better.
type Direction string

// The directions.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Neutral Direction = "none"
)

// The fact tables that metrics read, by their names in contract.md.
const (
	Orders  = "orders"
	Tickets = "tickets"
	Cases   = "cases"
	Events  = "events"
)

// Definition is one version of a metric.
type Definition struct {
	Name      string // stable snake_case
	Version   int    // from 1
	Title     base.Text
	Unit      Unit
	Direction Direction
	Table     string
	Process   string // fixed process of an own metric, otherwise the question names it
	Each      Each
	Time      string // field of a thing: the instant that places it into a period
	Where     Expr   // things that count; nil for all
	Measure   Measure
	History   *History
	Running   *Running // of a duration: how to tell which things have not ended
	Dims      []string // columns by which the table is usually divided; further columns of the table may serve too
	Links     map[string]string
	MinN      int64  // below it a share, mean or quantile carries the remark small_sample; 0 for none
	Owner     string // "" for Lotse itself
}

// PerProcess says whether the metric belongs to one process.
func (d Definition) PerProcess() bool { return d.Table == Cases || d.Table == Events }

// Form says how rows become things.
type Form uint8

// The forms: each row is a thing, all rows of a key are one, or of the rows of a key the latest counts.
const (
	EachRow Form = iota
	EachGroup
	EachLatest
)

// Each describes what is counted.
type Each struct {
	Form   Form
	Noun   Noun
	Key    string      // column that rows of one thing share; EachRow: nil
	Fields []Aggregate // EachGroup: what is known of a thing
	Latest string      // EachLatest: column by which a row is later; where it is missing the order of loading decides
}

// Function is how an aggregate reads its rows.
type Function string

// The functions of a thing's fields.
const (
	Total    Function = "sum"
	Earliest Function = "min"
	Last     Function = "max"
	Distinct Function = "count_distinct"
)

// Aggregate is one field of a thing made of several rows.
type Aggregate struct {
	Name  string
	Fn    Function
	Of    string // column
	Where Expr   // rows that count for this field; nil for all
	Label Label
}

// History is what is known of a member over all time, whatever period, filter or dimension a question has.
type History struct {
	Field string // field of a thing that names the member
	Nth   []Nth
}

// Nth is the instant of the nth thing of a member, counted from 1.
type Nth struct {
	Name  string
	N     int
	Label Label
}

// Kind is the kind of a measure.
type Kind string

// The kinds of measures. Of is what is summed, averaged or ranked, Hit the condition of a part.
const (
	SumOf       Kind = "sum"          // sum of Of
	NumberOf    Kind = "number"       // number of things
	MeanOf      Kind = "mean"         // mean of Of over the things that have it
	ShareOf     Kind = "share"        // things with Hit ÷ things
	RatioOf     Kind = "ratio"        // sum of Of with Hit ÷ sum of Of
	QuantileOf  Kind = "quantile"     // type-7 quantile Q of Of
	Members     Kind = "members"      // distinct members
	MembersHit  Kind = "members_hit"  // distinct members with Hit
	MemberShare Kind = "member_share" // distinct members with Hit ÷ distinct members
)

// Measure is what a metric computes from the things of a period.
type Measure struct {
	Kind  Kind
	Of    Expr
	Hit   Expr
	Q     float64 // QuantileOf: 0.5 or 0.9
	Field string  // members: the field that names them
}

// ofMembers says whether the measure counts members instead of things.
func (m Measure) ofMembers() bool {
	return m.Kind == Members || m.Kind == MembersHit || m.Kind == MemberShare
}

// Counted is what n of a figure counts, in the plural.
func (d Definition) Counted() base.Text {
	if d.Measure.ofMembers() {
		return base.T("Kunden", "customers")
	}
	return d.Each.Noun.Many
}

// additive says whether a period without things has the value 0 rather than none.
func (m Measure) additive() bool {
	return m.Kind == SumOf || m.Kind == NumberOf || m.Kind == Members || m.Kind == MembersHit
}

// Adds says whether a longer period has a larger figure, because things are counted or summed.
func (d Definition) Adds() bool { return d.Measure.additive() }

// Interval names the method of the 95 % interval of a measure, "" for none.
func (m Measure) Interval() string {
	switch m.Kind {
	case NumberOf:
		return "poisson"
	case MeanOf:
		return "student"
	case ShareOf, MemberShare:
		return "wilson"
	case QuantileOf:
		return "order_statistics"
	}
	return ""
}
