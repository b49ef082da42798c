package laketest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

func guards(t *testing.T, open Open) {
	b := start(t, open)
	b.load(orders, orderColumns, how{}, []any{"1", at(1, 1), dec(1)})
	secret := filepath.Join(t.TempDir(), "secret.csv")
	b.must(os.WriteFile(secret, []byte("a,b\n1,2\n"), 0o600))
	inside, err := filepath.Glob(filepath.Join(b.dir, "lake", "*", "*.parquet"))
	b.must(err)
	for _, q := range []string{
		"SELECT 1; SELECT 2", "SELECT 1; DROP TABLE t", "", ";", "   ",
		"SELECT * FROM '" + secret + "'", `SELECT * FROM "` + secret + `"`, "FROM read_csv('" + secret + "')", "SELECT * FROM read_text('" + secret + "')",
		"SELECT * FROM read_parquet('" + inside[0] + "')", "SELECT * FROM '" + inside[0] + "'", "SELECT * FROM glob('/*')",
		"SELECT (SELECT content FROM read_text('" + secret + "'))", "WITH x AS (FROM read_blob('" + secret + "')) SELECT * FROM x",
		"COPY t TO '" + filepath.Join(b.dir, "lake", "x.csv") + "'", "COPY (SELECT 1) TO '/tmp/x.csv'", "ATTACH '" + filepath.Join(b.dir, "lake", "x.db") + "'",
		"LOAD json", "INSTALL httpfs", "SET memory_limit = '9GB'", "PRAGMA database_list", "CALL pragma_version()", "CREATE TABLE x (a INT)",
		"INSERT INTO t VALUES (1)", "EXPORT DATABASE '/tmp/x'", "EXPLAIN SELECT 1", "SHOW TABLES", "DESCRIBE t", "SELECT * FROM (SHOW TABLES)",
		"SELECT * FROM duckdb_settings()", "SELECT * FROM information_schema.tables", "SELECT * FROM other", "SELECT * FROM query('SELECT 1')",
		"SELECT getenv('HOME')", "SELECT nonsense FROM t", "SELECT FROM", "SELECT ? FROM t", "SELECT * FROM main.t", "VACUUM", "CHECKPOINT", "BEGIN",
		"SELECT [1,2]",
	} {
		r, err := b.Store.Query(b.ctx(), lake.Query{SQL: q, Tables: map[string]lake.Dataset{"t": orders}})
		if err == nil {
			r.Close()
		}
		wantRefused(t, q, err)
	}
	for _, q := range []string{
		"SELECT 1", "select order_id from t;", "WITH a AS (SELECT * FROM t) SELECT count(*) FROM a", "with recursive n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n, t",
		"SELECT * FROM range(3)", "FROM t", "-- a remark\nSELECT count(*) FROM t", "(SELECT 1) UNION ALL (SELECT 2)", "SELECT x.order_id FROM T AS x, unnest([1, 2]) AS u(i)",
		"SELECT quantile_cont(net, 0.5) FROM t", "SELECT a.order_id FROM t a JOIN t b USING (order_id)", "VALUES (1)", "SELECT $1::BIGINT",
	} {
		args := []any{}
		if strings.Contains(q, "$1") {
			args = append(args, 5)
		}
		r, err := b.Store.Query(b.ctx(), lake.Query{SQL: q, Tables: map[string]lake.Dataset{"t": orders}, Args: args})
		if err != nil {
			t.Errorf("%s: %v", q, err)
			continue
		}
		b.collect(r)
	}
}

func wantRefused(t *testing.T, q string, err error) {
	t.Helper()
	var e *base.Error
	if !errors.As(err, &e) || e.Kind != base.Refused && e.Kind != base.Forbidden {
		t.Errorf("%s: %v", q, err)
	}
}

func cancels(t *testing.T, open Open) {
	b := start(t, open)
	b.load(orders, orderColumns, how{}, []any{"1", at(1, 1), dec(1)})
	ctx, cancel := context.WithTimeout(b.ctx(), 100*time.Millisecond)
	defer cancel()
	_, err := b.Store.Query(ctx, lake.Query{SQL: "SELECT count(*) FROM range(10000000) a, range(10000000) b"})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if got := text(b.ask(orders, "SELECT count(*) FROM t"), true); got != "1" {
		t.Error(got)
	}
	// A large answer keeps its place until it is closed; closing it early is enough.
	for range 5 {
		r, err := b.Store.Query(b.ctx(), lake.Query{SQL: "SELECT range FROM range(1000000)"})
		b.must(err)
		for range 10_000 {
			if !r.Next() {
				t.Fatal(r.Err())
			}
		}
		b.must(r.Close())
	}
	ctx, cancel = context.WithCancel(b.ctx())
	r, err := b.Store.Query(ctx, lake.Query{SQL: "SELECT range FROM range(100000000)"})
	b.must(err)
	cancel()
	for r.Next() {
	}
	if r.Err() == nil {
		t.Error("an answer went on after its context")
	}
	b.must(r.Close())
}

func moves(t *testing.T, open Open) {
	dir := t.TempDir()
	old, moved := filepath.Join(dir, "old"), filepath.Join(dir, "with ' and ü")
	b := &bench{t: t, Opened: open(t, old), dir: old}
	first, second := twoDays()
	b.load(orders, orderColumns, how{time: "time"}, first...)
	b.Close()
	b.must(os.Rename(old, moved))
	b = startIn(t, open, moved)
	b.next = 1
	b.load(orders, orderColumns, how{time: "time", overlap: lake.OverlapReplace}, second...)
	if got := text(b.ask(orders, `SELECT count(*) FROM t`), true); got != "4" {
		t.Error(got)
	}
}

func atOnce(t *testing.T, open Open) {
	b := start(t, open)
	b.loadEvents([]event{{caseID: "c", activity: "a", at: at(1, 1)}})
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			for i := range 6 {
				w, err := b.Store.Begin(b.ctx(), lake.LoadMeta{ID: int64(100*n + i + 100), Dataset: process, Schema: eventColumns, Time: "time", Overlap: lake.OverlapAdd})
				if err == nil {
					err = write(w, eventColumns, event{caseID: "c", activity: "a", at: at(1, 1)}.values())
				}
				if err == nil {
					_, err = w.Commit(b.ctx(), nil)
				}
				if err == nil && i%3 == 2 {
					err = b.Store.Compact(b.ctx(), process)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 10 {
				st, err := b.Store.Events(b.ctx(), "p", 0, lake.EventFilter{})
				if err == nil {
					_, err = Streamed(st)
					st.Close()
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if i := b.info(process); i.Rows != 25 || i.Loads != 25 {
		t.Errorf("%+v", i)
	}
}
