package duckdb_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

var killColumns = fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}}

var killed = lake.Dataset{Table: "events", Process: "killed"}

// TestKill kills a process that loads, undoes and compacts, again and again at random moments. Afterwards every load
// that it reported is there as a whole, at most the one under way besides, and no file is left over.
func TestKill(t *testing.T) {
	if args, ok := basetest.ChildArgs(); ok {
		work(t, args[0])
	}
	kills := 5
	if n, err := strconv.Atoi(os.Getenv("LOTSE_KILLS")); err == nil {
		kills = n
	}
	dir := t.TempDir()
	reported := map[int64]bool{} // load → counts
	for n := range kills {
		for load, counts := range killOne(t, dir, time.Duration(50+rand.IntN(700))*time.Millisecond) {
			reported[load] = counts
		}
		check(t, n, dir, reported)
	}
	if len(reported) == 0 {
		t.Error("no load was ever reported")
	}
	t.Logf("%d loads survived %d kills", len(reported), kills)
}

// killOne runs a child for a while and returns what it reported.
func killOne(t *testing.T, dir string, after time.Duration) map[int64]bool {
	c := basetest.StartChild(t, dir)
	reported := map[int64]bool{}
	var timer *time.Timer
	for {
		line, more := c.Line()
		if !more {
			break
		}
		if timer == nil && line == "working" {
			timer = time.AfterFunc(after, func() { c.Kill() })
		}
		var load int64
		if n, _ := fmt.Sscanf(line, "loaded %d", &load); n == 1 {
			reported[load] = true
		}
		if n, _ := fmt.Sscanf(line, "undone %d", &load); n == 1 {
			reported[load] = false
		}
		if strings.Contains(line, "FAIL") {
			t.Fatal(line)
		}
	}
	c.Wait()
	return reported
}

// work loads, undoes and compacts for ever.
func work(t *testing.T, dir string) {
	s, _ := open(t, dir)
	ctx := context.Background()
	fmt.Println("working")
	for load := time.Now().UnixNano(); ; load++ {
		w, err := s.Begin(ctx, lake.LoadMeta{ID: load, Dataset: killed, Schema: killColumns, Time: "time", Overlap: lake.OverlapAdd})
		if err == nil {
			err = w.Write(killRows(load))
		}
		if err == nil {
			_, err = w.Commit(ctx, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("loaded", load)
		switch load % 4 {
		case 0:
			err = s.Compact(ctx, killed)
		case 1:
			if _, err = s.Undo(ctx, load, nil); err == nil {
				fmt.Println("undone", load)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

const killRowsPerLoad = 500

func killRows(load int64) *fact.Batch {
	b := fact.NewBatch(killColumns)
	for i := range killRowsPerLoad {
		b.StartRow(int64(i))
		b.AppendText(0, fmt.Appendf(nil, "%d-%d", load, i%50))
		b.AppendText(1, fmt.Appendf(nil, "step %d", i%7))
		b.AppendInt(2, int64(i)*1e6)
	}
	return b
}

// check opens the folder after a kill and compares.
func check(t *testing.T, n int, dir string, reported map[int64]bool) {
	s, db := open(t, dir)
	defer db.Close()
	defer s.Close()
	there := map[int64]int64{}
	r, err := s.Query(t.Context(), lake.Query{SQL: "SELECT _load, count(*) FROM t GROUP BY 1", Tables: map[string]lake.Dataset{"t": killed}})
	if err == nil {
		for r.Next() {
			there[r.Values()[0].(int64)] = r.Values()[1].(int64)
		}
		r.Close()
	}
	for load, counts := range reported {
		if counts && there[load] == 0 && load%4 == 1 {
			reported[load] = false // undone, but killed before it could say so
			continue
		}
		if counts != (there[load] == killRowsPerLoad) {
			t.Errorf("kill %d: load %d has %d rows, reported %t", n, load, there[load], counts)
		}
	}
	for load, rows := range there {
		if rows != killRowsPerLoad {
			t.Errorf("kill %d: load %d has %d rows", n, load, rows)
		}
		if _, ok := reported[load]; !ok {
			reported[load] = true // committed, but killed before it could say so
		}
	}
	files(t, dir, db.Read())
}

// files compares the files on disk with the books.
func files(t *testing.T, dir string, db *sql.DB) {
	t.Helper()
	onDisk, inBooks := 0, 0
	err := filepath.WalkDir(filepath.Join(dir, "lake"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			onDisk++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow("SELECT count(*) FROM lotse_file").Scan(&inBooks); err != nil {
		t.Fatal(err)
	}
	if onDisk != inBooks {
		t.Errorf("%d files on disk, %d in the books", onDisk, inBooks)
	}
}
