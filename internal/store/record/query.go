package record

import (
	"context"
	"database/sql"
	"fmt"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/database/query"
	"lotse.dev/lotse/internal/store/record/field"
)

// Scope says which records a person may read: all of a kind, or those they own or share a team with.
type Scope struct {
	All     bool
	Persons []string // ids of kind person for whom the reader acts
	Teams   []string // ids of kind unit
}

// Condition compares a field. Op is one of eq, ne, lt, le, gt, ge, has, not_has, contains, starts, empty, not_empty;
// eq and ne take several values. Values are keys: folded text, ids, days, numbers written with a point.
type Condition struct {
	Field  string
	Op     string
	Values []string
}

// Sort orders by a field.
type Sort struct {
	Field string
	Desc  bool
}

// Query asks for records of one kind. Beside its fields a kind has id, state, created_at, created_by, updated_at,
// updated_by and version.
type Query struct {
	Where   []Condition
	Search  string
	Sort    []Sort
	After   string // cursor of the page before
	Limit   int    // 1 to 1000
	Deleted bool   // the deleted ones instead of the live ones
	Scope   Scope
}

// Page is a part of the answer. Next is the cursor of the page behind it, "" when this is the last.
type Page struct {
	Items []Doc
	Next  string
}

// Largest page.
const MaxPage = 1000

// Find answers a page of records. Wrong field names, operators, values and cursors are Usage errors.
func (s *Store) Find(ctx context.Context, d *Def, q Query) (Page, error) {
	limit := min(max(q.Limit, 1), MaxPage)
	where, err := s.where(d, q, d.narrowed(q) || d.ordered(q))
	if err != nil {
		return Page{}, err
	}
	order, err := s.order(d, q)
	if err != nil {
		return Page{}, err
	}
	if q.After != "" {
		after, err := seek(order, q)
		if err != nil {
			return Page{}, err
		}
		where = append(where, after)
	}
	columns := []query.Expr{query.Raw(docColumns)}
	for _, o := range order {
		columns = append(columns, o.By)
	}
	text, args := query.Select{Columns: columns, From: "record r", Where: query.And(where...), Order: order, Limit: limit + 1}.SQL(s.dialect)
	rows, err := s.db.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return Page{}, err
	}
	defer rows.Close()
	page := Page{Items: []Doc{}}
	var last []any
	for rows.Next() {
		keys := make([]any, len(order))
		doc, err := scanDoc(rows, d, keys)
		if err != nil {
			return Page{}, err
		}
		if len(page.Items) == limit {
			page.Next = cursor(q, last)
			break
		}
		page.Items, last = append(page.Items, doc), keys
	}
	return page, rows.Err()
}

// Group is how many records share a value of a field, with the sum of each asked number field over them. Value is nil
// for those without one.
type Group struct {
	Value any
	Count int
	Sums  map[string]*float64
}

// MostGroups is how many groups are listed.
const MostGroups = 1000

