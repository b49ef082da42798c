// Package laketest is the acceptance suite of the lake: what every engine over the files must do, tested through the
// interface of package lake only. An engine's own tests call Run.
package laketest

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// Opened is a lake over a data folder.
type Opened struct {
	Store lake.Store
	DB    *sql.DB // readers of the state database
	Close func()
}

// Open opens the lake of a data folder, an empty one the first time.
type Open func(t testing.TB, dir string) Opened

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	for name, test := range map[string]func(*testing.T, Open){
		"values come back as they went in":         values,
		"an empty load makes an empty dataset":     emptyLoad,
		"a dataset that does not exist":            missing,
		"commit and state change together":         together,
		"closing a writer leaves nothing":          abandoned,
		"overlap ask, add, skip, replace":          overlaps,
		"overlap across different columns":         overlapAcrossColumns,
		"equal rows within a file all count":       equalWithin,
		"replacing a load as a whole":              replaceWhole,
		"undo first, middle, last":                 undos,
		"any history equals its replay":            histories,
		"snapshots keep answering":                 snapshots,
		"columns come, go and widen":               evolution,
		"rename and drop":                          renameAndDrop,
		"names that look alike stay apart":         alikeNames,
		"compaction changes no answer":             compaction,
		"derived datasets are replaced":            derived,
		"events come in the order of the contract": eventOrder,
		"loads in any order equal one load":        anyOrder,
		"filters restrict events to cases":         filters,
		"questions read what they name only":       guards,
		"questions end with their context":         cancels,
		"the data folder can move":                 moves,
		"readers and writers at once":              atOnce,
		"what a dataset is":                        information,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// bench is a lake under test with short ways to use it.
type bench struct {
	t testing.TB
	Opened
	dir  string
	next int64 // number of the next load
}

func start(t testing.TB, open Open) *bench { return startIn(t, open, t.TempDir()) }

func startIn(t testing.TB, open Open, dir string) *bench {
	t.Helper()
	b := &bench{t: t, Opened: open(t, dir), dir: dir}
	t.Cleanup(b.Close)
	return b
}

// how says how a load is done.
type how struct {
	overlap  lake.Overlap
	replaces int64
	time     string
}

// load writes rows and commits them.
func (b *bench) load(d lake.Dataset, s fact.Schema, h how, rows ...[]any) (int64, lake.Committed) {
	b.t.Helper()
	id, done, err := b.tryLoad(d, s, h, rows...)
	b.must(err)
	return id, done
}

func (b *bench) tryLoad(d lake.Dataset, s fact.Schema, h how, rows ...[]any) (int64, lake.Committed, error) {
	b.t.Helper()
	b.next++
	w, err := b.Store.Begin(b.ctx(), lake.LoadMeta{ID: b.next, Dataset: d, Schema: s, Time: h.time, Overlap: h.overlap, Replaces: h.replaces})
	if err != nil {
		return b.next, lake.Committed{}, err
	}
	defer w.Close()
	if err := write(w, s, rows...); err != nil {
		return b.next, lake.Committed{}, err
	}
	done, err := w.Commit(b.ctx(), nil)
	return b.next, done, err
}

func (b *bench) undo(load int64) lake.Committed {
	b.t.Helper()
	done, err := b.Store.Undo(b.ctx(), load, nil)
	b.must(err)
	return done
}

// ask answers a question over one dataset, which it names t.
func (b *bench) ask(d lake.Dataset, query string, args ...any) [][]any {
	b.t.Helper()
	return b.askAt(0, d, query, args...)
}

func (b *bench) askAt(snapshot int64, d lake.Dataset, query string, args ...any) [][]any {
	b.t.Helper()
	r, err := b.Store.Query(b.ctx(), lake.Query{SQL: query, Args: args, Tables: map[string]lake.Dataset{"t": d}, Snapshot: snapshot})
	b.must(err)
	return b.collect(r)
}

func (b *bench) collect(r lake.Rows) [][]any {
	b.t.Helper()
	defer r.Close()
	var out [][]any
	for r.Next() {
		out = append(out, r.Values())
	}
	b.must(r.Err())
	return out
}

func (b *bench) info(d lake.Dataset) lake.Info {
	b.t.Helper()
	i, err := b.Store.Dataset(b.ctx(), d)
	b.must(err)
	b.spans(d, i)
	return i
}

// spans reads all rows for what the description says of the instants.
func (b *bench) spans(d lake.Dataset, i lake.Info) {
	b.t.Helper()
	for _, c := range i.Schema {
		span, known := i.Spans[c.Name]
		if known != (c.Type == fact.Time) {
			b.t.Errorf("%s %s: span known: %v", c.Name, c.Type, known)
		}
		if !known {
			continue
		}
		row := b.ask(d, fmt.Sprintf(`SELECT min("%[1]s"), max("%[1]s") FROM t`, c.Name))[0]
		first, _ := row[0].(time.Time)
		last, _ := row[1].(time.Time)
		if !span.First.Equal(first) || !span.Last.Equal(last) {
			b.t.Errorf("%s: %v to %v, the rows say %v to %v", c.Name, span.First, span.Last, first, last)
		}
	}
}

func (b *bench) ctx() context.Context { return b.t.Context() }

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}
