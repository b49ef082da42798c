package catalogue

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"lotse.dev/lotse/internal/store/lake"
)

// Change is one new snapshot, written inside a transaction of the state database. Its methods describe what becomes
// of tables; Finish writes the snapshot itself.
type Change struct {
	ctx      context.Context
	tx       *sql.Tx
	now      time.Time
	Snapshot int64
	schema   int64
	catalog  int64 // next id of a table
	file     int64 // next id of a data file
	made     []string
	altered  map[int64]bool
	touched  map[int64]bool
}

// Begin starts a snapshot after the newest one.
func Begin(ctx context.Context, tx *sql.Tx, now time.Time) (*Change, error) {
	c := &Change{ctx: ctx, tx: tx, now: now.UTC(), altered: map[int64]bool{}, touched: map[int64]bool{}}
	err := tx.QueryRowContext(ctx, `SELECT snapshot_id + 1, schema_version, next_catalog_id, next_file_id FROM ducklake_snapshot
		ORDER BY snapshot_id DESC LIMIT 1`).Scan(&c.Snapshot, &c.schema, &c.catalog, &c.file)
	return c, err
}

func (c *Change) exec(query string, args ...any) error {
	_, err := c.tx.ExecContext(c.ctx, query, args...)
	return err
}

// Create adds an empty table and returns its id.
func (c *Change) Create(d lake.Dataset, derived bool) (int64, error) {
	id := c.catalog
	c.catalog++
	path := d.SQLName() + "/"
	if err := c.exec(`INSERT INTO lotse_dataset VALUES (?, ?, ?, ?, ?, ?, NULL)`, id, d.Table, d.Process, path, derived, c.Snapshot); err != nil {
		return 0, err
	}
	if err := c.putTable(id, uuid(), d, path); err != nil {
		return 0, err
	}
	if err := c.exec(`INSERT INTO ducklake_table_stats VALUES (?, 0, 0, 0)`, id); err != nil {
		return 0, err
	}
	for i, name := range []string{LoadColumn, RowColumn} {
		if err := c.putColumn(id, int64(i)+1, name, "int64", 1_000_000+int64(i)); err != nil {
			return 0, err
		}
	}
	return id, nil
}

func (c *Change) putTable(id int64, uuid string, d lake.Dataset, path string) error {
	name, err := c.freeName(d.SQLName())
	if err != nil {
		return err
	}
	c.made = append(c.made, fmt.Sprintf(`created_table:"main"."%s"`, name))
	c.altered[id] = true
	return c.exec(`INSERT INTO ducklake_table VALUES (?, ?, ?, NULL, 0, ?, ?, 1)`, id, uuid, c.Snapshot, name, path)
}

// freeName makes a name unique among the live tables.
func (c *Change) freeName(name string) (string, error) {
	for n := 1; ; n++ {
		try := name
		if n > 1 {
			try = fmt.Sprintf("%s_%d", name, n)
		}
		var taken bool
		err := c.tx.QueryRowContext(c.ctx, `SELECT EXISTS (SELECT 1 FROM ducklake_table WHERE table_name = ? AND end_snapshot IS NULL)`, try).Scan(&taken)
		if err != nil || !taken {
			return try, err
		}
	}
}

func (c *Change) putColumn(table, field int64, name, typ string, order int64) error {
	c.altered[table] = true
	return c.exec(`INSERT INTO ducklake_column VALUES (?, ?, NULL, ?, ?, ?, ?, NULL, 'NULL', 1, NULL, 'literal', 'duckdb')`,
		field, c.Snapshot, table, order, name, typ)
}

// SetColumns gives a table exactly these columns beside those that Lotse adds.
func (c *Change) SetColumns(table int64, want []Column) error {
	have, err := columnsAt(c.ctx, c.tx, table, c.Snapshot)
	if err != nil {
		return err
	}
	if sameColumns(have, want) {
		return nil
	}
	c.made = append(c.made, fmt.Sprintf("altered_table:%d", table))
	if err := c.exec(`DELETE FROM ducklake_column WHERE table_id = ? AND column_id >= 10 AND begin_snapshot = ?`, table, c.Snapshot); err != nil {
		return err
	}
	if err := c.exec(`UPDATE ducklake_column SET end_snapshot = ? WHERE table_id = ? AND column_id >= 10 AND end_snapshot IS NULL`,
		c.Snapshot, table); err != nil {
		return err
	}
	for i, w := range want {
		if err := c.putColumn(table, w.Field, w.Name, TypeName(w.Type), int64(i)+1); err != nil {
			return err
		}
	}
	return c.restate(table, want)
}

func sameColumns(a, b []Column) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Field != b[i].Field || a[i].Name != b[i].Name || a[i].Type != b[i].Type {
			return false
		}
	}
	return true
}

