package causal

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// cycleOf is the number of periods after which the season repeats: the year, for days the week; 0 for years.
func cycleOf(g Grain) float64 {
	switch g {
	case Day:
		return 7
	case Week:
		return 52.18
	case Month:
		return 12
	case Quarter:
		return 4
	}
	return 0
}

// yearOf is the number of periods in a year, by which it is said whether the season of the year could be looked at.
func yearOf(g Grain) float64 {
	if g == Day {
		return 365
	}
	return cycleOf(g)
}

// pairs is the most harmonic pairs that the time before may carry: none below two cycles, two from three.
func pairs(g Grain, before int) int {
	cycle := cycleOf(g)
	switch {
	case cycle == 0 || float64(before) < math.Round(2*cycle):
		return 0
	case float64(before) < math.Round(3*cycle):
		return 1
	}
	return 2
}

// chooseSeason takes a harmonic pair more where AICc on the time before falls by more than 2 (Hurvich and Tsai 1989,
// Biometrika 76:297). The model without effect is fitted by full maximum likelihood, because restricted likelihoods of
// different regressors cannot be compared; σ and ρ count as parameters.
func (m *terms) chooseSeason(before []row, grain Grain) {
	best := math.Inf(1)
	chosen := 0
	for k := range pairs(grain, len(before)) + 1 {
		m.season = k
		value, ok := m.aicc(before)
		if ok && (k == 0 || value < best-2) {
			best, chosen = value, k
		}
	}
	m.season = chosen
}

func (m *terms) aicc(rows []row) (float64, bool) {
	t, ok := m.lay(rows, when{without: true})
	if !ok {
		return 0, false
	}
	f := t.gram.blank()
	k, n := float64(t.gram.p+2), float64(len(rows))
	if n <= k+1 || !t.gram.search(f, (*fitted).plain) {
		return 0, false
	}
	return f.plain() + 2*k + 2*k*(k+1)/(n-k-1), true
}

// seasonUnseen says whether less than a whole year lies before the first affected period.
func seasonUnseen(u *usable) bool {
	year := yearOf(u.grain)
	return year > 0 && u.before > 0 && float64(u.at-u.rows[0].t) < math.Floor(year)
}

var seasonRemark = base.T("Jahreszeit nicht geprüft: Vor dem Beginn liegt weniger als ein ganzes Jahr.", "Season not checked: less than a whole year lies before the start.")
