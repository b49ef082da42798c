package finance

// Input is one number of a case: a Value, or a Range with a Distribution; and where it comes from.
type Input struct {
	Value        *float64     `json:"value,omitempty"`
	Range        *Range       `json:"range,omitempty"`
	Distribution Distribution `json:"distribution,omitempty" doc:"of a range; absent: pert"`
	Origin       Origin       `json:"origin" doc:"measured, quoted, estimated or guessed"`
	Ref          string       `json:"ref,omitempty" doc:"metric, finding, offer; needed for measured and quoted"`
	Driver       string       `json:"driver,omitempty" doc:"inputs of one driver move together"`
}

// Range is a low, a likely and a high value.
type Range struct {
	Min    float64 `json:"min"`
	Likely float64 `json:"likely"`
	Max    float64 `json:"max"`
}

// Distribution says how an input lies in its range.
type Distribution string

// The distributions. PERT, the default of a range, has λ = 4. Normal and LogNormal read the range as a 95 % interval
// with Likely as median: 2.5 % lie below Min and 2.5 % above Max. Where Likely is not in the middle (of the logarithms
// for LogNormal) each half has its own standard deviation, so that a measured interval is met on both sides.
const (
	Fixed      Distribution = "fixed"
	Triangular Distribution = "triangular"
	PERT       Distribution = "pert"
	Uniform    Distribution = "uniform"
	Normal     Distribution = "normal"
	LogNormal  Distribution = "lognormal"
)

// Distributions lists all of them.
func Distributions() []Distribution {
	return []Distribution{Fixed, Triangular, PERT, Uniform, Normal, LogNormal}
}

// Origin says where an input comes from.
type Origin string

// The origins, the surest first.
const (
	Measured  Origin = "measured"  // bound to a metric's value or a finding by Ref
	Quoted    Origin = "quoted"    // in an offer, a contract or a price list named by Ref
	Estimated Origin = "estimated" // by somebody who knows the matter
	Guessed   Origin = "guessed"
)

// Origins lists all of them.
func Origins() []Origin { return []Origin{Measured, Quoted, Estimated, Guessed} }

// Exactly is a fixed input.
func Exactly(value float64, origin Origin, ref string) Input {
	return Input{Value: &value, Origin: origin, Ref: ref}
}

// Between is an input with a range.
func Between(low, likely, high float64, d Distribution, origin Origin, ref string) Input {
	return Input{Range: &Range{Min: low, Likely: likely, Max: high}, Distribution: d, Origin: origin, Ref: ref}
}

// Absent says whether there is no number.
func (in Input) Absent() bool { return in.Value == nil && in.Range == nil }

// Likely is the value of the deterministic result: the fixed value, the middle of a uniform range, otherwise the
// range's likely value. The input is not Absent.
func (in Input) Likely() float64 {
	switch {
	case in.Value != nil:
		return *in.Value
	case in.Distribution == Uniform:
		return (in.Range.Min + in.Range.Max) / 2
	}
	return in.Range.Likely
}

// Uncertain says whether the input can take more than one value.
func (in Input) Uncertain() bool {
	return in.Value == nil && in.Range != nil && in.Range.Min < in.Range.Max && in.Distribution != Fixed
}

// Quantile is the value that the input stays below with probability p, 0 < p < 1.
func (in Input) Quantile(p float64) float64 {
	if !in.Uncertain() {
		return in.Likely()
	}
	return distribution(in).quantile(p)
}
