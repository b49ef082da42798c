package causal

import (
	"context"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"lotse.dev/lotse/internal/base"
)

// Estimate says by how much a series moved from the first affected period on, how sure that is, and whether it may be
// called proven: the model of the plan by restricted maximum likelihood with AR(1) errors, t intervals by
// Satterthwaite's degrees of freedom, placebo dates, the checks that could refute it, and the verdict with its reasons.
// A series that cannot carry an estimate is an answer too: nicht belegbar, with the reason. An error says that series and
// design contradict each other, or that the context ended. The same arguments give the same effect to the last digit.
func Estimate(ctx context.Context, s Series, d Design) (*Effect, error) {
	d = d.filled(len(s.Observations))
	if err := s.fits(d); err != nil {
		return nil, err
	}
	j := &job{series: s, design: d, effect: &Effect{Verdict: NotProvable, Class: d.Class, Exploratory: d.Class == Exploratory,
		Reasons: []Reason{}, Checks: []Check{}, Path: []PathPoint{}, Remarks: base.Remarks{}}}
	if err := j.run(ctx); err != nil {
		return nil, err
	}
	return j.effect, nil
}

// job is one estimate under way.
type job struct {
	series Series
	design Design
	effect *Effect
	u      *usable
	terms  *terms
	table  *table
	fit    *fitted // nil where the series cannot carry an estimate
}

// run is the list of steps.
func (j *job) run(ctx context.Context) error {
	if j.prepare() {
		j.estimate()
	}
	if j.fit != nil {
		p, err := j.terms.runPlacebo(ctx, j.u, j.fit)
		if err != nil {
			return err
		}
		j.effect.Placebo = p
		if err := j.refute(ctx); err != nil {
			return err
		}
	}
	if err := j.smallest(ctx); err != nil {
		return err
	}
	j.path()
	j.judge()
	return nil
}

// prepare gathers what can be fitted; false where the rules of length and number forbid an estimate.
func (j *job) prepare() bool {
	u, ok := usableOf(j.series, j.design, &j.effect.Remarks)
	j.u = u
	return ok && u.longEnough(j.design.Model) && len(u.thin(j.design.Minimum)) == 0
}

// estimate fits the model of the plan.
func (j *job) estimate() {
	j.terms = newTerms(j.u, j.design.Model)
	j.terms.chooseSeason(j.u.beforeOnly(), j.u.grain)
	t, ok := j.terms.lay(j.u.rows, when{at: j.u.at, until: j.u.until})
	if !ok {
		j.effect.Remarks.Add("not_separable", base.T("Die Veränderung lässt sich von Trend, Jahreszeit und Vergleichsreihen nicht trennen.",
			"The change cannot be told from trend, season and controls."))
		return
	}
	j.table = t
	j.nameDropped()
	f, ok := t.fit()
	if !ok {
		j.effect.Remarks.Add("no_variation", base.T("Die Werte schwanken nicht; ein Bereich der Unsicherheit lässt sich nicht berechnen.",
			"The values do not vary; a range of uncertainty cannot be computed."))
		return
	}
	j.fit = f
	j.report()
}

// nameDropped tells which columns said nothing that others do not say.
func (j *job) nameDropped() {
	names, kept := j.terms.names(), map[int]bool{}
	for _, k := range j.table.keep {
		kept[k] = true
	}
	for k, name := range names[:len(names)-1] {
		if !kept[k] {
			j.effect.Remarks.Add("term_dropped", base.T("„%s“ sagt nichts, was die anderen Größen nicht schon sagen, und blieb außen vor.",
				"“%s” says nothing that the other terms do not say, and was left out.", name))
		}
	}
}

// termNames are those of the columns that were fitted, and of the errors.
func (j *job) termNames() []string {
	names := j.terms.names()
	var out []string
	for _, k := range j.table.keep {
		out = append(out, names[k])
	}
	return append(out, names[len(names)-1])
}

// report writes the numbers of the fit.
func (j *job) report() {
	f, e := j.fit, j.effect
	e.Estimate, e.Low, e.High = j.inUnit(f)
	e.P = known(f.p2())
	if e.Estimate != nil {
		if expected := j.meanSeen() - *e.Estimate; expected != 0 {
			e.Relative = known(*e.Estimate / math.Abs(expected))
		}
	}
	e.Fit = &Fit{Terms: j.termNames(), Rho: known(f.rho), DF: known(f.df), Sigma: known(f.sigma), SE: known(f.full), Model: j.design.Model,
		Scale: j.design.Scale, Season: j.terms.season, Before: j.u.before, After: j.u.after}
	if seasonUnseen(j.u) {
		e.Remarks.Add("season_unseen", seasonRemark)
	}
	if f.root < rootLeast {
		e.Remarks.Add("unit_root", base.T("Es ist nicht auszuschließen, dass die Reihe von Periode zu Periode weiterwandert, statt zu ihrem Niveau zurückzukehren; dann bedeutet eine Verschiebung wenig.",
			"It cannot be excluded that the series wanders on from period to period instead of returning to its level; then a shift means little."))
	}
}

// rootLeast is the fall of the doubled restricted log-likelihood towards a unit root below which is warned: 0.95
// quantile of χ² with one degree of freedom. In simulated random walks of 36 points 96 % lie below it.
const rootLeast = 3.84

// interval is the 95 % interval of the effect on the scale of the model.
func (f *fitted) interval() (low, high float64) {
	reach := tQuantile(f.df, 0.975) * f.full
	return f.effect - reach, f.effect + reach
}

// p2 is the two-sided p-value.
func (f *fitted) p2() float64 {
	return 2 * distuv.StudentsT{Sigma: 1, Nu: f.df}.CDF(-math.Abs(f.effect/f.full))
}

func tQuantile(df, p float64) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: df}.Quantile(p)
}

// inUnit is the effect with its interval in the unit of the value.
func (j *job) inUnit(f *fitted) (estimate, low, high *float64) {
	l, h := f.interval()
	return known(j.toUnit(f.effect)), known(j.toUnit(l)), known(j.toUnit(h))
}

// toUnit carries an effect on the scale of the model to the unit of the value: the mean over the window of what was
// seen less what would have been seen without it, g⁻¹(g_t) − g⁻¹(g_t − effect). It rises with the effect and is zero
// where the effect is, so that the borders of an interval carry over and the interval excludes zero on both or none.
func (j *job) toUnit(effect float64) float64 {
	if j.design.Scale == Plain {
		return effect
	}
	sum, n := 0.0, 0
	for _, r := range j.u.rows {
		if r.t >= j.u.at {
			sum += j.u.link.back(r.g, r.seen.Size) - j.u.link.back(r.g-effect, r.seen.Size)
			n++
		}
	}
	return sum / float64(n)
}

// meanSeen is the mean value over the window.
func (j *job) meanSeen() float64 {
	sum := 0.0
	for _, r := range j.u.rows[j.u.before:] {
		sum += *r.seen.Value / float64(j.u.after)
	}
	return sum
}
