package record_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

// behind changes the database of a closed instance with the plain driver, as somebody with access to the file would.
func behind(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(dir, database.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, text := range statements {
		r, err := db.Exec(text)
		if err != nil {
			t.Fatal(text, err)
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			t.Fatal(text, "touches nothing", err)
		}
	}
}

// forged makes statements that a forger would write who knows how the chain is computed: the hash of entry 1 of a new
// record, with payload hash and all. Only the key outside the database is missing.
func forged(t *testing.T, kind, id, payload, keys string) []string {
	t.Helper()
	dir := t.TempDir()
	s, db := registers(t, dir)
	doc := map[string]any{"name": "Neu"}
	keep(t, s, kind, id, doc)
	var text string
	err := db.Read().QueryRow(`SELECT 'INSERT INTO record_history(kind, id, version, action, at, by, note, salt, payload, payload_hash, previous, hash) VALUES (' ||
		quote(kind) || ',' || quote(id) || ',1,' || quote(action) || ',' || quote(at) || ',' || quote(by) || ',' || quote(note) || ',' || quote(salt) || ',' || quote(payload) || ',' ||
		quote(payload_hash) || ',' || quote(previous) || ',' || quote(hash) || ')' FROM record_history WHERE kind = ? AND id = ?`, kind, id).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	var row string
	err = db.Read().QueryRow(`SELECT 'INSERT INTO record(kind, id, version, payload, deleted, updated_at, updated_by, keys, state, approved_version, created_at, created_by) VALUES (' ||
		quote(kind) || ',' || quote(id) || ',1,' || quote(payload) || ',0,' || quote(updated_at) || ',' || quote(updated_by) || ',' || quote(keys) || ','''',0,' ||
		quote(created_at) || ',' || quote(created_by) || ')' FROM record WHERE kind = ? AND id = ?`, kind, id).Scan(&row)
	if err != nil {
		t.Fatal(err)
	}
	return []string{text, row}
}

// Whatever is changed behind Lotse's back is found, and the first broken place is named.
func TestWhatChangesBehindLotsesBackIsFound(t *testing.T) {
	words := func(id string) string { return `(SELECT doc FROM record_words WHERE id = '` + id + `')` }
	for name, c := range map[string]struct {
		code, place string
		statements  []string
	}{
		"content of a record":       {"chain_broken", "task/one, 2", []string{`UPDATE record SET payload = replace(payload, '2', '9') WHERE id = 'one'`}},
		"content of an old version": {"chain_broken", "task/one, 1", []string{`UPDATE record_history SET payload = replace(payload, '1', '9') WHERE id = 'one' AND version = 1`}},
		"who it was":                {"chain_broken", "task/one, 1", []string{`UPDATE record_history SET by = 'bert' WHERE id = 'one' AND version = 1`}},
		"an old version is missing": {"chain_broken", "task/one, 2", []string{`DELETE FROM record_history WHERE id = 'one' AND version = 1`}},
		"the newest is missing":     {"chain_broken", "task/one, 1", []string{`DELETE FROM record_history WHERE id = 'one' AND version = 2`}},
		"all versions are missing":  {"chain_broken", "task/three, 1", []string{`DELETE FROM record_history WHERE id = 'three'`}},
		"the record is missing":     {"chain_broken", "task/three, 1", []string{`DELETE FROM record WHERE id = 'three'`}},
		"content blanked":           {"chain_broken", "task/one, 1", []string{`UPDATE record_history SET payload = NULL, salt = NULL WHERE id = 'one' AND version = 1`}},
		"approved by nobody":        {"chain_broken", "task/one, 2", []string{`UPDATE record SET state = 'approved', approved_version = 2 WHERE id = 'one'`}},
		"hidden":                    {"chain_broken", "task/three, 1", []string{`UPDATE record SET deleted = 1 WHERE id = 'three'`}},
		"another author":            {"chain_broken", "task/three, 1", []string{`UPDATE record SET created_by = 'bert' WHERE id = 'three'`}},
		"another day":               {"chain_broken", "task/three, 1", []string{`UPDATE record SET updated_at = '2020-01-01T00:00:00.000000Z' WHERE id = 'three'`}},
		"a key":                     {"index_broken", "task/one", []string{`UPDATE record SET keys = json_set(keys, '$.number', 9) WHERE id = 'one'`}},
		"a link is missing":         {"index_broken", "task/one", []string{`DELETE FROM record_link WHERE id = 'one' AND tie = 'owner'`}},
		"a link too many":           {"index_broken", "task/three", []string{`INSERT INTO record_link(kind, id, field, to_kind, to_id, tie) VALUES ('task', 'three', 'owner', 'person', 'bert', 'owner')`}},
		"a link to nothing":         {"link_broken", "task/one", []string{`UPDATE record_link SET to_id = 'nobody' WHERE id = 'one' AND tie = 'owner'`}},
		"another tie":               {"index_broken", "task/two", []string{`UPDATE record_link SET tie = 'owner' WHERE id = 'two' AND to_kind = 'person'`}},
		"no words":                  {"index_broken", "task/three", []string{`DELETE FROM record_text WHERE rowid = ` + words("three")}},
		"other words": {"index_broken", "task/three", []string{`DELETE FROM record_text WHERE rowid = ` + words("three"),
			`INSERT INTO record_text(rowid, heading, body) VALUES (` + words("three") + `, 'geheim', '')`}},
		"no place for words":       {"index_broken", "task/three", []string{`DELETE FROM record_words WHERE id = 'three'`}},
		"a record and its history": {"seal_broken", "2 Einträge statt 3", []string{`DELETE FROM record WHERE id = 'three'`, `DELETE FROM record_history WHERE id = 'three'`, `DELETE FROM record_text WHERE rowid = ` + words("three"), `DELETE FROM record_words WHERE id = 'three'`}},
		"the last version is undone": {"seal_broken", "Aufgaben: die Einträge sind andere", []string{`DELETE FROM record_history WHERE id = 'one' AND version = 2`,
			`UPDATE record SET version = 1, payload = (SELECT payload FROM record_history h WHERE h.id = 'one'), keys = json_set(keys, '$.number', 1.0, '$.double', 2.0) WHERE id = 'one'`,
			`UPDATE record SET keys = replace(keys, '.0', '') WHERE id = 'one'`}},
		"a sum":            {"seal_broken", "Aufgaben: die Summe", []string{`UPDATE record_seal SET sum = '0' WHERE kind = 'task'`}},
		"a count":          {"seal_broken", "Aufgaben: die Summe", []string{`UPDATE record_seal SET count = 7 WHERE kind = 'task'`}},
		"a row of sums":    {"seal_broken", "Die Datenbank steht bei", []string{`DELETE FROM record_seal WHERE kind = 'task'`}},
		"all rows of sums": {"seal_broken", "Die Datenbank steht bei 0", []string{`DELETE FROM record_seal`}},
		"everything": {"seal_broken", "Die Datenbank steht bei 0", []string{`DELETE FROM record_seal`, `DELETE FROM record`, `DELETE FROM record_history`, `DELETE FROM record_link`, `DELETE FROM record_text`,
			`DELETE FROM record_words`}},
		"a forged record": {"index_broken", "unit/new", forged(t, "unit", "new", "", "")},
		"a forged record with its words": {"seal_broken", "Einheiten: 3 Einträge statt 2", append(forged(t, "unit", "new", "", ""),
			`INSERT INTO record_words(doc, kind, id) VALUES (99, 'unit', 'new')`, `INSERT INTO record_text(rowid, heading, body) VALUES (99, 'neu', '')`)},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, db := registers(t, dir)
			example(t, s)
			if n, err := s.Verify(t.Context()); err != nil || n != 8 {
				t.Fatal(n, err)
			}
			db.Close()
			behind(t, dir, c.statements...)
			s, _ = registers(t, dir)
			found(t, s, c.code, c.place)
			if c.code != "seal_broken" {
				return
			}
			// A write of Lotse does not cover it up.
			if err := s.Write(t.Context(), func(b *record.Batch) error {
				_, err := b.Put(def(t, s, "unit"), "later", record.New, map[string]any{"name": "Später"}, "anna")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			found(t, s, c.code, "")
		})
	}
}

func found(t *testing.T, s *record.Store, want, place string) {
	t.Helper()
	_, err := s.Verify(t.Context())
	var e *base.Error
	if !errors.As(err, &e) || e.Code != want || !strings.Contains(e.Text.De, place) {
		t.Errorf("found %v, want %s at %s", err, want, place)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func write(t *testing.T, path string, raw []byte) {
	t.Helper()
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// An older copy of the database is put back, with one transaction less or with many; the files of the seal are cut,
// replaced or gone.
func TestTheSealFindsWhatTheDatabaseCannot(t *testing.T) {
	for name, c := range map[string]struct {
		place string
		do    func(t *testing.T, dir string, older []byte)
	}{
		"an older database": {"unterschrieben ist", func(t *testing.T, dir string, older []byte) { write(t, filepath.Join(dir, database.FileName), older) }},
		"no database": {"steht bei 0", func(t *testing.T, dir string, _ []byte) {
			if err := os.Remove(filepath.Join(dir, database.FileName)); err != nil {
				t.Fatal(err)
			}
		}},
		"the file cut": {"unterschrieben ist", func(t *testing.T, dir string, _ []byte) {
			raw := read(t, filepath.Join(dir, record.SealLog))
			write(t, filepath.Join(dir, record.SealLog), raw[:len(raw)/2])
		}},
		"a line changed": {"Zeile 2 von seal.log", func(t *testing.T, dir string, _ []byte) {
			lines := bytes.SplitAfter(read(t, filepath.Join(dir, record.SealLog)), []byte("\n"))
			lines[1] = bytes.Replace(lines[1], []byte(`"seq":1`), []byte(`"seq":2`), 1)
			write(t, filepath.Join(dir, record.SealLog), bytes.Join(lines, nil))
		}},
		"a line gone": {"fehlt Zeile 3", func(t *testing.T, dir string, _ []byte) {
			lines := bytes.SplitAfter(read(t, filepath.Join(dir, record.SealLog)), []byte("\n"))
			write(t, filepath.Join(dir, record.SealLog), bytes.Join(append(lines[:4:4], lines[5:]...), nil))
		}},
		"no file": {"seal.log fehlt", func(t *testing.T, dir string, _ []byte) {
			if err := os.Remove(filepath.Join(dir, record.SealLog)); err != nil {
				t.Fatal(err)
			}
		}},
		"no key": {"seal.key fehlt", func(t *testing.T, dir string, _ []byte) {
			if err := os.Remove(filepath.Join(dir, "keys", "seal.key")); err != nil {
				t.Fatal(err)
			}
		}},
		"another key": {"keine gültige Unterschrift", func(t *testing.T, dir string, _ []byte) {
			write(t, filepath.Join(dir, "keys", "seal.key"), bytes.Repeat([]byte{7}, 32))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, db := registers(t, dir)
			example(t, s)
			db.Close()
			older := read(t, filepath.Join(dir, database.FileName))
			s, db = registers(t, dir)
			keep(t, s, "unit", "last", map[string]any{"name": "Zuletzt"})
			db.Close()
			c.do(t, dir, older)
			s, _ = registers(t, dir)
			found(t, s, "seal_broken", c.place)
			for range 3 {
				keep(t, s, "unit", "", map[string]any{"name": base.NewID(base.SystemClock())})
			}
			found(t, s, "seal_broken", "")
		})
	}
}
