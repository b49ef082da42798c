package record_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/store/record"
)

// A database from before there was a seal gets one when it is opened; from then on a record that goes is found.
func TestADatabaseWithoutASealGetsOne(t *testing.T) {
	dir := t.TempDir()
	s, db := registers(t, dir)
	example(t, s)
	db.Close()
	behind(t, dir, `DELETE FROM record_seal`)
	if err := errors.Join(os.Remove(filepath.Join(dir, record.SealLog)), os.RemoveAll(filepath.Join(dir, "keys"))); err != nil {
		t.Fatal(err)
	}
	s, db = registers(t, dir)
	if n, err := s.Verify(t.Context()); err != nil || n != 8 {
		t.Fatal(n, err)
	}
	db.Close()
	behind(t, dir, `DELETE FROM record WHERE id = 'bert'`, `DELETE FROM record_history WHERE id = 'bert'`,
		`DELETE FROM record_text WHERE rowid = (SELECT doc FROM record_words WHERE id = 'bert')`, `DELETE FROM record_words WHERE id = 'bert'`,
		`DELETE FROM record_link WHERE to_id = 'bert'`)
	s, _ = registers(t, dir)
	if _, err := s.Verify(t.Context()); err == nil {
		t.Error("a person is gone and nobody noticed")
	}
}

// An instance that was emptied begins its seal anew; the full one cannot come back, nor an empty one take its place.
func TestAnEmptiedInstanceHasAValidSeal(t *testing.T) {
	dir := t.TempDir()
	s, db := registers(t, dir)
	example(t, s)
	full := filepath.Join(t.TempDir(), "full")
	if err := db.Snapshot(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	empty := func(fail error) error {
		return db.Write(t.Context(), func(tx *sql.Tx) error {
			newest, err := record.SealSeq(t.Context(), tx)
			if err == nil {
				err = db.Reset(t.Context(), tx)
			}
			if err == nil {
				err = record.EmptySeal(tx, dir, newest)
			}
			return errors.Join(err, fail)
		})
	}
	if err := empty(errors.New("killed before it committed")); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatal(err)
	}
	if n, err := s.Verify(t.Context()); err != nil || n != 8 {
		t.Fatal(n, err)
	}
	keep(t, s, "unit", "between", map[string]any{"name": "Dazwischen"})
	if n, err := s.Verify(t.Context()); err != nil || n != 9 {
		t.Fatal(n, err)
	}
	if err := empty(nil); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Verify(t.Context()); err != nil || n != 0 {
		t.Fatal(n, err)
	}
	example(t, s)
	if n, err := s.Verify(t.Context()); err != nil || n != 8 {
		t.Fatal(n, err)
	}
	db.Close()
	write(t, filepath.Join(dir, "lotse.db"), read(t, full))
	s, _ = registers(t, dir)
	found(t, s, "seal_broken", "unterschrieben ist")
}

// Verify looks at one moment while others write, and several lines of one transaction are one step.
func TestVerifyWhileOthersWrite(t *testing.T) {
	s, db := registers(t, t.TempDir())
	example(t, s)
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		var err error
		for n := 0; err == nil; n++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			err = db.Write(t.Context(), func(tx *sql.Tx) error {
				for _, id := range []string{"x", "y"} {
					if _, err := record.PutIn(tx, s, units, id, record.AnyVersion, unit{Name: "Einheit " + id + strings.Repeat("!", n%3)}, "anna"); err != nil {
						return err
					}
				}
				return nil
			})
		}
		done <- err
	}()
	for range 15 {
		if _, err := s.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
