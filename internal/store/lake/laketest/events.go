package laketest

import (
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// eventColumns are those of an event log with all that the order of events depends on.
var eventColumns = fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time},
	{Name: "start_time", Type: fact.Time}, {Name: "sequence", Type: fact.Integer}, {Name: "lifecycle"}}

var process = lake.Dataset{Table: "events", Process: "p"}

// event is a row of the model.
type event struct {
	caseID, activity string
	at               time.Time
	start            *time.Time
	sequence         int // 0 without
	lifecycle        string
	load             int64
	row              int
}

func (e event) values() []any {
	row := []any{e.caseID, e.activity, e.at, nil, nil, nil}
	if e.start != nil {
		row[3] = *e.start
	}
	if e.sequence > 0 {
		row[4] = e.sequence
	}
	if e.lifecycle != "" {
		row[5] = e.lifecycle
	}
	return row
}

// sorted writes events in the order of contract.md, one line each as streamed below.
func sorted(events []event) string {
	s := append([]event(nil), events...)
	key := func(e event) string {
		at := e.at
		if e.start != nil {
			at = *e.start
		}
		sequence := e.sequence
		if sequence == 0 {
			sequence = 1 << 30 // without one last
		}
		return fmt.Sprintf("%s\x00%020d %010d %05d %05d", e.caseID, at.UnixMicro(), sequence, e.load, e.row)
	}
	sort.SliceStable(s, func(i, j int) bool { return key(s[i]) < key(s[j]) })
	var b strings.Builder
	no, last := -1, ""
	for i, e := range s {
		if i == 0 || e.caseID != last {
			no, last = no+1, e.caseID
		}
		start := lake.NoTime
		if e.start != nil {
			start = e.start.UnixMicro()
		}
		low := strings.ToLower(e.lifecycle)
		fmt.Fprintf(&b, "%d %s %d %d %t %t\n", no, e.activity, e.at.UnixMicro(), start, low == "" || low == "complete", low == "start")
	}
	return b.String()
}

// streamed reads a stream to its end.
func (b *bench) streamed(snapshot int64, f lake.EventFilter) string {
	b.t.Helper()
	st, err := b.Store.Events(b.ctx(), process.Process, snapshot, f)
	b.must(err)
	defer st.Close()
	out, err := Streamed(st)
	b.must(err)
	return out
}

// Streamed writes an event stream, one line per event.
func Streamed(st lake.EventStream) (string, error) {
	var out strings.Builder
	for {
		c, err := st.Next()
		if err != nil || c == nil {
			return out.String(), err
		}
		for i := range c.Case {
			complete, begin := true, false
			if c.Complete != nil {
				complete, begin = c.Complete[i], c.Begin[i]
			}
			fmt.Fprintf(&out, "%d %s %d %d %t %t\n", c.Case[i], st.Activities()[c.Activity[i]], c.Time[i], c.Start[i], complete, begin)
		}
	}
}

func drawEvent(r *rapid.T) event {
	e := event{
		caseID:   rapid.SampledFrom([]string{"1", "10", "2", "ä", "Z", "z", ""}).Draw(r, "case"),
		activity: rapid.SampledFrom([]string{"anlegen", "prüfen", "Zahlen", "with a name that is longer than twelve bytes"}).Draw(r, "activity"),
		at:       at(1, rapid.IntRange(0, 3).Draw(r, "hour")),
		sequence: rapid.IntRange(0, 2).Draw(r, "sequence"), lifecycle: rapid.SampledFrom([]string{"", "START", "complete", "suspend"}).Draw(r, "lifecycle"),
	}
	if rapid.Bool().Draw(r, "started") {
		start := e.at.Add(-time.Duration(rapid.IntRange(0, 2).Draw(r, "hours")) * time.Hour)
		e.start = &start
	}
	return e
}

func (b *bench) loadEvents(events []event) []event {
	b.t.Helper()
	rows := make([][]any, len(events))
	for i, e := range events {
		rows[i] = e.values()
	}
	id, _ := b.load(process, eventColumns, how{time: "time", overlap: lake.OverlapAdd}, rows...)
	out := append([]event(nil), events...)
	for i := range out {
		out[i].load, out[i].row = id, i+2
	}
	return out
}

func eventOrder(t *testing.T, open Open) {
	rapid.Check(t, func(r *rapid.T) {
		b := &bench{t: t, Opened: open(t, t.TempDir())}
		defer b.Close()
		var all []event
		for range rapid.IntRange(1, 3).Draw(r, "loads") {
			all = append(all, b.loadEvents(rapid.SliceOfN(rapid.Custom(drawEvent), 0, 12).Draw(r, "events"))...)
			compare(r, "loaded", []string{b.streamed(0, lake.EventFilter{})}, []string{sorted(all)})
		}
		b.must(b.Store.Compact(b.ctx(), process))
		compare(r, "compacted", []string{b.streamed(0, lake.EventFilter{})}, []string{sorted(all)})
	})
}

