package query

import (
	"strconv"
	"strings"
)

type (
	column string
	key    struct {
		column, name string
		numeric      bool
	}
	value   struct{ v any }
	literal string
	binary  struct {
		left  Expr
		op    string
		right Expr
	}
	joined struct {
		parts []Expr
		word  string
		empty string
	}
	not  struct{ part Expr }
	null struct{ part Expr }
	in   struct {
		part   Expr
		values []any
	}
	has struct {
		column, name string
		values       []any
	}
	match struct {
		part   Expr
		middle string
		start  bool
	}
	raw struct {
		sql  string
		args []any
	}
)

// Col is a column, with its table where that is needed: r.id.
func Col(name string) Expr { return column(name) }

// Key is a value inside a JSON column of keys, a number or a text.
func Key(column, name string, numeric bool) Expr { return key{column, name, numeric} }

// Value is an argument.
func Value(v any) Expr { return value{v} }

// Literal is a text constant of the program itself, written into the statement where an index demands it. It must
// hold letters, digits and underscores only.
func Literal(s string) Expr { return literal(s) }

// Compare joins two expressions by one of = <> < <= > >=.
func Compare(left Expr, op string, right Expr) Expr { return binary{left, op, right} }

// And is true when all parts are; without parts it is true.
func And(parts ...Expr) Expr { return joined{parts, " AND ", "1 = 1"} }

// Or is true when one part is; without parts it is false.
func Or(parts ...Expr) Expr { return joined{parts, " OR ", "1 = 0"} }

// Not turns a condition round; unknown stays unknown.
func Not(part Expr) Expr { return not{part} }

// IsNull is true when the value is unknown.
func IsNull(part Expr) Expr { return null{part} }

// In is true when the value is one of the given.
func In(part Expr, values ...any) Expr { return in{part, values} }

// Has is true when a list inside a JSON column of keys holds one of the given texts.
func Has(column, name string, values ...any) Expr { return has{column, name, values} }

// Contains is true when a text holds another; StartsWith when it begins with it.
func Contains(part Expr, s string) Expr { return match{part, s, false} }

// StartsWith is true when a text begins with another.
func StartsWith(part Expr, s string) Expr { return match{part, s, true} }

// Raw is SQL that both databases understand, with ? for each argument.
func Raw(sql string, args ...any) Expr { return raw{sql, args} }

// Strings makes arguments of texts.
func Strings(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func (c column) write(b *builder) { b.text(string(c)) }

func (k key) write(b *builder) { b.text(b.dialect.Key(k.column, k.name, k.numeric)) }

func (v value) write(b *builder) { b.arg(v.v) }

func (l literal) write(b *builder) { b.text("'" + safe(string(l)) + "'") }

func (e binary) write(b *builder) {
	e.left.write(b)
	b.text(" " + e.op + " ")
	e.right.write(b)
}

func (j joined) write(b *builder) {
	if len(j.parts) == 0 {
		b.text(j.empty)
		return
	}
	b.text("(")
	b.list(j.parts, j.word)
	b.text(")")
}

func (n not) write(b *builder) {
	b.text("NOT (")
	n.part.write(b)
	b.text(")")
}

func (n null) write(b *builder) {
	n.part.write(b)
	b.text(" IS NULL")
}

func (i in) write(b *builder) {
	if len(i.values) == 0 {
		b.text("1 = 0")
		return
	}
	i.part.write(b)
	b.text(" IN (")
	for n, v := range i.values {
		if n > 0 {
			b.text(", ")
		}
		b.arg(v)
	}
	b.text(")")
}

func (h has) write(b *builder) {
	b.text("EXISTS (SELECT 1 FROM " + b.dialect.Each(h.column, h.name) + " AS e WHERE ")
	in{column("e.value"), h.values}.write(b)
	b.text(")")
}

var escaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (m match) write(b *builder) {
	m.part.write(b)
	b.text(" LIKE ")
	pattern := escaper.Replace(m.middle) + "%"
	if !m.start {
		pattern = "%" + pattern
	}
	b.arg(pattern)
	b.text(` ESCAPE '\'`)
}

func (r raw) write(b *builder) {
	rest := r.sql
	for _, a := range r.args {
		before, after, _ := strings.Cut(rest, "?")
		b.text(before)
		b.arg(a)
		rest = after
	}
	b.text(rest)
}

// safe panics on a name that could leave its quotes: names come from the program, so this is a defect.
func safe(name string) string {
	for _, r := range name {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			panic("query: unsafe name " + name)
		}
	}
	return name
}

type place struct {
	part   Expr
	values []Expr
}

// Place is the position of a value in a list, from 0; unknown when it is not in there.
func Place(part Expr, values ...Expr) Expr { return place{part, values} }

func (p place) write(b *builder) {
	b.text("CASE ")
	p.part.write(b)
	for i, v := range p.values {
		b.text(" WHEN ")
		v.write(b)
		b.text(" THEN " + strconv.Itoa(i))
	}
	b.text(" END")
}

type prefix struct {
	part  Expr
	runes int
}

// Prefix is the beginning of a text.
func Prefix(part Expr, runes int) Expr { return prefix{part, runes} }

func (p prefix) write(b *builder) {
	b.text("substr(")
	p.part.write(b)
	b.text(", 1, " + strconv.Itoa(p.runes) + ")")
}

type sub struct {
	before string
	part   Expr
}

// Sub is a subquery that ends with an expression.
func Sub(before string, part Expr) Expr { return sub{before, part} }

func (s sub) write(b *builder) {
	b.text("(" + s.before)
	s.part.write(b)
	b.text(")")
}

type exists struct{ inner Select }

// Exists is true when a statement answers a row.
func Exists(inner Select) Expr { return exists{inner} }

func (e exists) write(b *builder) {
	b.text("EXISTS (")
	e.inner.write(b)
	b.text(")")
}
