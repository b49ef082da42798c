package laketest

import (
	"database/sql"
	"errors"
	"io/fs"
	"math"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

var orders = lake.Dataset{Table: "orders"}

// orderColumns are enough of an order for most tests.
var orderColumns = fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}}

func values(t *testing.T, open Open) {
	b := start(t, open)
	s := fact.Schema{{Name: "text"}, {Name: "n", Type: fact.Integer}, {Name: "x", Type: fact.Double}, {Name: "net", Type: fact.Decimal},
		{Name: "yes", Type: fact.Boolean}, {Name: "time", Type: fact.Time}, {Name: "d", Type: fact.Date}, {Name: `odd "name" '; --`}}
	long := strings.Repeat("äöü lang ", 500)
	at := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.UTC)
	rows := [][]any{
		{"", 0, 0.0, dec(0), false, time.UnixMicro(0), day(0), "a"},
		{"zwölf Bytes!", math.MaxInt64, math.Inf(1), dec(999_999_999_999_999_999), true, at, day(20000), long},
		{long, math.MinInt64, -1.5, dec(-1), true, time.Date(1901, 2, 3, 4, 5, 6, 0, time.UTC), day(-30000), "0123456789abc"},
		{nil, nil, nil, nil, nil, nil, nil, nil},
		{"0123456789abc", 1, 1e-300, dec(10), false, at, day(1), "NUL\x00inside, longer than twelve"},
	}
	d := lake.Dataset{Table: "alles mögliche"}
	_, done := b.load(d, s, how{}, rows...)
	if done.Rows != int64(len(rows)) {
		t.Fatalf("committed %d rows", done.Rows)
	}
	got := b.ask(d, `SELECT * FROM t ORDER BY _row`)
	for i, row := range rows {
		want := append(given(row), int64(1), int64(i+2)) // _load and _row
		if a, z := text([][]any{got[i]}, true), text([][]any{want}, true); a != z {
			t.Errorf("row %d:\n%s\nwant\n%s", i, a, z)
		}
	}
	more := b.ask(d, `SELECT sum(n::HUGEINT), count(*), sum(net), 1::TINYINT, true, NULL FROM t WHERE text <> ? AND time >= ? AND net <> ? AND n <> ? AND yes = ?`,
		"x", at, big.NewRat(1, 1), 7, true)
	if text(more, true) != "9223372036854775807 | 1 | 999999999999999999/1000000 | 1 | true | ∅" {
		t.Error(text(more, true))
	}
}

// given is a row as lake.Rows gives it out.
func given(row []any) []any {
	out := make([]any, len(row))
	for i, v := range row {
		switch x := v.(type) {
		case dec:
			out[i] = big.NewRat(int64(x), fact.DecimalScale)
		case day:
			out[i] = time.Unix(int64(x)*86400, 0).UTC()
		case time.Time:
			out[i] = x.UTC()
		default:
			out[i] = v
		}
	}
	return out
}

func emptyLoad(t *testing.T, open Open) {
	b := start(t, open)
	id, done := b.load(orders, orderColumns, how{time: "time"})
	if done.Rows != 0 {
		t.Fatal(done)
	}
	if got := text(b.ask(orders, `SELECT count(*), sum(net), min(time) FROM t`), true); got != "0 | ∅ | ∅" {
		t.Error(got)
	}
	b.load(orders, orderColumns, how{time: "time"}, []any{"1", at(1, 8), dec(5)})
	b.undo(id)
	if i := b.info(orders); i.Rows != 1 || i.Loads != 1 {
		t.Errorf("%+v", i)
	}
}

