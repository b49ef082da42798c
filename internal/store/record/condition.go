package record

import (
	"strconv"

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

// mostValues is how many values one condition compares with.
const mostValues = 200

func conditionValues(c Condition, class field.Class) ([]any, error) {
	if c.Op != "empty" && c.Op != "not_empty" && len(c.Values) == 0 || len(c.Values) > mostValues {
		return nil, wrongQuery(c.Field, base.T("braucht 1 bis %d Werte", "needs 1 to %d values", mostValues))
	}
	out := make([]any, len(c.Values))
	for i, v := range c.Values {
		switch class {
		case field.Folded:
			out[i] = field.Fold(v)
		case field.Numeric:
			n, err := strconv.ParseFloat(v, 64)
			if err != nil {
				return nil, wrongQuery(c.Field, base.T("braucht eine Zahl statt „%s“", "needs a number instead of “%s”", v))
			}
			out[i] = n
		default:
			out[i] = v
		}
	}
	return out, nil
}
