package record_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

type note struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

var notes = record.Kind[note]{Name: "note", Title: base.T("Notiz", "Note"), Validate: func(n *note) []base.FieldError {
	n.Text = strings.TrimSpace(n.Text)
	if n.Text == "" {
		return []base.FieldError{{Field: "text", Text: base.T("fehlt", "missing")}}
	}
	return nil
}}

func open(t *testing.T) (*record.Store, *database.DB) {
	t.Helper()
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	return record.NewStore(db, base.FixedClock(at)), db
}

func code(err error) string {
	var e *base.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return fmt.Sprint(err)
}

func TestLifeOfARecord(t *testing.T) {
	s, _ := open(t)
	ctx := t.Context()
	a, err := record.Put(ctx, s, notes, "", record.New, note{Text: " eins "}, "anna")
	if err != nil || a.Version != 1 || a.Value.Text != "eins" || a.ID == "" {
		t.Fatal(a, err)
	}
	b, err := record.Put(ctx, s, notes, a.ID, 1, note{Text: "zwei"}, "bea")
	if err != nil || b.Version != 2 {
		t.Fatal(b, err)
	}
	if _, err := record.Put(ctx, s, notes, a.ID, 1, note{Text: "drei"}, "anna"); code(err) != "stale_version" || !base.IsKind(err, base.Conflict) {
		t.Fatal(err)
	}
	if err := record.Delete(ctx, s, notes, a.ID, 2, "bea"); err != nil {
		t.Fatal(err)
	}
	if _, err := record.Get(ctx, s, notes, a.ID); !base.IsKind(err, base.NotFound) {
		t.Fatal(err)
	}
	if all, err := record.List(ctx, s, notes); err != nil || len(all) != 0 {
		t.Fatal(all, err)
	}
	back, err := record.Restore(ctx, s, notes, a.ID, 3, "bea")
	if err != nil || back.Version != 4 || back.Value.Text != "zwei" {
		t.Fatal(back, err)
	}
	history, err := record.History(ctx, s, notes, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, e := range history {
		actions = append(actions, e.Action)
	}
	if got := strings.Join(actions, " "); got != "create update delete restore" {
		t.Fatal(got)
	}
	if n, err := s.Verify(ctx); err != nil || n != 4 {
		t.Fatal(n, err)
	}
}

func TestFieldErrorsReachTheCallerBeforeTheStore(t *testing.T) {
	s, _ := open(t)
	_, err := record.Put(t.Context(), s, notes, "x", record.New, note{}, "anna")
	var e *base.Error
	if !errors.As(err, &e) || e.Kind != base.Refused || len(e.Fields) != 1 || e.Fields[0].Field != "text" {
		t.Fatal(err)
	}
	if _, err := record.History(t.Context(), s, notes, "x"); !base.IsKind(err, base.NotFound) {
		t.Fatal(err)
	}
}

func TestOneOfManyWritersWins(t *testing.T) {
	s, _ := open(t)
	if _, err := record.Put(t.Context(), s, notes, "x", record.New, note{Text: "a"}, "anna"); err != nil {
		t.Fatal(err)
	}
	var won atomic.Int32
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			_, err := record.Put(context.Background(), s, notes, "x", 1, note{Text: "b"}, "anna")
			if err == nil {
				won.Add(1)
			} else if code(err) != "stale_version" {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Fatal(won.Load())
	}
}

func TestEveryTamperingBreaksTheChain(t *testing.T) {
	for _, change := range []string{
		`UPDATE record_history SET payload = '{"text":"x","count":0}' WHERE version = 2`,
		`UPDATE record_history SET by = 'mallory' WHERE version = 1`,
		`UPDATE record_history SET at = '2020-01-01T00:00:00.000000Z' WHERE version = 2`,
		`DELETE FROM record_history WHERE version = 1`,
		`DELETE FROM record_history WHERE version = 3`,
		`UPDATE record SET payload = '{"text":"x","count":0}'`,
	} {
		s, db := open(t)
		for i := range 3 {
			if _, err := record.Put(t.Context(), s, notes, "x", i, note{Text: "a", Count: i}, "anna"); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.Exec(change); return err }); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Verify(t.Context()); code(err) != "chain_broken" {
			t.Errorf("%s: %v", change, err)
		}
	}
}

func TestErasureKeepsTheChain(t *testing.T) {
	s, db := open(t)
	ctx := t.Context()
	if _, err := record.Put(ctx, s, notes, "x", record.New, note{Text: "geheim"}, "anna"); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(ctx, "note", "x", "anna"); code(err) != "not_deleted" {
		t.Fatal(err)
	}
	if err := record.Delete(ctx, s, notes, "x", record.AnyVersion, "anna"); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(ctx, "note", "x", "anna"); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Verify(ctx); err != nil || n != 3 {
		t.Fatal(n, err)
	}
	var left int
	if err := db.Read().QueryRow(`SELECT (SELECT count(*) FROM record WHERE payload LIKE '%geheim%') +
		(SELECT count(*) FROM record_history WHERE payload LIKE '%geheim%')`).Scan(&left); err != nil || left != 0 {
		t.Fatal(left, err)
	}
}

// Any sequence of puts, deletes and restores leaves versions without gaps and a chain that verifies, and the store
// agrees with a plain map.
func TestAnySequenceAgreesWithAMap(t *testing.T) {
	s, _ := open(t)
	ctx, round, before := t.Context(), 0, 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		model, versions := map[string]note{}, map[string]int{}
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			id := fmt.Sprint(rapid.SampledFrom([]string{"a", "b"}).Draw(r, "id"), round)
			switch rapid.IntRange(0, 2).Draw(r, "what") {
			case 0:
				v := note{Text: rapid.StringMatching(`[a-zäöü]{1,5}`).Draw(r, "text")}
				if _, err := record.Put(ctx, s, notes, id, record.AnyVersion, v, "x"); err != nil {
					r.Fatal(err)
				}
				model[id] = v
				versions[id]++
			case 1:
				_, there := model[id]
				if err := record.Delete(ctx, s, notes, id, record.AnyVersion, "x"); (err == nil) != there {
					r.Fatal(err, there)
				} else if there {
					delete(model, id)
					versions[id]++
				}
			case 2:
				_, there := model[id]
				v, err := record.Restore(ctx, s, notes, id, record.AnyVersion, "x")
				if (err == nil) != (!there && versions[id] > 0) {
					r.Fatal(err)
				} else if err == nil {
					model[id] = v.Value
					versions[id]++
				}
			}
		}
		for id := range versions {
			rec, err := record.Get(ctx, s, notes, id)
			if value, there := model[id]; (err == nil) != there || there && (rec.Value != value || rec.Version != versions[id]) {
				r.Fatal(rec, model, err)
			}
			before += versions[id]
		}
		if n, err := s.Verify(ctx); err != nil || n != before {
			r.Fatal(n, versions, err)
		}
	})
}
