package compare

// Level below which a corrected difference is called one.
const Level = 0.05

// Difference is a figure of both periods, B minus A, with its 95 % interval; unknown parts are nil.
type Difference struct {
	A, B             *float64
	Value, Low, High *float64
	P, Q             *float64 // Q is P corrected for all tests of the comparison
}

// Significant says whether the difference is more than chance after correction.
func (d *Difference) Significant() bool { return d.Q != nil && *d.Q <= Level }

// Passage is an activity (To empty) or an edge in both periods.
type Passage struct {
	From, To       string
	CasesA, CasesB int64
	Share          Difference
	Time           Difference // median seconds; of activities nothing
	MeanA, MeanB   *float64
}

// Mix says how the change of the mean lead time comes about. Mix + Within = Total.
type Mix struct {
	Total, Mix, Within Part
	Variants           int     // compared each for itself
	RestA, RestB       float64 // share of the cases whose variants are too rare for that and stand together
}

// Part is a share of the change in seconds with its bootstrap interval.
type Part struct{ Value, Low, High float64 }

// Result is the comparison of two periods.
type Result struct {
	CasesA, CasesB int64
	Mean           Difference // lead time of a case, seconds
	Median         Difference
	Activities     []Passage // by name
	Edges          []Passage // by cases of both periods descending, then by names
	Tests          int
	Mix            *Mix // nil where a period has fewer than two cases
}
