package duckdb_test

import (
	"fmt"
	"os"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/lake/laketest"
)

// TestSortFile compares a log sorted without an instance with the same log loaded.
func TestSortFile(t *testing.T) {
	fill := func(sink fact.Sink) error {
		for part := range 30 {
			b := fact.NewBatch(killColumns)
			for i := range 1000 {
				b.StartRow(int64(part*1000 + i + 2))
				b.AppendText(0, fmt.Appendf(nil, "case %d", (i*31+part)%770))
				b.AppendText(1, fmt.Appendf(nil, "step %d", (i+part)%13))
				b.AppendInt(2, int64((i*7919+part)%5000)*60e6)
			}
			if err := sink.Write(b); err != nil {
				return err
			}
		}
		return nil
	}
	tmp := t.TempDir()
	f, err := duckdb.SortFile(t.Context(), tmp, killColumns, duckdb.Options{}, fill)
	if err != nil {
		t.Fatal(err)
	}
	s, db := open(t, t.TempDir())
	defer db.Close()
	defer s.Close()
	w, err := s.Begin(t.Context(), lake.LoadMeta{ID: 1, Dataset: killed, Schema: killColumns, Time: "time"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := fill(w); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	loaded, err := s.Events(t.Context(), killed.Process, 0, lake.EventFilter{})
	if err != nil {
		t.Fatal(err)
	}
	want := stream(t, loaded)
	for range 2 { // it can be read again
		st, err := f.Events(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if stream(t, st) != want {
			t.Error("the file and the loaded process differ")
		}
	}
	r, err := f.Query(t.Context(), "SELECT count(*), count(DISTINCT case_id) FROM events WHERE _row > ?", 1001)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Next() || fmt.Sprint(r.Values()) != "[29000 770]" {
		t.Error(r.Values(), r.Err())
	}
	r.Close()
	i, err := s.Dataset(t.Context(), killed)
	if err != nil {
		t.Fatal(err)
	}
	if g := f.Info(); g.Rows != i.Rows || !g.First.Equal(i.First) || !g.Last.Equal(i.Last) {
		t.Errorf("%+v, loaded %+v", g, i)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) != 0 {
		t.Errorf("left over: %v %v", left, err)
	}
	_, err = duckdb.SortFile(t.Context(), tmp, fact.Schema{{Name: "a"}}, duckdb.Options{}, fill)
	if !base.IsKind(err, base.Refused) {
		t.Error(err)
	}
}

func stream(t *testing.T, st lake.EventStream) string {
	t.Helper()
	defer st.Close()
	out, err := laketest.Streamed(st)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
