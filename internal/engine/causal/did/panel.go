package did

import (
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// Never is the start of a unit that is not treated in the panel.
const Never = -1

// Limits of a panel; beyond them Estimate refuses.
const (
	MaxUnits   = 5_000
	MaxPeriods = 2_000
	MaxCells   = 2_000_000
)

// Unit is one row of the panel: a value for each period, NaN where there is none.
type Unit struct {
	Name   string
	Values []float64
	From   int     // index of the first treated period, Never for a control
	Weight float64 // 1 when 0; at least 0
}

// Panel is units over consecutive periods.
type Panel struct {
	Periods []string // as people know them, in order
	Units   []Unit
}

// check refuses what no panel can be.
func (p *Panel) check() error {
	t, g := len(p.Periods), len(p.Units)
	switch {
	case t < 2:
		return base.Fail(base.Refused, "panel_short", base.T("Es braucht mindestens zwei Perioden, eine davor und eine danach.", "At least two periods are needed, one before and one after."))
	case g < 2:
		return base.Fail(base.Refused, "panel_few_units", base.T("Es braucht mindestens zwei Einheiten, eine betroffene und eine zum Vergleich.", "At least two units are needed, a treated one and a control."))
	case g > MaxUnits || t > MaxPeriods || g*t > MaxCells:
		return base.Fail(base.TooLarge, "panel_too_large", base.T("Das Panel ist zu groß: höchstens %d Einheiten, %d Perioden und %d Werte.", "The panel is too large: at most %d units, %d periods and %d values.", MaxUnits, MaxPeriods, MaxCells))
	}
	for _, u := range p.Units {
		if len(u.Values) != t {
			return base.Fail(base.Refused, "panel_uneven", base.T("Die Einheit „%s“ hat nicht für jede Periode einen Platz.", "The unit “%s” has no place for every period.", u.Name))
		}
		if u.From < Never || u.From >= t || u.Weight < 0 || math.IsNaN(u.Weight) || math.IsInf(u.Weight, 0) {
			return base.Fail(base.Refused, "panel_unit", base.T("Beginn oder Gewicht der Einheit „%s“ passt nicht.", "Start or weight of the unit “%s” does not fit.", u.Name))
		}
		if slices.ContainsFunc(u.Values, func(v float64) bool { return math.IsInf(v, 0) }) {
			return base.Fail(base.Refused, "panel_value", base.T("Ein Wert der Einheit „%s“ ist unendlich.", "A value of the unit “%s” is infinite.", u.Name))
		}
	}
	return nil
}

// usable leaves out units with gaps and units that are treated from the first period on, and says so.
func (p *Panel) usable(remarks *base.Remarks) []Unit {
	var out []Unit
	gaps, always := 0, 0
	for _, u := range p.Units {
		switch {
		case slices.ContainsFunc(u.Values, math.IsNaN):
			gaps++
		case u.From == 0:
			always++
		default:
			if u.Weight == 0 {
				u.Weight = 1
			}
			out = append(out, u)
		}
	}
	if gaps > 0 {
		remarks.Add("gaps", base.N(gaps, base.T("1 Einheit mit fehlenden Werten bleibt außer Betracht.", "1 unit with missing values is left out."),
			base.T("%d Einheiten mit fehlenden Werten bleiben außer Betracht.", "%d units with missing values are left out.", gaps)))
	}
	if always > 0 {
		remarks.Add("always_treated", base.N(always, base.T("1 Einheit ist von der ersten Periode an betroffen und sagt nichts über davor und danach.", "1 unit is treated from the first period on and says nothing of before and after."),
			base.T("%d Einheiten sind von der ersten Periode an betroffen und sagen nichts über davor und danach.", "%d units are treated from the first period on and say nothing of before and after.", always)))
	}
	return out
}
