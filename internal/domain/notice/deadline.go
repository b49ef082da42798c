package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Deadline says where the records of a kind keep a day by which something shall happen, as the tags of its fields
// mark it.
type Deadline struct {
	Def   *record.Def
	Table string // rows of the record, "" for the record itself
	Field *field.Field
	Who   string // person in the row; otherwise the owners of the record
}

// deadlines are those of all kinds.
func (s *Service) deadlines() []Deadline {
	var out []Deadline
	for _, d := range s.Records.Defs() {
		for i := range d.Fields {
			f := &d.Fields[i]
			if f.Due != nil {
				out = append(out, Deadline{Def: d, Field: f})
			}
			for j := range f.Fields {
				if f.Fields[j].Due != nil {
					out = append(out, Deadline{Def: d, Table: f.Name, Field: &f.Fields[j], Who: personOf(f.Fields)})
				}
			}
		}
	}
	return out
}

// personOf is the column of a table that says who, "" when none does.
func personOf(fields []field.Field) string {
	for _, f := range fields {
		if f.Type == field.TypePerson {
			return f.Name
		}
	}
	return ""
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
	q.Where = between(d.Field.Name, from, to)
	return q
}

// between asks for a day between two, the second left out.
func between(name string, from, to time.Time) []record.Condition {
	return []record.Condition{{Field: name, Op: "ge", Values: []string{from.Format(time.DateOnly)}}, {Field: name, Op: "lt", Values: []string{to.Format(time.DateOnly)}}}
}

// dates reads the days of a record between two days, the second left out.
func (d Deadline) dates(doc record.Doc, from, to time.Time) []Date {
	due := d.Field.Due
	if state, _ := doc.Value[due.Ended].(string); due.Ended != "" && slices.Contains(due.EndedBy, state) {
		return nil
	}
	one := Date{Kind: d.Def.Name, Record: doc.ID, Version: doc.Version, Changed: doc.UpdatedAt, Persons: owners(d.Def, doc.Value), Begin: due.Starts}
	one.Name, _ = doc.Value[d.Def.Heading().Name].(string)
	if d.Table == "" {
		one.What, one.Key = d.Field.Title, d.Field.Name
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
	text, _ := doc[d.Field.Name].(string)
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Before(from) || !day.Before(to) || d.Field.Due.Done != "" && doc[d.Field.Due.Done] != nil {
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
