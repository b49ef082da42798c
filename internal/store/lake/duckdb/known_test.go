package duckdb_test

import (
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// What was once loaded is known, whatever becomes of it: an undo, an expiry, another name, a drop.
func TestWhatWasLoadedStaysKnown(t *testing.T) {
	s, db := open(t, t.TempDir())
	defer db.Close()
	defer s.Close()
	d, other := killed, lake.Dataset{Table: killed.Table, Process: "anders"}
	early, late := time.Date(2024, 1, 31, 12, 0, 0, 0, time.UTC), time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC)
	for id, last := range []time.Time{early, late} {
		w, err := s.Begin(t.Context(), lake.LoadMeta{ID: int64(id + 1), Dataset: d, Schema: killColumns, Time: "time", Overlap: lake.OverlapAdd})
		must(t, err)
		must(t, w.Write(until(last)))
		_, err = w.Commit(t.Context(), nil)
		must(t, err)
		must(t, w.Close())
	}
	known := func(of lake.Dataset, want time.Time) {
		t.Helper()
		got, err := s.EverLast(t.Context(), of)
		must(t, err)
		if !got.Equal(want) {
			t.Errorf("%v: known until %v, want %v", of, got, want)
		}
	}
	known(other, time.Time{})
	_, err := s.Undo(t.Context(), 2, nil)
	must(t, err)
	_, err = s.Expire(t.Context(), time.Now().Add(time.Hour))
	must(t, err)
	info, err := s.Dataset(t.Context(), d)
	must(t, err)
	if !info.Last.Equal(early) {
		t.Fatalf("the undone load still shows: %v", info.Last)
	}
	known(d, late)
	must(t, s.Rename(t.Context(), d, other, nil))
	known(other, late)
	must(t, s.Drop(t.Context(), other, nil))
	_, err = s.Expire(t.Context(), time.Now().Add(time.Hour))
	must(t, err)
	if _, err := s.Dataset(t.Context(), other); !base.IsKind(err, base.NotFound) {
		t.Fatal(err)
	}
	known(other, late)
}

// until is one event at an instant.
func until(at time.Time) *fact.Batch {
	b := fact.NewBatch(killColumns)
	b.StartRow(0)
	b.AppendText(0, []byte("V1"))
	b.AppendText(1, []byte("Schritt"))
	b.AppendInt(2, at.UnixMicro())
	return b
}
