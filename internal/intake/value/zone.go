package value

import (
	"time"

	"lotse.dev/lotse/internal/base"
)

// Shift says whether a local time met a change of the clock.
type Shift uint8

// The shifts: none; an hour that exists twice, read as the first; an hour that does not exist, read an hour later.
const (
	NoShift Shift = iota
	Repeated
	Skipped
)

// Zone turns local times into instants. It is not safe for concurrent use: it remembers the last day.
type Zone struct {
	loc    *time.Location
	day    int
	known  bool
	plain  bool  // no change of the clock near this day
	offset int64 // seconds, when plain
}

// LoadZone returns the zone of an IANA name.
func LoadZone(name string) (*Zone, error) {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, base.Fail(base.Usage, "zone_unknown", base.T("Die Zeitzone %s gibt es nicht.", "There is no time zone %s.", name)).
			WithHint(base.T("Beispiele: Europe/Berlin, UTC.", "Examples: Europe/Berlin, UTC."))
	}
	return &Zone{loc: loc}, nil
}

func (z *Zone) offsetAt(utc int64) int64 {
	_, off := time.Unix(utc, 0).In(z.loc).Zone()
	return int64(off)
}

// Instant returns microseconds since 1970 UTC of a local day (since 1970) and microseconds within it.
func (z *Zone) Instant(day int, micro int64) (int64, Shift) {
	if !z.known || z.day != day {
		before, after := z.offsetAt(int64(day-1)*86400), z.offsetAt(int64(day+2)*86400)
		z.day, z.known, z.plain, z.offset = day, true, before == after, before
	}
	local := int64(day)*microsPerDay + micro
	if z.plain {
		return local - z.offset*1_000_000, NoShift
	}
	return z.nearChange(local)
}

// nearChange takes the offset before the change for hours that are there twice or not at all: that is the first of two,
// and an hour later for what was skipped.
func (z *Zone) nearChange(local int64) (int64, Shift) {
	secs := local / 1_000_000
	if local < 0 && local%1_000_000 != 0 {
		secs--
	}
	early, late := z.offsetAt(secs-86400), z.offsetAt(secs+86400)
	first, second := secs-early, secs-late
	okFirst, okSecond := z.offsetAt(first) == early, z.offsetAt(second) == late
	switch {
	case okFirst && okSecond && early != late:
		return local - early*1_000_000, Repeated
	case okFirst:
		return local - early*1_000_000, NoShift
	case okSecond:
		return local - late*1_000_000, NoShift
	}
	return local - early*1_000_000, Skipped
}

// Instant returns the instant of a moment. ok is false when the date does not exist in this order.
func (m Moment) Instant(o Order, z *Zone) (micro int64, shift Shift, ok bool) {
	if m.Sep == 'e' {
		return int64(m.B-1)*microsPerDay + m.Micro, NoShift, true
	}
	day, ok := m.Civil(o)
	if !ok {
		return 0, NoShift, false
	}
	if m.Zoned {
		return int64(day)*microsPerDay + m.Micro - int64(m.Offset)*1_000_000, NoShift, true
	}
	micro, shift = z.Instant(day, m.Micro)
	return micro, shift, true
}
