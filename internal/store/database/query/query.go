// Package query writes SELECT statements for the state database from small typed parts, so that nobody writes the
// paths into a JSON column by hand. What differs between databases stands in one dialect file. It knows nothing of what
// the rows mean.
package query

import (
	"strconv"
	"strings"
)

// Expr is part of a statement.
type Expr interface{ write(b *builder) }

// Order sorts by an expression; unknown values come last in either direction. Known says that there are none.
type Order struct {
	By    Expr
	Desc  bool
	Known bool
}

// Select is one statement. Where and Group may be nil, Limit 0 is none.
type Select struct {
	Columns []Expr
	From    string
	Where   Expr
	Group   []Expr
	Order   []Order
	Limit   int
}

// SQL writes the statement and its arguments.
func (s Select) SQL(d Dialect) (string, []any) {
	b := &builder{dialect: d}
	s.write(b)
	return b.sql.String(), b.args
}

func (s Select) write(b *builder) {
	b.text("SELECT ")
	b.list(s.Columns, ", ")
	b.text(" FROM " + s.From)
	if s.Where != nil {
		b.text(" WHERE ")
		s.Where.write(b)
	}
	if len(s.Group) > 0 {
		b.text(" GROUP BY ")
		b.list(s.Group, ", ")
	}
	for i, o := range s.Order {
		b.text([]string{" ORDER BY ", ", "}[min(i, 1)])
		o.By.write(b)
		if o.Desc {
			b.text(" DESC")
		}
		if !o.Known {
			b.text(" NULLS LAST")
		}
	}
	if s.Limit > 0 {
		b.text(" LIMIT " + strconv.Itoa(s.Limit))
	}
}

type builder struct {
	dialect Dialect
	sql     strings.Builder
	args    []any
}

func (b *builder) text(s string) { b.sql.WriteString(s) }

func (b *builder) arg(v any) {
	b.args = append(b.args, v)
	b.text(b.dialect.Placeholder(len(b.args)))
}

func (b *builder) list(parts []Expr, between string) {
	for i, p := range parts {
		if i > 0 {
			b.text(between)
		}
		p.write(b)
	}
}
