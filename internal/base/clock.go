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
