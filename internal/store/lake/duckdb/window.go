package duckdb

import (
	"sync"
	"time"
	_ "time/tzdata" // the default zone must be there on every machine

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

var berlin = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return zone
})

// window spans the days of a load, from the first instant of its first day to that of the day after its last; nil
// when it has no times.
func (w *writer) window() *catalogue.Window {
	if w.origin.First == nil {
		return nil
	}
	zone := w.meta.Zone
	if zone == nil {
		zone = berlin()
	}
	if w.meta.Schema[w.meta.Schema.Index(w.meta.Time)].Type == fact.Date {
		zone = time.UTC
	}
	first, last := time.UnixMicro(*w.origin.First).In(zone), time.UnixMicro(*w.origin.Last).In(zone)
	from := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, zone)
	to := time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, zone)
	return &catalogue.Window{From: from.UnixMicro(), To: to.UnixMicro()}
}
