package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Finding is a weakness as people see it.
type Finding struct {
	ID         string       `json:"id" doc:"stable: the same matter has the same id after every load"`
	Number     string       `json:"number" doc:"short name for people, such as B-044"`
	Kind       string       `json:"kind" enum:"rework,waiting,variants,ping_pong,missing_response,slow_tickets,returns"`
	Title      base.Text    `json:"title"`
	Sentence   base.Text    `json:"sentence"`
	Process    string       `json:"process" doc:"empty for tickets and orders"`
	Table      string       `json:"table" enum:"events,tickets,orders"`
	Subject    []string     `json:"subject" doc:"activities, a column and its value, or a product group"`
	Size       Size         `json:"size"`
	Euros      *Euros       `json:"euros" doc:"a year; null when handling times or a rate are missing, or nobody can know"`
	Unknown    base.Text    `json:"euros_unknown_reason" doc:"why euros are null"`
	Link       string       `json:"euros_link" doc:"page where the missing assumption is entered, empty when there is none"`
	Formula    base.Text    `json:"formula"`
	Certainty  Certainty    `json:"certainty"`
	CasesCount int64        `json:"cases_count"`
	Counted    base.Text    `json:"counted" doc:"what cases_count counts, in the plural: cases, requests, orders"`
	State      State        `json:"state" enum:"new,open,dismissed"`
	Reason     string       `json:"reason" doc:"why it was dismissed"`
	Note       string       `json:"note"`
	Version    int          `json:"version" doc:"of what people keep about it"`
	Rank       int          `json:"rank" doc:"1 is first; 0 for dismissed ones"`
	FirstSeen  time.Time    `json:"first_seen"`
	Remarks    base.Remarks `json:"remarks"`
	Evidence   Evidence     `json:"evidence"`

	rows Rows
}

// Size is how much, a year. Low and high are there where assumptions are ranges.
type Size struct {
	Value    float64  `json:"value"`
	Unit     Unit     `json:"unit" enum:"lead_time_hours_per_year,working_hours_per_year,cases_per_year,currency_per_year"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	Currency string   `json:"currency" doc:"of currency_per_year, else empty"`
}

// Euros is a range of money a year.
type Euros struct {
	Low      float64 `json:"low"`
	Likely   float64 `json:"likely"`
	High     float64 `json:"high"`
	Currency string  `json:"currency"`
}

// Certainty says how far a finding carries: 3 is well founded, 1 is a hint.
type Certainty struct {
	Level int       `json:"level" minimum:"1" maximum:"3"`
	Text  base.Text `json:"text"`
}

// Evidence leads on: to the rows and to the metric that shows the matter over time.
type Evidence struct {
	Rows   string `json:"rows" doc:"path of the cases behind it, below /api/v1"`
	Metric string `json:"metric" doc:"name, empty when there is none"`
	SQL    string `json:"sql" doc:"the rows as SQL over the fact tables"`
}

// id names a matter by its kind, process and subject.
func (d *Draft) id() string {
	h := sha256.New()
	for _, part := range append([]string{d.Kind, d.Process}, d.Subject...) {
		fmt.Fprintf(h, "%d:%s", len(part), part) // the length keeps neighbours from running into each other
	}
	return "f" + hex.EncodeToString(h.Sum(nil)[:10])
}

// table is the fact table that the matter was seen in.
func (d *Draft) table() string {
	switch d.Kind {
	case KindResponse, KindSlow:
		return "tickets"
	case KindReturns:
		return "orders"
	}
	return "events"
}
