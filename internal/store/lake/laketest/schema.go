package laketest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

func describe(s fact.Schema) string {
	parts := make([]string, len(s))
	for i, c := range s {
		parts[i] = c.Name + " " + c.Type.String()
	}
	return strings.Join(parts, ", ")
}

func evolution(t *testing.T, open Open) {
	b := start(t, open)
	d := lake.Dataset{Table: "stock"}
	want := func(when, schema, sum string) {
		t.Helper()
		if got := describe(b.info(d).Schema); got != schema {
			t.Errorf("%s: %s, want %s", when, got, schema)
		}
		if got := text(b.ask(d, `SELECT a, b FROM t ORDER BY _load, _row`), true); got != sum {
			t.Errorf("%s:\n%s\nwant\n%s", when, got, sum)
		}
	}
	b.load(d, fact.Schema{{Name: "a", Type: fact.Integer}, {Name: "b"}}, how{}, []any{1, "x"}, []any{nil, "y"})
	want("first", "a integer, b text", "1 | x\n∅ | y")
	decimals, _ := b.load(d, fact.Schema{{Name: "a", Type: fact.Decimal}, {Name: "c", Type: fact.Date}}, how{}, []any{dec(1_500_000), day(3)})
	want("integers become decimals", "a decimal, b text, c date", "1 | x\n∅ | y\n3/2 | ∅")
	doubles, _ := b.load(d, fact.Schema{{Name: "a", Type: fact.Double}, {Name: "b"}}, how{}, []any{0.25, "z"})
	want("decimals become doubles", "a double, b text, c date", "1 | x\n∅ | y\n1.5 | ∅\n0.25 | z")
	words, _ := b.load(d, fact.Schema{{Name: "a"}, {Name: "b", Type: fact.Boolean}}, how{}, []any{"viele", true})
	want("anything becomes text", "a text, b text, c date", "1 | x\n∅ | y\n1.500000 | ∅\n0.25 | z\nviele | true")
	b.must(b.Store.Compact(b.ctx(), d))
	want("compacted", "a text, b text, c date", "1 | x\n∅ | y\n1.500000 | ∅\n0.25 | z\nviele | true")
	b.undo(words)
	b.undo(doubles)
	want("undone", "a decimal, b text, c date", "1 | x\n∅ | y\n3/2 | ∅")
	b.undo(decimals)
	want("all undone", "a integer, b text", "1 | x\n∅ | y")
	b.load(d, fact.Schema{{Name: "a", Type: fact.Integer}}, how{}, []any{2_000_000_000_000})
	b.load(d, fact.Schema{{Name: "a", Type: fact.Decimal}}, how{}, []any{dec(500_000)})
	want("integers too large for decimals", "a double, b text", "1 | x\n∅ | y\n2e+12 | ∅\n0.5 | ∅")
}

func renameAndDrop(t *testing.T, open Open) {
	b := start(t, open)
	from, to := lake.Dataset{Table: "events", Process: "Einkauf"}, lake.Dataset{Table: "events", Process: "Beschaffung"}
	id, before := b.load(from, eventColumns, how{time: "time"}, []any{"c1", "a", at(1, 1), nil, nil, nil})
	_, err := b.Store.Derive(b.ctx(), lake.Dataset{Table: "cases", Process: "Einkauf"}, fact.Schema{{Name: "case_id"}},
		func(sink fact.Sink) error { return write(sink, fact.Schema{{Name: "case_id"}}, []any{"c1"}) })
	b.must(err)
	ran := false
	b.must(b.Store.Rename(b.ctx(), from, to, func(*sql.Tx) error { ran = true; return nil }))
	_, err = b.Store.Dataset(b.ctx(), from)
	wantKind(t, err, base.NotFound)
	if !ran || b.info(to).Rows != 1 || b.info(lake.Dataset{Table: "cases", Process: "Beschaffung"}).Rows != 1 {
		t.Error("events and their cases are not there under the new name")
	}
	if got := text(b.askAt(before.Snapshot, to, `SELECT case_id FROM t`), true); got != "c1" {
		t.Errorf("an earlier snapshot under the new name: %q", got)
	}
	b.load(to, eventColumns, how{time: "time", overlap: lake.OverlapAdd}, []any{"c2", "a", at(2, 1), nil, nil, nil})
	b.load(from, eventColumns, how{time: "time"}, []any{"other", "a", at(2, 1), nil, nil, nil})
	wantKind(t, b.Store.Rename(b.ctx(), from, to, nil), base.Conflict)
	b.undo(id)
	if got := text(b.ask(to, `SELECT case_id FROM t`), true); got != "c2" {
		t.Errorf("undo after renaming: %q", got)
	}
	last, err := b.Store.Snapshot(b.ctx())
	b.must(err)
	b.must(b.Store.Drop(b.ctx(), to, nil))
	_, err = b.Store.Dataset(b.ctx(), to)
	wantKind(t, err, base.NotFound)
	_, err = b.Store.Dataset(b.ctx(), lake.Dataset{Table: "cases", Process: "Beschaffung"})
	wantKind(t, err, base.NotFound)
	if got := text(b.askAt(last, to, `SELECT case_id FROM t`), true); got != "c2" {
		t.Errorf("a dropped dataset at an earlier snapshot: %q", got)
	}
	b.load(to, eventColumns, how{time: "time"}, []any{"new", "a", at(2, 1), nil, nil, nil})
	if got := text(b.ask(to, `SELECT case_id FROM t`), true); got != "new" {
		t.Errorf("after a new start: %q", got)
	}
}

