package duckdb

import (
	"testing"
	"time"

	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
)

// A question that finds the memory taken by another one waits until that has ended and is then answered, whereas one
// that is too large for all of it is refused.
func TestShortOfMemory(t *testing.T) {
	dir := t.TempDir()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, err := Open(t.Context(), dir, db, Options{MemoryMB: 64, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	first, err := s.Query(t.Context(), lake.Query{SQL: `SELECT a.i FROM range(1000000) a(i) JOIN (SELECT range * 3 % 500000 AS i FROM range(500000)) b ON a.i = b.i`})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	type answer struct {
		rows lake.Rows
		err  error
	}
	second := make(chan answer, 1)
	go func() {
		rows, err := s.Query(t.Context(), lake.Query{SQL: `SELECT len(list(range)) FROM range(2000000)`})
		second <- answer{rows, err}
	}()
	for len(s.alone) == 0 {
		select {
		case a := <-second:
			t.Fatalf("not short of memory: %v", a.err)
		case <-time.After(time.Millisecond):
		}
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	a := <-second
	if a.err != nil {
		t.Fatal(a.err)
	}
	for a.rows.Next() {
		if n := a.rows.Values()[0]; n != int64(2_000_000) {
			t.Error(n)
		}
	}
	if err := a.rows.Close(); err != nil {
		t.Error(err)
	}
	if len(s.alone)+len(s.heavy) > 0 {
		t.Error("places were not given back")
	}
}
