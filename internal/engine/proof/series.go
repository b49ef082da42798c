package proof

import (
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// Moment names everything that figures depend on beside their definition.
type Moment struct {
	Snapshot int64     `json:"snapshot" doc:"of the lake"`
	Settings int       `json:"settings" doc:"version of the settings"`
	At       time.Time `json:"at"`
}

// Other is a further metric of a question: a control, or one that should not move.
type Other struct {
	Metric     string `json:"metric"`
	Process    string `json:"process,omitempty"`
	Definition int    `json:"definition,omitempty" doc:"version of its definition, 0 for the present one"`
}

// Ask is a question to the facts, complete enough to be asked again. Without From and To it means all history.
type Ask struct {
	Metric     string       `json:"metric"`
	Process    string       `json:"process,omitempty"`
	Filters    []string     `json:"filters,omitempty" doc:"field=value"`
	Grain      period.Grain `json:"grain"`
	From       string       `json:"from,omitempty" doc:"first day"`
	To         string       `json:"to,omitempty" doc:"day after the last"`
	Definition int          `json:"definition,omitempty"`
	Controls   []Other      `json:"controls,omitempty"`
	Negative   *Other       `json:"negative,omitempty"`
	Moment     Moment       `json:"moment"`
}

// Row is one period of the answer. Whatever is unknown is null.
type Row struct {
	From     period.Date `json:"from"`
	To       period.Date `json:"to"`
	Label    string      `json:"label"`
	Value    *float64    `json:"value"`
	Low      *float64    `json:"low"`
	High     *float64    `json:"high"`
	N        int64       `json:"n"`
	Complete bool        `json:"complete"`
	Controls []*float64  `json:"controls,omitempty"`
	Negative *float64    `json:"negative,omitempty"`
}

// Series is the answer. Ask is the question with everything filled in that was left open.
type Series struct {
	Ask      Ask
	Title    base.Text
	Unit     string // count, money, share, seconds, number
	Currency string
	Up, Down bool // which way is better
	MinN     int64
	First    time.Time // of the facts that the metric reads
	Last     time.Time
	Rows     []Row
	Remarks  base.Remarks
}

// Known are the rows between the first and the last complete one: a running period is no observation.
func (s *Series) Known() []Row {
	first, last := -1, -1
	for i, r := range s.Rows {
		if r.Complete {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	return s.Rows[first : last+1]
}

// State is what a metric rests on at a moment.
type State struct {
	Title       base.Text
	Process     string
	Definition  int
	Unit        string
	MinN        int64
	First, Last time.Time // of the facts, zero when there are none
	Known       time.Time // the last fact that was ever loaded, withdrawn ones included
	LoadedAt    time.Time
}
