package record_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/store/record"
)

// What is written with the clock set back says so in its history, also after a new start; a second of difference is none.
// The mark is covered by the chain.
func TestTheHistoryMarksAClockSetBack(t *testing.T) {
	_, db := open(t)
	ctx, now := t.Context(), time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s := record.NewStore(db, clock)
	put := func(id string, at time.Time) {
		t.Helper()
		now = at
		if _, err := record.Put(ctx, s, notes, id, record.AnyVersion, note{Text: at.String()}, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	start := now
	put("a", start)
	put("a", start.Add(-time.Second))
	put("a", start.Add(-time.Hour))
	s = record.NewStore(db, clock) // a new start reads the newest instant from the books
	put("b", start.AddDate(-1, 0, 0))
	put("b", start.Add(time.Hour))
	var got []string
	for _, id := range []string{"a", "b"} {
		entries, err := record.History(ctx, s, notes, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			got = append(got, e.Note)
		}
	}
	mark := "[Uhr zurückgestellt: Der letzte Eintrag war vom 2026-03-01 08:00 UTC. / Clock set back: the last entry was of 2026-03-01 08:00 UTC.]"
	if want := []string{"", "", mark, mark, ""}; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q\nwant %q", got, want)
	}
	if _, err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
	err := db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE record_history SET note = '' WHERE id = 'b'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Verify(ctx); err == nil {
		t.Error("the mark can be taken away unseen")
	}
}
