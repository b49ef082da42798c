package duckdb

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
	vectors []fact.Vector // of the table: the batch's, then line, hash and activity number
	numbers map[string]int64
	names   []string
	rows    int64
}

func newStage(ctx context.Context, e *engine, schema fact.Schema, events bool) (*stage, error) {
	c, err := e.connect()
	if err != nil {
		return nil, err
	}
	s := &stage{ctx: ctx, conn: c, schema: schema, events: events, hashes: newRowHashes(schema), numbers: map[string]int64{}}
	kinds := make([]fact.Type, 0, len(schema)+3)
	columns := make([]string, 0, len(schema)+3)
	add := func(name string, kind fact.Type) {
		kinds, columns = append(kinds, kind), append(columns, ident(name)+" "+typeName(kind))
	}
	for _, col := range schema {
		add(col.Name, col.Type)
	}
	add(catalogue.RowColumn, fact.Integer)
	add(catalogue.HashColumn, fact.Integer)
	if events {
		add(catalogue.ActivityColumn, fact.Integer)
	}
	if err := c.exec(ctx, "CREATE TEMP TABLE stage ("+strings.Join(columns, ", ")+")"); err != nil {
		c.close()
		return nil, err
	}
	if s.app, err = c.newAppender("stage", kinds); err != nil {
		c.close()
		return nil, err
	}
	s.vectors = make([]fact.Vector, len(kinds))
	return s, nil
}

// Write stages a batch.
func (s *stage) Write(b *fact.Batch) error {
	if err := s.ctx.Err(); err != nil {
		return context.Cause(s.ctx)
	}
	if len(b.Columns) != len(s.schema) {
		return errors.New("lake: a batch with other columns than the load")
	}
	if b.Rows == 0 {
		return nil
	}
	copy(s.vectors, b.Columns)
	n := len(s.schema)
	allValid := valid(&s.vectors[n], b.Rows)
	s.vectors[n] = fact.Vector{Valid: allValid, Ints: b.Lines}
	s.vectors[n+1] = fact.Vector{Valid: allValid, Ints: s.hashes.of(b)}
	if s.events {
		if err := s.number(b, allValid); err != nil {
			return err
		}
	}
	if err := s.checkDecimals(b); err != nil {
		return err
	}
	s.rows += int64(b.Rows)
	return s.app.write(s.vectors, b.Rows)
}

// valid returns rows times true, reusing what v held.
func valid(v *fact.Vector, rows int) []bool {
	for len(v.Valid) < rows {
		v.Valid = append(v.Valid, true)
	}
	return v.Valid[:rows]
}

// number gives activities numbers in the order of their first appearance.
func (s *stage) number(b *fact.Batch, allValid []bool) error {
	caseID, at := b.Schema.Index("case_id"), b.Schema.Index("time")
	activity := &b.Columns[b.Schema.Index("activity")]
	v := &s.vectors[len(s.schema)+2]
	v.Valid, v.Ints = allValid, v.Ints[:0]
	for i := range b.Rows {
		if !b.Columns[caseID].Valid[i] || !b.Columns[at].Valid[i] {
			return fmt.Errorf("lake: an event without case or time (row %d)", b.Lines[i])
		}
		n, ok := s.numbers[string(activity.Texts[i])]
		if !ok {
			n = int64(len(s.names))
			s.numbers[string(activity.Texts[i])] = n
			s.names = append(s.names, string(activity.Texts[i]))
		}
		v.Ints = append(v.Ints, n)
	}
	return nil
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
	names := make([]string, len(s.schema))
	for i, c := range s.schema {
		names[i] = ident(c.Name)
	}
	extra := fmt.Sprintf("%s, %d::BIGINT AS _load, _row, _hash", strings.Join(names, ", "), load)
	if !s.events {
		return "SELECT " + extra + " FROM stage" + orderBy(timeColumn), nil
	}
	return numberCases(extra, "stage", eventOrder(s.schema, "_row")), nil
}

func orderBy(timeColumn string) string {
	if timeColumn == "" {
		return "" // rows stay as they came
	}
	return " ORDER BY " + ident(timeColumn) + ", _row"
}

// eventOrder is the order of events (contract.md, "How a log is read"); last breaks the remaining ties.
func eventOrder(s fact.Schema, last string) string {
	keys := []string{"case_id", "time"}
	if i := s.Index("start_time"); i >= 0 && s[i].Type == fact.Time {
		keys[1] = "coalesce(start_time, time)"
	}
	if s.Has("sequence") {
		keys = append(keys, "sequence")
	}
	return strings.Join(append(keys, last), ", ")
}

// numberCases sorts a relation of events that has _activity_no and numbers its cases on the way: both windows have no
// partition and no order, so DuckDB computes them while rows stream by.
func numberCases(columns, from, order string) string {
	return fmt.Sprintf(`SELECT %s, (sum(_first) OVER (ROWS UNBOUNDED PRECEDING) - 1)::INTEGER AS _case_no, _activity_no::INTEGER AS _activity_no
		FROM (SELECT *, (case_id IS DISTINCT FROM lag(case_id) OVER ())::INTEGER AS _first FROM (SELECT * FROM %s ORDER BY %s))`, columns, from, order)
}

func (s *stage) close() {
	if s.app != nil {
		s.app.close()
		s.app = nil
	}
	s.conn.close()
}
