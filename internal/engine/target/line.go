package target

import (
	"lotse.dev/lotse/internal/base/period"
)

// Line says what a target is to the company.
type Line string

// The lines. A contract binds, the plan is what is steered by, stretch is wished for.
const (
	Plan     Line = "plan"
	Stretch  Line = "stretch"
	Contract Line = "contract"
)

// Direction says on which side of the line a figure is good.
type Direction string

// The directions; None where neither the target nor its metric says.
const (
	Up   Direction = "up"   // at least
	Down Direction = "down" // at most
	None Direction = ""
)

// Shape is how a line goes from point to point.
type Shape string

// The shapes; the zero value is Steps.
const (
	Steps    Shape = "steps"
	Straight Shape = "line"
)

// Point is the value that a line has from a day on.
type Point struct {
	From  period.Date `json:"from"`
	Value float64     `json:"value"`
}

// Target is one line of a metric. Points are in the order of their days and in the metric's own unit.
type Target struct {
	ID        string
	Title     string
	Metric    string
	Process   string // "" for every process of the metric
	Line      Line
	Shape     Shape
	Points    []Point
	Direction Direction // None: as the metric says
	Tolerance float64   // share of the wanted value by which a figure may be worse and is at risk instead of missed
	Owner     string
	OwnerName string
	Review    string // day of the next review, "" for none
}

// At is the value of the line on a day, nil before its first point. After the last point its value stays.
func (t Target) At(day period.Date) *float64 {
	for i := len(t.Points) - 1; i >= 0; i-- {
		p := t.Points[i]
		if p.From > day {
			continue
		}
		v := p.Value
		if t.Shape == Straight && i+1 < len(t.Points) {
			next := t.Points[i+1]
			v += (next.Value - v) * float64(day-p.From) / float64(next.From-p.From)
		}
		return &v
	}
	return nil
}

// Over is the value of the line for a period: that of its last day, because a target says what is reached by then.
func (t Target) Over(p period.Period) *float64 { return t.At(p.To - 1) }

// Next is the first point after a day, nil when nothing changes any more.
func (t Target) Next(day period.Date) *Point {
	for _, p := range t.Points {
		if p.From > day {
			return &p
		}
	}
	return nil
}
