package duckdb

import (
	"context"
	"database/sql"

	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// change is what becomes of one table: its loads afterwards and how the books say so.
type change struct {
	dataset lake.Dataset
	table   *catalogue.Table // nil when it does not exist yet
	load    int64            // that was added or undone
	loads   []catalogue.Load // all, afterwards
	new     []*catalogue.File
	book    func(c *catalogue.Change, table int64) error
	inTx    func(tx *sql.Tx) error
}

// apply writes the files whose rows the change makes visible anew and then everything into the books at once. When it
// fails, the new files are gone.
func (s *Store) apply(ctx context.Context, ch change) (lake.Committed, error) {
	active := catalogue.Active(ch.loads)
	want, err := s.visible(ctx, &ch, active)
	if err != nil {
		s.discardAll(ch.new)
		return lake.Committed{}, err
	}
	done := summary(ch, want)
	var gone []int64 // without a load that counts a dataset is as if it had never been
	if len(active) == 0 {
		if gone, err = s.withCases(ctx, ch.dataset); err != nil {
			return lake.Committed{}, err
		}
	}
	err = s.publish(ctx, ch.new, func(c *catalogue.Change) error {
		table, err := ch.tableID(c)
		if err != nil {
			return err
		}
		done.Snapshot = c.Snapshot
		if err := ch.book(c, table); err != nil {
			return err
		}
		if len(active) == 0 {
			return dropTables(c, gone)
		}
		if err := c.SetColumns(table, catalogue.Schema(active)); err != nil {
			return err
		}
		return c.Show(table, want)
	}, ch.inTx)
	if err != nil {
		return lake.Committed{}, err
	}
	return done, nil
}

func (ch *change) tableID(c *catalogue.Change) (int64, error) {
	if ch.table != nil {
		return ch.table.ID, nil
	}
	return c.Create(ch.dataset, false)
}

// publish makes one snapshot. New files must be placed; they are removed when the transaction did not commit.
func (s *Store) publish(ctx context.Context, new []*catalogue.File, book func(c *catalogue.Change) error, inTx func(tx *sql.Tx) error) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		c, err := catalogue.Begin(ctx, tx, s.o.Now())
		if err != nil {
			return err
		}
		if err := book(c); err != nil {
			return err
		}
		if err := c.Finish(); err != nil {
			return err
		}
		if inTx == nil {
			return nil
		}
		return inTx(tx)
	})
	if err != nil && !s.committed(new) {
		s.discardAll(new)
		return err
	}
	return nil
}

// committed finds out whether a transaction that reported a failure took effect all the same, as it can when a context
// ends during the commit. In doubt the files stay: the next Open clears up.
func (s *Store) committed(new []*catalogue.File) bool {
	if len(new) == 0 {
		return false
	}
	known, err := catalogue.Paths(context.Background(), s.db.Read())
	return err == nil && known[new[0].Path]
}

func (s *Store) discardAll(files []*catalogue.File) {
	for _, f := range files {
		s.discard(f)
	}
}

// summary counts what a change does to rows.
func summary(ch change, want []catalogue.Visible) lake.Committed {
	var done lake.Committed
	after := map[int64]int64{}
	for _, v := range want {
		after[v.Load] = v.Rows
	}
	done.Rows = after[ch.load]
	if ch.table == nil {
		return done
	}
	for id, v := range ch.table.Visible {
		done.RowsReplaced += max(0, v.Rows-after[id])
	}
	return done
}

// visible decides for each active load in which file its rows are visible, and writes files where the plan changed. A
// file that several loads share dissolves when one of them changes.
func (s *Store) visible(ctx context.Context, ch *change, active []catalogue.Load) ([]catalogue.Visible, error) {
	plans := catalogue.Plans(active)
	stays := ch.staying(active, plans)
	var want []catalogue.Visible
	for _, l := range active {
		if stays[l.ID] {
			want = append(want, ch.table.Visible[l.ID])
			continue
		}
		v, err := s.realise(ctx, plans[l.ID], l, byID(active))
		if err != nil {
			return nil, err
		}
		if v.File != nil && v.File.ID == 0 && v.File != l.Origin {
			ch.new = append(ch.new, v.File)
			if err := s.place(v.File); err != nil {
				return nil, err
			}
		}
		want = append(want, v)
	}
	return want, nil
}

// staying marks the loads whose file stays: same plan as before, and the same of all loads in that file.
func (ch *change) staying(active []catalogue.Load, plans map[int64]catalogue.Plan) map[int64]bool {
	stays := map[int64]bool{}
	if ch.table == nil {
		return stays
	}
	isActive := byID(active)
	broken := map[int64]bool{}
	for id, v := range ch.table.Visible {
		_, ok := isActive[id]
		stays[id] = ok && v.Plan == plans[id].Key()
		if !stays[id] && v.File != nil {
			broken[v.File.ID] = true
		}
	}
	for id, v := range ch.table.Visible {
		if v.File != nil && broken[v.File.ID] {
			stays[id] = false
		}
	}
	return stays
}

// Undo hides a load as if it had never been loaded; without its last load a dataset does not exist any more.
func (s *Store) Undo(ctx context.Context, load int64, inTx func(tx *sql.Tx) error) (lake.Committed, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return lake.Committed{}, err
	}
	defer unlock()
	t, err := catalogue.FindLoad(ctx, s.db.Read(), load)
	if err != nil {
		return lake.Committed{}, err
	}
	loads := append([]catalogue.Load(nil), t.Loads...)
	for i := range loads {
		loads[i].Undone = loads[i].Undone || loads[i].ID == load
	}
	return s.apply(ctx, change{dataset: t.Dataset, table: t, load: load, loads: loads, inTx: inTx,
		book: func(c *catalogue.Change, _ int64) error { return c.UndoLoad(load) }})
}
