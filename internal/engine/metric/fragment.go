package metric

import (
	"fmt"
	"strings"
)

// Statement is one SELECT with the values of its ? in order.
type Statement struct {
	SQL  string
	Args []any
}

var clauses = strings.NewReplacer(" FROM ", "\nFROM ", " WHERE ", "\nWHERE ", " GROUP BY ", "\nGROUP BY ", " LEFT JOIN ", "\nLEFT JOIN ", " ORDER BY ", "\nORDER BY ")

// Text writes the statement with its values in place, a clause a line, so that a person can run it elsewhere.
func (s Statement) Text(d Dialect) string {
	pieces := strings.Split(clauses.Replace(s.SQL), "?")
	var b strings.Builder
	for i, piece := range pieces {
		b.WriteString(piece)
		switch {
		case i == len(pieces)-1:
		case i < len(s.Args):
			b.WriteString(literal(d, s.Args[i]))
		}
	}
	return b.String()
}

func literal(d Dialect, v any) string {
	if t, ok := v.(string); ok {
		return d.Literal(t)
	}
	return fmt.Sprint(v)
}

// fragment is a piece of SQL with its values.
type fragment struct {
	text string
	args []any
}

// sql puts parts, texts or fragments, into the {} of a format, in order.
func sql(format string, parts ...any) fragment {
	var b strings.Builder
	var args []any
	for _, part := range parts {
		before, after, _ := strings.Cut(format, "{}")
		b.WriteString(before)
		switch x := part.(type) {
		case string:
			b.WriteString(x)
		case fragment:
			b.WriteString(x.text)
			args = append(args, x.args...)
		}
		format = after
	}
	b.WriteString(format)
	return fragment{b.String(), args}
}

// join puts a separator between fragments.
func join(parts []fragment, separator string) fragment {
	texts := make([]string, len(parts))
	var args []any
	for i, p := range parts {
		texts[i] = p.text
		args = append(args, p.args...)
	}
	return fragment{strings.Join(texts, separator), args}
}

// where writes a WHERE clause of conditions that all must hold, nothing when there are none.
func where(conditions []fragment) fragment {
	if len(conditions) == 0 {
		return fragment{}
	}
	return sql(" WHERE {}", join(conditions, " AND "))
}

func (f fragment) statement() Statement { return Statement{SQL: f.text, Args: f.args} }