func missing(t *testing.T, open Open) {
	b := start(t, open)
	_, err := b.Store.Query(b.ctx(), lake.Query{SQL: "SELECT 1 FROM t", Tables: map[string]lake.Dataset{"t": orders}})
	wantKind(t, err, base.NotFound)
	_, err = b.Store.Dataset(b.ctx(), orders)
	wantKind(t, err, base.NotFound)
	_, err = b.Store.Events(b.ctx(), "nothing", 0, lake.EventFilter{})
	wantKind(t, err, base.NotFound)
	_, err = b.Store.Undo(b.ctx(), 77, nil)
	wantKind(t, err, base.NotFound)
	wantKind(t, b.Store.Drop(b.ctx(), orders, nil), base.NotFound)
	wantKind(t, b.Store.Rename(b.ctx(), orders, lake.Dataset{Table: "x"}, nil), base.NotFound)
	wantKind(t, b.Store.Compact(b.ctx(), orders), base.NotFound)
	b.load(orders, orderColumns, how{})
	_, err = b.Store.Query(b.ctx(), lake.Query{SQL: "SELECT 1 FROM t", Tables: map[string]lake.Dataset{"t": orders}, Snapshot: 99})
	wantKind(t, err, base.NotFound)
	_, _, err = b.tryLoad(orders, orderColumns, how{replaces: 99})
	wantKind(t, err, base.NotFound)
}

func wantKind(t testing.TB, err error, kind base.Kind) {
	t.Helper()
	if !base.IsKind(err, kind) {
		t.Errorf("error %v, want kind %d", err, kind)
	}
}

func together(t *testing.T, open Open) {
	b := start(t, open)
	broken := errors.New("the load record cannot be written")
	fail := func(tx *sql.Tx) error {
		if _, err := tx.Exec(`INSERT INTO ducklake_metadata VALUES ('test', 'x', NULL, NULL)`); err != nil {
			return err
		}
		return broken
	}
	w, err := b.Store.Begin(b.ctx(), lake.LoadMeta{ID: 1, Dataset: orders, Schema: orderColumns})
	b.must(err)
	b.must(write(w, orderColumns, []any{"1", at(1, 8), dec(5)}))
	if _, err = w.Commit(b.ctx(), fail); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	b.must(w.Close())
	_, err = b.Store.Dataset(b.ctx(), orders)
	wantKind(t, err, base.NotFound)
	if n := b.files(); n != 0 {
		t.Errorf("%d files are left", n)
	}
	b.next = 1
	id, _ := b.load(orders, orderColumns, how{}, []any{"1", at(1, 8), dec(5)})
	if _, err := b.Store.Undo(b.ctx(), id, fail); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if err := b.Store.Drop(b.ctx(), orders, fail); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if err := b.Store.Rename(b.ctx(), orders, lake.Dataset{Table: "tickets"}, fail); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if got := text(b.ask(orders, `SELECT count(*) FROM t`), true); got != "1" {
		t.Error(got)
	}
	var n int
	b.must(b.DB.QueryRow(`SELECT count(*) FROM ducklake_metadata WHERE key = 'test'`).Scan(&n))
	if n != 0 {
		t.Error("a failed transaction left something in the state")
	}
}

// files counts the files below lake/.
func (b *bench) files() int {
	n := 0
	b.must(filepath.WalkDir(filepath.Join(b.dir, "lake"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}))
	return n
}

func abandoned(t *testing.T, open Open) {
	b := start(t, open)
	w, err := b.Store.Begin(b.ctx(), lake.LoadMeta{ID: 1, Dataset: orders, Schema: orderColumns})
	b.must(err)
	b.must(write(w, orderColumns, []any{"1", at(1, 8), dec(5)}))
	_, err = w.Overlapping(b.ctx())
	b.must(err)
	b.must(w.Close())
	if n := b.files(); n != 0 {
		t.Errorf("%d files are left", n)
	}
	if _, err := w.Commit(b.ctx(), nil); err == nil {
		t.Error("commit after close")
	}
	if w.Write(fact.NewBatch(orderColumns)) == nil {
		t.Error("write after close")
	}
	for _, s := range []fact.Schema{{}, {{Name: "a"}, {Name: "A"}}, {{Name: "_load"}}, {{Name: ""}}} {
		_, err := b.Store.Begin(b.ctx(), lake.LoadMeta{ID: 1, Dataset: orders, Schema: s})
		wantKind(t, err, base.Refused)
	}
}
