package metric

import (
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/base/period"
)

// Limits of one question. They keep an answer readable and a statement small.
const (
	MaxPeriods = 4_000
	MaxPoints  = 100_000
	MaxFilters = 20
	MaxValues  = 200 // values of one filter
)

// Question is what is asked of a metric.
type Question struct {
	From, To *period.Date // days, To excluded; nil for the border of the data
	Grain    period.Grain // "" for month
	Dim      string       // column by which the figure is divided, "" for none
	Filters  []Filter
	Recent   int  // without From: only the last so many periods that hold data up to now; 0 for all
	Compare  bool // add the period before and the year before of the last complete period
}

// Filter keeps rows whose column has one of the values; an empty value stands for rows without one.
type Filter struct {
	Field  string
	Values []string
}

// Relation is what a fact table offers: its columns and the instants between which it has rows.
type Relation struct {
	Name     string // in SQL
	Schema   fact.Schema
	Rows     int64
	Last     time.Time       // latest instant of the table's own time column, zero when there is none
	Spans    map[string]Span // first and last instant of columns, of those that are known without reading rows
	Pending  []string        // columns whose values are being computed anew and hold no longer
	Position []string        // columns that order rows as they were loaded, with the origin of each row; empty for a derived table
}

// Span is the first and the last instant of a column, both zero when it is empty.
type Span struct{ First, Last time.Time }

// Env is what a company has settled and what time it is.
type Env struct {
	Calendar        period.Calendar
	Currency        string
	DigitalChannels []string
	EndActivities   []string // that complete a case of the process in question; empty while none are set
	Now             time.Time
}

// Bounds are the first and last instant at which a metric has rows, Data the last instant of the table up to now.
type Bounds struct {
	First, Last time.Time
	Data        time.Time
}

// Empty says that the metric has no rows.
func (b Bounds) Empty() bool { return b.First.IsZero() }
