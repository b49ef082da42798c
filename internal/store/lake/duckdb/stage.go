package duckdb

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/cespare/xxhash/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// stage holds the rows of a load in a temporary table until they are sorted. DuckDB spills it beyond its memory limit.
type stage struct {
	ctx     context.Context
	conn    *conn
	app     *appender
	schema  fact.Schema
	events  bool
	hashes  *rowHashes
	coders  []*coder      // by column, nil where texts are kept as they are
	vectors []fact.Vector // of the table
	valid   []bool        // all true
	numbers map[string]int64
	names   []string // of the activity numbers
	rows    int64
}

// code is the type of a column of codes in a stage: INTEGER.
const code = fact.Date + 1

func newStage(ctx context.Context, e *engine, schema fact.Schema, events bool) (*stage, error) {
	c, err := e.connect()
	if err != nil {
		return nil, err
	}
	s := &stage{ctx: ctx, conn: c, schema: schema, events: events, hashes: newRowHashes(schema), numbers: map[string]int64{}}
	if err := s.create(); err != nil {
		c.close()
		return nil, err
	}
	return s, nil
}

// create makes the table: per column its values and, for texts, their codes; then line and hash, for events the key of the case and
// the number of the activity.
func (s *stage) create() error {
	var kinds []fact.Type
	var columns []string
	add := func(name string, kind fact.Type) {
		kinds, columns = append(kinds, kind), append(columns, name+" "+stageType(kind))
	}
	s.coders = make([]*coder, len(s.schema))
	for i, col := range s.schema {
		add(valueColumn(i), col.Type)
		if col.Type == fact.Text && !s.isKey(col.Name) {
			s.coders[i] = newCoder()
			add(codeColumn(i), code)
		}
	}
	add(catalogue.RowColumn, fact.Integer)
	add(catalogue.HashColumn, fact.Integer)
	if s.events {
		add(catalogue.CaseColumn, fact.Integer)
		add(catalogue.ActivityColumn, code)
	}
	if err := s.conn.exec(s.ctx, "CREATE TEMP TABLE stage ("+strings.Join(columns, ", ")+")"); err != nil {
		return err
	}
	s.vectors = make([]fact.Vector, len(kinds))
	var err error
	s.app, err = s.conn.newAppender("stage", kinds)
	return err
}

// isKey says whether rows are sorted or joined by a column, so that its values are needed themselves.
func (s *stage) isKey(name string) bool { return s.events && (name == "case_id" || name == "sequence") }

func stageType(t fact.Type) string {
	if t == code {
		return "INTEGER"
	}
	return typeName(t)
}

// Write stages a batch.
func (s *stage) Write(b *fact.Batch) error {
	if s.ctx.Err() != nil {
		return context.Cause(s.ctx)
	}
	if len(b.Columns) != len(s.schema) {
		return errors.New("lake: a batch with other columns than the load")
	}
	if b.Rows == 0 {
		return nil
	}
	if err := s.checkDecimals(b); err != nil {
		return err
	}
	for len(s.valid) < b.Rows {
		s.valid = append(s.valid, true)
	}
	k := s.texts(b)
	s.vectors[k] = fact.Vector{Valid: s.valid, Ints: b.Lines}
	s.vectors[k+1] = fact.Vector{Valid: s.valid, Ints: s.hashes.of(b)}
	if s.events {
		if err := s.number(b, &s.vectors[k+2], &s.vectors[k+3]); err != nil {
			return err
		}
	}
	s.rows += int64(b.Rows)
	return s.app.write(s.vectors, b.Rows)
}

// texts fills the vectors of the batch's own columns and returns how many these are.
func (s *stage) texts(b *fact.Batch) int {
	k := 0
	for i := range s.schema {
		if s.coders[i] == nil {
			s.vectors[k] = b.Columns[i]
			k++
			continue
		}
		s.coders[i].split(&b.Columns[i], &s.vectors[k+1], &s.vectors[k], b.Rows)
		k += 2
	}
	return k
}

// maxActivities bounds the names that mining has to hold; more means that another column was meant.
const maxActivities = 250_000

