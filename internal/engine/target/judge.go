package target

import (
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// Status is the verdict on a figure.
type Status string

// The verdicts, from the one that needs somebody most.
const (
	Missed   Status = "missed"
	AtRisk   Status = "at_risk"
	Unknown  Status = "unknown"
	OnCourse Status = "on_course"
)

// Title is the verdict for people.
func (s Status) Title() base.Text {
	switch s {
	case Missed:
		return base.T("verfehlt", "missed")
	case AtRisk:
		return base.T("gefährdet", "at risk")
	case OnCourse:
		return base.T("auf Kurs", "on course")
	}
	return base.T("unbekannt", "unknown")
}

// Figure is what a metric says of its last complete period. Value is nil when it is unknown.
type Figure struct {
	Period           period.Period
	Value, Low, High *float64
	N, MinN          int64
	Direction        Direction // which way the metric is better
	Pending          bool      // its rows are being computed, so that it says nothing for now
}

// Limit is the value of a line for the period that begins on a day, nil before its first point.
type Limit struct {
	From  period.Date `json:"from"`
	Value *float64    `json:"value"`
}

// Standing is a figure against one line.
type Standing struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Metric    string       `json:"metric"`
	Process   string       `json:"process"`
	Line      Line         `json:"line" enum:"plan,stretch,contract"`
	Status    Status       `json:"status" enum:"on_course,at_risk,missed,unknown"`
	From      *period.Date `json:"from" doc:"first day of the judged period, null without a complete one"`
	To        *period.Date `json:"to"`
	Value     *float64     `json:"value" doc:"the figure, in the unit of the metric"`
	Limit     *float64     `json:"limit" doc:"the wanted value for that period, null before the first point"`
	Gap       *float64     `json:"gap" doc:"value minus limit, in the unit of the metric"`
	Secured   *bool        `json:"secured" doc:"false when the interval of the figure holds the limit, null where there is no interval"`
	Direction Direction    `json:"direction" enum:"up,down," doc:"up: at least, down: at most"`
	Tolerance float64      `json:"tolerance"`
	Next      *Point       `json:"next" doc:"the next point after the judged period"`
	Owner     string       `json:"owner"`
	OwnerName string       `json:"owner_name"`
	Review    string       `json:"next_review"`
	Limits    []Limit      `json:"limits" nullable:"false" doc:"the line for each period of the trend"`
	Remarks   base.Remarks `json:"remarks" nullable:"false"`

	Pending bool `json:"-"`
}

// Judge sets a figure against a line; nil is a figure without a complete period.
func Judge(t Target, f *Figure) Standing {
	s := Standing{ID: t.ID, Title: t.Title, Metric: t.Metric, Process: t.Process, Line: t.Line, Status: Unknown, Direction: t.Direction,
		Tolerance: t.Tolerance, Owner: t.Owner, OwnerName: t.OwnerName, Review: t.Review, Limits: []Limit{}, Remarks: base.Remarks{}}
	if f == nil {
		s.Remarks.Add("no_complete_period", base.T("Noch liegt kein vollständiger Zeitraum vor.", "There is no complete period yet."))
		return s
	}
	if s.Direction == None {
		s.Direction = f.Direction
	}
	s.From, s.To, s.Value, s.Pending = &f.Period.From, &f.Period.To, f.Value, f.Pending
	s.Limit, s.Next = t.Over(f.Period), t.Next(f.Period.To-1)
	if f.Value != nil && s.Limit != nil {
		gap := *f.Value - *s.Limit
		s.Gap = &gap
	}
	if s.doubt(f) {
		return s
	}
	s.Status = verdict(s.Direction, *s.Gap, *s.Limit, t.Tolerance)
	if f.Low != nil && f.High != nil {
		secured := *f.Low > *s.Limit || *f.High < *s.Limit
		s.Secured = &secured
		if !secured {
			s.Remarks.Add("unsecured", base.T("Ungesichert: das Intervall der Kennzahl enthält den Zielwert.", "Not secured: the interval of the figure holds the target."))
		}
	}
	return s
}

// doubt says why there is no verdict; false when there can be one.
func (s *Standing) doubt(f *Figure) bool {
	switch {
	case f.Value == nil:
		s.Remarks.Add("figure_unknown", base.T("Die Kennzahl ist für den letzten vollständigen Zeitraum unbekannt.", "The figure of the last complete period is unknown."))
	case f.N < f.MinN:
		s.Remarks.Add("small_sample", base.T("Der Wert beruht auf %s Einzelwerten, nötig sind %s.", "The figure rests on %s single values, %s are needed.", f.N, f.MinN))
	case s.Limit == nil:
		s.Remarks.Add("no_point_yet", base.T("Der Zielwert gilt erst später.", "The target holds later only."))
	case s.Direction == None:
		s.Remarks.Add("no_direction", base.T("Weder Zielwert noch Kennzahl sagen, ob mehr oder weniger besser ist.", "Neither target nor metric says whether more or less is better."))
	default:
		return false
	}
	return true
}

// rounding is how far a figure may miss a limit by the arithmetic of fractions alone.
const rounding = 1e-9

func verdict(d Direction, gap, limit, tolerance float64) Status {
	worse := gap
	if d == Up {
		worse = -gap
	}
	slack := rounding * math.Max(1, math.Abs(limit))
	switch {
	case worse <= slack:
		return OnCourse
	case worse <= tolerance*math.Abs(limit)+slack:
		return AtRisk
	}
	return Missed
}
