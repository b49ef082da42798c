package record

import (
	"math"
	"strconv"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database/query"
	"lotse.dev/lotse/internal/store/record/field"
)

// operators lists what may be asked of a class of fields.
var operators = map[field.Class][]string{
	field.Folded:  {"contains", "starts", "eq", "ne", "empty", "not_empty"},
	field.Plain:   {"eq", "ne", "lt", "le", "gt", "ge", "empty", "not_empty"},
	field.Numeric: {"eq", "ne", "lt", "le", "gt", "ge", "empty", "not_empty"},
	field.Many:    {"has", "not_has", "empty", "not_empty"},
}

// Operators lists what may be asked of a field.
func Operators(f *field.Field) []string { return operators[f.Of().Class()] }

var symbols = map[string]string{"lt": "<", "le": "<=", "gt": ">", "ge": ">="}

func (s *Store) condition(d *Def, c Condition) (query.Expr, error) {
	e, class, err := s.expr(d, c.Field)
	if err != nil {
		return nil, err
	}
	values, err := conditionValues(c, class)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Op == "empty":
		return query.IsNull(e), nil
	case c.Op == "not_empty":
		return query.Not(query.IsNull(e)), nil
	case class == field.Many && c.Op == "has":
		return query.Has("r.keys", c.Field, values...), nil
	case class == field.Many && c.Op == "not_has":
		return query.Not(query.Has("r.keys", c.Field, values...)), nil
	case class == field.Many:
	case c.Op == "eq":
		return query.In(e, values...), nil
	case c.Op == "ne": // what has no value differs too
		return query.Or(query.IsNull(e), query.Not(query.In(e, values...))), nil
	case class == field.Folded && c.Op == "contains":
		return query.Contains(e, values[0].(string)), nil
	case class == field.Folded && c.Op == "starts":
		return query.StartsWith(e, values[0].(string)), nil
	case class != field.Folded && symbols[c.Op] != "":
		return query.Compare(e, symbols[c.Op], query.Value(values[0])), nil
	}
	return nil, wrongQuery(c.Field, base.T("lässt sich nicht mit %s vergleichen", "cannot be compared by %s", c.Op))
}

const (
	mostValues   = 200 // of one condition
	longestValue = 500 // characters
)

// values is how many values an operator takes.
func values(op string) (least, most int) {
	switch op {
	case "empty", "not_empty":
		return 0, mostValues // none counts
	case "eq", "ne", "has", "not_has":
		return 1, mostValues
	}
	return 1, 1
}

func conditionValues(c Condition, class field.Class) ([]any, error) {
	least, most := values(c.Op)
	if n := len(c.Values); n < least || n > most {
		return nil, wrongQuery(c.Field, base.T("braucht %d bis %d Werte", "needs %d to %d values", least, most))
	}
	out := make([]any, len(c.Values))
	for i, v := range c.Values {
		if !utf8.ValidString(v) || utf8.RuneCountInString(v) > longestValue {
			return nil, wrongQuery(c.Field, base.T("hat einen Wert mit mehr als %d Zeichen", "has a value of more than %d characters", longestValue))
		}
		if least == 0 {
			continue
		}
		switch class {
		case field.Folded:
			out[i] = field.Fold(v)
		case field.Numeric:
			n, err := strconv.ParseFloat(v, 64)
			if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
				return nil, wrongQuery(c.Field, base.T("braucht eine Zahl statt „%s“", "needs a number instead of “%s”", v))
			}
			out[i] = n
		default:
			out[i] = v
		}
	}
	return out, nil
}
