// Package holiday knows the public holidays of the German federal states by their rules. It leaves out what holds in
// some municipalities of a state only: Assumption Day in parts of Bavaria, the Peace Festival in Augsburg, Corpus Christi
// in parts of Saxony and Thuringia.
package holiday

import (
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// Holiday is a day on which a state rests.
type Holiday struct {
	Day  period.Date `json:"day"`
	Name base.Text   `json:"name"`
}

// rule says when a holiday is and where. Since and Only are years; no state means the whole country.
type rule struct {
	name   base.Text
	day    func(year int) period.Date
	states []string
	since  map[string]int // first year, for states in which it is younger than the others
	only   []int          // years of a holiday that comes once
}

func fixed(m time.Month, d int) func(int) period.Date {
	return func(y int) period.Date { return period.NewDate(y, m, d) }
}

// easter counts days from Easter Sunday.
func easter(days int) func(int) period.Date {
	return func(y int) period.Date { return Easter(y) + period.Date(days) }
}

// repentance is the Wednesday before 23 November.
func repentance(y int) period.Date {
	d := period.NewDate(y, time.November, 22)
	for d.Weekday() != time.Wednesday {
		d--
	}
	return d
}

// Easter is Easter Sunday in the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher (Jean Meeus,
// Astronomical Algorithms, 1991, chapter 8).
func Easter(year int) period.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return period.NewDate(year, time.Month(n/31), n%31+1)
}

// Of lists the holidays of a year in a state, by its two letters as in the company's profile; without a state, or with
// an unknown one, those of the whole country.
func Of(year int, state string) []Holiday {
	out := []Holiday{}
	for i := range rules {
		if rules[i].holds(year, state) {
			out = append(out, Holiday{rules[i].day(year), rules[i].name})
		}
	}
	slices.SortFunc(out, func(a, b Holiday) int { return int(a.Day - b.Day) })
	return out
}

// On says whether a day is a holiday in a state.
func On(d period.Date, state string) (Holiday, bool) {
	year, _, _ := d.Civil()
	for i := range rules {
		if rules[i].holds(year, state) && rules[i].day(year) == d {
			return Holiday{d, rules[i].name}, true
		}
	}
	return Holiday{}, false
}

func (r *rule) holds(year int, state string) bool {
	if r.only != nil && !slices.Contains(r.only, year) {
		return false
	}
	return r.states == nil || slices.Contains(r.states, state) && year >= r.since[state]
}
