package demo

import (
	"time"
)

// moment is wall-clock time in the company's town, in seconds since 1970 as if that clock were UTC.
type moment int64

const (
	minute = moment(60)
	hour   = 60 * minute
	day    = 24 * hour
)

func date(year, month, dayOfMonth int) moment {
	return moment(time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).Unix())
}

func (m moment) days() int64 { return int64(m / day) }

// midnight is the start of the day.
func (m moment) midnight() moment { return m - m%day }

// weekday counts from Monday, 0.
func (m moment) weekday() int { return int((m.days() + 3) % 7) }

func (m moment) civil() (year, month, dayOfMonth int) {
	y, mo, d := time.Unix(int64(m), 0).UTC().Date()
	return y, int(mo), d
}

// after adds a number of days.
func (m moment) after(days float64) moment { return m + moment(days*float64(day)) }

// holidays are the days without work of Schleswig-Holstein, by days since 1970.
type holidays map[int64]bool

func holidaysBetween(from, to int) holidays {
	h := holidays{}
	for y := from; y <= to; y++ {
		for _, md := range [][2]int{{1, 1}, {5, 1}, {10, 3}, {10, 31}, {12, 24}, {12, 25}, {12, 26}, {12, 31}} {
			h[date(y, md[0], md[1]).days()] = true
		}
		easter := easterSunday(y).days()
		for _, offset := range []int64{-2, 1, 39, 50} {
			h[easter+offset] = true
		}
	}
	return h
}

// easterSunday follows the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
func easterSunday(y int) moment {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	return date(y, month, (h+l-7*m+33*month+19)%32)
}

// desk moves a moment to the next time at which somebody works: Monday to Friday, 7 to 17 o'clock. Within the first
// two hours of that day the work is spread by the fraction u, so that not everything happens at seven.
func (h holidays) desk(m moment, u float64) moment {
	at := m % day
	if m.weekday() < 5 && !h[m.days()] && at >= 7*hour && at < 17*hour {
		return m
	}
	next := m.midnight()
	if at >= 7*hour {
		next += day
	}
	for next.weekday() > 4 || h[next.days()] {
		next += day
	}
	return next + 7*hour + moment(u*float64(2*hour))
}

// parcel moves a moment to the next time at which a carrier delivers: Monday to Saturday, 8 to 19 o'clock.
func (h holidays) parcel(m moment, u float64) moment {
	at := m % day
	if m.weekday() < 6 && !h[m.days()] && at >= 8*hour && at < 19*hour {
		return m
	}
	next := m.midnight()
	if at >= 8*hour {
		next += day
	}
	for next.weekday() > 5 || h[next.days()] {
		next += day
	}
	return next + 8*hour + moment(u*float64(11*hour))
}

// awake moves moments of the hour that clocks skip or repeat out of the way.
func awake(m moment) moment {
	if at := m % day; at >= 2*hour && at < 3*hour {
		return m + hour
	}
	return m
}

// summer says whether the clock shows summer time: last Sunday of March to last Sunday of October (2000/84/EC).
func (m moment) summer() bool {
	y, _, _ := m.civil()
	return m >= lastSunday(y, 3)+3*hour && m < lastSunday(y, 10)+3*hour
}

func lastSunday(y, month int) moment {
	last := date(y, month, 31)
	return last - moment((last.weekday()+1)%7)*day
}
