package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// writer takes the rows of one load: staged as they come, then sorted into the load's origin, then committed.
type writer struct {
	s       *Store
	meta    lake.LoadMeta
	stage   *stage
	columns []catalogue.Column
	origin  *catalogue.File
	counted map[int64]int64 // overlapping rows by the snapshot at which they were counted
	done    bool
}

// Begin starts a load. ctx bounds the writing of rows.
func (s *Store) Begin(ctx context.Context, meta lake.LoadMeta) (lake.Writer, error) {
	if err := checkMeta(&meta); err != nil {
		return nil, err
	}
	stage, err := newStage(ctx, s.engine, meta.Schema, meta.Dataset.Table == eventsTable)
	if err != nil {
		return nil, err
	}
	return &writer{s: s, meta: meta, stage: stage, counted: map[int64]int64{}}, nil
}

// eventsTable is the table whose files are sorted by case and carry numbers of case and activity.
const eventsTable = "events"

func checkMeta(m *lake.LoadMeta) error {
	if m.Dataset.Table == "" {
		return errors.New("lake: a load without table")
	}
	if i := m.Schema.Index(m.Time); i < 0 || m.Schema[i].Type != fact.Time && m.Schema[i].Type != fact.Date {
		m.Time = ""
	}
	return checkSchema(m.Schema, m.Dataset.Table == eventsTable)
}

func checkSchema(s fact.Schema, events bool) error {
	seen := map[string]bool{}
	for _, c := range s {
		low := strings.ToLower(c.Name)
		if c.Name == "" || strings.HasPrefix(c.Name, "_") || seen[low] {
			return base.Fail(base.Refused, "column_name", base.T("Der Spaltenname „%s“ kommt doppelt vor oder ist nicht zulässig.",
				"The column name “%s” occurs twice or is not allowed.", c.Name))
		}
		seen[low] = true
	}
	if len(s) == 0 {
		return base.Fail(base.Refused, "no_columns", base.T("Es ist keine Spalte zugeordnet.", "No column is mapped."))
	}
	if !events {
		return nil
	}
	for name, kind := range map[string]fact.Type{"case_id": fact.Text, "activity": fact.Text, "time": fact.Time} {
		if i := s.Index(name); i < 0 || s[i].Type != kind {
			return base.Fail(base.Refused, "column_missing", base.T("Einem Ereignisprotokoll fehlt die Spalte %s.",
				"An event log lacks the column %s.", name))
		}
	}
	return nil
}

// Write stages a batch.
func (w *writer) Write(b *fact.Batch) error {
	if w.stage == nil {
		return errors.New("lake: rows after the end of the load")
	}
	return w.stage.Write(b)
}

// sorted turns what was staged into the origin; afterwards no rows can come.
func (w *writer) sorted(ctx context.Context) error {
	if w.origin != nil {
		return nil
	}
	if w.stage == nil || w.done {
		return errors.New("lake: the load is closed")
	}
	var err error
	if w.columns, err = w.s.fieldIDs(ctx, w.meta.Schema); err != nil {
		return err
	}
	query, err := w.stage.sorted(w.meta.ID, w.meta.Time)
	if err != nil {
		return err
	}
	folder, err := w.s.folder(ctx, w.meta.Dataset)
	if err != nil {
		return err
	}
	w.origin, err = w.s.write(ctx, w.stage.conn, writing{folder: folder, query: query,
		fields: fieldsOf(w.columns, true, w.stage.events), activities: w.stage.activities(), time: w.meta.Time})
	if err != nil {
		return err
	}
	w.stage.close()
	w.stage = nil
	w.markWide()
	return nil
}

// markWide notes integers that DECIMAL(18,6) cannot hold.
func (w *writer) markWide() {
	for i := range w.columns {
		c := w.origin.Columns[i]
		if c.Type == fact.Integer && (outside(c.Min) || outside(c.Max)) {
			w.columns[i].Wide = true
		}
	}
}

func outside(bound *string) bool {
	if bound == nil {
		return false
	}
	var n int64
	if _, err := fmt.Sscan(*bound, &n); err != nil {
		return true
	}
	return n <= -catalogue.WideInteger || n >= catalogue.WideInteger
}

// fieldIDs gives the columns their field ids; names that are new get one for ever.
func (s *Store) fieldIDs(ctx context.Context, schema fact.Schema) ([]catalogue.Column, error) {
	out := make([]catalogue.Column, len(schema))
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		for i, c := range schema {
			id, err := catalogue.FieldID(ctx, tx, c.Name)
			if err != nil {
				return err
			}
			out[i] = catalogue.Column{Field: id, Column: c}
		}
		return nil
	})
	return out, err
}

