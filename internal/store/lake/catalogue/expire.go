package catalogue

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Expired tells what an expiry took away.
type Expired struct {
	Snapshots int
	Files     []string // below lake/; to be deleted once the transaction has committed
	Bytes     int64
}

// Expire forgets snapshots older than before, except the newest and those to keep, and the files that no remaining
// snapshot shows. Origins of loads that are not undone stay in any case: an undo of another load may need them.
func Expire(ctx context.Context, tx *sql.Tx, before time.Time, keep []int64) (Expired, error) {
	var e Expired
	run := func(query string, args ...any) (int, error) {
		res, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return 0, err
		}
		n, err := res.RowsAffected()
		return int(n), err
	}
	spared := "0"
	for _, id := range keep {
		spared += fmt.Sprintf(", %d", id)
	}
	var err error
	if e.Snapshots, err = run(`DELETE FROM ducklake_snapshot WHERE snapshot_time < ? AND snapshot_id NOT IN (`+spared+`)
		AND snapshot_id < (SELECT max(snapshot_id) FROM ducklake_snapshot)`, before.UTC().Format("2006-01-02 15:04:05.000000")+"+00"); err != nil {
		return e, err
	}
	for _, query := range []string{
		`DELETE FROM ducklake_snapshot_changes WHERE snapshot_id NOT IN (SELECT snapshot_id FROM ducklake_snapshot)`,
		`DELETE FROM ducklake_data_file WHERE ` + unseen("begin_snapshot", "end_snapshot"),
		`DELETE FROM ducklake_file_column_stats WHERE data_file_id NOT IN (SELECT data_file_id FROM ducklake_data_file)`,
		`DELETE FROM ducklake_column WHERE ` + unseen("begin_snapshot", "end_snapshot"),
		`DELETE FROM ducklake_table WHERE ` + unseen("begin_snapshot", "end_snapshot"),
		`DELETE FROM lotse_dataset WHERE ` + unseen("created_snapshot", "dropped_snapshot"),
		`DELETE FROM lotse_load_file WHERE table_id NOT IN (SELECT table_id FROM lotse_dataset)`,
		`DELETE FROM ducklake_table_stats WHERE table_id NOT IN (SELECT table_id FROM lotse_dataset)`,
		`DELETE FROM ducklake_table_column_stats WHERE table_id NOT IN (SELECT table_id FROM lotse_dataset)`,
		`DELETE FROM ducklake_schema_versions WHERE table_id NOT IN (SELECT table_id FROM lotse_dataset)`,
	} {
		if _, err := run(query); err != nil {
			return e, err
		}
	}
	if err := e.findFiles(ctx, tx); err != nil {
		return e, err
	}
	for _, path := range e.Files {
		if _, err := run(`UPDATE lotse_load_file SET file_id = NULL WHERE file_id = (SELECT file_id FROM lotse_file WHERE path = ?)`, path); err != nil {
			return e, err
		}
		if _, err := run(`DELETE FROM lotse_file WHERE path = ?`, path); err != nil {
			return e, err
		}
	}
	return e, nil
}

// unseen is true for what ended and is part of no remaining snapshot.
func unseen(begin, end string) string {
	return end + ` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ducklake_snapshot s WHERE s.snapshot_id >= ` + begin + ` AND s.snapshot_id < ` + end + `)`
}

// findFiles lists the files that nothing refers to any more. Loads of a dropped dataset need theirs only for its
// remaining snapshots.
func (e *Expired) findFiles(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT path, bytes FROM lotse_file
		WHERE file_id NOT IN (SELECT file_id FROM lotse_visible WHERE file_id IS NOT NULL)
		AND file_id NOT IN (SELECT l.file_id FROM lotse_load_file l JOIN lotse_dataset d USING (table_id)
			WHERE l.file_id IS NOT NULL AND l.undone_snapshot IS NULL AND d.dropped_snapshot IS NULL)
		AND path NOT IN (SELECT d.path || f.path FROM ducklake_data_file f JOIN lotse_dataset d USING (table_id))`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var path string
		var bytes int64
		if err := rows.Scan(&path, &bytes); err != nil {
			return err
		}
		e.Files, e.Bytes = append(e.Files, path), e.Bytes+bytes
	}
	return rows.Err()
}
