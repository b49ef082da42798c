package catalogue

import (
	"sort"

	"lotse.dev/lotse/internal/base/fact"
)

// TypeName is the name of a column type in the catalogue.
func TypeName(t fact.Type) string {
	return [...]string{"varchar", "int64", "float64", "decimal(18,6)", "boolean", "timestamptz", "date"}[t]
}

// TypeOf reads a name of the catalogue.
func TypeOf(name string) fact.Type {
	for t := fact.Text; t <= fact.Date; t++ {
		if TypeName(t) == name {
			return t
		}
	}
	return fact.Text
}

// WideInteger is the smallest magnitude that DECIMAL(18,6) cannot hold.
const WideInteger = 1_000_000_000_000

// Join is the column that holds the values of both: integers widen to decimals where they fit, numbers to doubles,
// anything else that differs becomes text. It is associative and commutative in type, so the order of loads decides
// nothing but the order of columns.
func Join(a, b Column) Column {
	j := b
	j.Wide = a.Wide || b.Wide
	j.Case = a.Case && b.Case
	j.Person = a.Person || b.Person
	if j.Source == "" {
		j.Source = a.Source
	}
	j.Type = joinType(a, b)
	return j
}

func joinType(a, b Column) fact.Type {
	lo, hi := a, b
	if rank(lo.Type) > rank(hi.Type) {
		lo, hi = hi, lo
	}
	switch {
	case lo.Type == hi.Type && lo.Type == fact.Decimal && (lo.Wide || hi.Wide):
		return fact.Double
	case lo.Type == hi.Type:
		return lo.Type
	case rank(lo.Type) == 0:
		return fact.Text
	case hi.Type == fact.Decimal && (lo.Wide || hi.Wide):
		return fact.Double
	default:
		return hi.Type
	}
}

// rank orders the numbers by what they can hold; everything else mixes with nothing.
func rank(t fact.Type) int {
	switch t {
	case fact.Integer:
		return 1
	case fact.Decimal:
		return 2
	case fact.Double:
		return 3
	default:
		return 0
	}
}

// Schema is what a table looks like when exactly these loads are active: every column that one of them has, ordered
// by first appearance.
func Schema(active []Load) []Column {
	var out []Column
	at := map[int64]int{}
	for _, l := range active {
		for _, c := range l.Columns {
			i, ok := at[c.Field]
			if !ok {
				at[c.Field] = len(out)
				out = append(out, c)
				continue
			}
			out[i] = Join(out[i], c)
		}
	}
	return out
}

// SameLayout says whether two loads have the same columns with the same types, so that the hashes of their rows can
// be compared.
func SameLayout(a, b []Column) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := byField(a), byField(b)
	for i := range x {
		if x[i].Field != y[i].Field || x[i].Type != y[i].Type {
			return false
		}
	}
	return true
}

func byField(c []Column) []Column {
	s := append([]Column(nil), c...)
	sort.Slice(s, func(i, j int) bool { return s[i].Field < s[j].Field })
	return s
}

// Facts drops the field ids.
func Facts(columns []Column) fact.Schema {
	s := make(fact.Schema, len(columns))
	for i, c := range columns {
		s[i] = c.Column
	}
	return s
}