// load makes the entry of this load behind those of a table, which may be nil.
func (w *writer) load(t *catalogue.Table) catalogue.Load {
	l := catalogue.Load{ID: w.meta.ID, Position: 1, Overlap: w.meta.Overlap, Replaces: w.meta.Replaces, Origin: w.origin,
		Columns: w.columns, Time: w.meta.Time, LoadedAt: w.s.o.Now()}
	if t != nil && len(t.Loads) > 0 {
		l.Position = t.Loads[len(t.Loads)-1].Position + 1
	}
	if l.Overlap == lake.OverlapReplace {
		l.Window = w.window()
	}
	return l
}

// Overlapping sorts what was written and counts the rows that equal a visible row of an earlier load.
func (w *writer) Overlapping(ctx context.Context) (int64, error) {
	if err := w.sorted(ctx); err != nil {
		return 0, err
	}
	t, err := catalogue.Find(ctx, w.s.db.Read(), w.meta.Dataset)
	if err != nil {
		return 0, err
	}
	return w.overlapping(ctx, t)
}

func (w *writer) overlapping(ctx context.Context, t *catalogue.Table) (int64, error) {
	if t == nil || t.Derived {
		return 0, nil
	}
	if n, ok := w.counted[t.Changed]; ok {
		return n, nil
	}
	l := w.load(t)
	active := catalogue.Active(append(t.Loads[:len(t.Loads):len(t.Loads)], l))
	plan := catalogue.Plan{Load: l.ID, Skip: catalogue.Earlier(active[:len(active)-1], l)}
	n := int64(0)
	if !plan.Whole() {
		left, err := w.s.countPlan(ctx, plan, l, byID(active), w.originPath())
		if err != nil {
			return 0, err
		}
		n = l.Origin.Rows - left
	}
	w.counted[t.Changed] = n
	return n, nil
}

// originPath is where the origin is now: under its temporary name until it is placed.
func (w *writer) originPath() string { return w.origin.Path + tmpSuffix }

// Commit publishes the load.
func (w *writer) Commit(ctx context.Context, inTx func(tx *sql.Tx) error) (lake.Committed, error) {
	if err := w.sorted(ctx); err != nil {
		return lake.Committed{}, err
	}
	unlock, err := w.s.lock(ctx)
	if err != nil {
		return lake.Committed{}, err
	}
	defer unlock()
	t, err := catalogue.Find(ctx, w.s.db.Read(), w.meta.Dataset)
	if err != nil {
		return lake.Committed{}, err
	}
	overlapping, err := w.check(ctx, t)
	if err != nil {
		return lake.Committed{}, err
	}
	if err := w.s.place(w.origin); err != nil {
		return lake.Committed{}, err
	}
	l := w.load(t)
	ch := change{dataset: w.meta.Dataset, table: t, inTx: inTx, load: l.ID, loads: []catalogue.Load{l}, new: []*catalogue.File{w.origin},
		book: func(c *catalogue.Change, table int64) error { return c.AddLoad(table, &l) }}
	if t != nil {
		ch.loads = append(t.Loads[:len(t.Loads):len(t.Loads)], l)
	}
	done, err := w.s.apply(ctx, ch)
	done.Overlapping = overlapping
	w.done = true // apply removed the origin if it failed
	return done, err
}

// check refuses what must not be committed and counts overlapping rows.
func (w *writer) check(ctx context.Context, t *catalogue.Table) (int64, error) {
	if t != nil && t.Derived {
		return 0, base.Fail(base.Conflict, "dataset_derived", base.T("„%s“ berechnet Lotse selbst.", "Lotse computes “%s” itself.", w.meta.Dataset.String()))
	}
	if w.meta.Replaces != 0 && (t == nil || byID(t.Loads)[w.meta.Replaces].ID == 0) {
		return 0, base.Fail(base.NotFound, "load_missing", base.T("Die Ladung %s, die ersetzt werden soll, gibt es nicht.",
			"The load %s that is to be replaced does not exist.", fmt.Sprint(w.meta.Replaces)))
	}
	n, err := w.overlapping(ctx, t)
	if err != nil {
		return 0, err
	}
	if n > 0 && w.meta.Overlap == lake.OverlapAsk {
		return 0, base.Fail(base.Refused, "overlap", base.T("Schon durch frühere Ladungen vorhanden: %s Zeilen.",
			"%s rows are there already from earlier loads.", n)).
			WithHint(base.T("Wählen Sie, ob sie ersetzt, ausgelassen oder doppelt gezählt werden.",
				"Choose whether they are replaced, skipped or counted twice."))
	}
	return n, nil
}

// Close removes what was not committed.
func (w *writer) Close() error {
	if w.stage != nil {
		w.stage.close()
		w.stage = nil
	}
	if !w.done {
		w.s.discard(w.origin)
	}
	w.done = true
	return nil
}

func byID(loads []catalogue.Load) map[int64]catalogue.Load {
	m := make(map[int64]catalogue.Load, len(loads))
	for _, l := range loads {
		m[l.ID] = l
	}
	return m
}
