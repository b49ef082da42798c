package catalogue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// Source is what reading needs of a database or transaction.
type Source interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// NoDataset is the error for a dataset that does not exist.
func NoDataset(d lake.Dataset) *base.Error {
	return base.Fail(base.NotFound, "dataset_missing",
		base.T("Es gibt keine Daten „%s“.", "There is no dataset “%s”.", d.String())).
		WithHint(base.T("Lesen Sie zuerst Daten ein oder prüfen Sie den Namen.", "Load data first, or check the name."))
}

// Snapshot is the newest snapshot.
func Snapshot(ctx context.Context, q Source) (int64, error) {
	var id int64
	err := q.QueryRowContext(ctx, `SELECT max(snapshot_id) FROM ducklake_snapshot`).Scan(&id)
	return id, err
}

// Find returns a table as it is now, nil when it does not exist.
func Find(ctx context.Context, q Source, d lake.Dataset) (*Table, error) {
	t := &Table{Dataset: d, Visible: map[int64]Visible{}}
	err := q.QueryRowContext(ctx, `SELECT table_id, path, derived FROM lotse_dataset
		WHERE name = ? AND process = ? AND dropped_snapshot IS NULL`, d.Table, d.Process).Scan(&t.ID, &t.Path, &t.Derived)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return t, t.fill(ctx, q)
}

// FindLoad returns the table of a load that is not undone; NotFound when there is no such load, Conflict when it is
// undone already.
func FindLoad(ctx context.Context, q Source, load int64) (*Table, error) {
	var d lake.Dataset
	var undone, dropped bool
	err := q.QueryRowContext(ctx, `SELECT d.name, d.process, l.undone_snapshot IS NOT NULL, d.dropped_snapshot IS NOT NULL
		FROM lotse_load_file l JOIN lotse_dataset d USING (table_id) WHERE l.load_id = ?`, load).Scan(&d.Table, &d.Process, &undone, &dropped)
	switch {
	case err == nil && undone:
		return nil, base.Fail(base.Conflict, "load_undone", base.T("Die Ladung %s ist schon zurückgenommen.", "Load %s is undone already.", fmt.Sprint(load)))
	case errors.Is(err, sql.ErrNoRows), err == nil && dropped:
		return nil, base.Fail(base.NotFound, "load_missing", base.T("Es gibt keine Ladung %s.", "There is no load %s.", fmt.Sprint(load)))
	case err != nil:
		return nil, err
	}
	return Find(ctx, q, d)
}

