package duckdb_test

import (
	"fmt"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

func TestExpire(t *testing.T) {
	dir := t.TempDir()
	s, db := open(t, dir)
	defer db.Close()
	defer s.Close()
	load := func(id int64, d lake.Dataset) int64 {
		w, err := s.Begin(t.Context(), lake.LoadMeta{ID: id, Dataset: d, Schema: killColumns, Time: "time", Overlap: lake.OverlapAdd})
		must(t, err)
		defer w.Close()
		must(t, w.Write(killRows(id)))
		done, err := w.Commit(t.Context(), nil)
		must(t, err)
		return done.Snapshot
	}
	first := load(1, killed)
	kept := load(2, killed)
	load(3, killed)
	_, err := s.Undo(t.Context(), 2, nil)
	must(t, err)
	must(t, s.Compact(t.Context(), killed))
	gone := lake.Dataset{Table: "events", Process: "gone"}
	load(4, gone)
	must(t, s.Drop(t.Context(), gone, nil))
	before := count(t, s, 0)

	e, err := s.Expire(t.Context(), time.Now().Add(-time.Hour))
	must(t, err)
	if e.Snapshots != 0 || e.Files != 0 {
		t.Errorf("young snapshots expired: %+v", e)
	}
	e, err = s.Expire(t.Context(), time.Now().Add(time.Hour), kept)
	must(t, err)
	if e.Files != 1 { // of the dropped dataset; load 2 is shown by the kept snapshot
		t.Errorf("%+v", e)
	}
	files(t, dir, db.Read())
	if got := count(t, s, kept); got != "1000" {
		t.Errorf("kept snapshot: %s", got)
	}
	if _, err := ask(t, s, first); !base.IsKind(err, base.NotFound) {
		t.Errorf("expired snapshot: %v", err)
	}
	e, err = s.Expire(t.Context(), time.Now().Add(time.Hour))
	must(t, err)
	if e.Files != 1 {
		t.Errorf("%+v", e)
	}
	files(t, dir, db.Read())
	_, err = s.Undo(t.Context(), 3, nil)
	must(t, err)
	if got := count(t, s, 0); before != "1000" || got != "500" {
		t.Errorf("before %s, after an undo that needs an origin %s", before, got)
	}
}

func ask(t *testing.T, s *duckdb.Store, snapshot int64) (lake.Rows, error) {
	t.Helper()
	return s.Query(t.Context(), lake.Query{SQL: "SELECT count(*) FROM t", Tables: map[string]lake.Dataset{"t": killed}, Snapshot: snapshot})
}

func count(t *testing.T, s *duckdb.Store, snapshot int64) string {
	t.Helper()
	r, err := ask(t, s, snapshot)
	must(t, err)
	defer r.Close()
	r.Next()
	return fmt.Sprint(r.Values()[0])
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
