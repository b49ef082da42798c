package catalogue

import (
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
)

// Show makes exactly these rows visible: files that no entry names any more end at this snapshot, new ones begin.
func (c *Change) Show(table int64, want []Visible) error {
	c.touched[table] = true
	if err := c.addNew(table, want); err != nil {
		return err
	}
	live, err := c.liveIDs(table)
	if err != nil {
		return err
	}
	keep := map[int64]int64{} // file → data file
	var begun, ended bool
	for _, v := range want {
		if v.File == nil || keep[v.File.ID] != 0 {
			continue
		}
		id, ok := live[v.File.ID]
		if !ok {
			if id, err = c.beginFile(table, v.File); err != nil {
				return err
			}
			begun = true
		}
		keep[v.File.ID] = id + 1
		delete(live, v.File.ID)
	}
	for _, id := range live {
		ended = true
		if err := c.exec(`UPDATE ducklake_data_file SET end_snapshot = ? WHERE data_file_id = ?`, c.Snapshot, id); err != nil {
			return err
		}
	}
	c.note(table, begun, ended)
	return c.putVisible(table, want, keep)
}

func (c *Change) note(table int64, begun, ended bool) {
	if begun {
		c.made = append(c.made, fmt.Sprintf("inserted_into_table:%d", table))
	}
	if ended {
		c.made = append(c.made, fmt.Sprintf("deleted_from_table:%d", table))
	}
}

func (c *Change) addNew(table int64, want []Visible) error {
	for _, v := range want {
		if v.File != nil && v.File.ID == 0 {
			if err := c.addFile(table, v.File); err != nil {
				return err
			}
		}
	}
	return nil
}

// liveIDs maps the files that are visible so far to their entries in the catalogue.
func (c *Change) liveIDs(table int64) (map[int64]int64, error) {
	rows, err := c.tx.QueryContext(c.ctx, `SELECT DISTINCT file_id, data_file_id FROM lotse_visible WHERE table_id = ? AND file_id IS NOT NULL`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	live := map[int64]int64{}
	for rows.Next() {
		var file, data int64
		if err := rows.Scan(&file, &data); err != nil {
			return nil, err
		}
		live[file] = data
	}
	return live, rows.Err()
}

func (c *Change) putVisible(table int64, want []Visible, dataFile map[int64]int64) error {
	if err := c.exec(`DELETE FROM lotse_visible WHERE table_id = ?`, table); err != nil {
		return err
	}
	for _, v := range want {
		var file, data any
		if v.File != nil {
			file, data = v.File.ID, dataFile[v.File.ID]-1
		}
		if err := c.exec(`INSERT INTO lotse_visible VALUES (?, ?, ?, ?, ?, ?)`, table, v.Load, file, data, v.Plan, v.Rows); err != nil {
			return err
		}
	}
	return nil
}

// beginFile enters a file into the catalogue from this snapshot on, with its statistics.
func (c *Change) beginFile(table int64, f *File) (int64, error) {
	id := c.file
	c.file++
	var start int64
	if err := c.tx.QueryRowContext(c.ctx, `SELECT next_row_id FROM ducklake_table_stats WHERE table_id = ?`, table).Scan(&start); err != nil {
		return 0, err
	}
	if err := c.exec(`UPDATE ducklake_table_stats SET next_row_id = ? WHERE table_id = ?`, start+f.Rows, table); err != nil {
		return 0, err
	}
	_, name, _ := strings.Cut(f.Path, "/")
	if err := c.exec(`INSERT INTO ducklake_data_file VALUES (?, ?, ?, NULL, NULL, ?, 1, 'parquet', ?, ?, ?, ?, NULL, NULL, NULL, NULL)`,
		id, table, c.Snapshot, name, f.Rows, f.Bytes, f.Footer, start); err != nil {
		return 0, err
	}
	columns, err := columnsAt(c.ctx, c.tx, table, c.Snapshot)
	if err != nil {
		return 0, err
	}
	return id, c.fileStats(table, id, f, columns)
}

// fileStats writes what the catalogue knows of each column of a file. Bounds of a column that is read as another type
// than it was written are left out, since they would be compared in the new type's order.
func (c *Change) fileStats(table, dataFile int64, f *File, columns []Column) error {
	types := map[int64]fact.Type{LoadField: fact.Integer, RowField: fact.Integer}
	for _, col := range columns {
		types[col.Field] = col.Type
	}
	for _, s := range f.Columns {
		t, ok := types[s.Field]
		if !ok {
			continue
		}
		low, high := s.Min, s.Max
		if t != s.Type {
			low, high = nil, nil
		}
		if err := c.exec(`INSERT INTO ducklake_file_column_stats VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
			dataFile, table, s.Field, s.Bytes, s.Values, s.Nulls, low, high, s.NaN); err != nil {
			return err
		}
	}
	return nil
}

// restate writes the statistics of all live files anew after the columns of a table changed.
func (c *Change) restate(table int64, columns []Column) error {
	files, err := filesOf(c.ctx, c.tx, table)
	if err != nil {
		return err
	}
	live, err := c.liveIDs(table)
	if err != nil {
		return err
	}
	for file, data := range live {
		if err := c.exec(`DELETE FROM ducklake_file_column_stats WHERE data_file_id = ?`, data); err != nil {
			return err
		}
		if err := c.fileStats(table, data, files[file], columns); err != nil {
			return err
		}
	}
	return nil
}

// tableStats sums the live files. Bounds over all files stay unknown; those of each file prune well enough.
func (c *Change) tableStats(table int64) error {
	if err := c.exec(`UPDATE ducklake_table_stats SET (record_count, file_size_bytes) = (SELECT coalesce(sum(record_count), 0),
		coalesce(sum(file_size_bytes), 0) FROM ducklake_data_file WHERE table_id = ?1 AND end_snapshot IS NULL) WHERE table_id = ?1`, table); err != nil {
		return err
	}
	if err := c.exec(`DELETE FROM ducklake_table_column_stats WHERE table_id = ?`, table); err != nil {
		return err
	}
	return c.exec(`INSERT INTO ducklake_table_column_stats SELECT c.table_id, c.column_id,
		(SELECT count(*) FROM ducklake_data_file f WHERE f.table_id = c.table_id AND f.end_snapshot IS NULL AND NOT EXISTS (
			SELECT 1 FROM ducklake_file_column_stats s WHERE s.data_file_id = f.data_file_id AND s.column_id = c.column_id AND s.null_count = 0)) > 0,
		CASE c.column_type WHEN 'float64' THEN 1 END, NULL, NULL, NULL
		FROM ducklake_column c WHERE c.table_id = ? AND c.end_snapshot IS NULL`, table)
}
