package portfolio

// Problem asks which initiatives to start when.
type Problem struct {
	Periods     int
	Initiatives []Initiative
	Limits      map[string][]float64 // by resource: one number for every period, or one for each
}

// Initiative is one candidate. A start in period s takes Use[r][k] of resource r in period s+k; what would fall behind
// the last period does not count.
type Initiative struct {
	ID        string
	Value     []float64            // one number for every start, or one for each start
	Use       map[string][]float64 // by resource and elapsed period
	After     []string             // must all be chosen and finished before this one starts
	Excludes  []string             // at most one of each pair is chosen
	Mandatory bool
	Earliest  int  // first start allowed; 0 means 1
	Latest    int  // last start allowed; 0 means the last period
	Duration  *int // periods until a successor may start; nil means the length of the longest use
}

// Limits on the size of a problem.
const (
	MaxBytes       = 8 << 20 // of a file
	MaxInitiatives = 1000
	MaxPeriods     = 120
	MaxResources   = 100
	MaxStarts      = 40_000    // initiatives × periods
	MaxLimits      = 1500      // resources × periods
	MaxUse         = 2_000_000 // elements of use within the periods × periods
	MaxLinks       = 20_000    // entries of after and excludes together
	MaxNumber      = 1e15      // size of a value, use or limit
	MaxID          = 200       // characters of an id or the name of a resource
)

// lasts is the number of periods until a successor may start.
func (i *Initiative) lasts() int {
	if i.Duration != nil {
		return *i.Duration
	}
	n := 0
	for _, u := range i.Use {
		n = max(n, len(u))
	}
	return n
}

// window is the first and the last start allowed.
func (i *Initiative) window(periods int) (first, last int) {
	first, last = max(i.Earliest, 1), i.Latest
	if last == 0 {
		last = periods
	}
	return first, last
}

// valueAt is the value of a start, from 1.
func (i *Initiative) valueAt(start int) float64 {
	if len(i.Value) == 1 {
		return i.Value[0]
	}
	return i.Value[start-1]
}

// limitAt is the limit of a resource in a period, from 1.
func limitAt(limit []float64, period int) float64 {
	if len(limit) == 1 {
		return limit[0]
	}
	return limit[period-1]
}