// anyOrder loads the same parts in two orders; no two parts share an instant of a case.
func anyOrder(t *testing.T, open Open) {
	var parts [][]event
	for p := range 4 {
		var part []event
		for i := range 500 {
			part = append(part, event{caseID: fmt.Sprint("case ", i*7%90), activity: fmt.Sprint("step ", (i+p)%11),
				at: at(1+p, 0).Add(time.Duration(i*i%1440) * time.Minute).Add(time.Duration(i) * time.Second)})
		}
		parts = append(parts, part)
	}
	stream := func(order ...int) string {
		b := start(t, open)
		for _, p := range order {
			var all []event
			if p < 0 {
				for _, part := range parts {
					all = append(all, part...)
				}
			} else {
				all = parts[p]
			}
			b.loadEvents(all)
		}
		return b.streamed(0, lake.EventFilter{})
	}
	one := stream(-1)
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 1, 0, 2}, {2, 3, 1, 0}} {
		if stream(order...) != one {
			t.Errorf("loads in the order %v differ from one load", order)
		}
	}
}

func compaction(t *testing.T, open Open) {
	b := start(t, open)
	var ids []int64
	var all []event
	for p := range 5 {
		var part []event
		for i := range 300 {
			part = append(part, event{caseID: fmt.Sprint(i % 40), activity: fmt.Sprint("a", (i*p)%7), at: at(1+p, i%24), sequence: i % 3})
		}
		loaded := b.loadEvents(part)
		ids = append(ids, loaded[0].load)
		all = append(all, loaded...)
	}
	before := b.info(process)
	sum := text(b.ask(process, `SELECT activity, count(*), min(time), max(sequence), sum(_row) FROM t GROUP BY 1`), false)
	b.must(b.Store.Compact(b.ctx(), process))
	b.must(b.Store.Compact(b.ctx(), process)) // once more does nothing
	after := b.info(process)
	if before.Rows != after.Rows || before.Loads != after.Loads || !before.First.Equal(after.First) || !before.Last.Equal(after.Last) {
		t.Errorf("%+v\n%+v", before, after)
	}
	if got := text(b.ask(process, `SELECT activity, count(*), min(time), max(sequence), sum(_row) FROM t GROUP BY 1`), false); got != sum {
		t.Errorf("%s\nwant\n%s", got, sum)
	}
	if b.streamed(0, lake.EventFilter{}) != sorted(all) {
		t.Error("the stream changed")
	}
	b.undo(ids[2])
	if b.streamed(0, lake.EventFilter{}) != sorted(append(all[:600:600], all[900:]...)) {
		t.Error("undo after compaction")
	}
	if b.streamed(after.Snapshot, lake.EventFilter{}) != sorted(all) {
		t.Error("the snapshot before the undo")
	}
}

func filters(t *testing.T, open Open) {
	b := start(t, open)
	cases := lake.Dataset{Table: "cases", Process: "p"}
	columns := fact.Schema{{Name: "case_id"}, {Name: "vendor"}, {Name: "events", Type: fact.Integer}}
	var all []event
	for part := range 2 {
		var events []event
		for i := range 200 {
			events = append(events, event{caseID: fmt.Sprint("c", i%20), activity: fmt.Sprint("a", i%3), at: at(1+part, i%24)})
		}
		all = append(all, b.loadEvents(events)...)
		_, err := b.Store.Derive(b.ctx(), cases, columns, func(sink fact.Sink) error {
			var rows [][]any
			for i := range 20 {
				rows = append(rows, []any{fmt.Sprint("c", i), fmt.Sprint("v", i%4), i})
			}
			return write(sink, columns, rows...)
		})
		b.must(err)
		var want []event
		for _, e := range all {
			if n := 0; strings.HasPrefix(e.caseID, "c") {
				fmt.Sscan(e.caseID[1:], &n)
				if n%4 == 2 && n > 5 {
					want = append(want, e)
				}
			}
		}
		f := lake.EventFilter{Where: "vendor = ? AND events > ?", Args: []any{"v2", 5}}
		if got := b.streamed(0, f); got != sorted(want) {
			t.Errorf("part %d: %d lines, want %d", part, strings.Count(got, "\n"), len(want))
		}
		if got := b.streamed(0, lake.EventFilter{Where: "case_id IN (SELECT case_id FROM events WHERE activity = 'a9')"}); got != "" {
			t.Errorf("no case matches: %s", got)
		}
	}
	for _, where := range []string{"nothing = 1", "1=1) OR case_id IN (SELECT content FROM read_text('/etc/passwd')", "1=1); DROP TABLE x; --", "vendor = 'v1' --"} {
		_, err := b.Store.Events(b.ctx(), "p", 0, lake.EventFilter{Where: where})
		if where == "vendor = 'v1' --" {
			b.must(err) // a comment ends with its line
			continue
		}
		wantKind(t, err, base.Refused)
	}
}
