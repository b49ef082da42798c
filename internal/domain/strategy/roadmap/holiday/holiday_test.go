package holiday_test

import (
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/strategy/roadmap/holiday"
)

// Published days, typed from https://kalender-online.com/kalender-2026 and the table of the states at
// https://www.payback.de/ratgeber/besser-leben/reisen/feiertage-2026 for 2026, and from
// https://www.smart-rechner.de/feiertage/infothek/feiertage_2027.php for 2027. What they mark as holding in parts of a
// state only is left out.
var whole = map[int]string{
	2026: "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
	2027: "01-01 03-26 03-29 05-01 05-06 05-17 10-03 12-25 12-26",
}

var more = map[string]map[int]string{
	"bw": {2026: "01-06 06-04 11-01", 2027: "01-06 05-27 11-01"},
	"by": {2026: "01-06 06-04 11-01", 2027: "01-06 05-27 11-01"},
	"be": {2026: "03-08", 2027: "03-08"},
	"bb": {2026: "04-05 05-24 10-31", 2027: "03-28 05-16 10-31"},
	"hb": {2026: "10-31", 2027: "10-31"},
	"hh": {2026: "10-31", 2027: "10-31"},
	"he": {2026: "06-04", 2027: "05-27"},
	"mv": {2026: "03-08 10-31", 2027: "03-08 10-31"},
	"ni": {2026: "10-31", 2027: "10-31"},
	"nw": {2026: "06-04 11-01", 2027: "05-27 11-01"},
	"rp": {2026: "06-04 11-01", 2027: "05-27 11-01"},
	"sl": {2026: "06-04 08-15 11-01", 2027: "05-27 08-15 11-01"},
	"sn": {2026: "10-31 11-18", 2027: "10-31 11-17"},
	"st": {2026: "01-06 10-31", 2027: "01-06 10-31"},
	"sh": {2026: "10-31", 2027: "10-31"},
	"th": {2026: "09-20 10-31", 2027: "09-20 10-31"},
}

func days(year int, state string) string {
	var out []string
	for _, h := range holiday.Of(year, state) {
		if h.Name.De == "" || h.Name.En == "" {
			out = append(out, "nameless")
		}
		out = append(out, h.Day.String()[5:])
	}
	return strings.Join(out, " ")
}

func TestPublishedHolidays(t *testing.T) {
	if len(more) != 16 {
		t.Fatal(len(more))
	}
	for year, all := range whole {
		if got := days(year, ""); got != all {
			t.Errorf("%d: %s, want %s", year, got, all)
		}
		for state, years := range more {
			want := strings.Fields(all + " " + years[year])
			slices.Sort(want)
			if got := days(year, state); got != strings.Join(want, " ") {
				t.Errorf("%s %d: %s, want %s", state, year, got, strings.Join(want, " "))
			}
		}
	}
}

// Easter Sundays: the earliest and latest of 1900 to 2099 (22 March does not occur in it; 23 March 1913 and 2008, 25 April
// 1943 and 2038), and years where simpler rules fail (1954, 1981, 2049, 2076). Dates of the Bureau of the Census list of
// Easter Sundays 1600 to 2099.
func TestEaster(t *testing.T) {
	for _, want := range []string{"1913-03-23", "2008-03-23", "1943-04-25", "2038-04-25", "1954-04-18", "1981-04-19", "2049-04-18", "2076-04-19", "2000-04-23", "2024-03-31", "2025-04-20"} {
		d, err := period.ParseDate(want)
		if err != nil {
			t.Fatal(err)
		}
		year, _, _ := d.Civil()
		if got := holiday.Easter(year); got != d {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestHolidaysThatCameLaterOrOnce(t *testing.T) {
	for _, c := range []struct {
		day, state string
		is         bool
	}{
		{"2017-10-31", "ni", false}, {"2018-10-31", "ni", true}, {"2022-03-08", "mv", false}, {"2023-03-08", "mv", true}, {"2018-09-20", "th", false},
		{"2028-06-17", "be", true}, {"2027-06-17", "be", false}, {"2025-05-08", "be", true}, {"2026-05-08", "be", false}, {"2026-06-04", "th", false}, {"2026-08-15", "by", false},
	} {
		d, err := period.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		if _, is := holiday.On(d, c.state); is != c.is {
			t.Errorf("%s in %s: %v", c.day, c.state, is)
		}
	}
}
