package experiment

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/stat"
)

// MaxArms is how many arms a test may have.
const MaxArms = 20

// Judge compares each arm with the first.
func Judge(arms []*Arm, o Options) (*Result, error) {
	if err := check(arms, o); err != nil {
		return nil, err
	}
	r := &Result{Kind: o.Kind, Arms: []ArmResult{}, Comparisons: []Comparison{}, Remarks: base.Remarks{}}
	for _, a := range arms {
		r.Arms = append(r.Arms, a.figure(o.Kind))
	}
	r.Ratio = ratio(arms)
	adjusted := r.before(arms, o)
	for i, a := range arms[1:] {
		r.Comparisons = append(r.Comparisons, compare(arms[0], a, adjusted[0], adjusted[i+1], o, r.Before != nil))
	}
	holm(r.Comparisons)
	r.diagnose(arms, o)
	return r, nil
}

func check(arms []*Arm, o Options) error {
	refuse := func(code string, text base.Text) error { return base.Fail(base.Refused, code, text) }
	switch {
	case len(arms) < 2:
		return refuse("ab_one_arm", base.T("Es braucht mindestens zwei Gruppen.", "At least two groups are needed."))
	case len(arms) > MaxArms:
		return refuse("ab_many_arms", base.T("Es sind mehr als %d Gruppen.", "There are more than %d groups.", MaxArms))
	case o.Kind != Share && o.Kind != Mean:
		return refuse("ab_kind", base.T("Es fehlt, ob Anteile oder Mittelwerte verglichen werden.", "It is missing whether shares or means are compared."))
	case o.Early && o.Planned < 2:
		return refuse("ab_planned", base.T("Für einen Blick vor dem Ende braucht es die geplante Größe des Tests.", "A look before the end needs the planned size of the test."))
	}
	planned := 0.0
	for _, a := range arms {
		planned += a.Share
		switch {
		case a.n == 0:
			return refuse("ab_empty_arm", base.T("Die Gruppe „%s“ ist leer.", "The group “%s” is empty.", a.Name))
		case o.Kind == Share && a.otherThan:
			return refuse("ab_no_share", base.T("In der Gruppe „%s“ steht ein Wert, der weder 0 noch 1 ist.", "The group “%s” has a value that is neither 0 nor 1.", a.Name))
		case math.IsNaN(a.mean) || math.IsInf(a.mean, 0) || math.IsNaN(a.ss) || math.IsInf(a.ss, 0):
			return refuse("ab_value", base.T("In der Gruppe „%s“ steht ein Wert, mit dem sich nicht rechnen lässt.", "The group “%s” has a value that cannot be computed with.", a.Name))
		}
	}
	if planned != 0 && (math.Abs(planned-1) > 1e-6 || slices.ContainsFunc(arms, func(a *Arm) bool { return a.Share <= 0 })) {
		return refuse("ab_split", base.T("Die geplanten Anteile der Gruppen müssen zusammen 100 % ergeben.", "The planned shares of the groups must add up to 100 %."))
	}
	return nil
}

func (a *Arm) figure(kind Kind) ArmResult {
	i := stat.Student(a.sample(), stat.Level)
	if kind == Share {
		i = stat.Wilson(a.hits, a.n, stat.Level)
	}
	return ArmResult{Name: a.Name, N: a.n, Value: known(a.mean), Low: known(i.Low), High: known(i.High)}
}

func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func compare(control, arm *Arm, c, a stat.Sample, o Options, adjusted bool) Comparison {
	d := a.Mean - c.Mean
	out := Comparison{Arm: arm.Name, Estimate: &d}
	if control.mean != 0 {
		out.Relative = known(d / math.Abs(control.mean))
	}
	var i stat.Interval
	var p float64
	switch {
	case o.Early:
		i, p = anytime(d, standardError(c, a), float64(control.n+arm.n)/float64(o.Planned))
	case o.Kind == Share && !adjusted:
		i = stat.ShareDifference(arm.hits, arm.n, control.hits, control.n, stat.Level)
		p = pooled(control, arm)
	default:
		i = stat.MeanDifference(a, c, stat.Level)
		p = welch(d, c, a)
	}
	out.Low, out.High, out.P = known(i.Low), known(i.High), known(p)
	return out
}

func standardError(c, a stat.Sample) float64 {
	return math.Sqrt(c.SD*c.SD/float64(c.N) + a.SD*a.SD/float64(a.N))
}

// pooled is the two-sided test of equal shares; NaN where all or none are hits.
func pooled(c, a *Arm) float64 {
	share := float64(c.hits+a.hits) / float64(c.n+a.n)
	se := math.Sqrt(share * (1 - share) * (1/float64(c.n) + 1/float64(a.n)))
	if se == 0 {
		return math.NaN()
	}
	return 2 * distuv.UnitNormal.CDF(-math.Abs(a.mean-c.mean)/se)
}

func welch(d float64, c, a stat.Sample) float64 {
	vc, va := c.SD*c.SD/float64(c.N), a.SD*a.SD/float64(a.N)
	v := vc + va
	if !(v > 0) {
		return math.NaN()
	}
	df := v * v / (vc*vc/float64(c.N-1) + va*va/float64(a.N-1))
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(d)/math.Sqrt(v))
}

// anytime is the asymptotic confidence sequence at the fraction of the planned size, narrowest at 1, and the level at
// which it excludes 0 (theorem 2.2 and equation 17 of Waudby-Smith et al. 2024 with t·ρ² = x).
func anytime(d, se, fraction float64) (stat.Interval, float64) {
	const alpha = 1 - stat.Level
	if !(se > 0) {
		return stat.Unbounded(), math.NaN()
	}
	best := -2*math.Log(alpha) + math.Log(-2*math.Log(alpha)+1)
	x := best * fraction
	reach := se * math.Sqrt(2*(x+1)/x*math.Log(math.Sqrt(x+1)/alpha))
	z := d / se
	p := math.Min(1, math.Sqrt(x+1)*math.Exp(-z*z*x/(2*(x+1))))
	return stat.Interval{Low: d - reach, High: d + reach}, p
}

// holm puts the adjusted p beside each.
func holm(c []Comparison) {
	var order []int
	for i := range c {
		if c[i].P != nil {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if *c[a].P < *c[b].P {
			return -1
		}
		return 1
	})
	largest := 0.0
	for rank, i := range order {
		largest = math.Max(largest, math.Min(1, *c[i].P*float64(len(order)-rank)))
		v := largest
		c[i].Adjusted = &v
	}
}

// ratioAlarm is the p below which the sizes of the arms are no chance.
const ratioAlarm = 0.001

func ratio(arms []*Arm) Ratio {
	total, shares := 0.0, 0.0
	for _, a := range arms {
		total += float64(a.n)
		shares += a.Share
	}
	chi := 0.0
	for _, a := range arms {
		expected := total / float64(len(arms))
		if shares > 0 {
			expected = total * a.Share
		}
		chi += (float64(a.n) - expected) * (float64(a.n) - expected) / expected
	}
	p := distuv.ChiSquared{K: float64(len(arms) - 1)}.Survival(chi)
	return Ratio{P: &p, Mismatch: p < ratioAlarm}
}