func alikeNames(t *testing.T, open Open) {
	b := start(t, open)
	names := []string{"Einkauf", "einkauf", "EINKAUF", "Ein kauf", "ein-kauf", "ein_kauf", "Einkäufe", "Einkaeufe", "日本", "../../etc", "a'b\"c", strings.Repeat("lang", 80)}
	for _, n := range names {
		b.load(lake.Dataset{Table: "events", Process: n}, eventColumns, how{time: "time"}, []any{n, "a", at(1, 1), nil, nil, nil})
	}
	all, err := b.Store.Datasets(b.ctx())
	b.must(err)
	if len(all) != len(names) {
		t.Errorf("%d datasets", len(all))
	}
	for _, n := range names {
		if got := b.ask(lake.Dataset{Table: "events", Process: n}, `SELECT case_id FROM t`); len(got) != 1 || got[0][0] != n {
			t.Errorf("%q: %v", n, got)
		}
	}
}

func derived(t *testing.T, open Open) {
	b := start(t, open)
	d := lake.Dataset{Table: "cases", Process: "p"}
	derive := func(s fact.Schema, rows ...[]any) lake.Committed {
		done, err := b.Store.Derive(b.ctx(), d, s, func(sink fact.Sink) error { return write(sink, s, rows...) })
		b.must(err)
		return done
	}
	derive(fact.Schema{{Name: "case_id"}, {Name: "n", Type: fact.Integer}}, []any{"a", 1}, []any{"b", 2})
	if done := derive(fact.Schema{{Name: "case_id"}, {Name: "n", Type: fact.Double}}, []any{"c", 0.5}); done.Rows != 1 || done.RowsReplaced != 2 {
		t.Errorf("%+v", done)
	}
	if got := text(b.ask(d, `SELECT case_id, n FROM t`), true); got != "c | 0.5" {
		t.Error(got)
	}
	derive(fact.Schema{{Name: "case_id"}})
	if i := b.info(d); i.Rows != 0 || describe(i.Schema) != "case_id text" {
		t.Errorf("%+v", i)
	}
	_, err := b.Store.Derive(b.ctx(), d, fact.Schema{{Name: "case_id"}}, func(fact.Sink) error { return fmt.Errorf("no") })
	if err == nil {
		t.Error("a failed derivation was published")
	}
	_, _, err = b.tryLoad(d, fact.Schema{{Name: "case_id"}}, how{})
	wantKind(t, err, base.Conflict)
	b.load(orders, orderColumns, how{})
	_, err = b.Store.Derive(b.ctx(), orders, orderColumns, func(fact.Sink) error { return nil })
	wantKind(t, err, base.Conflict)
}

func information(t *testing.T, open Open) {
	b := start(t, open)
	s := fact.Schema{{Name: "order_id", Source: "Bestellnr."}, {Name: "time", Type: fact.Time, Source: "Datum"}, {Name: "customer", Person: true, Source: "Kunde"}}
	b.load(orders, s, how{time: "time"}, []any{"1", at(3, 4), "p"}, []any{"2", at(9, 1), "q"}, []any{"3", nil, "q"})
	b.load(orders, s, how{time: "time", overlap: lake.OverlapAdd}, []any{"1", at(1, 2), "p"})
	i := b.info(orders)
	if i.Rows != 4 || i.Loads != 2 || !i.First.Equal(at(1, 2)) || !i.Last.Equal(at(9, 1)) || i.Bytes <= 0 || i.LoadedAt.IsZero() || i.Snapshot != 2 {
		t.Errorf("%+v", i)
	}
	if fmt.Sprint(i.Schema) != fmt.Sprint(s) {
		t.Errorf("%v", i.Schema)
	}
	var name string
	b.must(b.DB.QueryRow(`SELECT table_name FROM ducklake_table WHERE end_snapshot IS NULL`).Scan(&name))
	if name != orders.SQLName() {
		t.Errorf("in the catalogue it is %s", name)
	}
}
