// Package assumption keeps in one place what no file says and figures in euros need: how many minutes of work an
// activity takes and what an hour of work costs, each as a range with its source and date. They are versioned records
// with history; how a finding uses them belongs to the findings.
package assumption

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// HandlingTime is the working time of one occurrence of an activity, in minutes.
type HandlingTime struct {
	Process  string  `json:"process" maxLength:"200"`
	Activity string  `json:"activity" maxLength:"500"`
	Min      float64 `json:"min_minutes" minimum:"0" maximum:"100000"`
	Likely   float64 `json:"likely_minutes" minimum:"0" maximum:"100000"`
	Max      float64 `json:"max_minutes" minimum:"0" maximum:"100000"`
	Source   string  `json:"source" maxLength:"1000" doc:"where the figures come from"`
	Date     string  `json:"date" doc:"day of the figures, YYYY-MM-DD"`
}

// DefaultRole is the role whose rate holds where no other is named.
const DefaultRole = "default"

// Rate is what an hour of work of a role costs. Amounts are decimal texts with a point.
type Rate struct {
	Role     string `json:"role" maxLength:"200" doc:"role, or default"`
	Min      string `json:"min" maxLength:"20" doc:"decimal, per hour"`
	Likely   string `json:"likely" maxLength:"20" doc:"decimal, per hour"`
	Max      string `json:"max" maxLength:"20" doc:"decimal, per hour"`
	Currency string `json:"currency" maxLength:"3" doc:"ISO 4217 code"`
	Source   string `json:"source" maxLength:"1000" doc:"where the figures come from"`
	Date     string `json:"date" doc:"day of the figures, YYYY-MM-DD"`
}

// Range is a low, a likely and a high value.
type Range struct{ Min, Likely, Max float64 }

// Range is the working time in minutes.
func (h HandlingTime) Range() Range { return Range{h.Min, h.Likely, h.Max} }

// Range is the cost of an hour in Currency.
func (r Rate) Range() Range {
	return Range{amount(r.Min), amount(r.Likely), amount(r.Max)}
}

func amount(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64) // checked when it was kept
	return f
}

var handlingTimes = record.Kind[HandlingTime]{
	Name: "handling_time", Title: base.T("Die Bearbeitungszeit", "The handling time"), Validate: checkHandlingTime,
}

var rates = record.Kind[Rate]{
	Name: "hourly_rate", Title: base.T("Der Stundensatz", "The hourly rate"), Validate: checkRate,
}

// handlingTimeID is the record of a process and activity; names may hold anything, ids may not.
func handlingTimeID(process, activity string) string {
	return digest(fmt.Sprintf("%d:%s%s", len(process), process, activity))
}

func rateID(role string) string { return digest(role) }

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:13])
}

// isDay says whether s is a day of the calendar.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
