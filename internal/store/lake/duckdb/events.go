package duckdb

import (
	"context"
	"fmt"

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
	out := &events{start: e.has("start_time", fact.Time), lifecycle: e.has("lifecycle", fact.Text), last: -1, next: -1}
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
		start = "start_time"
	}
	if e.has("lifecycle", fact.Text) {
		complete, begin = "coalesce(lower(lifecycle) = 'complete', true)", "coalesce(lower(lifecycle) = 'start', false)"
	}
	return "time, " + start + ", " + complete + ", " + begin
}

// single reads the numbers of one sorted file. A filter first finds the numbers of its cases; the rows themselves come
// in the order of the file all the same.
func (e *eventSource) single(ctx context.Context, c *conn, out *events) (err error) {
	if out.names, err = dictionary(ctx, c, e.paths[0]); err != nil {
		return err
	}
	source := parquetSource(e.paths, fieldsOf(e.columns, false, true))
	if e.filter.Where != "" {
		sql := withRelations(fmt.Sprintf("SELECT DISTINCT _case_no FROM %s WHERE case_id IN (%s)", source, e.wanted()), e.relations())
		if out.only, err = e.numbers(ctx, c, sql); err != nil {
			return err
		}
	}
	out.stream, err = c.stream(ctx, 0, fmt.Sprintf("SELECT %s, _case_no, _activity_no FROM %s", e.times(), source))
	return err
}

// numbers reads case numbers into a set.
func (e *eventSource) numbers(ctx context.Context, c *conn, sql string) (bitset, error) {
	st, err := c.stream(ctx, e.o.QueryTime, sql, e.filter.Args...)
	if err != nil {
		return nil, err
	}
	defer st.close()
	set := bitset{}
	for {
		n, err := st.next()
		if err != nil || n == 0 {
			return set, err
		}
		for _, x := range slice[int32](&st.columns[0], n) {
			set.add(x)
		}
	}
}

// merged sorts the rows of several files; cases are numbered while they stream by, activities in the order of names.
func (e *eventSource) merged(ctx context.Context, c *conn, out *events) (err error) {
	source := parquetSource(e.paths, fieldsOf(e.columns, false, false))
	if out.names, err = activityNames(ctx, c, source); err != nil {
		return err
	}
	if err := c.activityTable(ctx, out.names); err != nil {
		return err
	}
	where := ""
	relations := map[string]string{}
	if e.filter.Where != "" {
		where = " WHERE case_id IN (" + e.wanted() + ")"
		relations = e.relations()
	}
	sql := numberCases(e.times(), numberedEvents(source, where), eventOrder(catalogue.Facts(e.columns), "_load, _row"))
	out.stream, err = c.stream(ctx, 0, withRelations(sql, relations), e.filter.Args...)
	return err
}

// activityNames lists the activities of a relation, sorted.
func activityNames(ctx context.Context, c *conn, source string) ([]string, error) {
	st, err := c.stream(ctx, 0, "SELECT DISTINCT coalesce(activity, '') AS a FROM "+source+" ORDER BY a")
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

// activityTable makes the temporary table activity_names(name, number).
func (c *conn) activityTable(ctx context.Context, names []string) error {
	if err := c.exec(ctx, "CREATE OR REPLACE TEMP TABLE activity_names (name VARCHAR, number BIGINT)"); err != nil {
		return err
	}
	a, err := c.newAppender("activity_names", []fact.Type{fact.Text, fact.Integer})
	if err != nil {
		return err
	}
	v := make([]fact.Vector, 2)
	for i, name := range names {
		for k := range v {
			v[k].Valid = append(v[k].Valid, true)
		}
		v[0].Texts, v[1].Ints = append(v[0].Texts, []byte(name)), append(v[1].Ints, int64(i))
	}
	if err := a.write(v, len(names)); err != nil {
		a.close()
		return err
	}
	return a.flush()
}

// bitset is a set of small numbers.
type bitset []uint64

func (b *bitset) add(x int32) {
	for int(x)/64 >= len(*b) {
		*b = append(*b, make([]uint64, max(64, len(*b)))...)
	}
	(*b)[x/64] |= 1 << (x % 64)
}

func (b bitset) has(x int32) bool { return int(x)/64 < len(b) && b[x/64]>>(x%64)&1 == 1 }

// events is an event stream over a query of (time, start, complete, begin, case, activity).
type events struct {
	stream           *stream
	give             func()
	names            []string
	start, lifecycle bool
	only             bitset // case numbers of the file to let pass, nil for all
	last, next       int32  // number in the file and number given out
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
	cases, activities := slice[int32](&columns[4], n), slice[int32](&columns[5], n)
	times, starts := slice[int64](&columns[0], n), slice[int64](&columns[1], n)
	for i, no := range cases {
		if e.only != nil && !e.only.has(no) {
			continue
		}
		if no != e.last {
			e.last = no
			e.next++
		}
		c.Case = append(c.Case, e.next)
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

// Close gives everything back.
func (e *events) Close() error {
	e.stream.close()
	if e.give != nil {
		e.give()
		e.give = nil
	}
	return nil
}
