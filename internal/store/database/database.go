package database

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	_ "github.com/mattn/go-sqlite3" // the SQLite driver, tag sqlite_fts5

	"lotse.dev/lotse/internal/base"
)

// FileName is the name of the state database inside the data folder.
const FileName = "lotse.db"

// readers is the size of the read pool.
const readers = 4

// statements is how many prepared statements a connection keeps: every write of a record uses the same dozen.
const statements = "&_stmt_cache_size=64"

// DB is the open state database of one instance. It holds the instance's lock until Close.
type DB struct {
	dir    string
	lock   *Lock
	writer *sql.DB
	reader *sql.DB
}

// Exists says whether dir holds an instance.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil
}

// Open takes the lock of dir, makes folder and database when they are missing, and brings the tables to this
// version. It fails with Unavailable/instance_locked while another process holds the lock, with Refused/newer_version
// when a newer Lotse wrote the folder, and with Unavailable/not_writable or disk_full when the folder cannot be used.
func Open(ctx context.Context, dir string) (*DB, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, Translate(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, placed(Translate(err), dir)
	}
	lock, err := TakeLock(dir)
	if err != nil {
		return nil, err
	}
	db := &DB{dir: dir, lock: lock}
	if err := db.connect(ctx); err != nil {
		db.Close()
		return nil, placed(Translate(err), dir)
	}
	return db, nil
}

func (db *DB) connect(ctx context.Context) error {
	file := fileURI(filepath.Join(db.dir, FileName))
	if err := touch(filepath.Join(db.dir, FileName)); err != nil {
		return err
	}
	var err error
	db.writer, err = sql.Open("sqlite3", file+"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_foreign_keys=on&_txlock=immediate"+statements)
	if err != nil {
		return err
	}
	db.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, db.writer); err != nil {
		return err
	}
	db.reader, err = sql.Open("sqlite3", file+"?mode=ro&_query_only=true&_busy_timeout=5000"+statements)
	if err != nil {
		return err
	}
	db.reader.SetMaxOpenConns(readers)
	db.reader.SetMaxIdleConns(readers)
	return db.reader.PingContext(ctx)
}

// touch makes the file with a private mode before SQLite would make it with a wide one, and finds out early whether
// it can be written.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// Dir is the data folder, absolute.
func (db *DB) Dir() string { return db.dir }

// Write runs fn in an immediate transaction on the one writing connection; an error or panic of fn rolls back. Nothing
// slow belongs inside: every other writer waits.
func (db *DB) Write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return Translate(err)
	}
	defer tx.Rollback() // after Commit this does nothing
	if err := fn(tx); err != nil {
		return Translate(err)
	}
	return Translate(tx.Commit())
}

// Read is the read-only pool. A reader sees the last committed state.
func (db *DB) Read() *sql.DB { return db.reader }

// Close closes the connections and gives the lock back.
func (db *DB) Close() error {
	var errs []error
	if db.reader != nil {
		errs = append(errs, db.reader.Close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Release())
	}
	return errors.Join(errs...)
}

// Stamp writes an instant as the tables keep it: RFC 3339 in UTC with fixed microseconds, so that text sorts by time.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// ParseStamp reads what Stamp wrote; anything else is the zero time.
func ParseStamp(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// ParseStampPtr reads a nullable stamp.
func ParseStampPtr(s sql.NullString) *time.Time {
	if !s.Valid {
		return nil
	}
	t := ParseStamp(s.String)
	return &t
}

func placed(err error, dir string) error {
	var e *base.Error
	if errors.As(err, &e) && e.Place.File == "" && !errors.Is(err, fs.ErrNotExist) {
		e.Place.File = dir
	}
	return err
}
