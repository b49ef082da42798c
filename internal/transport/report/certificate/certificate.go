package certificate

import (
	"time"

	"lotse.dev/lotse/internal/base"
)

// Certificate is the content of the page. Numbers come written out with their units, in both languages.
type Certificate struct {
	Closing    string // the signed closing that it shows
	Hash       string // of the closing's frozen content
	Company    string
	Simulated  bool // the facts are those of the demo company
	Initiative string
	Sentence   base.Text // the answer: "… verkürzt die Durchlaufzeit um 2,6 Tage."
	Verdict    base.Text
	Proven     bool
	Class      base.Text // how it was planned
	Promise    []Line
	Plan       []Line
	Measured   []Line
	Chart      Chart
	Amount     *Amount
	Reasons    []Reason
	Tried      []Line
	Signatures []Signature
	Snapshot   int64
	Signed     time.Time // the file is dated by it, so that the same closing gives the same bytes
	Zone       *time.Location
	Verify     string // address of the page that verifies
}

// Line is a label with its value and, smaller, what stands behind it.
type Line struct{ Label, Value, Note base.Text }

// Reason is one condition of the verdict.
type Reason struct {
	Met        *bool
	Text, Note base.Text
}

// Amount is what the effect is worth a year. A class stands alone: amounts of several classes have no sum.
type Amount struct{ Title, Low, Middle, High, Note base.Text }

// Signature is one step of the closing.
type Signature struct {
	Step base.Text
	Name string
	At   time.Time
}

// Chart is the series beside what was expected without the initiative.
type Chart struct {
	Title  base.Text
	Start  base.Text // label of the line at the first affected period
	Points []Point
	From   int // index of the first affected period
}

// Point is one period in the unit of the axis.
type Point struct {
	Label                      string
	Value, Expected, Low, High *float64
}
