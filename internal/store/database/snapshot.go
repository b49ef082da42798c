package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/mattn/go-sqlite3"
)

// Snapshot copies the database as it is at one point in time into a new file, while others go on writing.
func (db *DB) Snapshot(ctx context.Context, path string) error {
	to, err := sql.Open("sqlite3", fileURI(path)+"?_journal_mode=DELETE")
	if err != nil {
		return err
	}
	defer to.Close()
	target, err := to.Conn(ctx)
	if err != nil {
		return Translate(err)
	}
	defer target.Close()
	source, err := db.reader.Conn(ctx)
	if err != nil {
		return Translate(err)
	}
	defer source.Close()
	return Translate(target.Raw(func(t any) error {
		return source.Raw(func(s any) error { return copyAll(t, s) })
	}))
}

// copyAll makes the backup in one step, which reads one committed state.
func copyAll(target, source any) error {
	t, ok := target.(*sqlite3.SQLiteConn)
	s, ok2 := source.(*sqlite3.SQLiteConn)
	if !ok || !ok2 {
		return fmt.Errorf("connections of another driver: %T, %T", target, source)
	}
	b, err := t.Backup("main", s, "main")
	if err != nil {
		return err
	}
	done, err := b.Step(-1)
	if err == nil && !done {
		err = errors.New("the copy did not end")
	}
	return errors.Join(err, b.Finish())
}

// OpenCopy opens a copy made by Snapshot for reading.
func OpenCopy(path string) (*sql.DB, error) {
	return sql.Open("sqlite3", fileURI(path)+"?mode=ro&_query_only=true")
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String()
}
