package base

import (
	"context"
	"time"
)

// Clock tells the time. Everything that needs now takes one, so that tests and the demo can set it.
type Clock func() time.Time

// SystemClock is the machine's clock in UTC.
func SystemClock() time.Time { return time.Now().UTC() }

// FixedClock always answers t.
func FixedClock(t time.Time) Clock { return func() time.Time { return t.UTC() } }

// Today tells the date where the company is, as midnight in UTC.
type Today func(ctx context.Context) (time.Time, error)

// In tells the date in the time zone that is set; where there is none or it is unknown, in UTC.
func (c Clock) In(zone func(ctx context.Context) (string, error)) Today {
	return func(ctx context.Context) (time.Time, error) {
		place := time.UTC
		if zone != nil {
			name, err := zone(ctx)
			if err != nil {
				return time.Time{}, err
			}
			if known, err := time.LoadLocation(name); err == nil {
				place = known
			}
		}
		y, m, d := c().In(place).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), nil
	}
}

// clockSlack is how far the clock may stand behind the newest entry before what is written then is marked: corrections
// over the network are smaller.
const clockSlack = time.Minute

// SetBack is the mark of what is written at now while the newest entry is of a later instant, empty when it is not: the
// clock was set back, or was ahead before.
func SetBack(now, newest time.Time) Text {
	if !now.Add(clockSlack).Before(newest) {
		return Text{}
	}
	last := newest.UTC().Format("2006-01-02 15:04") + " UTC"
	return T("Uhr zurückgestellt: Der letzte Eintrag war vom %s.", "Clock set back: the last entry was of %s.", last)
}
