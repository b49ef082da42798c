package period_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func date(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestStartOfDay(t *testing.T) {
	cases := []struct{ zone, date, want string }{
		{"Europe/Berlin", "2026-01-15", "2026-01-14T23:00:00Z"},
		{"Europe/Berlin", "2026-07-15", "2026-07-14T22:00:00Z"},
		{"Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z"},     // the day after clocks went forward
		{"Europe/Berlin", "2026-10-26", "2026-10-25T23:00:00Z"},     // the day after clocks went back
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // midnight skipped: 00:00 became 01:00
		{"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"}, // 24:00 became 23:00, the 17th lasts 25 hours
		{"America/Havana", "2025-11-02", "2025-11-02T04:00:00Z"},    // 01:00 became 00:00, midnight comes twice
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},      // the 30th was skipped as a whole
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},
		{"Asia/Kathmandu", "2026-02-01", "2026-01-31T18:15:00Z"},
		{"UTC", "1969-12-31", "1969-12-31T00:00:00Z"},
	}
	for _, c := range cases {
		cal := period.Calendar{Zone: zone(t, c.zone)}
		if got := cal.Start(date(c.date)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.zone, c.date, got, c.want)
		}
	}
}

// The start of a day is the first instant of its date: the instant itself has that date or a later one, the nanosecond
// before an earlier one.
func TestStartIsFirstInstant(t *testing.T) {
	zones := []string{"Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Beirut", "UTC"}
	rapid.Check(t, func(r *rapid.T) {
		cal := period.Calendar{Zone: zone(t, rapid.SampledFrom(zones).Draw(r, "zone"))}
		d := period.NewDate(rapid.IntRange(1900, 2110).Draw(r, "year"), time.January, rapid.IntRange(1, 366).Draw(r, "day"))
		start := cal.Start(d)
		if cal.DateOf(start) < d || cal.DateOf(start.Add(-time.Nanosecond)) >= d {
			r.Fatalf("%s %s starts %s", cal.Zone, d, start)
		}
	})
}

func TestPeriods(t *testing.T) {
	calendarYear, october := period.Calendar{}, period.Calendar{FiscalStart: time.October}
	cases := []struct {
		cal                             period.Calendar
		grain                           period.Grain
		date, from, to, key, de, before string
	}{
		{calendarYear, period.Day, "2026-03-01", "2026-03-01", "2026-03-02", "2026-03-01", "01.03.2026", "2025-03-01"},
		{calendarYear, period.Day, "2024-02-29", "2024-02-29", "2024-03-01", "2024-02-29", "29.02.2024", ""},
		{calendarYear, period.Week, "2026-01-01", "2025-12-29", "2026-01-05", "2026-W01", "KW 1/2026", "2024-12-30"},
		{calendarYear, period.Week, "2021-01-03", "2020-12-28", "2021-01-04", "2020-W53", "KW 53/2020", ""},
		{calendarYear, period.Month, "2024-02-29", "2024-02-01", "2024-03-01", "2024-02", "Februar 2024", "2023-02-01"},
		{calendarYear, period.Quarter, "2026-11-30", "2026-10-01", "2027-01-01", "2026-Q4", "Q4 2026", "2025-10-01"},
		{calendarYear, period.Year, "2026-11-30", "2026-01-01", "2027-01-01", "2026", "2026", "2025-01-01"},
		{october, period.Quarter, "2026-02-10", "2026-01-01", "2026-04-01", "2025-Q2", "Q2 2025/26", "2025-01-01"},
		{october, period.Year, "2026-09-30", "2025-10-01", "2026-10-01", "2025", "GJ 2025/26", "2024-10-01"},
		{october, period.Year, "2026-10-01", "2026-10-01", "2027-10-01", "2026", "GJ 2026/27", "2025-10-01"},
		{october, period.Month, "2026-10-01", "2026-10-01", "2026-11-01", "2026-10", "Oktober 2026", "2025-10-01"},
	}
	for _, c := range cases {
		p := c.cal.Of(c.grain, date(c.date))
		if p.From != date(c.from) || p.To != date(c.to) {
			t.Errorf("%s of %s: got %s to %s", c.grain, c.date, p.From, p.To)
		}
		if key := c.cal.Key(c.grain, p); key != c.key {
			t.Errorf("key: got %s, want %s", key, c.key)
		}
		if label := c.cal.Label(c.grain, p).In(base.German); label != c.de {
			t.Errorf("label: got %s, want %s", label, c.de)
		}
		before, ok := c.cal.YearBefore(c.grain, p)
		if ok != (c.before != "") || ok && before.From != date(c.before) {
			t.Errorf("year before %s %s: got %s, %v", c.grain, p.From, before.From, ok)
		}
	}
}

