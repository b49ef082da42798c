package did

import "lotse.dev/lotse/internal/base"

// Method names where an interval comes from.
type Method string

// The methods: the spread of the units on both sides; the spread of the controls stands for the one treated unit; the
// other way round; the course over time; none.
const (
	AcrossUnits Method = "across_units"
	OneTreated  Method = "one_treated"
	OneControl  Method = "one_control"
	OverTime    Method = "over_time"
	Unknown     Method = "unknown"
)

// Options say how a panel is estimated.
type Options struct {
	// NeverOnly takes units that are never treated as controls only; otherwise those not treated yet serve as well.
	NeverOnly bool
	// Seed of the drawn assignments, where there are too many to look at each.
	Seed uint64
}

// Result is the effect with all that was tried to refute it, in the unit of the values.
type Result struct {
	Estimate      *float64       `json:"estimate" doc:"mean effect per treated unit over its periods after the start"`
	Low           *float64       `json:"low" doc:"of the 95 % interval"`
	High          *float64       `json:"high"`
	P             *float64       `json:"p_value"`
	SE            *float64       `json:"standard_error"`
	DF            *float64       `json:"df"`
	Method        Method         `json:"interval" enum:"across_units,one_treated,one_control,over_time,unknown"`
	TwoWay        *float64       `json:"two_way" doc:"coefficient of the two-way fixed-effects regression; with several starts for comparison only"`
	Treated       int            `json:"treated"`
	Controls      int            `json:"controls" doc:"units that are never treated"`
	Periods       int            `json:"periods"`
	Means         *Means         `json:"means" doc:"for one start date"`
	Randomisation *Randomisation `json:"randomisation"`
	Events        []Event        `json:"events" nullable:"false" doc:"effect by periods since the start; −1 is what all are compared to"`
	Drift         *Randomisation `json:"drift" doc:"joint test of the periods before the start, by assignment"`
	Cohorts       []Cohort       `json:"cohorts" nullable:"false"`
	Diagnostics   []Diagnostic   `json:"diagnostics" nullable:"false"`
	Remarks       base.Remarks   `json:"remarks" nullable:"false"`
}

// Means are the four means behind a difference in differences.
type Means struct {
	TreatedBefore float64 `json:"treated_before"`
	TreatedAfter  float64 `json:"treated_after"`
	ControlBefore float64 `json:"control_before"`
	ControlAfter  float64 `json:"control_after"`
}

// Event is the effect at a distance from the start.
type Event struct {
	Relative int      `json:"relative" doc:"0 is the first treated period"`
	Units    int      `json:"units" doc:"treated units that reach it"`
	Estimate *float64 `json:"estimate"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
}

// Cohort is the units that start in the same period.
type Cohort struct {
	Start    string   `json:"start"`
	Units    int      `json:"units"`
	Estimate *float64 `json:"estimate" doc:"mean effect from the start on; null without controls"`
}

// Diagnostic is one condition of trust, in one plain sentence.
type Diagnostic struct {
	Code string    `json:"code" enum:"interval,randomisation,drift,controls,units"`
	Held *bool     `json:"held" doc:"null where it could not be looked at"`
	Text base.Text `json:"text"`
}
