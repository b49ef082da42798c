package metric

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// Answer is what a question gets. Its remarks say why a value is unknown and what to mind.
type Answer struct {
	Metric            string       `json:"metric"`
	Unit              Unit         `json:"unit" enum:"count,money,share,seconds,number"`
	Currency          *string      `json:"currency" doc:"of money, null otherwise and where a column names several"`
	DefinitionVersion int          `json:"definition_version"`
	By                period.Grain `json:"by" enum:"day,week,month,quarter,year"`
	Points            []Point      `json:"points" nullable:"false"`
	Compare           *Compare     `json:"compare" doc:"the last complete period against others; null with a dimension"`
	Remarks           base.Remarks `json:"remarks" nullable:"false"`
}

// Point is the figure of one period, or of one value of the dimension in it.
type Point struct {
	From     period.Date `json:"from" doc:"first day"`
	To       period.Date `json:"to" doc:"day after the last"`
	Dim      *string     `json:"dim,omitempty" doc:"only with a dimension; empty text for rows without a value"`
	Value    *float64    `json:"value" doc:"null when unknown"`
	Low      *float64    `json:"low" doc:"lower limit of the 95 % interval"`
	High     *float64    `json:"high"`
	N        int64       `json:"n" doc:"things that the figure rests on"`
	Complete bool        `json:"complete"`
}

// Compare sets the last complete period against the period before and the same period a year earlier.
type Compare struct {
	From       period.Date `json:"from"`
	To         period.Date `json:"to"`
	Value      *float64    `json:"value"`
	Previous   *Difference `json:"previous"`
	YearBefore *Difference `json:"year_before"`
}

// Difference is a figure minus an earlier one.
type Difference struct {
	From       period.Date `json:"from"`
	To         period.Date `json:"to"`
	Value      *float64    `json:"value" doc:"the earlier figure"`
	Difference *float64    `json:"difference" doc:"null where it is unknown; a remark says why"`
	Low        *float64    `json:"low" doc:"lower limit of the 95 % interval of the difference, null where the metric has no interval"`
	High       *float64    `json:"high"`
	Relative   *float64    `json:"relative" doc:"difference as a share of the earlier figure, null when that is 0"`
	Secured    bool        `json:"secured" doc:"false where a remark says why the two periods are no secure comparison, whatever the interval"`
}

// Clone copies an answer so that its texts can be put into a language without touching the kept one.
func (a Answer) Clone() *Answer {
	a.Points = append(make([]Point, 0, len(a.Points)), a.Points...)
	a.Remarks = append(make(base.Remarks, 0, len(a.Remarks)), a.Remarks...)
	return &a
}
