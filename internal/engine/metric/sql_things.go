package metric

import (
	"fmt"
	"slices"
	"strings"
)

// things writes the rows as things: one row for each line, order, ticket or case, with its fields, its dimension and the
// currencies of its amounts. all leaves filters and dimension out, as a member's history needs.
func (p *Plan) things(all bool) fragment {
	conditions := slices.Clone(p.narrow)
	if !all {
		conditions = append(conditions, p.filterRows()...)
	}
	switch p.Definition.Each.Form {
	case EachGroup:
		return p.groups(conditions, all)
	case EachLatest:
		return p.latest(conditions, all)
	}
	return sql("SELECT {} FROM {}{}", p.columnList(all), p.table(), where(conditions))
}

func (p *Plan) groups(conditions []fragment, all bool) fragment {
	d := p.Definition
	key := p.Dialect.Quote(d.Each.Key)
	columns, by := []fragment{sql("{} AS {}", key, keyColumn)}, key
	for _, f := range d.Each.Fields {
		columns = append(columns, sql("{} AS {}", p.aggregate(f), p.Dialect.Quote(f.Name)))
	}
	if p.dims && !all {
		columns = append(columns, sql("{} AS {}", p.dimension(), dimColumn))
		by += ", " + p.dimension()
	}
	if p.several && !all {
		columns = append(columns, sql("min({}) AS {}", p.currency(), lowCurrency), sql("max({}) AS {}", p.currency(), highCurrency))
	}
	return sql("SELECT {} FROM {}{} GROUP BY {}", join(columns, ", "), p.table(), where(conditions), by)
}

func (p *Plan) aggregate(f Aggregate) fragment {
	column := p.Dialect.Quote(f.Of)
	call := fmt.Sprintf("%s(%s)", f.Fn, column)
	if f.Fn == Distinct {
		call = "count(DISTINCT " + column + ")"
	}
	if f.Where == nil {
		return sql(call)
	}
	return sql("{} FILTER (WHERE {})", call, p.expr(f.Where))
}

// latest ranks the rows of a key; filters look at the row that counts, not at its earlier states.
func (p *Plan) latest(conditions []fragment, all bool) fragment {
	conditions = append([]fragment{sql("_rank = 1")}, conditions...)
	return sql("SELECT {} FROM ({}) AS ranked{}", p.columnList(all), p.ranked(), where(conditions))
}

func (p *Plan) ranked() string {
	d := p.Definition
	var order []string
	if p.Relation.Schema.Has(d.Each.Latest) {
		order = append(order, p.Dialect.Quote(d.Each.Latest)+" DESC NULLS LAST")
	}
	for _, column := range p.Relation.Position {
		order = append(order, p.Dialect.Quote(column)+" DESC")
	}
	if len(order) == 0 {
		order = append(order, p.Dialect.Quote(d.Each.Key))
	}
	return fmt.Sprintf("SELECT *, row_number() OVER (PARTITION BY %s ORDER BY %s) AS _rank FROM %s",
		p.Dialect.Quote(d.Each.Key), strings.Join(order, ", "), p.table())
}

// columnList lists the columns that are read of things that are rows.
func (p *Plan) columnList(all bool) string {
	fields := p.Definition.fieldsRead()
	columns := make([]string, 0, len(fields)+3)
	for _, name := range fields {
		columns = append(columns, p.Dialect.Quote(name))
	}
	if p.dims && !all {
		columns = append(columns, p.dimension()+" AS "+dimColumn)
	}
	if p.several && !all {
		columns = append(columns, p.currency()+" AS "+lowCurrency, p.currency()+" AS "+highCurrency)
	}
	return strings.Join(columns, ", ")
}

func (p *Plan) table() string { return p.Dialect.Quote(p.Relation.Name) }

// placed adds the number of its period to each thing that counts.
func (p *Plan) placed(things fragment) fragment {
	conditions := append(p.conditions(p.Definition.Where), p.spanOf(p.Definition.Time)...)
	return sql("SELECT *, {} AS {} FROM ({}) AS things{}", p.periodOf(p.Dialect.Quote(p.Definition.Time)), periodColumn, things, where(conditions))
}
