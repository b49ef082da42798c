package duckdb

import (
	"context"
	"os"
	"path/filepath"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// SortedFile is one event log outside of any instance, sorted like a loaded one, so that a file and a loaded process
// give the same answers. It lives in a folder of its own until Close.
type SortedFile struct {
	engine *engine
	o      Options
	dir    string
	path   string
	schema []catalogue.Column
	file   catalogue.File
}

// SortFile takes the events that fill writes into a new folder below tmp and sorts them. Memory is bounded as in an
// instance; what does not fit goes to that folder.
func SortFile(ctx context.Context, tmp string, schema fact.Schema, o Options, fill func(fact.Sink) error) (*SortedFile, error) {
	if err := checkSchema(schema, true); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(tmp, "lotse-")
	if err != nil {
		return nil, diskFailure(err)
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	f := &SortedFile{o: o.withDefaults(), dir: dir, path: filepath.Join(dir, "events.parquet")}
	if err := f.build(ctx, schema, fill); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// firstFreeField is the first field id of columns that are not Lotse's.
const firstFreeField = 10

func (f *SortedFile) build(ctx context.Context, schema fact.Schema, fill func(fact.Sink) error) error {
	var err error
	if f.engine, err = newEngine(f.o, f.dir, f.dir); err != nil {
		return err
	}
	for i, c := range schema {
		f.schema = append(f.schema, catalogue.Column{Field: firstFreeField + int64(i), Column: c})
	}
	stage, err := newStage(ctx, f.engine, schema, true)
	if err != nil {
		return err
	}
	defer stage.close()
	if err := fill(stage); err != nil {
		return err
	}
	query, err := stage.sorted(0, "time")
	if err != nil {
		return err
	}
	return stage.conn.copyTo(ctx, writing{query: query, fields: fieldsOf(f.schema, true, true), activities: stage.activities(), time: "time"}, f.path, &f.file)
}

// Info describes the log.
func (f *SortedFile) Info() lake.Info {
	t := catalogue.Table{Dataset: lake.Dataset{Table: eventsTable}, Columns: f.schema,
		Visible: map[int64]catalogue.Visible{0: {File: &f.file, Rows: f.file.Rows}}}
	return t.Info()
}

// Events streams the log in the order of contract.md; it can be read again and again.
func (f *SortedFile) Events(ctx context.Context) (lake.EventStream, error) {
	e := &eventSource{engine: f.engine, o: f.o, paths: []string{f.path}, columns: f.schema}
	st, err := e.open(ctx)
	if err != nil {
		return nil, err
	}
	return st, nil
}

// Query answers one SELECT over the relation events.
func (f *SortedFile) Query(ctx context.Context, sql string, args ...any) (lake.Rows, error) {
	r, err := f.engine.ask(ctx, f.o, sql, map[string]string{eventsTable: "SELECT * FROM " + parquetSource([]string{f.path}, relationFields(f.schema))}, args)
	if err != nil {
		return nil, err
	}
	if err := r.hold(); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// Close removes the folder. Streams and answers must be closed before.
func (f *SortedFile) Close() error {
	if f.engine != nil {
		f.engine.close()
		f.engine = nil
	}
	return os.RemoveAll(f.dir)
}
