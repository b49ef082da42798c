package laketest

import (
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// twoDays are a first export of the days 1 and 2 and a second of 2 and 3 in which one row of day 2 is the same, one
// was corrected and one is gone.
func twoDays() (first, second [][]any) {
	first = [][]any{{"1", at(1, 8), dec(10)}, {"2", at(2, 9), dec(20)}, {"3", at(2, 10), dec(30)}, {"4", at(2, 11), dec(40)}}
	second = [][]any{{"2", at(2, 9), dec(20)}, {"3", at(2, 10), dec(33)}, {"5", at(3, 8), dec(50)}}
	return first, second
}

func overlaps(t *testing.T, open Open) {
	for overlap, want := range map[lake.Overlap]struct {
		orders   string
		replaced int64
	}{
		lake.OverlapAdd:     {"1 2 2 3 3 4 5", 0},
		lake.OverlapSkip:    {"1 2 3 3 4 5", 0},
		lake.OverlapReplace: {"1 2 3 5", 3},
	} {
		b := start(t, open)
		first, second := twoDays()
		b.load(orders, orderColumns, how{time: "time"}, first...)
		_, done := b.load(orders, orderColumns, how{overlap: overlap, time: "time"}, second...)
		if done.Overlapping != 1 || done.RowsReplaced != want.replaced {
			t.Errorf("%s: %+v", overlap, done)
		}
		got := b.ask(orders, `SELECT string_agg(order_id, ' ' ORDER BY order_id, net) FROM t`)[0][0]
		if got != want.orders {
			t.Errorf("%s: %v, want %s", overlap, got, want.orders)
		}
	}
	b := start(t, open)
	first, second := twoDays()
	b.load(orders, orderColumns, how{time: "time"}, first...)
	_, _, err := b.tryLoad(orders, orderColumns, how{time: "time"}, second...)
	wantKind(t, err, base.Refused)
	if n := b.files(); n != 1 {
		t.Errorf("%d files after a refused load", n)
	}
	if i := b.info(orders); i.Rows != 4 || i.Loads != 1 {
		t.Errorf("%+v", i)
	}
}

func overlapAcrossColumns(t *testing.T, open Open) {
	b := start(t, open)
	d := lake.Dataset{Table: "stock"}
	b.load(d, fact.Schema{{Name: "a", Type: fact.Integer}, {Name: "b"}}, how{}, []any{1, "x"}, []any{2, nil}, []any{3, "z"})
	count := func(s fact.Schema, rows ...[]any) int64 {
		b.next++
		w, err := b.Store.Begin(b.ctx(), lake.LoadMeta{ID: b.next, Dataset: d, Schema: s})
		b.must(err)
		defer w.Close()
		b.must(write(w, s, rows...))
		n, err := w.Overlapping(b.ctx())
		b.must(err)
		return n
	}
	if n := count(fact.Schema{{Name: "b"}, {Name: "a", Type: fact.Integer}}, []any{"x", 1}, []any{nil, 2}, []any{"x", 3}); n != 2 {
		t.Errorf("columns in another order: %d", n)
	}
	if n := count(fact.Schema{{Name: "a", Type: fact.Integer}}, []any{1}, []any{9}); n != 1 {
		t.Errorf("fewer columns: %d", n)
	}
	if n := count(fact.Schema{{Name: "a", Type: fact.Integer}, {Name: "b"}, {Name: "c"}}, []any{1, "x", nil}, []any{3, "z", "new"}); n != 1 {
		t.Errorf("more columns: %d", n)
	}
	if n := count(fact.Schema{{Name: "a", Type: fact.Double}, {Name: "b"}}, []any{1.0, "x"}, []any{3.5, "z"}); n != 1 {
		t.Errorf("a wider type: %d", n)
	}
	if n := count(fact.Schema{{Name: "a"}, {Name: "b"}}, []any{"1", "x"}, []any{"drei", "z"}); n != 1 {
		t.Errorf("text instead of numbers: %d", n)
	}
}

func equalWithin(t *testing.T, open Open) {
	b := start(t, open)
	same := []any{"1", at(1, 8), dec(10)}
	b.load(orders, orderColumns, how{time: "time", overlap: lake.OverlapSkip}, same, same, same)
	if i := b.info(orders); i.Rows != 3 {
		t.Fatalf("%+v", i)
	}
	_, done := b.load(orders, orderColumns, how{time: "time", overlap: lake.OverlapSkip}, same, same, []any{"2", at(1, 8), dec(10)})
	if done.Overlapping != 2 || done.Rows != 1 {
		t.Errorf("%+v", done)
	}
}

func replaceWhole(t *testing.T, open Open) {
	b := start(t, open)
	first, second := twoDays()
	one, _ := b.load(orders, orderColumns, how{time: "time"}, first...)
	two, done := b.load(orders, orderColumns, how{time: "time", replaces: one}, second...)
	if done.Overlapping != 0 || done.RowsReplaced != 4 {
		t.Errorf("%+v", done)
	}
	three, _ := b.load(orders, orderColumns, how{time: "time", replaces: two}, first[:1]...)
	list := func() any {
		return b.ask(orders, `SELECT string_agg(order_id, ' ' ORDER BY order_id, net) FROM t`)[0][0]
	}
	if got := list(); got != "1" {
		t.Error(got)
	}
	b.undo(three)
	if got := list(); got != "2 3 5" {
		t.Errorf("replacement undone: %v", got)
	}
	b.undo(two)
	if got := list(); got != "1 2 3 4" {
		t.Errorf("both undone: %v", got)
	}
}

func undos(t *testing.T, open Open) {
	first, second := twoDays()
	third := [][]any{{"3", at(2, 10), dec(33)}, {"5", at(3, 8), dec(50)}, {"6", at(4, 8), dec(60)}}
	for undone, want := range map[int64]string{1: "2 3 5 6", 2: "1 2 3 3 4 5 6", 3: "1 2 3 5"} {
		b := start(t, open)
		b.load(orders, orderColumns, how{time: "time"}, first...)
		b.load(orders, orderColumns, how{time: "time", overlap: lake.OverlapReplace}, second...)
		b.load(orders, orderColumns, how{time: "time", overlap: lake.OverlapSkip}, third...)
		b.undo(undone)
		if got := b.ask(orders, `SELECT string_agg(order_id, ' ' ORDER BY order_id, net) FROM t`)[0][0]; got != want {
			t.Errorf("without load %d: %v, want %s", undone, got, want)
		}
		_, err := b.Store.Undo(b.ctx(), undone, nil)
		wantKind(t, err, base.Conflict)
	}
}