// AddLoad books a load with its origin, which gets its id.
func (c *Change) AddLoad(table int64, l *Load) error {
	if err := c.addFile(table, l.Origin); err != nil {
		return err
	}
	if l.Origin.Last != nil {
		if err := c.exec(`INSERT INTO lotse_known SELECT name, process, ?2 FROM lotse_dataset WHERE table_id = ?1
			ON CONFLICT DO UPDATE SET last_time = max(last_time, excluded.last_time)`, table, *l.Origin.Last); err != nil {
			return err
		}
	}
	columns, err := json.Marshal(l.Columns)
	if err != nil {
		return err
	}
	var from, to any
	if l.Window != nil {
		from, to = l.Window.From, l.Window.To
	}
	return c.exec(`INSERT INTO lotse_load_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`, l.ID, table, l.Position,
		string(l.Overlap), l.Time, from, to, l.Replaces, l.Origin.ID, string(columns), c.Snapshot, stamp(c.now))
}

// UndoLoad marks a load as undone; what that hides is said by Show.
func (c *Change) UndoLoad(load int64) error {
	return c.exec(`UPDATE lotse_load_file SET undone_snapshot = ? WHERE load_id = ? AND undone_snapshot IS NULL`, c.Snapshot, load)
}

func (c *Change) addFile(table int64, f *File) error {
	columns, err := json.Marshal(f.Columns)
	if err != nil {
		return err
	}
	res, err := c.tx.ExecContext(c.ctx, `INSERT INTO lotse_file (table_id, path, rows, bytes, footer, first_time, last_time, untimed, columns, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, table, f.Path, f.Rows, f.Bytes, f.Footer, f.First, f.Last, f.Untimed, string(columns), stamp(c.now))
	if err != nil {
		return err
	}
	f.ID, err = res.LastInsertId()
	return err
}

// Rename gives a table another dataset name; its folder stays.
func (c *Change) Rename(table int64, to lake.Dataset) error {
	var id, path string
	if err := c.tx.QueryRowContext(c.ctx, `SELECT table_uuid, path FROM ducklake_table WHERE table_id = ? AND end_snapshot IS NULL`, table).Scan(&id, &path); err != nil {
		return err
	}
	if err := c.exec(`UPDATE ducklake_table SET end_snapshot = ? WHERE table_id = ? AND end_snapshot IS NULL`, c.Snapshot, table); err != nil {
		return err
	}
	if err := c.exec(`INSERT INTO lotse_known SELECT ?2, ?3, k.last_time FROM lotse_known k JOIN lotse_dataset d USING (name, process) WHERE d.table_id = ?1
		ON CONFLICT DO UPDATE SET last_time = max(last_time, excluded.last_time)`, table, to.Table, to.Process); err != nil {
		return err
	}
	if err := c.exec(`UPDATE lotse_dataset SET name = ?, process = ? WHERE table_id = ?`, to.Table, to.Process, table); err != nil {
		return err
	}
	return c.putTable(table, id, to, path)
}

// Drop ends a table with all its columns and files.
func (c *Change) Drop(table int64) error {
	c.made = append(c.made, fmt.Sprintf("dropped_table:%d", table))
	c.altered[table] = true
	for _, t := range []string{"ducklake_table", "ducklake_column", "ducklake_data_file"} {
		if err := c.exec(`UPDATE `+t+` SET end_snapshot = ? WHERE table_id = ? AND end_snapshot IS NULL`, c.Snapshot, table); err != nil {
			return err
		}
	}
	if err := c.exec(`DELETE FROM lotse_visible WHERE table_id = ?`, table); err != nil {
		return err
	}
	return c.exec(`UPDATE lotse_dataset SET dropped_snapshot = ? WHERE table_id = ?`, c.Snapshot, table)
}

// Compacted notes that the files of a table were merged without changing its rows.
func (c *Change) Compacted(table int64) {
	c.made = append(c.made, fmt.Sprintf("compacted_table:%d", table))
}

// Finish writes the snapshot.
func (c *Change) Finish() error {
	if len(c.altered) > 0 {
		c.schema++
		for table := range c.altered {
			if err := c.exec(`INSERT INTO ducklake_schema_versions VALUES (?, ?, ?)`, c.Snapshot, c.schema, table); err != nil {
				return err
			}
		}
	}
	for table := range c.touched {
		if err := c.tableStats(table); err != nil {
			return err
		}
	}
	if err := c.exec(`INSERT INTO ducklake_snapshot VALUES (?, ?, ?, ?, ?)`, c.Snapshot,
		c.now.Format("2006-01-02 15:04:05.000000")+"+00", c.schema, c.catalog, c.file); err != nil {
		return err
	}
	return c.exec(`INSERT INTO ducklake_snapshot_changes VALUES (?, ?, NULL, NULL, NULL)`, c.Snapshot, strings.Join(c.made, ","))
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// uuid returns a random UUID of version 4, as DuckLake wants for tables.
func uuid() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
