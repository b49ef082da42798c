package finding

import (
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// Unit is what a size counts. Units are never converted into each other.
type Unit string

// The units, all a year. Lead-time hours pass while somebody waits; working hours are worked.
const (
	LeadTimeHours Unit = "lead_time_hours_per_year"
	WorkingHours  Unit = "working_hours_per_year"
	CasesPerYear  Unit = "cases_per_year"
	CurrencyYear  Unit = "currency_per_year"
)

// The kinds of findings.
const (
	KindRework   = "rework"
	KindWaiting  = "waiting"
	KindVariants = "variants"
	KindPingPong = "ping_pong"
	KindResponse = "missing_response"
	KindSlow     = "slow_tickets"
	KindReturns  = "returns"
)

// Span is the time that facts cover. Years are days divided by 365.25, the mean year of the calendar; sizes a year are
// what was seen divided by them.
type Span struct{ First, Last time.Time }

// Days is the length of the span, at least one.
func (s Span) Days() float64 { return max(s.Last.Sub(s.First).Hours()/24, 1) }

// Years is the length of the span in years.
func (s Span) Years() float64 { return s.Days() / 365.25 }

// months is the length for people.
func (s Span) months() float64 { return s.Years() * 12 }

// Work is a step done again: how often in the whole span.
type Work struct {
	Activity string
	Count    int64
}

// Rows finds the cases behind a finding: a SELECT of case_id, n and amount over one dataset, largest first. Amount is
// in hours, or in money for returns, and its sum over the rows divided by the years is the size in its first unit.
type Rows struct {
	SQL    string
	Args   []any
	Tables map[string]lake.Dataset
	Noun   noun      // what a row is
	Amount base.Text // what amount is, with unit
}

// noun names what a finding counts.
type noun struct{ One, Many base.Text }

// Draft is what a detector saw.
type Draft struct {
	Kind     string
	Process  string   // "" for tickets and orders
	Subject  []string // what it is about: activities, a category, a product group
	Title    base.Text
	Sentence base.Text
	Formula  base.Text // with the numbers in it
	Cases    int64
	Unit     Unit
	Size     float64 // a year
	Work     []Work  // repeated steps that handling times turn into working hours
	NoEuros  base.Text
	Span     Span
	Sample   int64            // cases, requests or orders looked at
	Ends     map[string]int64 // cases by last activity, nil for tables
	Open     *float64         // share of cases not completed, nil when unknown; depends on the settings
	Currency string           // of a size in money
	Metric   string           // metric that shows the matter over time, "" for none
	Rows     Rows
	Remarks  base.Remarks
}

// perYear divides by the span.
func (d *Draft) perYear(total float64) float64 { return total / d.Span.Years() }

// overYear is what a formula divides by: the days of the span, and then the days of a year, so that a reader can compute
// the size again.
func (d *Draft) overYear() base.Text {
	return base.T("%s Tage × 365,25", "%s days × 365.25", base.Number{Value: d.Span.Days(), Decimals: 2})
}

// whole is a number without decimals for texts.
func whole(f float64) base.Number { return base.Number{Value: f, Decimals: 0} }

func oneDecimal(f float64) base.Number { return base.Number{Value: f, Decimals: 1} }

// percent is a share for texts.
func percent(share float64) base.Number { return base.Number{Value: 100 * share, Decimals: 1} }

// Thresholds keep noise out. A finding needs at least leastCases cases and one per cent of all; at most mostOfKind of
// a kind and process are kept, the largest.
const (
	leastCases  = 10
	leastShare  = 0.01
	mostOfKind  = 5
	smallSample = 30
)

// enough says whether n of all cases are more than noise.
func enough(n, all int64) bool { return n >= leastCases && float64(n) >= leastShare*float64(all) }
