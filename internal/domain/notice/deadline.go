package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Deadline says where the records of a kind keep a day by which something shall happen.
type Deadline struct {
	Kind  string
	Table string // rows of the record, "" for the record itself
	Field string
	Who   string            // person in the row; otherwise the owners of the record
	Done  string            // field of the same place that ends it as soon as it has a value
	Ended map[string]string // field of the record to the values, parted by spaces, that end it
	Begin bool              // something begins that day and cannot be late
}

// Deadlines are those of all kinds. A kind that is not there has none.
var Deadlines = []Deadline{
	{Kind: "initiative", Field: "start", Begin: true, Ended: map[string]string{"stage": "live closed stopped"}},
	{Kind: "initiative", Field: "go_live", Ended: map[string]string{"stage": "live closed stopped"}},
	{Kind: "initiative", Table: "milestones", Field: "due", Who: "owner", Done: "done", Ended: map[string]string{"stage": "closed stopped"}},
	{Kind: "decision", Field: "due", Ended: map[string]string{"outcome": "accepted rejected"}},
	{Kind: "risk", Field: "due", Ended: map[string]string{"status": "closed"}},
	{Kind: "target", Field: "next_review"},
	{Kind: "meeting", Table: "actions", Field: "due", Who: "who", Done: "done"},
}

// Date is a day of one record.
type Date struct {
	Kind, Record string
	Version      int
	Changed      time.Time
	Name         string    // of the record
	What         base.Text // title of the field, or of the row
	Key          string    // stable within the record
	Day          time.Time // midnight in UTC
	Persons      []string
	Begin        bool
}

// query asks for the records that can have a day between two days, the second left out.
func (d Deadline) query(from, to time.Time) record.Query {
	q := record.Query{Limit: record.MaxPage}
	if d.Table != "" {
		q.Where = []record.Condition{{Field: d.Table, Op: "gt", Values: []string{"0"}}}
		return q
	}
	q.Where = []record.Condition{{Field: d.Field, Op: "ge", Values: []string{from.Format(time.DateOnly)}}, {Field: d.Field, Op: "lt", Values: []string{to.Format(time.DateOnly)}}}
	return q
}

// dates reads the days of a record between two days, the second left out.
func (d Deadline) dates(def *record.Def, doc record.Doc, from, to time.Time) []Date {
	for name, values := range d.Ended {
		state, _ := doc.Value[name].(string)
		if slices.Contains(strings.Fields(values), state) {
			return nil
		}
	}
	one := Date{Kind: def.Name, Record: doc.ID, Version: doc.Version, Changed: doc.UpdatedAt, Persons: owners(def, doc.Value), Begin: d.Begin}
	one.Name, _ = doc.Value[def.Heading().Name].(string)
	if d.Table == "" {
		f, ok := field.Find(def.Fields, d.Field)
		if !ok {
			return nil
		}
		one.What, one.Key = f.Title, d.Field
		return d.date(one, doc.Value, from, to)
	}
	var out []Date
	seen := map[string]int{}
	for _, r := range rowsOf(doc.Value[d.Table]) {
		row := one
		title := rowTitle(r, d)
		row.What, row.Key = base.Text{De: title, En: title}, d.Table+"-"+short(title)
		if seen[row.Key]++; seen[row.Key] > 1 {
			row.Key += fmt.Sprintf("-%d", seen[row.Key])
		}
		if who, _ := r[d.Who].(string); who != "" {
			row.Persons = []string{who}
		}
		out = append(out, d.date(row, r, from, to)...)
	}
	return out
}

func (d Deadline) date(one Date, doc map[string]any, from, to time.Time) []Date {
	text, _ := doc[d.Field].(string)
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Before(from) || !day.Before(to) || d.Done != "" && doc[d.Done] != nil {
		return nil
	}
	one.Day = day
	return []Date{one}
}

// rowTitle is the first text of a row.
func rowTitle(r map[string]any, d Deadline) string {
	for _, name := range []string{"title", "what", "name"} {
		if s, _ := r[name].(string); s != "" {
			return s
		}
	}
	return d.Table
}

func owners(d *record.Def, doc map[string]any) []string {
	var out []string
	for i := range d.Fields {
		if d.Fields[i].Owner {
			out = append(out, texts(doc[d.Fields[i].Name])...)
		}
	}
	return out
}

// short is a stable name of a text.
func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:5])
}
