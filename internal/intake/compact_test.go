package intake_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/lake"
)

// follow waits for every job that runs or waits.
func (h *house) follow() {
	h.t.Helper()
	for _, j := range h.settled() {
		if j.State != job.Done {
			h.t.Fatalf("job %s is %s: %+v", j.Kind, j.State, j.Error)
		}
	}
}

// compactions counts the merges of files.
func (h *house) compactions() int {
	h.t.Helper()
	list, err := h.jobs.List(h.ctx, 500)
	h.must(err)
	n := 0
	for _, j := range list {
		if j.Kind == "compact" {
			n++
		}
	}
	return n
}

// rowsAt lists the rows of a dataset at a snapshot, with load and line.
func (h *house) rowsAt(d lake.Dataset, snapshot int64) []string {
	h.t.Helper()
	rows, err := h.lake.Query(h.ctx, lake.Query{SQL: `SELECT 'load ' || _load || ' ' || t::VARCHAR FROM t ORDER BY _load, _row`, Tables: map[string]lake.Dataset{"t": d}, Snapshot: snapshot})
	h.must(err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		out = append(out, rows.Values()[0].(string))
	}
	h.must(rows.Err())
	return out
}

// part writes the n-th part of a table: some rows that parts share, some columns that not all have.
func part(t testing.TB, table string, n, rows int, note bool) string {
	var b strings.Builder
	b.WriteString(map[string]string{
		"events": "case_id;activity;time", "orders": "order_id;time;net;currency", "tickets": "ticket_id;opened_at;priority", "machines": "place;since;state",
	}[table])
	if note {
		b.WriteString(";note")
	}
	b.WriteString("\n")
	for i := range rows {
		key, at := n*100+i, time.Date(2026, 3, 1+n, 8, i, 0, 0, time.UTC).Format("2006-01-02 15:04:05")
		switch table {
		case "events":
			fmt.Fprintf(&b, "C-%d;step %d;%s", key%7, i%3, at)
		case "orders":
			fmt.Fprintf(&b, "O-%d;%s;%d.50;EUR", key, at, i)
		default:
			fmt.Fprintf(&b, "T-%d;%s;p%d", key, at, i%3)
		}
		if note {
			fmt.Fprintf(&b, ";note %d", i)
		}
		b.WriteString("\n")
	}
	return write(t, fmt.Sprintf("part-%d.csv", n), b.String())
}

func planFor(table string) convert.Plan {
	if table == "events" {
		return events("p")
	}
	return convert.Plan{Table: table}
}

// Every table is merged when its files pile up; rows, earlier snapshots and undo stay as they were.
func TestEveryTableIsCompacted(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 7))
	many := map[string]int{"events": 2, "orders": 8, "tickets": 8, "machines": 8}
	for _, table := range slices.Sorted(maps.Keys(many)) { // in one order, so that a seed makes one test
		for round := range 3 {
			t.Run(fmt.Sprintf("%s %d", table, round), func(t *testing.T) { compactOne(t, r, table, many[table]) })
		}
	}
}

func compactOne(t *testing.T, r *rand.Rand, table string, many int) {
	h := newHouse(t)
	plan := planFor(table)
	d := lakeData(plan)
	seen := map[int64][]string{}
	var loads []int64
	for n := range many {
		out := h.mustLoad(part(t, table, n, 1+r.IntN(5), r.IntN(2) > 0), plan)
		loads = append(loads, out.Load)
		if n < many-1 {
			if h.compactions() != 0 {
				t.Fatalf("merged after %d files", n+1)
			}
			snapshot, err := h.lake.Snapshot(h.ctx)
			h.must(err)
			seen[snapshot] = h.rowsAt(d, 0)
		}
	}
	h.follow()
	info, err := h.lake.Dataset(h.ctx, d)
	h.must(err)
	if h.compactions() != 1 || info.Files != 1 || info.Loads != many {
		t.Fatalf("%d merges, %d files of %d loads", h.compactions(), info.Files, info.Loads)
	}
	all := h.rowsAt(d, info.Snapshot-1)
	seen[0] = all
	for snapshot, want := range seen {
		if got := h.rowsAt(d, snapshot); !slices.Equal(got, want) {
			t.Fatalf("snapshot %d:\n%s\nwant\n%s", snapshot, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	gone := loads[r.IntN(many)]
	h.undo(gone)
	h.follow()
	want := withoutEmptyNotes(slices.DeleteFunc(all, func(row string) bool { return strings.HasPrefix(row, fmt.Sprintf("load %d ", gone)) }))
	if got := withoutEmptyNotes(h.rowsAt(d, 0)); !slices.Equal(got, want) {
		t.Fatalf("after the undo of %d:\n%s\nwant\n%s", gone, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// withoutEmptyNotes leaves out notes that are unknown: when the only load that brought the column is undone, the column
// goes with it, as if it had never been loaded.
func withoutEmptyNotes(rows []string) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = strings.ReplaceAll(row, ", 'note': NULL", "")
	}
	return out
}

// Old snapshots go with the merge, those that something pins stay, and what an undo needs stays in any case.
func TestOldSnapshotsExpire(t *testing.T) {
	h := newHouse(t)
	early := now.Add(-40 * 24 * time.Hour)
	h.at(early)
	first := h.mustLoad(part(t, "orders", 0, 3, false), planFor("orders")).Load
	old, err := h.lake.Snapshot(h.ctx)
	h.must(err)
	h.mustLoad(part(t, "orders", 1, 3, false), planFor("orders"))
	pinned, err := h.lake.Snapshot(h.ctx)
	h.must(err)
	h.undo(first)
	h.in.Pinned = func(context.Context) ([]int64, error) { return []int64{pinned}, nil }
	h.at(now)
	for n := 2; n < 9; n++ {
		h.mustLoad(part(t, "orders", n, 3, false), planFor("orders"))
	}
	h.follow()
	d := lake.Dataset{Table: "orders"}
	if got := len(h.rowsAt(d, pinned)); got != 6 {
		t.Errorf("the pinned snapshot shows %d rows", got)
	}
	_, err = h.lake.Query(h.ctx, lake.Query{SQL: "SELECT 1 FROM t", Tables: map[string]lake.Dataset{"t": d}, Snapshot: old})
	if !base.IsKind(err, base.NotFound) {
		t.Errorf("an old snapshot answers %v", err)
	}
	on, err := filepath.Glob(filepath.Join(h.dir, "lake", "*", "*.parquet"))
	h.must(err)
	h.in.Pinned = nil
	h.mustLoad(part(t, "events", 0, 3, false), events("p"))
	h.mustLoad(part(t, "events", 1, 3, false), events("p"))
	h.follow()
	if left, err := filepath.Glob(filepath.Join(h.dir, "lake", "orders", "*.parquet")); err != nil || len(left) != len(on)-1 {
		t.Errorf("%d files, %d before the pin was gone (%v)", len(left), len(on), err)
	}
	h.in.Pinned = func(context.Context) ([]int64, error) { return nil, errors.New("not now") }
	h.mustLoad(part(t, "events", 2, 3, false), events("p"))
	failed := slices.DeleteFunc(h.settled(), func(j job.Info) bool { return j.State != job.Failed })
	if len(failed) != 1 || failed[0].Kind != "compact" {
		t.Errorf("without knowing the pins: %+v", failed)
	}
}
