package duckdb

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	bindings "github.com/duckdb/duckdb-go-bindings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// tmpSuffix marks files that are being written.
const tmpSuffix = ".tmp"

// activityKey is the key of the metadata of a Parquet file under which the names of its activity numbers stand.
const activityKey = "lotse_activities"

// field is one column of a file to be written.
type field struct {
	id   int64
	name string
	kind fact.Type
}

// fieldsOf lists the columns of a file: those of the load and those that Lotse adds.
func fieldsOf(columns []catalogue.Column, hash, events bool) []field {
	var f []field
	for _, c := range columns {
		f = append(f, field{c.Field, c.Name, c.Type})
	}
	f = append(f, field{catalogue.LoadField, catalogue.LoadColumn, fact.Integer}, field{catalogue.RowField, catalogue.RowColumn, fact.Integer})
	if hash {
		f = append(f, field{catalogue.HashField, catalogue.HashColumn, fact.Integer})
	}
	if events {
		f = append(f, field{catalogue.CaseField, catalogue.CaseColumn, fact.Integer}, field{catalogue.ActivityField, catalogue.ActivityColumn, fact.Integer})
	}
	return f
}

// writing says how a file comes to be.
type writing struct {
	folder     string // below lake/, with slash
	query      string // SELECT of exactly the fields, in the order of the file
	fields     []field
	activities []string // of an events file, nil otherwise
	time       string   // column that makes the time, "" when there is none
}

// write makes a Parquet file under a temporary name and syncs it; place gives it its name. The caller removes it with
// discard when it is not committed.
func (s *Store) write(ctx context.Context, c *conn, w writing) (*catalogue.File, error) {
	if err := os.MkdirAll(filepath.Join(s.lake, w.folder), 0o700); err != nil {
		return nil, diskFailure(err)
	}
	f := &catalogue.File{Path: w.folder + strings.ToLower(base.NewID(s.o.Now())) + ".parquet"}
	tmp := s.path(f) + tmpSuffix
	if err := c.copyTo(ctx, w, tmp, f); err != nil {
		os.Remove(tmp)
		return nil, err
	}
	if err := syncPath(tmp); err != nil {
		os.Remove(tmp)
		return nil, diskFailure(err)
	}
	return f, nil
}

// path is where a file is on disk.
func (s *Store) path(f *catalogue.File) string {
	return filepath.Join(s.lake, filepath.FromSlash(f.Path))
}

// place gives a written file its final name and makes that durable.
func (s *Store) place(f *catalogue.File) error {
	path := s.path(f)
	if err := os.Rename(path+tmpSuffix, path); err != nil {
		return diskFailure(err)
	}
	if err := syncPath(filepath.Dir(path)); err != nil {
		return diskFailure(err)
	}
	return diskFailure(syncPath(s.lake))
}

// discard removes a file that was not committed, placed or not.
func (s *Store) discard(f *catalogue.File) {
	if f != nil {
		os.Remove(s.path(f) + tmpSuffix)
		os.Remove(s.path(f))
	}
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// copyTo runs the COPY and fills in what DuckDB tells of the file.
func (c *conn) copyTo(ctx context.Context, w writing, path string, f *catalogue.File) error {
	ids := make([]string, len(w.fields))
	for i, x := range w.fields {
		ids[i] = quote(x.name) + ": " + strconv.FormatInt(x.id, 10)
	}
	meta := ""
	if w.activities != nil {
		names, err := json.Marshal(w.activities)
		if err != nil {
			return err
		}
		meta = ", KV_METADATA {" + activityKey + ": " + quote(string(names)) + "}"
	}
	sql := fmt.Sprintf("COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, FIELD_IDS {%s}, RETURN_STATS%s)",
		w.query, quote(path), strings.Join(ids, ", "), meta)
	return c.copyStats(ctx, sql, w, f)
}

func (c *conn) copyStats(ctx context.Context, sql string, w writing, f *catalogue.File) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, c.interrupt)
	defer stop()
	var res bindings.Result
	defer bindings.DestroyResult(&res)
	if bindings.Query(c.c, sql, &res) == bindings.StateError {
		return translate(ctx, bindings.ResultErrorType(&res), bindings.ResultError(&res), sql)
	}
	columns := columnsOf(&res)
	chunk := bindings.FetchChunk(res)
	defer bindings.DestroyDataChunk(&chunk)
	if chunk.Ptr == nil || bindings.DataChunkGetSize(chunk) == 0 {
		return fmt.Errorf("duckdb: COPY returned no statistics")
	}
	for i := range columns {
		columns[i].point(chunk, i)
	}
	return readStats(columns, w, f)
}

