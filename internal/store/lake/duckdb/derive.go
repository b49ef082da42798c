package duckdb

import (
	"context"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/catalogue"
)

// derivedPlan is the plan of the content of a derived dataset.
const derivedPlan = "derived"

// Derive replaces the whole content of a derived dataset by what fill writes.
func (s *Store) Derive(ctx context.Context, d lake.Dataset, schema fact.Schema, fill func(fact.Sink) error) (lake.Committed, error) {
	if err := checkSchema(schema, false); err != nil {
		return lake.Committed{}, err
	}
	f, columns, err := s.writeDerived(ctx, d, schema, fill)
	if err != nil {
		return lake.Committed{}, err
	}
	done, err := s.publishDerived(ctx, d, f, columns)
	if err != nil {
		s.discard(f)
	}
	return done, err
}

func (s *Store) writeDerived(ctx context.Context, d lake.Dataset, schema fact.Schema, fill func(fact.Sink) error) (*catalogue.File, []catalogue.Column, error) {
	stage, err := newStage(ctx, s.engine, schema, false)
	if err != nil {
		return nil, nil, err
	}
	defer stage.close()
	if err := fill(stage); err != nil {
		return nil, nil, err
	}
	columns, err := s.fieldIDs(ctx, schema)
	if err != nil {
		return nil, nil, err
	}
	query, err := stage.sorted(0, "")
	if err != nil {
		return nil, nil, err
	}
	folder, err := s.folder(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	f, err := s.write(ctx, stage.conn, writing{folder: folder, query: query, fields: fieldsOf(columns, true, false)})
	return f, columns, err
}

func (s *Store) publishDerived(ctx context.Context, d lake.Dataset, f *catalogue.File, columns []catalogue.Column) (lake.Committed, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return lake.Committed{}, err
	}
	defer unlock()
	t, err := catalogue.Find(ctx, s.db.Read(), d)
	if err != nil {
		return lake.Committed{}, err
	}
	if t != nil && !t.Derived {
		return lake.Committed{}, base.Fail(base.Conflict, "dataset_loaded", base.T("„%s“ enthält eingelesene Daten.", "“%s” holds loaded data.", d.String()))
	}
	want, files := catalogue.Visible{Plan: derivedPlan}, []*catalogue.File(nil)
	if f.Rows > 0 {
		if err := s.place(f); err != nil {
			return lake.Committed{}, err
		}
		want.File, want.Rows, files = f, f.Rows, []*catalogue.File{f}
	} else {
		s.discard(f)
	}
	done := lake.Committed{Rows: f.Rows}
	err = s.publish(ctx, files, func(c *catalogue.Change) (err error) {
		done.Snapshot = c.Snapshot
		var table int64
		if t != nil {
			table = t.ID
			done.RowsReplaced = t.Visible[0].Rows
		} else if table, err = c.Create(d, true); err != nil {
			return err
		}
		if err := c.SetColumns(table, columns); err != nil {
			return err
		}
		return c.Show(table, []catalogue.Visible{want})
	}, nil)
	return done, err
}

// folder is where the files of a dataset lie: a renamed one keeps the folder of its first name.
func (s *Store) folder(ctx context.Context, d lake.Dataset) (string, error) {
	t, err := catalogue.Find(ctx, s.db.Read(), d)
	if err != nil {
		return "", err
	}
	if t != nil {
		return t.Path, nil
	}
	return d.SQLName() + "/", nil
}
