package robust

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // to read the books behind the program's back
)

// books opens the state database of a folder whose process has ended, for reading.
func books(t testing.TB, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "lotse.db")+"?_busy_timeout=5000&_query_only=true")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// change alters the books of a folder whose process has ended.
func change(t testing.TB, dir, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "lotse.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// texts reads one column.
func texts(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(query, err)
	}
	defer rows.Close()
	out := []string{}
	for rows.Next() {
		var s sql.NullString
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s.String)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// lakeRows counts the rows that any reader of the lake sees now, without derived tables, from the DuckLake catalogue.
func lakeRows(t testing.TB, dir string) int64 {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "lotse.db")); err != nil {
		return 0
	}
	db := books(t, dir)
	defer db.Close()
	var n int64
	err := db.QueryRow(`SELECT coalesce(sum(f.record_count), 0) FROM ducklake_data_file f JOIN ducklake_table t USING (table_id)
		WHERE f.end_snapshot IS NULL AND t.end_snapshot IS NULL AND t.table_name NOT LIKE 'cases%'`).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// nothingHalf checks the files of a data folder against its books: no file that nothing names, no temporary file, and
// uploads that are there whole.
func nothingHalf(t testing.TB, dir string) {
	t.Helper()
	db := books(t, dir)
	defer db.Close()
	uploads := map[string]string{}
	for _, line := range texts(t, db, `SELECT id || ' ' || sha256 FROM upload`) {
		id, sum, _ := strings.Cut(line, " ")
		uploads[id] = sum
	}
	loads := texts(t, db, `SELECT CAST(id AS TEXT) FROM load`)
	files := texts(t, db, `SELECT path FROM lotse_file`)
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(dir, "lake", f)); err != nil {
			t.Errorf("the books name a file that is not there: %s", f)
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		top, _, _ := strings.Cut(rel, "/")
		switch name := d.Name(); {
		case strings.HasSuffix(name, ".tmp"), top == "tmp":
			t.Errorf("left over: %s", rel)
		case top == "lake" && !slices.Contains(files, strings.TrimPrefix(filepath.ToSlash(rel), "lake/")):
			t.Errorf("no books for %s", rel)
		case top == "refused" && !slices.Contains(loads, strings.TrimSuffix(name, ".csv.gz")):
			t.Errorf("no load for %s", rel)
		case top == "uploads":
			if sum := fileSum(t, path); uploads[name] != sum {
				t.Errorf("upload %s is not whole: %s, want %s", name, sum, uploads[name])
			}
			delete(uploads, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(uploads) > 0 {
		t.Errorf("uploads without files: %v", uploads)
	}
}

func fileSum(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// treeSum is a fingerprint of all files of a folder besides lock and socket.
func treeSum(t testing.TB, dir string) string {
	t.Helper()
	var lines []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || d.Name() == "lotse.lock" {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		lines = append(lines, fmt.Sprintln(rel, fileSum(t, path)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "")
}
