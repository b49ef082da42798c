package database_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

func open(t *testing.T, dir string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func code(err error) string {
	var e *base.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestOpenMakesAndReopens(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ein Ordner mit %20 und ?")
	if database.Exists(dir) {
		t.Fatal("exists before Open")
	}
	db := open(t, dir)
	if err := db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO instance(id, demo, created_at) VALUES (1, 0, 'x')`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	db = open(t, moved)
	var n int
	if err := db.Read().QueryRow(`SELECT count(*) FROM instance`).Scan(&n); err != nil || n != 1 {
		t.Fatalf("n=%d err=%v", n, err)
	}
	info, err := os.Stat(filepath.Join(moved, database.FileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v err %v", info.Mode(), err)
	}
}

func TestReaderCannotWrite(t *testing.T) {
	db := open(t, t.TempDir())
	if _, err := db.Read().Exec(`DELETE FROM account`); err == nil {
		t.Fatal("the read pool wrote")
	}
}

func TestWriteRollsBackOnErrorAndPanic(t *testing.T) {
	db := open(t, t.TempDir())
	insert := func(tx *sql.Tx) {
		if _, err := tx.Exec(`INSERT INTO instance(id, created_at) VALUES (1, 'x')`); err != nil {
			t.Fatal(err)
		}
	}
	stop := errors.New("stop")
	if err := db.Write(t.Context(), func(tx *sql.Tx) error { insert(tx); return stop }); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	func() {
		defer func() { recover() }()
		db.Write(t.Context(), func(tx *sql.Tx) error { insert(tx); panic("x") })
	}()
	if err := db.Write(t.Context(), func(tx *sql.Tx) error { insert(tx); return nil }); err != nil {
		t.Fatal("the earlier ones stayed:", err)
	}
}

func TestConcurrentWritersNeverFail(t *testing.T) {
	db := open(t, t.TempDir())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				err := db.Write(context.Background(), func(tx *sql.Tx) error {
					_, err := tx.Exec(`INSERT INTO account(id,email,name,roles,password_hash,created_at) VALUES (?,?,'','','','')`,
						string(rune('a'+i))+string(rune('a'+j)), string(rune('a'+i))+string(rune('a'+j)))
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var n int
	if err := db.Read().QueryRow(`SELECT count(*) FROM account`).Scan(&n); err != nil || n != 160 {
		t.Fatal(n, err)
	}
}

func TestLockNamesHolder(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	_, err := database.Open(t.Context(), dir)
	if code(err) != "instance_locked" || !base.IsKind(err, base.Unavailable) {
		t.Fatal(err)
	}
	if database.Holder(dir) == "" {
		t.Fatal("no holder")
	}
}

func TestNewerVersionIsRefusedUntouched(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	if err := db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version(version_id, is_applied) VALUES (99999, 1)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	_, err := database.Open(t.Context(), dir)
	if code(err) != "newer_version" || !base.IsKind(err, base.Refused) {
		t.Fatal(err)
	}
}

func TestUnusableFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := database.Open(t.Context(), filepath.Join(file, "below")); code(err) != "not_writable" {
		t.Error("a file as folder:", err)
	}
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, database.FileName), []byte("this is no database, but long enough to look at it"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := database.Open(t.Context(), damaged); code(err) != "database_damaged" {
		t.Error("damaged:", err)
	}
	if os.Geteuid() == 0 {
		return // root may write anywhere
	}
	closed := t.TempDir()
	os.Chmod(closed, 0o500)
	if _, err := database.Open(t.Context(), closed); code(err) != "not_writable" {
		t.Error("closed:", err)
	}
}

func TestDiskFull(t *testing.T) {
	db := open(t, t.TempDir())
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.Exec(`PRAGMA max_page_count = 60`); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO account(id,email,name,roles,password_hash,created_at) VALUES ('a','a',zeroblob(10000000),'','','')`)
		return err
	})
	if code(err) != "disk_full" {
		t.Fatal(err)
	}
}

func TestStampSortsAndReturns(t *testing.T) {
	at := base.SystemClock()
	if got := database.ParseStamp(database.Stamp(at)); got.UnixMicro() != at.UnixMicro() {
		t.Fatal(got, at)
	}
	if !database.ParseStamp("nonsense").IsZero() {
		t.Fatal("nonsense was read")
	}
}