func readStats(columns []column, w writing, f *catalogue.File) error {
	for i := range columns {
		c := &columns[i]
		switch c.name {
		case "count":
			f.Rows = c.whole(0, c.kind).Int64()
		case "file_size_bytes":
			f.Bytes = c.whole(0, c.kind).Int64()
		case "footer_size_bytes":
			f.Footer = c.whole(0, c.kind).Int64()
		case "column_statistics":
			stats := c.statistics(0)
			for _, x := range w.fields {
				f.Columns = append(f.Columns, fileColumn(x, stats[`"`+strings.ReplaceAll(x.name, `"`, `""`)+`"`], f.Rows))
			}
		}
	}
	return timeSpan(w, f)
}

func fileColumn(x field, stats map[string]string, rows int64) catalogue.FileColumn {
	c := catalogue.FileColumn{Field: x.id, Type: x.kind}
	number := func(key string) int64 {
		n, _ := strconv.ParseInt(stats[key], 10, 64)
		return n
	}
	c.Bytes, c.Nulls = number("column_size_bytes"), number("null_count")
	c.Values = rows - c.Nulls
	if low, ok := stats["min"]; ok {
		c.Min = &low
	}
	if high, ok := stats["max"]; ok {
		c.Max = &high
	}
	if nan, ok := stats["has_nan"]; ok {
		yes := nan == "true"
		c.NaN = &yes
	}
	return c
}

// timeSpan takes first, last and untimed of a file from the statistics of its time column.
func timeSpan(w writing, f *catalogue.File) error {
	for i, x := range w.fields {
		if x.name != w.time || w.time == "" {
			continue
		}
		c := f.Columns[i]
		f.Untimed = c.Nulls
		if c.Min == nil || c.Max == nil {
			return nil
		}
		first, err := parseStat(x.kind, *c.Min)
		if err != nil {
			return err
		}
		last, err := parseStat(x.kind, *c.Max)
		f.First, f.Last = &first, &last
		return err
	}
	return nil
}

func parseStat(kind fact.Type, s string) (int64, error) {
	layout := "2006-01-02 15:04:05.999999-07"
	if kind == fact.Date {
		layout = "2006-01-02"
	}
	t, err := time.Parse(layout, s)
	if err != nil {
		return 0, fmt.Errorf("duckdb: statistics of the time column: %w", err)
	}
	return t.UnixMicro(), nil
}

// source is the SQL of a relation over files of the lake with these columns, read by field id; a column that a file
// lacks is empty in its rows, one of another type is cast.
func (s *Store) source(paths []string, fields []field) string {
	full := make([]string, len(paths))
	for i, p := range paths {
		full[i] = filepath.Join(s.lake, filepath.FromSlash(p))
	}
	return parquetSource(full, fields)
}

func parquetSource(paths []string, fields []field) string {
	if len(paths) == 0 {
		return emptySource(fields)
	}
	files, columns := make([]string, len(paths)), make([]string, len(fields))
	for i, p := range paths {
		files[i] = quote(p)
	}
	for i, x := range fields {
		columns[i] = fmt.Sprintf("%d: {name: %s, type: %s, default_value: NULL}", x.id, quote(x.name), quote(sqlType(x)))
	}
	return fmt.Sprintf("read_parquet([%s], schema=MAP {%s})", strings.Join(files, ", "), strings.Join(columns, ", "))
}

func emptySource(fields []field) string {
	columns := make([]string, len(fields))
	for i, x := range fields {
		columns[i] = "NULL::" + sqlType(x) + " AS " + ident(x.name)
	}
	return "(SELECT " + strings.Join(columns, ", ") + " WHERE false)"
}

func sqlType(x field) string {
	if x.id == catalogue.ActivityField {
		return "INTEGER"
	}
	return typeName(x.kind)
}

func typeName(t fact.Type) string {
	return [...]string{"VARCHAR", "BIGINT", "DOUBLE", "DECIMAL(18,6)", "BOOLEAN", "TIMESTAMPTZ", "DATE"}[t]
}
