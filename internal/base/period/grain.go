package period

import "lotse.dev/lotse/internal/base"

// Grain is the length of a period. Weeks are ISO weeks, quarters and years follow the fiscal year.
type Grain string

// The grains, from the shortest to the longest.
const (
	Day     Grain = "day"
	Week    Grain = "week"
	Month   Grain = "month"
	Quarter Grain = "quarter"
	Year    Grain = "year"
)

// Grains lists all grains from the shortest to the longest.
func Grains() []Grain { return []Grain{Day, Week, Month, Quarter, Year} }

// ParseGrain reads the name of a grain; empty is month.
func ParseGrain(s string) (Grain, error) {
	if s == "" {
		return Month, nil
	}
	for _, g := range Grains() {
		if string(g) == s {
			return g, nil
		}
	}
	return "", base.Fail(base.Usage, "grain_invalid", base.T("„%s“ ist keine Zeiteinheit.", "“%s” is not a period length.", s)).
		WithHint(base.T("Möglich sind day, week, month, quarter und year.", "Possible are day, week, month, quarter and year."))
}

// Title is the noun of the grain.
func (g Grain) Title() base.Text {
	return map[Grain]base.Text{
		Day: base.T("Tag", "day"), Week: base.T("Woche", "week"), Month: base.T("Monat", "month"),
		Quarter: base.T("Quartal", "quarter"), Year: base.T("Jahr", "year"),
	}[g]
}
