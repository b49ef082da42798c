package catalogue

import (
	"context"
	"database/sql"
	"time"

	"lotse.dev/lotse/internal/store/lake"
)

// AllAt describes the datasets as they were at a snapshot: columns, rows and the span of their times. A renamed one has
// its present name.
func AllAt(ctx context.Context, q Source, snapshot int64) ([]lake.Info, error) {
	rows, err := q.QueryContext(ctx, `SELECT table_id, name, process FROM lotse_dataset
		WHERE created_snapshot <= ?1 AND (dropped_snapshot IS NULL OR dropped_snapshot > ?1) ORDER BY name, process`, snapshot)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []*Table
	for rows.Next() {
		t := &Table{}
		if err := rows.Scan(&t.ID, &t.Dataset.Table, &t.Dataset.Process); err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	out := make([]lake.Info, len(tables))
	for i, t := range tables {
		if out[i], err = t.infoAt(ctx, q, snapshot); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *Table) infoAt(ctx context.Context, q Source, snapshot int64) (lake.Info, error) {
	var err error
	if t.Columns, err = columnsAt(ctx, q, t.ID, snapshot); err != nil {
		return lake.Info{}, err
	}
	if err := t.readLoads(ctx, q, nil); err != nil {
		return lake.Info{}, err
	}
	t.describe()
	i := lake.Info{Dataset: t.Dataset, Schema: Facts(t.Columns), Snapshot: snapshot}
	var first, last sql.NullInt64
	err = q.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(f.rows), 0), coalesce(sum(f.bytes), 0), min(f.first_time), max(f.last_time)
		FROM ducklake_data_file v JOIN lotse_dataset d USING (table_id) JOIN lotse_file f ON f.path = d.path || v.path
		WHERE v.table_id = ?1 AND v.begin_snapshot <= ?2 AND (v.end_snapshot IS NULL OR v.end_snapshot > ?2)`, t.ID, snapshot).
		Scan(&i.Files, &i.Rows, &i.Bytes, &first, &last)
	if first.Valid {
		i.First, i.Last = time.UnixMicro(first.Int64).UTC(), time.UnixMicro(last.Int64).UTC()
	}
	if err != nil {
		return i, err
	}
	var loaded sql.NullString
	err = q.QueryRowContext(ctx, `SELECT count(*), max(loaded_at) FROM lotse_load_file
		WHERE table_id = ?1 AND snapshot <= ?2 AND (undone_snapshot IS NULL OR undone_snapshot > ?2)`, t.ID, snapshot).Scan(&i.Loads, &loaded)
	i.LoadedAt, _ = time.Parse(time.RFC3339Nano, loaded.String)
	return i, err
}

// Newest is the instant of the newest change of the facts, the zero time while there was none.
func Newest(ctx context.Context, q Source) (time.Time, error) {
	var text sql.NullString
	err := q.QueryRowContext(ctx, `SELECT max(snapshot_time) FROM ducklake_snapshot WHERE snapshot_id > 0`).Scan(&text)
	if err != nil || !text.Valid {
		return time.Time{}, err
	}
	return time.Parse("2006-01-02 15:04:05.999999-07", text.String) // as the specification writes it
}

// EverLast is the latest instant of a dataset's facts that was ever loaded, withdrawn loads included; the zero time when
// there was none.
func EverLast(ctx context.Context, q Source, name, process string) (time.Time, error) {
	var last sql.NullInt64
	err := q.QueryRowContext(ctx, `SELECT max(last_time) FROM lotse_known WHERE name = ? AND process = ?`, name, process).Scan(&last)
	if err != nil || !last.Valid {
		return time.Time{}, err
	}
	return time.UnixMicro(last.Int64).UTC(), nil
}