// All lists the tables that exist now, by name and process.
func All(ctx context.Context, q Source) ([]*Table, error) {
	rows, err := q.QueryContext(ctx, `SELECT table_id, name, process, path, derived FROM lotse_dataset
		WHERE dropped_snapshot IS NULL ORDER BY name, process`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []*Table
	for rows.Next() {
		t := &Table{Visible: map[int64]Visible{}}
		if err := rows.Scan(&t.ID, &t.Dataset.Table, &t.Dataset.Process, &t.Path, &t.Derived); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, t := range all {
		if err := t.fill(ctx, q); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (t *Table) fill(ctx context.Context, q Source) error {
	files, err := filesOf(ctx, q, t.ID)
	if err != nil {
		return err
	}
	if err := t.readLoads(ctx, q, files); err != nil {
		return err
	}
	if err := t.readVisible(ctx, q, files); err != nil {
		return err
	}
	snapshot, err := Snapshot(ctx, q)
	if err != nil {
		return err
	}
	if t.Columns, err = columnsAt(ctx, q, t.ID, snapshot); err != nil {
		return err
	}
	t.describe()
	return q.QueryRowContext(ctx, `SELECT max(max(begin_snapshot), coalesce(max(end_snapshot), 0)) FROM
		(SELECT begin_snapshot, end_snapshot FROM ducklake_data_file WHERE table_id = ?1
		 UNION ALL SELECT begin_snapshot, end_snapshot FROM ducklake_column WHERE table_id = ?1
		 UNION ALL SELECT begin_snapshot, end_snapshot FROM ducklake_table WHERE table_id = ?1)`, t.ID).Scan(&t.Changed)
}

// describe adds to the columns of the catalogue what only the loads know: source, case and person.
func (t *Table) describe() {
	known := map[int64]Column{}
	for _, c := range Schema(Active(t.Loads)) {
		known[c.Field] = c
	}
	for i, c := range t.Columns {
		if k, ok := known[c.Field]; ok {
			k.Type = c.Type
			t.Columns[i] = k
		}
	}
}

func filesOf(ctx context.Context, q Source, table int64) (map[int64]*File, error) {
	rows, err := q.QueryContext(ctx, `SELECT file_id, path, rows, bytes, footer, first_time, last_time, untimed, columns
		FROM lotse_file WHERE table_id = ?`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	files := map[int64]*File{}
	for rows.Next() {
		var f File
		var columns string
		if err := rows.Scan(&f.ID, &f.Path, &f.Rows, &f.Bytes, &f.Footer, &f.First, &f.Last, &f.Untimed, &columns); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(columns), &f.Columns); err != nil {
			return nil, err
		}
		files[f.ID] = &f
	}
	return files, rows.Err()
}

func (t *Table) readLoads(ctx context.Context, q Source, files map[int64]*File) error {
	rows, err := q.QueryContext(ctx, `SELECT load_id, position, overlap, time_column, window_from, window_to, replaces,
		file_id, columns, undone_snapshot IS NOT NULL, loaded_at FROM lotse_load_file WHERE table_id = ? ORDER BY position`, t.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var l Load
		var from, to, file sql.NullInt64
		var columns, loaded string
		if err := rows.Scan(&l.ID, &l.Position, &l.Overlap, &l.Time, &from, &to, &l.Replaces, &file, &columns, &l.Undone, &loaded); err != nil {
			return err
		}
		if from.Valid {
			l.Window = &Window{from.Int64, to.Int64}
		}
		l.Origin = files[file.Int64] // nil for an undone load whose file has expired
		l.LoadedAt, _ = time.Parse(time.RFC3339Nano, loaded)
		if err := json.Unmarshal([]byte(columns), &l.Columns); err != nil {
			return err
		}
		t.Loads = append(t.Loads, l)
	}
	return rows.Err()
}

func (t *Table) readVisible(ctx context.Context, q Source, files map[int64]*File) error {
	rows, err := q.QueryContext(ctx, `SELECT load_id, file_id, plan, rows FROM lotse_visible WHERE table_id = ?`, t.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v Visible
		var file sql.NullInt64
		if err := rows.Scan(&v.Load, &file, &v.Plan, &v.Rows); err != nil {
			return err
		}
		if file.Valid {
			v.File = files[file.Int64]
		}
		t.Visible[v.Load] = v
	}
	return rows.Err()
}

// columnsAt lists the columns of a table at a snapshot without those that Lotse adds.
func columnsAt(ctx context.Context, q Source, table, snapshot int64) ([]Column, error) {
	rows, err := q.QueryContext(ctx, `SELECT column_id, column_name, column_type FROM ducklake_column
		WHERE table_id = ? AND column_id >= 10 AND begin_snapshot <= ? AND (end_snapshot IS NULL OR end_snapshot > ?)
		ORDER BY column_order`, table, snapshot, snapshot)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Column
	for rows.Next() {
		var c Column
		var typ string
		if err := rows.Scan(&c.Field, &c.Name, &typ); err != nil {
			return nil, err
		}
		c.Type = TypeOf(typ)
		out = append(out, c)
	}
	return out, rows.Err()
}

// At returns what a question needs of a dataset at a snapshot (0 for the newest). A renamed dataset is found by its
// present name at every snapshot, a dropped one at those before its end.
func At(ctx context.Context, q Source, d lake.Dataset, snapshot int64) (*Relation, error) {
	newest, err := Snapshot(ctx, q)
	if err != nil {
		return nil, err
	}
	if snapshot == 0 {
		snapshot = newest
	}
	var there bool
	if err := q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM ducklake_snapshot WHERE snapshot_id = ?)`, snapshot).Scan(&there); err != nil {
		return nil, err
	}
	if !there {
		return nil, base.Fail(base.NotFound, "snapshot_missing", base.T("Den Datenstand %s gibt es nicht.", "There is no snapshot %s.", fmt.Sprint(snapshot)))
	}
	var r Relation
	err = q.QueryRowContext(ctx, `SELECT table_id FROM lotse_dataset WHERE name = ? AND process = ? AND created_snapshot <= ?
		AND (dropped_snapshot IS NULL OR dropped_snapshot > ?)`, d.Table, d.Process, snapshot, snapshot).Scan(&r.Table)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, NoDataset(d)
	}
	if err != nil {
		return nil, err
	}
	if r.Columns, err = columnsAt(ctx, q, r.Table, snapshot); err != nil {
		return nil, err
	}
	r.Files, err = liveFiles(ctx, q, r.Table, snapshot)
	return &r, err
}

func liveFiles(ctx context.Context, q Source, table, snapshot int64) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT d.path || f.path FROM ducklake_data_file f JOIN lotse_dataset d USING (table_id)
		WHERE f.table_id = ? AND f.begin_snapshot <= ? AND (f.end_snapshot IS NULL OR f.end_snapshot > ?)
		ORDER BY f.data_file_id`, table, snapshot, snapshot)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var files []string
	for rows.Next() {
		var path string
		if err := rows.Scan(&path); err != nil {
			return nil, err
		}
		files = append(files, path)
	}
	return files, rows.Err()
}

// Paths lists every file that belongs to the lake, below lake/.
func Paths(ctx context.Context, q Source) (map[string]bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT path FROM lotse_file`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	paths := map[string]bool{}
	for rows.Next() {
		var p string
		if err := rows.Scan(&p); err != nil {
			return nil, err
		}
		paths[p] = true
	}
	return paths, rows.Err()
}

// Info describes a table.
func (t *Table) Info() lake.Info {
	i := lake.Info{Dataset: t.Dataset, Schema: Facts(t.Columns), Loads: len(Active(t.Loads)), Snapshot: t.Changed, Spans: t.spans()}
	seen := map[int64]bool{}
	for _, v := range t.Visible {
		i.Rows += v.Rows
		if v.File == nil || seen[v.File.ID] {
			continue
		}
		seen[v.File.ID] = true
		i.Files++
		i.Bytes += v.File.Bytes
		if v.File.First == nil {
			continue
		}
		first, last := time.UnixMicro(*v.File.First).UTC(), time.UnixMicro(*v.File.Last).UTC()
		if i.First.IsZero() || first.Before(i.First) {
			i.First = first
		}
		if last.After(i.Last) {
			i.Last = last
		}
	}
	for _, l := range t.Loads {
		if !l.Undone && l.LoadedAt.After(i.LoadedAt) {
			i.LoadedAt = l.LoadedAt
		}
	}
	return i
}

// FieldID is the field id of a column name, a new one for a name that never occurred.
func FieldID(ctx context.Context, tx *sql.Tx, name string) (int64, error) {
	if _, err := tx.ExecContext(ctx, `INSERT INTO lotse_field (name) VALUES (?) ON CONFLICT (name) DO NOTHING`, name); err != nil {
		return 0, err
	}
	var id int64
	err := tx.QueryRowContext(ctx, `SELECT field_id FROM lotse_field WHERE name = ?`, name).Scan(&id)
	return id, err
}
