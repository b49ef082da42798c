package experiment

import "lotse.dev/lotse/internal/base"

// Kind says what the values are.
type Kind string

// The kinds: Share for values 0 and 1, Mean for numbers.
const (
	Share Kind = "share"
	Mean  Kind = "mean"
)

// Options say how a test is judged.
type Options struct {
	Kind Kind
	// Early says that the test is looked at before its end, or was: the interval then holds at every look at once.
	Early bool
	// Planned is the number of people or cases of both arms of a comparison that the test was planned for; needed by Early.
	Planned int64
}

// Result is a judged test.
type Result struct {
	Kind        Kind         `json:"kind" enum:"share,mean"`
	Arms        []ArmResult  `json:"arms" nullable:"false"`
	Comparisons []Comparison `json:"comparisons" nullable:"false" doc:"each arm against the first"`
	Ratio       Ratio        `json:"sample_ratio"`
	Before      *Before      `json:"before" doc:"what the measurements before the test brought; null without them"`
	Diagnostics []Diagnostic `json:"diagnostics" nullable:"false"`
	Remarks     base.Remarks `json:"remarks" nullable:"false"`
}

// ArmResult is the figure of one arm with its 95 % interval (Wilson for shares, Student for means).
type ArmResult struct {
	Name  string   `json:"name"`
	N     int64    `json:"n"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// Comparison is the difference of an arm to the control.
type Comparison struct {
	Arm      string   `json:"arm"`
	Estimate *float64 `json:"estimate"`
	Low      *float64 `json:"low" doc:"of the 95 % interval"`
	High     *float64 `json:"high"`
	Relative *float64 `json:"relative" doc:"of the control's figure"`
	P        *float64 `json:"p_value"`
	Adjusted *float64 `json:"p_adjusted" doc:"by Holm over all arms"`
}

// Ratio says whether the arms have the sizes that were planned.
type Ratio struct {
	P        *float64 `json:"p_value"`
	Mismatch bool     `json:"mismatch"`
}

// Before says what measurements before the test brought.
type Before struct {
	Saved *float64 `json:"variance_saved" doc:"share of the variance that they explain"`
	P     *float64 `json:"p_value" doc:"that the arms were alike before, least of all comparisons"`
}

// Diagnostic is one condition of trust, in one plain sentence.
type Diagnostic struct {
	Code string    `json:"code" enum:"difference,sample_ratio,looks,before,size"`
	Held *bool     `json:"held" doc:"null where it could not be looked at"`
	Text base.Text `json:"text"`
}
