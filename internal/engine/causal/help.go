package causal

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
)

// What the ways to prove more assume.
const (
	weeksInMonth  = 4
	explainedHalf = 0.5 // share of the variance that a good control explains
)

// help says what would make a smaller effect provable, compared at the longest measurement of the curve.
func (o *outlook) help(ctx context.Context) error {
	if len(o.answer.Curve) == 0 {
		return nil
	}
	last := o.answer.Curve[len(o.answer.Curve)-1]
	unit := spanOf(o.u.grain, last.After)
	add := func(code string, smallest *float64, text base.Text) {
		o.answer.Helps = append(o.answer.Helps, Help{Code: code, Text: text, Smallest: smallest})
	}
	if o.u.grain == Month {
		smallest, err := o.weekly(ctx, last.After)
		if err != nil {
			return err
		}
		if smallest != nil && *smallest < last.Smallest {
			add("weekly", smallest, base.T("Wochenwerte statt Monatswerten: Die kleinste nachweisbare Veränderung nach %s wäre etwa %s statt %s.", "Weekly instead of monthly values: the smallest provable change after %s would be about %s instead of %s.",
				unit, o.u.say(*smallest), o.u.say(last.Smallest)))
		}
	}
	if len(o.u.controls) == 0 {
		if smallest := known(o.magnitude(o.last * math.Sqrt(1-explainedHalf))); smallest != nil {
			add("control", smallest, base.T("Eine Vergleichsreihe, die das Vorhaben nicht berührt: Erklärt sie die Hälfte der Schwankung, wäre die kleinste nachweisbare Veränderung nach %[1]s etwa %[2]s.",
				"A control that the initiative does not touch: if it explains half of the variation, the smallest provable change after %[1]s would be about %[2]s.", unit, o.u.say(*smallest)))
		}
	}
	add("staggered", nil, base.T("Gestaffelter Start: An mehreren Standorten oder in mehreren Teams nacheinander begonnen, dienen die späteren den früheren zum Vergleich.",
		"Staggered start: begun in several places or teams one after another, the later ones serve the earlier as controls."))
	if o.u.before < leastBefore {
		add("longer", nil, base.T("Später beginnen: Mit %s Perioden davor statt %s wird überhaupt erst ein Beleg möglich.", "Start later: only with %s periods before instead of %s does a proof become possible.", leastBefore, o.u.before))
	}
	return nil
}

// weekly is the smallest effect with four points a month instead of one. Their errors are taken as AR(1) with the ρ
// whose means over four neighbours are correlated as the months are, and with their variance.
func (o *outlook) weekly(ctx context.Context, after int) (*float64, error) {
	rho, ratio := disaggregate(o.fit.rho, weeksInMonth)
	season := o.terms.season
	o.terms.season = 0 // the year of weeks has another length; it costs little of the effect
	found, err := o.detectable(ctx, []int{after}, rho, weeksInMonth)
	o.terms.season = season
	if err != nil {
		return nil, err
	}
	return known(o.magnitude(found[0] * o.fit.sigma * ratio)), nil
}

// disaggregate returns the ρ of an AR(1) series whose means over k neighbours have the correlation of neighbours given,
// and the ratio of its standard deviation to theirs. With S = Σ ρ^|i−j| over a block and C = Σ ρ^(k+j−i) between two
// neighbouring blocks the correlation is C ÷ S and the variance of a mean S ÷ k².
func disaggregate(correlation float64, k int) (rho, ratio float64) {
	sums := func(rho float64) (within, between float64) {
		for i := range k {
			for j := range k {
				within += power(rho, max(i-j, j-i))
				between += power(rho, k+j-i)
			}
		}
		return within, between
	}
	low, high := 0.0, 0.999
	for range 60 {
		rho = (low + high) / 2
		if s, c := sums(rho); c/s < correlation {
			low = rho
		} else {
			high = rho
		}
	}
	s, _ := sums(rho)
	return rho, float64(k) / math.Sqrt(s)
}
