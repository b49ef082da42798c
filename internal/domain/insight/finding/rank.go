package finding

import (
	"cmp"
	"slices"
)

// rank orders findings: those with euros by the likely amount first. The others cannot be compared over units, so
// each takes its place within its unit by size, and equal places stand in the order of the units: working hours,
// lead-time hours, money, cases. The largest of each unit therefore comes before the second of any. Dismissed ones
// come last, without a rank.
func rank(findings []Finding) {
	place := placesInUnit(findings)
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(boolInt(a.State == StateDismissed), boolInt(b.State == StateDismissed)),
			cmp.Compare(boolInt(a.Euros == nil), boolInt(b.Euros == nil)),
			cmp.Compare(likely(b), likely(a)),
			cmp.Compare(place[a.ID], place[b.ID]),
			cmp.Compare(slices.Index(unitOrder, a.Size.Unit), slices.Index(unitOrder, b.Size.Unit)),
			cmp.Compare(a.ID, b.ID))
	})
	next := 0
	for i := range findings {
		findings[i].Rank = 0
		if findings[i].State != StateDismissed {
			next++
			findings[i].Rank = next
		}
	}
}

var unitOrder = []Unit{WorkingHours, LeadTimeHours, CurrencyYear, CasesPerYear}

func placesInUnit(findings []Finding) map[string]int {
	bySize := slices.Clone(findings)
	slices.SortFunc(bySize, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Size.Value, a.Size.Value), cmp.Compare(a.ID, b.ID))
	})
	seen, place := map[Unit]int{}, map[string]int{}
	for _, f := range bySize {
		if f.Euros == nil && f.State != StateDismissed {
			seen[f.Size.Unit]++
			place[f.ID] = seen[f.Size.Unit]
		}
	}
	return place
}

func likely(f Finding) float64 {
	if f.Euros == nil {
		return 0
	}
	return f.Euros.Likely
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
