package record

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database/query"
	"lotse.dev/lotse/internal/store/record/field"
)

func (s *Store) order(d *Def, q Query) ([]query.Order, error) {
	var out []query.Order
	sorts := q.Sort
	if len(sorts) == 0 {
		sorts = []Sort{{Field: cmp.Or(d.headingName(), "created_at")}}
	}
	if len(sorts) > 5 {
		return nil, wrongQuery("sort", base.T("nennt mehr als fünf Felder", "names more than five fields"))
	}
	for _, o := range sorts {
		e, class, err := s.expr(d, o.Field)
		if err != nil {
			return nil, err
		}
		if class == field.Many {
			return nil, wrongQuery(o.Field, base.T("hat mehrere Werte und lässt sich nicht sortieren", "has several values and cannot be sorted"))
		}
		known := o.Field == d.headingName() && !q.Deleted // an erased record has none
		out = append(out, query.Order{By: s.sortedBy(d, o.Field, e), Desc: o.Desc, Known: known})
	}
	// ids follow the last field, so that one index answers both
	return append(out, query.Order{By: query.Col("r.id"), Desc: out[len(out)-1].Desc, Known: true}), nil
}

// sortedRunes is how much of a long text decides its place.
const sortedRunes = 200

// sortedBy is what a field is sorted by: an enumeration in the order of its options, a reference by the name of what it
// points at, a long text by its beginning, anything else by its key.
func (s *Store) sortedBy(d *Def, name string, e query.Expr) query.Expr {
	f, ok := field.Find(d.Fields, name)
	switch {
	case !ok || sortsByKey(f):
	case f.Type == field.TypeChoice:
		return byOption(e, f)
	case f.Type == field.TypeLongText:
		return query.Prefix(e, sortedRunes)
	case f.Target() != "":
		return s.byHeading(e, f.Target())
	}
	return e
}

// sortsByKey says whether the key of a field is what it is sorted by.
func sortsByKey(f *field.Field) bool {
	return f.Type != field.TypeChoice && f.Type != field.TypeLongText && f.Target() == ""
}

// byOption sorts an enumeration in the order of its options.
func byOption(e query.Expr, f *field.Field) query.Expr {
	parts := make([]query.Expr, len(f.Options))
	for i, o := range f.Options {
		parts[i] = query.Value(o.Value)
	}
	return query.Place(e, parts...)
}

// byHeading sorts a reference by the name of what it points at.
func (s *Store) byHeading(e query.Expr, kind string) query.Expr {
	to, ok := s.Def(kind)
	if !ok {
		return e
	}
	return query.Sub("SELECT "+s.dialect.Key("x.keys", cmp.Or(to.headingName(), "id"), false)+" FROM record x WHERE x.kind = '"+kind+"' AND x.id = ", e)
}

// seek is the condition that leaves what comes behind the cursor. Unknown values come last.
func seek(order []query.Order, q Query) (query.Expr, error) {
	var c struct {
		Sort   string `json:"s"`
		Values []any  `json:"v"`
	}
	raw, err := base64.RawURLEncoding.DecodeString(q.After)
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.Sort != sortName(q) || len(c.Values) != len(order) {
		return nil, wrongQuery("after", base.T("gehört nicht zu dieser Abfrage", "does not belong to this query"))
	}
	var or, equal []query.Expr
	for i, o := range order {
		v := c.Values[i]
		switch v.(type) {
		case nil, string, float64:
		default:
			return nil, wrongQuery("after", base.T("gehört nicht zu dieser Abfrage", "does not belong to this query"))
		}
		op := ">"
		if o.Desc {
			op = "<"
		}
		if v != nil {
			behind := query.Compare(o.By, op, query.Value(v))
			if !o.Known {
				behind = query.Or(behind, query.IsNull(o.By))
			}
			or = append(or, query.And(append(slices.Clone(equal), behind)...))
			equal = append(equal, query.Compare(o.By, "=", query.Value(v)))
		} else {
			equal = append(equal, query.IsNull(o.By))
		}
	}
	if first := order[0]; first.Known && c.Values[0] != nil { // said apart, it is where the index begins
		op := ">="
		if first.Desc {
			op = "<="
		}
		return query.And(query.Compare(first.By, op, query.Value(c.Values[0])), query.Or(or...)), nil
	}
	return query.Or(or...), nil
}

func sortName(q Query) string {
	var b strings.Builder
	for _, o := range q.Sort {
		if o.Desc {
			b.WriteByte('-')
		}
		b.WriteString(o.Field + ",")
	}
	return b.String()
}

func cursor(q Query, values []any) string {
	for i, v := range values {
		if raw, ok := v.([]byte); ok {
			values[i] = string(raw)
		}
	}
	raw, _ := json.Marshal(map[string]any{"s": sortName(q), "v": values})
	return base64.RawURLEncoding.EncodeToString(raw)
}