// Periods tile the calendar: next begins where this ends, prev of next is this, and keys read back.
func TestPeriodsTile(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cal := period.Calendar{FiscalStart: time.Month(rapid.IntRange(0, 12).Draw(r, "fiscal"))}
		g := rapid.SampledFrom(period.Grains()).Draw(r, "grain")
		d := period.Date(rapid.IntRange(-60000, 60000).Draw(r, "date"))
		p := cal.Of(g, d)
		if !p.Contains(d) || cal.Next(g, p).From != p.To || cal.Prev(g, cal.Next(g, p)) != p {
			r.Fatalf("%s %v: %v next %v", g, d, p, cal.Next(g, p))
		}
		back, q, err := cal.Parse(cal.Key(g, p))
		if err != nil || back != g || q != p {
			r.Fatalf("key %s reads as %s %v: %v", cal.Key(g, p), back, q, err)
		}
	})
}

// A split covers the span without gap or overlap, and only border periods are cut.
func TestSplitCovers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cal := period.Calendar{FiscalStart: time.Month(rapid.IntRange(1, 12).Draw(r, "fiscal"))}
		g := rapid.SampledFrom(period.Grains()).Draw(r, "grain")
		from := period.Date(rapid.IntRange(-3000, 3000).Draw(r, "from"))
		to := from + period.Date(rapid.IntRange(0, 900).Draw(r, "days"))
		spans := cal.Split(g, from, to)
		if len(spans) != cal.Count(g, from, to) {
			r.Fatalf("%d spans, counted %d", len(spans), cal.Count(g, from, to))
		}
		at := from
		for i, s := range spans {
			if s.From != at || s.To <= s.From {
				r.Fatalf("span %d %v does not follow %s", i, s, at)
			}
			if s.Cut != (cal.Of(g, s.From) != s.Period) || s.Cut && i > 0 && i < len(spans)-1 {
				r.Fatalf("span %d %v cut %v", i, s, s.Cut)
			}
			at = s.To
		}
		if at != to {
			r.Fatalf("ends at %s, not %s", at, to)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026", "2026-Q3", "2026-02", "2020-W53", "2021-W53", "2026-02-30", "0000", "2026-Q5"} {
		f.Add(s)
	}
	cal := period.Calendar{FiscalStart: time.April}
	f.Fuzz(func(t *testing.T, s string) {
		if g, p, err := cal.Parse(s); err == nil && cal.Key(g, p) != s {
			t.Fatalf("%q read as %s %v, written %q", s, g, p, cal.Key(g, p))
		}
	})
}

func TestRefusals(t *testing.T) {
	cal := period.Calendar{}
	for _, s := range []string{"", "26", "2026-13", "2026-W54", "2021-W53", "2026-Q0", "2026-02-30", "0000", "2026-W00"} {
		if _, _, err := cal.Parse(s); !base.IsKind(err, base.Usage) {
			t.Errorf("%q was accepted: %v", s, err)
		}
	}
	if _, err := period.ParseGrain("decade"); !base.IsKind(err, base.Usage) {
		t.Error("decade was accepted")
	}
	if g, _ := period.ParseGrain(""); g != period.Month {
		t.Error("empty grain is not month")
	}
}
