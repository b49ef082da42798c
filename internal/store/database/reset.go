package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Reset brings every table except the named ones back to what it holds in a new instance, inside a transaction of the
// caller: killed at any point, the instance is as before or as after.
func (db *DB) Reset(ctx context.Context, tx *sql.Tx, except ...string) error {
	fresh, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return err
	}
	defer fresh.Close()
	fresh.SetMaxOpenConns(1) // each connection would have a memory of its own
	if err := migrate(ctx, fresh); err != nil {
		return err
	}
	tables, err := tableNames(fresh)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`PRAGMA defer_foreign_keys = on`); err != nil {
		return err
	}
	except = append(except, "goose_db_version")
	tables = slices.DeleteFunc(tables, func(t string) bool { return slices.Contains(except, t) })
	for _, t := range tables {
		if _, err := tx.Exec(`DELETE FROM "` + t + `"`); err != nil {
			return err
		}
	}
	for _, t := range tables { // in a second round: triggers of the deletions are through
		if err := copyRows(fresh, tx, t); err != nil {
			return err
		}
	}
	return resetCounters(fresh, tx, tables)
}

// resetCounters sets the counters of AUTOINCREMENT columns as a new instance has them.
func resetCounters(fresh *sql.DB, tx *sql.Tx, tables []string) error {
	for _, t := range tables {
		if _, err := tx.Exec(`DELETE FROM sqlite_sequence WHERE name = ?`, t); err != nil {
			return err
		}
		var n int64
		err := fresh.QueryRow(`SELECT seq FROM sqlite_sequence WHERE name = ?`, t).Scan(&n)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err == nil {
			_, err = tx.Exec(`INSERT INTO sqlite_sequence(name, seq) VALUES (?, ?)`, t, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// tableNames lists plain and virtual tables; SQLite's own and the shadows of virtual ones are not listed.
func tableNames(db *sql.DB) ([]string, error) {
	rows, err := db.Query(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
		AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

func copyRows(from *sql.DB, to *sql.Tx, table string) error {
	rows, err := from.Query(`SELECT * FROM "` + table + `"`)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	insert := fmt.Sprintf(`INSERT INTO "%s"("%s") VALUES (%s)`, table, strings.Join(columns, `","`),
		strings.TrimSuffix(strings.Repeat("?,", len(columns)), ","))
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if _, err := to.Exec(insert, values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
