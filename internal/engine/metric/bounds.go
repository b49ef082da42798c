package metric

import (
	"context"
	"time"
)

// FindBounds finds the first and last instant at which a metric has rows: as the relation knows them, otherwise by
// asking. Only where rows lie ahead of the clock the last one that has happened is looked for as well.
func FindBounds(ctx context.Context, d Definition, r Relation, e Env, dialect Dialect, run Runner) (Bounds, error) {
	column, conditions := placing(d, dialect)
	if !r.Schema.Has(column) {
		return Bounds{}, nil
	}
	at, table := dialect.Quote(column), dialect.Quote(r.Name)
	var b Bounds
	if span, known := r.Spans[column]; known && len(conditions) == 0 {
		b.First, b.Last = span.First, span.Last
	} else if err := instants(ctx, run, sql("SELECT min({}), max({}) FROM {}{}", at, at, table, where(conditions)), &b.First, &b.Last); err != nil {
		return b, err
	}
	b.Data = b.Last
	if b.Last.After(e.Now) {
		past := append(conditions, sql("{} <= {}", at, dialect.Instant(e.Now)))
		if err := instants(ctx, run, sql("SELECT max({}) FROM {}{}", at, table, where(past)), &b.Data); err != nil {
			return b, err
		}
	}
	if r.Last.After(b.Data) && !r.Last.After(e.Now) {
		b.Data = r.Last
	}
	return b, nil
}

// placing finds the column by which things fall into periods, and which of its rows count.
func placing(d Definition, dialect Dialect) (string, []fragment) {
	for _, f := range d.Each.Fields {
		if f.Name == d.Time {
			p := &Plan{Dialect: dialect}
			return f.Of, p.conditions(f.Where)
		}
	}
	return d.Time, nil
}

// instants reads one row of instants; what is NULL becomes zero.
func instants(ctx context.Context, run Runner, statement fragment, into ...*time.Time) error {
	rows, err := run.Run(ctx, statement.statement())
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		for i, v := range rows.Values() {
			*into[i], _ = v.(time.Time)
		}
	}
	return rows.Err()
}
