package causal

import "lotse.dev/lotse/internal/base"

// Grain is the length of the periods of a series; it decides which season is looked for.
type Grain string

// The grains.
const (
	Day     Grain = "day"
	Week    Grain = "week"
	Month   Grain = "month"
	Quarter Grain = "quarter"
	Year    Grain = "year"
)

// Model says how a series may change at the first affected period.
type Model string

// The models: Step is a level and a step, Trend adds a straight line over the whole time, Slope lets the line change its
// slope too, centred on the window, so that the estimate stays the mean effect over the window.
const (
	Step  Model = "step"
	Trend Model = "trend"
	Slope Model = "slope"
)

// Scale says on which scale an effect adds.
type Scale string

// The scales: the value itself, its logarithm (costs, durations), the logarithm of a rate (counts) and the empirical
// logit of a share weighted by its number.
const (
	Plain   Scale = "plain"
	Log     Scale = "log"
	LogRate Scale = "log_rate"
	Logit   Scale = "logit"
)

// Class says how an effect was planned, decided by stored facts.
type Class string

// The classes: signed before the first affected period by clock and facts; by facts only; neither.
const (
	Planned       Class = "planned"
	Retrospective Class = "retrospective"
	Exploratory   Class = "exploratory"
)

// Verdict is what may be said of an effect, in the words of the product.
type Verdict string

// The verdicts.
const (
	Proven      Verdict = "belegt"
	NoSign      Verdict = "kein Hinweis"
	NotProvable Verdict = "nicht belegbar"
)

// Observation is one period of a series.
type Observation struct {
	Label    string    // as people know the period: 2025-10
	Value    *float64  // nil for a gap
	Size     float64   // number of cases behind a share, mean or quantile; exposure of a count; 0 where unknown
	Controls []float64 // one value for each control, in the order of Series.Controls
}

// Series is a metric over consecutive periods of one length.
type Series struct {
	Grain        Grain
	Observations []Observation
	Controls     []string  // names of the control columns
	Negative     []float64 // a metric that should not move, period by period; nil where the plan names none
}

// Event is something else that happened, by the index of its period; it may lie outside the series.
type Event struct {
	At   int       `json:"at"`
	Text base.Text `json:"text"`
}

// Design is what a plan fixes about the estimate before anybody sees the result.
type Design struct {
	At       int      // index of the first affected period
	Until    int      // index after the last period of the window; 0 for the end of the series
	Model    Model    // Trend when empty
	Scale    Scale    // Plain when empty
	Expected *float64 // planned effect in the unit of the value, with its sign; nil where none is planned
	Band     float64  // a change within ±Band does not matter, in the unit of the value
	Class    Class    // Exploratory when empty
	Events   []Event
	Minimum  float64 // least Size of a period; 0 for none

	Say   func(x float64) base.Text // writes a change of the value with its unit; nil for the number alone
	Quick bool                      // leave Smallest out, which costs as much as the rest together
}

// Effect is the estimate with all that was tried to refute it. Numbers are in the unit of the value: on another scale
// than Plain they are the mean difference to what was expected without the initiative over the window.
type Effect struct {
	Estimate    *float64     `json:"estimate"`
	Low         *float64     `json:"low" doc:"of the 95 % interval"`
	High        *float64     `json:"high"`
	Relative    *float64     `json:"relative" doc:"of the value expected without the initiative"`
	P           *float64     `json:"p_value"`
	Verdict     Verdict      `json:"verdict" enum:"belegt,kein Hinweis,nicht belegbar"`
	Reasons     []Reason     `json:"reasons" nullable:"false"`
	Exploratory bool         `json:"exploratory"`
	Class       Class        `json:"class" enum:"planned,retrospective,exploratory"`
	Smallest    *float64     `json:"smallest_detectable" doc:"the smallest effect that shows with a power of 80 %"`
	Placebo     *Placebo     `json:"placebo"`
	Fit         *Fit         `json:"model"`
	Checks      []Check      `json:"checks" nullable:"false" doc:"what was tried to refute the effect"`
	Path        []PathPoint  `json:"path" nullable:"false" doc:"the series beside what was expected without the initiative"`
	Remarks     base.Remarks `json:"remarks" nullable:"false"`
}

