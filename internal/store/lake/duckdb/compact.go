package duckdb

import (
	"context"
	"database/sql"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// Compact merges the visible files of a dataset into one sorted file. The origins of the loads stay, so that an undo
// later finds everything it needs.
func (s *Store) Compact(ctx context.Context, d lake.Dataset) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	t, err := catalogue.Find(ctx, s.db.Read(), d)
	if err != nil {
		return err
	}
	if t == nil {
		return catalogue.NoDataset(d)
	}
	paths := livePaths(t)
	if len(paths) < 2 {
		return nil
	}
	f, err := s.merge(ctx, t, paths)
	if err != nil {
		return err
	}
	var want []catalogue.Visible
	for _, v := range t.Visible {
		if v.File != nil {
			v.File = f
		}
		want = append(want, v)
	}
	return s.publish(ctx, []*catalogue.File{f}, func(c *catalogue.Change) error {
		c.Compacted(t.ID)
		return c.Show(t.ID, want)
	}, nil)
}

// livePaths lists the visible files of a table once each.
func livePaths(t *catalogue.Table) []string {
	var paths []string
	seen := map[int64]bool{}
	for _, v := range t.Visible {
		if v.File != nil && !seen[v.File.ID] {
			seen[v.File.ID] = true
			paths = append(paths, v.File.Path)
		}
	}
	return paths
}

// merge writes the rows of files into one placed file.
func (s *Store) merge(ctx context.Context, t *catalogue.Table, paths []string) (*catalogue.File, error) {
	c, err := s.engine.connect()
	if err != nil {
		return nil, err
	}
	defer c.close()
	w := writing{folder: t.Path, fields: fieldsOf(t.Columns, false, t.Dataset.Table == eventsTable), time: timeOf(t)}
	source := s.source(paths, fieldsOf(t.Columns, false, t.Dataset.Table == eventsTable))
	w.query = "SELECT * FROM " + source + sortedBy(w.time)
	if t.Dataset.Table == eventsTable {
		if w.activities, err = c.numberActivities(ctx, source); err != nil {
			return nil, err
		}
		w.query = mergedFile(t.Columns, source) + " ORDER BY " + mergedOrder(t.Columns)
	}
	f, err := s.write(ctx, c, w)
	if err != nil {
		return nil, err
	}
	if err := s.place(f); err != nil {
		s.discard(f)
		return nil, err
	}
	return f, nil
}

// mergedFile selects the columns of a file of events of several loads, with activities numbered anew.
func mergedFile(columns []catalogue.Column, source string) string {
	var names []string
	for _, f := range fieldsOf(columns, false, true) {
		if f.id != catalogue.ActivityField {
			names = append(names, "e."+ident(f.name))
		}
	}
	return "SELECT " + strings.Join(names, ", ") + ", a.number AS _activity_no " + numberedEvents(source)
}

func sortedBy(timeColumn string) string {
	if timeColumn == "" {
		return " ORDER BY _load, _row"
	}
	return " ORDER BY " + ident(timeColumn) + ", _load, _row"
}

// timeOf is the time column of a table: that of its newest load.
func timeOf(t *catalogue.Table) string {
	for i := len(t.Loads) - 1; i >= 0; i-- {
		if l := t.Loads[i]; !l.Undone && l.Time != "" {
			for _, c := range t.Columns {
				if c.Name == l.Time && (c.Type == fact.Time || c.Type == fact.Date) {
					return l.Time
				}
			}
		}
	}
	return ""
}

// Rename gives a dataset another name. Cases follow their events.
func (s *Store) Rename(ctx context.Context, from, to lake.Dataset, inTx func(tx *sql.Tx) error) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	pairs := [][2]lake.Dataset{{from, to}}
	if from.Table == eventsTable && to.Table == eventsTable {
		pairs = append(pairs, [2]lake.Dataset{{Table: "cases", Process: from.Process}, {Table: "cases", Process: to.Process}})
	}
	tables, err := s.follow(ctx, pairs)
	if err != nil {
		return err
	}
	return s.publish(ctx, nil, func(c *catalogue.Change) error {
		for i, t := range tables {
			if t == nil {
				continue
			}
			if err := c.Rename(t.ID, pairs[i][1]); err != nil {
				return err
			}
		}
		return nil
	}, inTx)
}

// follow finds the tables to rename; the first must exist, and no new name may be taken.
func (s *Store) follow(ctx context.Context, pairs [][2]lake.Dataset) ([]*catalogue.Table, error) {
	tables := make([]*catalogue.Table, len(pairs))
	for i, p := range pairs {
		t, err := catalogue.Find(ctx, s.db.Read(), p[0])
		if err != nil {
			return nil, err
		}
		if t == nil && i == 0 {
			return nil, catalogue.NoDataset(p[0])
		}
		taken, err := catalogue.Find(ctx, s.db.Read(), p[1])
		if err != nil {
			return nil, err
		}
		if taken != nil {
			return nil, base.Fail(base.Conflict, "dataset_exists", base.T("Es gibt schon Daten „%s“.", "There is a dataset “%s” already.", p[1].String()))
		}
		tables[i] = t
	}
	return tables, nil
}

// Drop ends a dataset; its loads end with it. Cases go with their events.
func (s *Store) Drop(ctx context.Context, d lake.Dataset, inTx func(tx *sql.Tx) error) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	ids, err := s.withCases(ctx, d)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return catalogue.NoDataset(d)
	}
	return s.publish(ctx, nil, func(c *catalogue.Change) error { return dropTables(c, ids) }, inTx)
}

// withCases finds the table of a dataset and, for events, that of its cases; nothing when the first does not exist.
func (s *Store) withCases(ctx context.Context, d lake.Dataset) ([]int64, error) {
	names := []lake.Dataset{d}
	if d.Table == eventsTable {
		names = append(names, lake.Dataset{Table: "cases", Process: d.Process})
	}
	var ids []int64
	for _, name := range names {
		t, err := catalogue.Find(ctx, s.db.Read(), name)
		if err != nil {
			return nil, err
		}
		if t == nil && len(ids) == 0 {
			return nil, nil
		}
		if t != nil {
			ids = append(ids, t.ID)
		}
	}
	return ids, nil
}

func dropTables(c *catalogue.Change, ids []int64) error {
	for _, id := range ids {
		if err := c.Drop(id); err != nil {
			return err
		}
	}
	return nil
}