// Groups counts the records of a query, in all or by a field, and adds up number fields. One group more than MostGroups
// says that there are more. Money is added per currency
// only where the caller filters by it; the caller decides what may be added.
func (s *Store) Groups(ctx context.Context, d *Def, q Query, by string, sums []string) ([]Group, error) {
	where, err := s.where(d, q, d.narrowed(q))
	if err != nil {
		return nil, err
	}
	columns := []query.Expr{query.Raw("count(*)")}
	for _, name := range sums {
		f, ok := field.Find(d.Fields, name)
		if !ok || f.Of().Class() != field.Numeric || f.Private {
			return nil, wrongQuery(name, base.T("lässt sich nicht addieren", "cannot be added up"))
		}
		columns = append(columns, query.Raw("sum("+s.dialect.Key("r.keys", name, true)+")"))
	}
	sel := query.Select{From: "record r", Where: query.And(where...)}
	if by != "" {
		e, class, err := s.expr(d, by)
		if err != nil {
			return nil, err
		}
		if class == field.Many {
			return nil, wrongQuery(by, base.T("hat mehrere Werte und teilt keine Gruppen", "has several values and parts no groups"))
		}
		columns = append(columns, e)
		sel.Group, sel.Order = []query.Expr{e}, []query.Order{{By: e}}
	}
	sel.Columns, sel.Limit = columns, MostGroups+1
	text, args := sel.SQL(s.dialect)
	rows, err := s.db.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Group
	for rows.Next() {
		g := Group{Sums: map[string]*float64{}}
		values := make([]*float64, len(sums))
		targets := []any{&g.Count}
		for i := range sums {
			targets = append(targets, &values[i])
		}
		if by != "" {
			targets = append(targets, &g.Value)
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		for i, name := range sums {
			g.Sums[name] = values[i]
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

// Lookup returns one record of a register, deleted or not; NotFound when there is none or the scope does not hold it.
func (s *Store) Lookup(ctx context.Context, d *Def, id string, scope Scope) (Doc, error) {
	where := query.And(query.Compare(query.Col("r.kind"), "=", query.Literal(d.Name)), query.Compare(query.Col("r.id"), "=", query.Value(id)), s.visible(scope))
	text, args := query.Select{Columns: []query.Expr{query.Raw(docColumns)}, From: "record r", Where: where}.SQL(s.dialect)
	rows, err := s.db.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return Doc{}, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return Doc{}, err
		}
		return Doc{}, d.notFound(id)
	}
	return scanDoc(rows, d, nil)
}

const docColumns = "r.id, r.version, r.payload, r.state, r.approved_version, r.created_at, r.created_by, r.updated_at, r.updated_by, r.deleted"

func scanDoc(rows *sql.Rows, d *Def, keys []any) (Doc, error) {
	var out Doc
	var payload, created, updated string
	targets := []any{&out.ID, &out.Version, &payload, &out.State, &out.ApprovedVersion, &created, &out.CreatedBy, &updated, &out.UpdatedBy, &out.Deleted}
	for i := range keys {
		targets = append(targets, &keys[i])
	}
	if err := rows.Scan(targets...); err != nil {
		return out, err
	}
	out.CreatedAt, out.UpdatedAt = database.ParseStamp(created), database.ParseStamp(updated)
	var err error
	out.Value, err = decodeObject([]byte(payload))
	return out, err
}

// where is the condition of a query: kind and life as literals, because partial indexes demand that. With a sign before
// it the life is none that they know, and the register is read by its primary key.
func (s *Store) where(d *Def, q Query, byIndex bool) ([]query.Expr, error) {
	life := "+r.deleted"
	if byIndex {
		life = "r.deleted"
	}
	parts := []query.Expr{query.Raw(fmt.Sprintf("r.kind = '%s' AND %s = %d", d.Name, life, b2i(q.Deleted))), s.visible(q.Scope)}
	for _, c := range q.Where {
		e, err := s.condition(d, c)
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
	}
	if q.Search != "" {
		found := match(q.Search)
		if found == "" {
			return append(parts, query.Or()), nil
		}
		parts = append(parts, query.Raw(`r.id IN (SELECT w.id FROM record_text t JOIN record_words w ON w.doc = t.rowid
			WHERE t.record_text MATCH ? AND w.kind = '`+d.Name+`')`, found))
	}
	return parts, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// visible leaves the records that a scope may read. A deleted record has no links and is seen by those who see all.
func (s *Store) visible(scope Scope) query.Expr {
	if scope.All {
		return query.And()
	}
	tie := func(name string, ids []string) query.Expr {
		return query.And(query.Compare(query.Col("l.tie"), "=", query.Literal(name)), query.In(query.Col("l.to_id"), query.Strings(ids)...))
	}
	inner := query.Select{Columns: []query.Expr{query.Raw("1")}, From: "record_link l",
		Where: query.And(query.Raw("l.kind = r.kind AND l.id = r.id"), query.Or(tie("owner", scope.Persons), tie("team", scope.Teams)))}
	return query.Exists(inner)
}

var systemColumns = map[string]string{"id": "r.id", "state": "r.state", "version": "r.version", "created_at": "r.created_at",
	"created_by": "r.created_by", "updated_at": "r.updated_at", "updated_by": "r.updated_by"}

// expr is what a field is compared by. Private fields cannot be asked for: a filter would tell what they hold.
func (s *Store) expr(d *Def, name string) (query.Expr, field.Class, error) {
	if f, ok := field.Find(d.Fields, name); ok && !f.Private {
		class := f.Of().Class()
		return query.Key("r.keys", f.Name, class == field.Numeric), class, nil
	}
	switch column := systemColumns[name]; {
	case name == "version":
		return query.Col(column), field.Numeric, nil
	case column != "":
		return query.Col(column), field.Plain, nil
	}
	return nil, 0, wrongQuery(name, base.T("ist kein Feld", "is no field"))
}

func wrongQuery(name string, text base.Text) error {
	return base.Fail(base.Usage, "wrong_query", base.T("„%s“ %s.", "“%s” %s.", name, text))
}

// Currencies lists the currencies of a money field over the records of a query.
func (s *Store) Currencies(ctx context.Context, d *Def, q Query, name string) ([]string, error) {
	where, err := s.where(d, q, d.narrowed(q))
	if err != nil {
		return nil, err
	}
	currency := query.Key("r.payload", name+".currency", false)
	text, args := query.Select{Columns: []query.Expr{currency}, From: "record r", Where: query.And(append(where, query.Not(query.IsNull(currency)))...),
		Group: []query.Expr{currency}, Order: []query.Order{{By: currency}}}.SQL(s.dialect)
	rows, err := s.db.Read().QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			return nil, err
		}
		out = append(out, code)
	}
	return out, rows.Err()
}

// FindTyped is Find for a kind of which the Go type is known; it answers one page.
func FindTyped[T any](ctx context.Context, s *Store, kind Kind[T], q Query) ([]Record[T], error) {
	d, ok := s.Def(kind.Name)
	if !ok {
		return nil, fmt.Errorf("the kind %s is not registered", kind.Name)
	}
	page, err := s.Find(ctx, d, q)
	if err != nil {
		return nil, err
	}
	out := make([]Record[T], len(page.Items))
	for i, doc := range page.Items {
		if out[i], err = typedRecord[T](doc); err != nil {
			return nil, err
		}
	}
	return out, nil
}