// number gives cases their key, a hash by which a reader sees where the next case begins, and activities numbers in the
// order of their first appearance.
func (s *stage) number(b *fact.Batch, keys, v *fact.Vector) error {
	caseID, at := b.Schema.Index("case_id"), b.Schema.Index("time")
	activity := &b.Columns[b.Schema.Index("activity")]
	keys.Valid, keys.Ints = s.valid, keys.Ints[:0]
	v.Valid, v.Ints = s.valid, v.Ints[:0]
	for i := range b.Rows {
		if !b.Columns[caseID].Valid[i] || !b.Columns[at].Valid[i] {
			return fmt.Errorf("lake: an event without case or time (row %d)", b.Lines[i])
		}
		n, ok := s.numbers[string(activity.Texts[i])]
		if !ok {
			if len(s.names) == maxActivities {
				return tooManyActivities()
			}
			n = int64(len(s.names))
			name := string(activity.Texts[i])
			s.numbers[name], s.names = n, append(s.names, name)
		}
		v.Ints = append(v.Ints, n)
		keys.Ints = append(keys.Ints, int64(xxhash.Sum64(b.Columns[caseID].Texts[i])))
	}
	return nil
}

func tooManyActivities() error {
	return base.Fail(base.TooLarge, "too_many_activities", base.T("Das Protokoll hat mehr als %s verschiedene Aktivitäten.",
		"The log has more than %s different activities.", maxActivities)).
		WithHint(base.T("Vermutlich ist der Aktivität die falsche Spalte zugeordnet.", "The wrong column is probably mapped to the activity."))
}

// maxDecimal is the first number of millionths that DECIMAL(18,6) cannot hold.
const maxDecimal = catalogue.WideInteger * fact.DecimalScale

func (s *stage) checkDecimals(b *fact.Batch) error {
	for c, col := range s.schema {
		if col.Type != fact.Decimal {
			continue
		}
		v := &b.Columns[c]
		for i, x := range v.Ints {
			if v.Valid[i] && (x <= -maxDecimal || x >= maxDecimal) {
				return base.Fail(base.Refused, "number_too_large", base.T("Die Zahl ist zu groß.", "The number is too large.")).
					At(base.Place{Line: b.Lines[i], Column: col.Name})
			}
		}
	}
	return nil
}

// activities names the activity numbers, nil for other tables than events.
func (s *stage) activities() []string {
	if s.events && s.names == nil {
		return []string{}
	}
	return s.names
}

// sorted ends the staging and returns the SELECT of the file's columns in the file's order.
func (s *stage) sorted(load int64, timeColumn string) (string, error) {
	err := s.app.flush()
	s.app = nil
	if err != nil {
		return "", err
	}
	columns := make([]string, len(s.schema))
	for i, c := range s.schema {
		columns[i] = valueColumn(i) + " AS " + ident(c.Name)
		if s.coders[i] != nil {
			columns[i] = s.coders[i].expression(codeColumn(i), valueColumn(i)) + " AS " + ident(c.Name)
		}
	}
	list := fmt.Sprintf("%s, %d::BIGINT AS _load, _row, _hash", strings.Join(columns, ", "), load)
	order := ""
	switch {
	case s.events:
		order = " ORDER BY " + eventOrder(s.schema, func(c string) string { return valueColumn(s.schema.Index(c)) }, "_row")
		list += ", _case_key, _activity_no"
	case timeColumn != "":
		order = " ORDER BY " + valueColumn(s.schema.Index(timeColumn)) + ", _row"
	}
	return "SELECT " + list + " FROM (SELECT * FROM stage" + order + ")", nil
}

// eventOrder is the order of cases and their events (contract.md, "How a log is read"); name gives the columns
// of the relation, last breaks the remaining ties.
func eventOrder(s fact.Schema, name func(string) string, last string) string {
	keys := []string{name("case_id"), name("time")}
	if i := s.Index("start_time"); i >= 0 && s[i].Type == fact.Time {
		keys[1] = "coalesce(" + name("start_time") + ", " + name("time") + ")"
	}
	if s.Has("sequence") {
		keys = append(keys, name("sequence"))
	}
	return strings.Join(append(keys, last), ", ")
}

func (s *stage) close() {
	if s.app != nil {
		s.app.close()
		s.app = nil
	}
	s.conn.close()
}
