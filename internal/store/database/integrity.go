package database

import (
	"context"

	"lotse.dev/lotse/internal/base"
)

// Integrity lets SQLite look at every page, index and reference; it answers how many tables there are, or
// Refused/database_damaged with what it found.
func (db *DB) Integrity(ctx context.Context) (tables int, err error) {
	names, err := tableNames(db.reader)
	if err != nil {
		return 0, Translate(err)
	}
	var result string
	if err := db.reader.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&result); err != nil {
		return 0, Translate(err)
	}
	var broken int
	if err := db.reader.QueryRowContext(ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&broken); err != nil {
		return 0, Translate(err)
	}
	if result != "ok" || broken > 0 {
		return 0, base.Fail(base.Refused, "database_damaged", base.T("Die Datenbank ist beschädigt: %s, %d Verweise ins Leere",
			"The database is damaged: %s, %d dangling references", result, broken))
	}
	return len(names), nil
}
