package base

import "time"

// Clock tells the time. Everything that needs now takes one, so that tests and the demo can set it.
type Clock func() time.Time

// SystemClock is the machine's clock in UTC.
func SystemClock() time.Time { return time.Now().UTC() }

// FixedClock always answers t.
func FixedClock(t time.Time) Clock { return func() time.Time { return t.UTC() } }
