package duckdb

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
)

// TestLockDown goes around the guard of questions and asks DuckDB itself: even then only the allowed folders are open
// and no setting can be changed.
func TestLockDown(t *testing.T) {
	dir := t.TempDir()
	inside, outside := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	for _, d := range []string{inside, outside} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(d, "a.csv"), []byte("a\n1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(inside, "link")); err != nil {
		t.Fatal(err)
	}
	e, err := newEngine(Options{}.withDefaults(), inside, inside)
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	c, err := e.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	ctx := context.Background()
	if err := c.exec(ctx, "SELECT * FROM read_csv("+quote(filepath.Join(inside, "a.csv"))+")"); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"SELECT * FROM read_csv(" + quote(filepath.Join(outside, "a.csv")) + ")",
		"SELECT * FROM read_csv(" + quote(inside+"/../out/a.csv") + ")",
		"SELECT * FROM read_csv(" + quote(inside+"/link/a.csv") + ")",
		"COPY (SELECT 1) TO " + quote(filepath.Join(outside, "b.csv")),
		"ATTACH " + quote(filepath.Join(outside, "x.db")),
		"SELECT * FROM read_csv('https://example.org/a.csv')",
		"LOAD httpfs", "INSTALL httpfs", "LOAD " + quote(filepath.Join(inside, "x.duckdb_extension")),
		"SET memory_limit = '9GB'", "SET lock_configuration = false", "SET enable_external_access = true", "SET temp_directory = '/tmp'",
		"SET allowed_directories = ['/']", "RESET ALL", "EXPORT DATABASE " + quote(outside),
	} {
		if c.exec(ctx, sql) == nil {
			t.Errorf("allowed: %s", sql)
		}
	}
}

func TestLimits(t *testing.T) {
	tmp := t.TempDir()
	e, err := newEngine(Options{MemoryMB: 64}.withDefaults(), tmp, tmp)
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	for name, sql := range map[string]string{
		"time":   "SELECT count(*) FROM range(10000000) a, range(10000000) b",
		"memory": "SELECT len(list(range)) FROM range(100000000)",
	} {
		o := Options{QueryTime: 20 * time.Second}.withDefaults()
		if name == "time" {
			o.QueryTime = 100 * time.Millisecond
		}
		r, err := e.ask(context.Background(), o, sql, nil, nil)
		if err == nil {
			err = r.hold()
			r.Close()
		}
		if !base.IsKind(err, base.TooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, err := e.ask(context.Background(), Options{}.withDefaults(), "SELECT 1", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
}
