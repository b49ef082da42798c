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

// modelRow is a row in the plain model: day and hour make its time, nil day none.
type modelRow struct {
	day   int // 0 without time
	value string
}

// modelLoad is a load as the model keeps it.
type modelLoad struct {
	id       int64
	overlap  lake.Overlap
	replaces int64
	rows     []modelRow
	undone   bool
}

// replay loads everything that counts one after the other into a list, as a person would by hand: this is what the
// lake must show after any history.
func replay(loads []modelLoad) []string {
	type held struct {
		load int64
		line int
		modelRow
	}
	hidden := map[int64]bool{}
	replaced := map[int64]int64{}
	for _, l := range loads {
		replaced[l.id] = l.replaces
	}
	for _, l := range loads {
		for id := l.replaces; !l.undone && id != 0; id = replaced[id] {
			hidden[id] = true
		}
	}
	var table []held
	for _, l := range loads {
		if l.undone || hidden[l.id] {
			continue
		}
		before := map[modelRow]bool{}
		for _, h := range table {
			before[h.modelRow] = true
		}
		if from, to := days(l.rows); l.overlap == lake.OverlapReplace && from > 0 {
			kept := table[:0:0]
			for _, h := range table {
				if h.day < from || h.day > to {
					kept = append(kept, h)
				}
			}
			table = kept
		}
		for i, r := range l.rows {
			if l.overlap != lake.OverlapSkip || !before[r] {
				table = append(table, held{l.id, i + 2, r})
			}
		}
	}
	out := make([]string, len(table))
	for i, h := range table {
		out[i] = fmt.Sprintf("%d:%d %d %s", h.load, h.line, h.day, h.value)
	}
	sort.Strings(out)
	return out
}

func days(rows []modelRow) (from, to int) {
	for _, r := range rows {
		if r.day == 0 {
			continue
		}
		if from == 0 || r.day < from {
			from = r.day
		}
		to = max(to, r.day)
	}
	return from, to
}

var historyColumns = fact.Schema{{Name: "time", Type: fact.Time}, {Name: "value"}}

func histories(t *testing.T, open Open) {
	rapid.Check(t, func(r *rapid.T) {
		b := &bench{t: t, Opened: open(t, t.TempDir())}
		defer b.Close()
		var loads []modelLoad
		seen := map[int64][]string{} // what each snapshot showed
		steps := rapid.IntRange(1, 9).Draw(r, "steps")
		for range steps {
			loads = step(r, b, loads)
			if len(loads) == 0 {
				continue
			}
			snapshot, err := b.Store.Snapshot(b.ctx())
			b.must(err)
			seen[snapshot] = replay(loads)
			compare(r, "now", b.shown(0), seen[snapshot])
			if len(seen[snapshot]) > 0 {
				b.info(orders)
			}
		}
		for snapshot, want := range seen {
			compare(r, fmt.Sprintf("snapshot %d", snapshot), b.shown(snapshot), want)
		}
		if want := replay(loads); len(want) > 0 {
			if i := b.info(orders); int(i.Rows) != len(want) {
				r.Fatalf("%d rows in the description, %d in the model", i.Rows, len(want))
			}
		}
	})
}

// step does one thing to lake and model.
func step(r *rapid.T, b *bench, loads []modelLoad) []modelLoad {
	what := rapid.SampledFrom([]string{"load", "load", "load", "undo", "undo", "compact"}).Draw(r, "what")
	var open []int
	for i, l := range loads {
		if !l.undone {
			open = append(open, i)
		}
	}
	switch {
	case what == "compact" && len(open) > 0:
		b.must(b.Store.Compact(b.ctx(), orders))
	case what == "undo" && len(open) > 0:
		i := rapid.SampledFrom(open).Draw(r, "undo")
		b.undo(loads[i].id)
		loads[i].undone = true
	case what == "load":
		l := modelLoad{overlap: rapid.SampledFrom([]lake.Overlap{lake.OverlapAdd, lake.OverlapSkip, lake.OverlapReplace}).Draw(r, "overlap")}
		if len(open) > 0 && rapid.IntRange(0, 5).Draw(r, "whole") == 0 {
			l.replaces = loads[rapid.SampledFrom(open).Draw(r, "replaces")].id
		}
		l.rows = rapid.SliceOfN(rapid.Custom(drawRow), 0, 6).Draw(r, "rows")
		rows := make([][]any, len(l.rows))
		for i, m := range l.rows {
			rows[i] = []any{nil, m.value}
			if m.day > 0 {
				rows[i][0] = at(m.day, 12)
			}
		}
		l.id, _ = b.load(orders, historyColumns, how{overlap: l.overlap, replaces: l.replaces, time: "time"}, rows...)
		loads = append(loads, l)
	}
	return loads
}

func drawRow(r *rapid.T) modelRow {
	return modelRow{rapid.IntRange(0, 6).Draw(r, "day"), rapid.SampledFrom([]string{"a", "b"}).Draw(r, "value")}
}

// shown lists what the lake shows in the words of the model.
func (b *bench) shown(snapshot int64) []string {
	r, err := b.Store.Query(b.ctx(), lake.Query{SQL: `SELECT _load, _row, time, value FROM t`, Tables: map[string]lake.Dataset{"t": orders}, Snapshot: snapshot})
	if base.IsKind(err, base.NotFound) {
		return nil // all loads are undone: as if there had never been any
	}
	b.must(err)
	rows := b.collect(r)
	out := make([]string, len(rows))
	for i, row := range rows {
		d := 0
		if at, ok := row[2].(time.Time); ok {
			d = at.Day()
		}
		out[i] = fmt.Sprintf("%d:%d %d %s", row[0], row[1], d, row[3])
	}
	sort.Strings(out)
	return out
}

func compare(r *rapid.T, what string, got, want []string) {
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		r.Fatalf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func snapshots(t *testing.T, open Open) {
	b := start(t, open)
	first, second := twoDays()
	_, one := b.load(orders, orderColumns, how{time: "time"}, first...)
	id, two := b.load(orders, append(orderColumns, fact.Column{Name: "note"}), how{time: "time", overlap: lake.OverlapReplace},
		[]any{"2", at(2, 9), dec(20), "x"}, []any{"5", at(3, 8), dec(50), nil})
	three := b.undo(id)
	b.load(orders, orderColumns, how{time: "time", overlap: lake.OverlapAdd}, second...)
	b.must(b.Store.Compact(b.ctx(), orders))
	for snapshot, want := range map[int64]string{one.Snapshot: "4 | 100/1000000", two.Snapshot: "3 | 80/1000000", three.Snapshot: "4 | 100/1000000", 0: "7 | 203/1000000"} {
		got := b.askAt(snapshot, orders, `SELECT count(*), CAST(sum(net) * 1000000 AS BIGINT) || '/1000000' FROM t`)
		if text(got, true) != want {
			t.Errorf("snapshot %d: %s, want %s", snapshot, text(got, true), want)
		}
	}
	if got := text(b.askAt(two.Snapshot, orders, `SELECT note FROM t ORDER BY _load, _row`), true); got != "∅\nx\n∅" {
		t.Errorf("the column of its time: %s", got)
	}
	_, err := b.Store.Query(b.ctx(), lake.Query{SQL: "SELECT note FROM t", Tables: map[string]lake.Dataset{"t": orders}, Snapshot: one.Snapshot})
	if err == nil {
		t.Error("a column that was not there yet")
	}
}
