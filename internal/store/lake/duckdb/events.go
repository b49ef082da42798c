package duckdb

import (
	"context"
	"fmt"
	"slices"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// Events streams a process in the order of contract.md. One file is read as it lies; several are sorted on the way.
func (s *Store) Events(ctx context.Context, process string, snapshot int64, f lake.EventFilter) (lake.EventStream, error) {
	r, err := catalogue.At(ctx, s.db.Read(), lake.Dataset{Table: eventsTable, Process: process}, snapshot)
	if err != nil {
		return nil, err
	}
	relation := ""
	if f.Where != "" {
		cases, err := catalogue.At(ctx, s.db.Read(), lake.Dataset{Table: "cases", Process: process}, snapshot)
		if err != nil {
			return nil, err
		}
		relation = "SELECT * FROM " + s.source(cases.Files, relationFields(cases.Columns))
	}
	give, err := take(ctx, s.heavy)
	if err != nil {
		return nil, err
	}
	e := &eventSource{engine: s.engine, o: s.o, columns: r.Columns, cases: relation, filter: f}
	for _, path := range r.Files {
		e.paths = append(e.paths, s.path(&catalogue.File{Path: path}))
	}
	st, err := e.open(ctx)
	if err != nil {
		give()
		return nil, err
	}
	st.give = give
	return st, nil
}

// eventSource is what an event stream reads: files of events and, for a filter, the relation of cases.
type eventSource struct {
	engine  *engine
	o       Options
	paths   []string
	columns []catalogue.Column
	cases   string
	filter  lake.EventFilter
}

func (e *eventSource) open(ctx context.Context) (*events, error) {
	c, err := e.engine.connect()
	if err != nil {
		return nil, err
	}
	st, err := e.start(ctx, c)
	if err != nil {
		c.close()
		return nil, err
	}
	return st, nil
}

func (e *eventSource) start(ctx context.Context, c *conn) (*events, error) {
	if e.filter.Where != "" {
		if err := c.check(ctx, e.wanted(), map[string]string{"cases": "", "events": ""}); err != nil {
			return nil, err
		}
	}
	out := &events{start: e.has("start_time", fact.Time), lifecycle: e.has("lifecycle", fact.Text), number: -1}
	var err error
	if len(e.paths) == 1 {
		err = e.single(ctx, c, out)
	} else {
		err = e.merged(ctx, c, out)
	}
	if err != nil {
		return nil, err
	}
	out.stream.own = true
	return out, nil
}

func (e *eventSource) has(name string, kind fact.Type) bool {
	for _, c := range e.columns {
		if c.Name == name && c.Type == kind {
			return true
		}
	}
	return false
}

// wanted selects the cases of the filter.
func (e *eventSource) wanted() string {
	return "SELECT case_id FROM cases WHERE (" + e.filter.Where + "\n)"
}

// relations are what the condition of the filter may name.
func (e *eventSource) relations() map[string]string {
	return map[string]string{"cases": e.cases, "events": "SELECT * FROM " + parquetSource(e.paths, relationFields(e.columns))}
}

// times are the columns of a stream before the numbers of case and activity.
func (e *eventSource) times() string {
	start, complete, begin := "NULL::TIMESTAMPTZ", "true", "false"
	if e.has("start_time", fact.Time) {
		start = "e.start_time"
	}
	if e.has("lifecycle", fact.Text) {
		complete, begin = "coalesce(lower(e.lifecycle) = 'complete', true)", "coalesce(lower(e.lifecycle) = 'start', false)"
	}
	return "e.time, " + start + ", " + complete + ", " + begin
}

// single reads one sorted file. A filter first finds the keys of its cases; the rows themselves come in the order of
// the file all the same.
func (e *eventSource) single(ctx context.Context, c *conn, out *events) (err error) {
	if out.names, err = dictionary(ctx, c, e.paths[0]); err != nil {
		return err
	}
	source := parquetSource(e.paths, fieldsOf(e.columns, false, true))
	if e.filter.Where != "" {
		sql := withRelations(fmt.Sprintf("SELECT DISTINCT _case_key FROM %s WHERE case_id IN (%s)", source, e.wanted()), e.relations())
		if out.only, err = e.keys(ctx, c, sql); err != nil {
			return err
		}
	}
	out.stream, err = c.stream(ctx, 0, fmt.Sprintf("SELECT %s, e._case_key, e._activity_no FROM %s AS e", e.times(), source))
	return err
}

// keys reads case keys into a sorted list.
func (e *eventSource) keys(ctx context.Context, c *conn, sql string) ([]int64, error) {
	st, err := c.stream(ctx, e.o.QueryTime, sql, e.filter.Args...)
	if err != nil {
		return nil, err
	}
	defer st.close()
	keys := []int64{}
	for {
		n, err := st.next()
		if err != nil {
			return nil, err
		}
		if n == 0 {
			slices.Sort(keys)
			return keys, nil
		}
		keys = append(keys, slice[int64](&st.columns[0], n)...)
	}
}

// merged sorts the rows of several files, with activities numbered over all of them.
func (e *eventSource) merged(ctx context.Context, c *conn, out *events) (err error) {
	source := parquetSource(e.paths, fieldsOf(e.columns, false, true))
	if out.names, err = c.numberActivities(ctx, source); err != nil {
		return err
	}
	where, relations := "", map[string]string(nil)
	if e.filter.Where != "" {
		where, relations = " WHERE e.case_id IN ("+e.wanted()+")", e.relations()
	}
	sql := fmt.Sprintf("SELECT %s, e._case_key, a.number %s%s ORDER BY %s", e.times(), numberedEvents(source), where, mergedOrder(e.columns))
	out.stream, err = c.stream(ctx, 0, withRelations(sql, relations), e.filter.Args...)
	return err
}

// numberedEvents joins events e with their activity numbers a from the temporary table.
func numberedEvents(source string) string {
	return "FROM " + source + " AS e JOIN activity_numbers AS a ON a.name = coalesce(e.activity, '')"
}

// mergedOrder is the order of events of several loads.
func mergedOrder(columns []catalogue.Column) string {
	return eventOrder(catalogue.Facts(columns), func(column string) string { return "e." + column }, "e._load, e._row")
}

// numberActivities makes the temporary table activity_numbers(name, number) and returns the names in that order.
func (c *conn) numberActivities(ctx context.Context, source string) ([]string, error) {
	if err := c.exec(ctx, `CREATE OR REPLACE TEMP TABLE activity_numbers AS SELECT name, (row_number() OVER () - 1)::INTEGER AS number
		FROM (SELECT DISTINCT coalesce(activity, '') AS name FROM `+source+` ORDER BY name)`); err != nil {
		return nil, err
	}
	st, err := c.stream(ctx, 0, "SELECT name FROM activity_numbers ORDER BY number")
	if err != nil {
		return nil, err
	}
	defer st.close()
	names := []string{}
	for {
		n, err := st.next()
		if err != nil || n == 0 {
			return names, err
		}
		for i := range n {
			names = append(names, string(st.columns[0].bytes(i)))
		}
	}
}

// events is an event stream over a query of (time, start, complete, begin, case key, activity number).
type events struct {
	stream           *stream
	give             func()
	names            []string
	start, lifecycle bool
	only             []int64 // keys of the cases to let pass, sorted; nil for all
	any, pass        bool    // whether a case has begun, and whether it passes
	key              int64   // of the case under way
	number           int32   // that it has
	chunk            lake.EventChunk
}

// Activities names the activity numbers.
func (e *events) Activities() []string { return e.names }

// Next returns the next chunk, nil at the end; it is valid until the next call.
func (e *events) Next() (*lake.EventChunk, error) {
	for {
		n, err := e.stream.next()
		if err != nil || n == 0 {
			return nil, err
		}
		e.copy(n)
		if len(e.chunk.Case) > 0 {
			return &e.chunk, nil
		}
	}
}

// copy takes the rows of a chunk over, numbering cases without gaps.
func (e *events) copy(n int) {
	c := &e.chunk
	c.Case, c.Activity, c.Time, c.Start, c.Complete = c.Case[:0], c.Activity[:0], c.Time[:0], c.Start[:0], c.Complete[:0]
	c.Begin = c.Begin[:0]
	columns := e.stream.columns
	keys, activities := slice[int64](&columns[4], n), slice[int32](&columns[5], n)
	times, starts := slice[int64](&columns[0], n), slice[int64](&columns[1], n)
	for i, key := range keys {
		if !e.any || key != e.key {
			e.begin(key)
		}
		if !e.pass {
			continue
		}
		c.Case = append(c.Case, e.number)
		c.Activity = append(c.Activity, activities[i])
		c.Time = append(c.Time, times[i])
		start := lake.NoTime
		if e.start && columns[1].valid(i) {
			start = starts[i]
		}
		c.Start = append(c.Start, start)
		if e.lifecycle {
			c.Complete = append(c.Complete, at[bool](&columns[2], i))
			c.Begin = append(c.Begin, at[bool](&columns[3], i))
		}
	}
	if !e.lifecycle {
		c.Complete, c.Begin = nil, nil
	}
}

// begin starts the next case.
func (e *events) begin(key int64) {
	e.any, e.key, e.pass = true, key, true
	if e.only != nil {
		_, e.pass = slices.BinarySearch(e.only, key)
	}
	if e.pass {
		e.number++
	}
}

// Close gives everything back.
func (e *events) Close() error {
	e.stream.close()
	if e.give != nil {
		e.give()
		e.give = nil
	}
	return nil
}
