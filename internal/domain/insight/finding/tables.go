package finding

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/store/lake"
)

// Reader is what the detectors of tables ask the lake.
type Reader interface {
	Query(ctx context.Context, q lake.Query) (lake.Rows, error)
}

// table is one dataset that detectors question in SQL.
type table struct {
	lake Reader
	info lake.Info
}

// tableDetectors question tickets and orders; a new one is a file and a line here.
var tableDetectors = map[string][]func(context.Context, table) ([]Draft, error){
	"tickets": {detectResponse, detectSlow},
	"orders":  {detectReturns},
}

// DetectTable runs every detector of a table.
func DetectTable(ctx context.Context, r Reader, info lake.Info) ([]Draft, error) {
	var out []Draft
	for _, detect := range tableDetectors[info.Table] {
		drafts, err := detect(ctx, table{r, info})
		if err != nil {
			return nil, err
		}
		drafts = largest(drafts)
		for i := range drafts {
			drafts[i].Rows.Tables = map[string]lake.Dataset{info.Table: info.Dataset}
		}
		out = append(out, drafts...)
	}
	return out, nil
}

// each calls f with the values of every row.
func (t table) each(ctx context.Context, sql string, args []any, f func(v []any) error) error {
	rows, err := t.lake.Query(ctx, lake.Query{SQL: sql, Args: args, Tables: map[string]lake.Dataset{t.info.Table: t.info.Dataset},
		Snapshot: t.info.Snapshot})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Values()); err != nil {
			return err
		}
	}
	return rows.Err()
}

func number(v any) float64 {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return 0
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func instant(v any) time.Time {
	t, _ := v.(time.Time)
	return t.UTC()
}

// first returns the first of the columns that the table has, "" for none.
func (t table) first(columns ...string) string {
	for _, c := range columns {
		if t.info.Schema.Has(c) {
			return c
		}
	}
	return ""
}