// Reason is one condition of the verdict, in one plain sentence.
type Reason struct {
	Code string    `json:"code" enum:"planned,length,interval,placebo,direction,checks,negative,events,season,band,sample,unit_root,holm"`
	Met  *bool     `json:"met" doc:"null where it could not be looked at"`
	Text base.Text `json:"text"`
	Note base.Text `json:"note" doc:"the numbers behind it"`
}

// Placebo says how often a date before the true one would have shown as much.
type Placebo struct {
	Dates     int            `json:"dates"`
	Exceeding int            `json:"exceeding"`
	P         *float64       `json:"p"`
	Floor     *float64       `json:"floor" doc:"the smallest p that so many dates allow"`
	T         *float64       `json:"t" doc:"strength at the true date: estimate ÷ standard error, without sign"`
	Points    []PlaceboPoint `json:"points" nullable:"false"`
}

// PlaceboPoint is the strength that a date before would have shown.
type PlaceboPoint struct {
	Label string  `json:"label"`
	T     float64 `json:"t"`
}

// Fit names the model that was fitted.
type Fit struct {
	Terms  []string `json:"terms" nullable:"false"`
	Rho    *float64 `json:"rho" doc:"correlation of neighbouring errors"`
	DF     *float64 `json:"df" doc:"degrees of freedom by Satterthwaite"`
	Sigma  *float64 `json:"sigma" doc:"standard deviation of the errors on the scale of the model"`
	SE     *float64 `json:"standard_error" doc:"of the estimate on the scale of the model"`
	Model  Model    `json:"model"`
	Scale  Scale    `json:"scale"`
	Season int      `json:"season" doc:"harmonic pairs"`
	Before int      `json:"before" doc:"periods before the first affected one"`
	After  int      `json:"after"`
}

// Check is one attempt to refute the effect.
type Check struct {
	Code     string    `json:"code" enum:"wash_out,leave_one_out,negative"`
	Text     base.Text `json:"text"`
	Estimate *float64  `json:"estimate"`
	Low      *float64  `json:"low" doc:"of the interval; of all estimates for leave_one_out"`
	High     *float64  `json:"high"`
	Held     *bool     `json:"held" doc:"null where it could not be tried"`
}

// PathPoint is one period beside what was expected without the initiative.
type PathPoint struct {
	Label    string   `json:"label"`
	Value    *float64 `json:"value"`
	Fitted   *float64 `json:"fitted"`
	Expected *float64 `json:"expected" doc:"without the initiative; from the first affected period on"`
	Low      *float64 `json:"low" doc:"of the expectation, 95 %"`
	High     *float64 `json:"high"`
	InWindow bool     `json:"in_window"`
}

// Provability says before anything is done what could be shown.
type Provability struct {
	Curve    []Detectable `json:"curve" nullable:"false" doc:"smallest provable effect by periods measured after the start"`
	Promised *float64     `json:"promised"`
	Needed   *int         `json:"needed" doc:"periods after which the promised effect shows; null when never within the curve"`
	Sentence base.Text    `json:"sentence"`
	Helps    []Help       `json:"helps" nullable:"false"`
	Rho      *float64     `json:"rho"`
	Sigma    *float64     `json:"sigma"`
	Before   int          `json:"before"`
	Remarks  base.Remarks `json:"remarks" nullable:"false"`
}

// Detectable is the smallest effect that shows with 80 % power after so many periods.
type Detectable struct {
	After    int     `json:"after"`
	Smallest float64 `json:"smallest" doc:"in the unit of the value"`
}

// Help is a way to make an effect provable.
type Help struct {
	Code     string    `json:"code" enum:"weekly,control,staggered,longer"`
	Text     base.Text `json:"text"`
	Smallest *float64  `json:"smallest" doc:"smallest provable effect with it, where it could be computed"`
}
