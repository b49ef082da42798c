package metric

import (
	"fmt"
	"slices"

	"lotse.dev/lotse/internal/base/fact"
)

// Names of the columns that statements make beside a thing's own fields.
const (
	periodColumn = "_p"
	dimColumn    = "_dim"
	keyColumn    = "_key"
	memberColumn = "_member"
	startColumn  = "_starts"
	endColumn    = "_ends"
	lowCurrency  = "_currency_low"
	highCurrency = "_currency_high"
)

// expr writes an expression over the fields of a thing.
func (p *Plan) expr(e Expr) fragment {
	switch x := e.(type) {
	case Field:
		return sql(p.Dialect.Quote(string(x)))
	case MoreThan:
		return sql("{} > {}", p.expr(x.Of), fmt.Sprint(x.Min))
	case AtLeast:
		return sql("{} >= {}", p.expr(x.Of), fmt.Sprint(x.Min))
	case Is:
		return p.expr(x.Of)
	case Known:
		return sql("{} IS NOT NULL", p.expr(x.Of))
	case Equals:
		return fragment{p.Dialect.Quote(string(x.Of)) + " = ?", []any{x.Value}}
	case Digital:
		return p.oneOf(p.Dialect.Quote(string(x.Of)), texts(p.Env.DigitalChannels))
	case Elapsed:
		return sql(p.Dialect.Elapsed(p.Dialect.Quote(string(x.From)), p.Dialect.Quote(string(x.To))))
	case InPeriod:
		return sql("{} >= {}", p.expr(x.Of), startColumn)
	case ByPeriodEnd:
		return sql("{} < {}", p.expr(x.Of), endColumn)
	case Both:
		parts := make([]fragment, len(x))
		for i, part := range x {
			parts[i] = p.expr(part)
		}
		return join(parts, " AND ")
	}
	return sql("TRUE")
}

// conditions returns an optional expression as a list for where.
func (p *Plan) conditions(e Expr) []fragment {
	if e == nil {
		return nil
	}
	return []fragment{p.expr(e)}
}

// filterRows writes the filters of the question as conditions on rows.
func (p *Plan) filterRows() []fragment {
	var out []fragment
	for _, f := range p.filters {
		column := p.Dialect.Quote(f.column.Name)
		var either []fragment
		if len(f.values) > 0 {
			either = append(either, p.oneOf(p.comparable(f.column, column), f.values))
		}
		if f.empty {
			either = append(either, p.isEmpty(f.column, column))
		}
		out = append(out, sql("({})", join(either, " OR ")))
	}
	return out
}

// comparable writes a column so that it can be compared with parsed filter values.
func (p *Plan) comparable(c fact.Column, quoted string) string {
	switch {
	case c.Type == fact.Date:
		return p.Dialect.AsText(quoted)
	case c.Name == "currency":
		return p.currency()
	}
	return quoted
}

func (p *Plan) isEmpty(c fact.Column, quoted string) fragment {
	switch {
	case c.Name == "currency":
		return sql("FALSE") // every amount has a currency
	case c.Type == fact.Text:
		return sql("{} IS NULL OR {} = ''", quoted, quoted)
	}
	return sql("{} IS NULL", quoted)
}

func (p *Plan) oneOf(quoted string, values []any) fragment {
	marks := slices.Repeat([]fragment{sql("?")}, len(values))
	return fragment{sql("{} IN ({})", quoted, join(marks, ", ")).text, values}
}

// dimension writes the column of the dimension as text, empty where a row has no value.
func (p *Plan) dimension() string {
	if p.Question.Dim == "currency" {
		return p.currency()
	}
	i := p.Relation.Schema.Index(p.Question.Dim)
	quoted := p.Dialect.Quote(p.Question.Dim)
	if i >= 0 && p.Relation.Schema[i].Type != fact.Text {
		quoted = p.Dialect.AsText(quoted)
	}
	return "coalesce(" + quoted + ", '')"
}

// currency writes the currency of a row, the instance's where the row has none.
func (p *Plan) currency() string {
	return "coalesce(nullif(" + p.Dialect.Quote("currency") + ", ''), " + p.Dialect.Literal(p.Env.Currency) + ")"
}

func texts(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}
