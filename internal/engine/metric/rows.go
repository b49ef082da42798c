package metric

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/base/period"
)

// MaxRows is the longest page of rows behind a point.
const MaxRows = 10_000

// RowsQuestion asks for the rows behind one point: its days, its value of the dimension, and the filters of the
// question. Limit 0 is 100.
type RowsQuestion struct {
	From, To      period.Date
	Dim, DimValue string
	Filters       []Filter
	Limit, Offset int
}

// RowsAnswer holds exactly the rows behind a point. The last three columns are made by the metric: `_thing` the key of
// the thing a row belongs to, `_value` what the thing contributes, `_counts` whether it meets the condition of a share.
type RowsAnswer struct {
	Columns []RowColumn  `json:"columns" nullable:"false"`
	Rows    [][]any      `json:"rows" nullable:"false"`
	Total   int64        `json:"total" doc:"rows behind the point"`
	Things  int64        `json:"things" doc:"things that they make up"`
	Sum     *float64     `json:"sum" doc:"the figure computed from these rows alone"`
	Unit    Unit         `json:"unit"`
	Remarks base.Remarks `json:"remarks" nullable:"false"`
}

// RowColumn is a column of the rows.
type RowColumn struct {
	Name string `json:"name"`
	Type string `json:"type" enum:"text,integer,double,decimal,boolean,time,date"`
}

// RowsPlan holds the two statements of a drill-down: one page of rows, and what all of them add up to.
type RowsPlan struct {
	plan  *Plan
	Page  Statement
	Whole Statement
	Shown fact.Schema
}

// PrepareRows takes the question through the same passes as the figure, so that both rest on the same rows.
func PrepareRows(d Definition, q RowsQuestion, r Relation, e Env, b Bounds, dialect Dialect) (*RowsPlan, error) {
	filters := slices.Clone(q.Filters)
	if q.Dim != "" {
		filters = append(filters, Filter{Field: q.Dim, Values: []string{q.DimValue}})
	}
	if q.Limit == 0 {
		q.Limit = 100
	}
	if q.Limit < 0 || q.Limit > MaxRows || q.Offset < 0 {
		return nil, base.Fail(base.Usage, "page_invalid", base.T("Eine Seite hat 1 bis %s Zeilen und beginnt nicht vor der ersten.",
			"A page has 1 to %s rows and does not begin before the first.", MaxRows))
	}
	p, err := Prepare(d, Question{From: &q.From, To: &q.To, Grain: period.Year, Filters: filters}, r, e, b, dialect)
	if err != nil {
		return nil, err
	}
	p.Slots = []Slot{{Period: period.Period{From: q.From, To: q.To}}} // one period, whatever its borders
	out := &RowsPlan{plan: p}
	for _, c := range r.Schema {
		out.Shown = append(out.Shown, fact.Column{Name: c.Name, Type: c.Type})
	}
	for _, name := range r.Position {
		out.Shown = append(out.Shown, fact.Column{Name: name, Type: fact.Integer})
	}
	if p.Unknown {
		return out, nil
	}
	rows := p.rowsBehind(out.Shown)
	out.Page = sql("SELECT * FROM ({}) AS behind ORDER BY {} LIMIT {} OFFSET {}", rows, p.rowOrder(), fmt.Sprint(q.Limit), fmt.Sprint(q.Offset)).statement()
	out.Whole = p.whole(rows).statement()
	return out, nil
}

// made are the columns that the metric adds to its rows.
var made = []string{"_thing", "_member_of", "_value", "_counts"}

// rowsBehind writes the rows of the things that count in the period, each with its thing, member, value and condition.
func (p *Plan) rowsBehind(shown fact.Schema) fragment {
	d, m := p.Definition, p.Definition.Measure
	columns := make([]string, len(shown))
	for i, c := range shown {
		columns[i] = "r." + p.Dialect.Quote(c.Name)
	}
	list := strings.Join(columns, ", ")
	if d.Each.Form == EachGroup {
		return sql("SELECT {}, {} FROM {} AS r JOIN ({}) AS counted ON r.{} = counted.{}{}", list, strings.Join(made, ", "), p.table(),
			p.countedGroups(), p.Dialect.Quote(d.Each.Key), "_thing", where(append(slices.Clone(p.narrow), p.filterRows()...)))
	}
	thing := "NULL"
	if d.Each.Key != "" {
		thing = p.Dialect.Quote(d.Each.Key)
	}
	from := p.table()
	conditions := append(p.conditions(d.Where), p.spanOf(d.Time)...)
	if d.Each.Form == EachLatest {
		from, conditions = "("+p.ranked()+")", append(conditions, sql("_rank = 1"))
	}
	if m.Of != nil && m.Kind != RatioOf && m.Kind != SumOf {
		conditions = append(conditions, sql("{} IS NOT NULL", p.expr(m.Of)))
	}
	return sql("SELECT {}, {} AS _thing, NULL AS _member_of, {} AS _value, {} AS _counts FROM {} AS r{}", list, thing, p.valueOf(m), p.hitOf(m),
		from, where(append(conditions, p.filterRows()...)))
}

// countedGroups writes one row for each group that counts in the period; of members only those that the figure counts.
func (p *Plan) countedGroups() fragment {
	m := p.Definition.Measure
	placed := p.placed(p.things(false))
	if !m.ofMembers() {
		return sql("SELECT {} AS _thing, NULL AS _member_of, {} AS _value, {} AS _counts FROM ({}) AS placed", keyColumn, p.valueOf(m), p.hitOf(m), placed)
	}
	member := p.Dialect.Quote(m.Field)
	from, conditions := sql("({}) AS placed", placed), []fragment{sql("{} IS NOT NULL", member)}
	if m.Hit != nil {
		from = sql("{} JOIN {} USING ({}) LEFT JOIN ({}) AS history ON {} = {}", from, p.periods(), periodColumn, p.history(), member, memberColumn)
	}
	if m.Kind == MembersHit {
		conditions = append(conditions, p.expr(m.Hit))
	}
	return sql("SELECT {} AS _thing, {} AS _member_of, NULL AS _value, {} AS _counts FROM {}{}", keyColumn, member, p.hitOf(m), from, where(conditions))
}

func (p *Plan) valueOf(m Measure) fragment {
	if m.Of == nil {
		return sql("NULL")
	}
	return p.expr(m.Of)
}

func (p *Plan) hitOf(m Measure) fragment {
	if m.Hit == nil {
		return sql("TRUE")
	}
	return sql("coalesce({}, FALSE)", p.expr(m.Hit))
}

// rowOrder sorts rows by time and then as they were loaded, so that pages do not overlap.
func (p *Plan) rowOrder() string {
	column := p.Definition.Time
	for _, f := range p.Definition.Each.Fields {
		if f.Name == column {
			column = f.Of
		}
	}
	order := []string{p.Dialect.Quote(column)}
	if p.Definition.Each.Key != "" {
		order = append(order, p.Dialect.Quote(p.Definition.Each.Key))
	}
	for _, name := range p.Relation.Position {
		order = append(order, p.Dialect.Quote(name))
	}
	return strings.Join(order, ", ")
}

// whole recomputes the figure from the rows alone: number of rows, number of things, and the figure's two parts.
func (p *Plan) whole(rows fragment) fragment {
	m := p.Definition.Measure
	things := "count(DISTINCT _thing)"
	if p.Definition.Each.Key == "" {
		things = "count(*)"
	}
	of := func(what string) string { return fmt.Sprintf("count(DISTINCT %s) FILTER (WHERE _counts)", what) }
	top, bottom := "NULL", "NULL"
	switch m.Kind {
	case SumOf:
		top = p.sumOfValues()
	case NumberOf:
		top = p.Dialect.AsDouble(things)
	case MeanOf:
		return p.wholeOfThings(rows, p.sumOfValues(), p.Dialect.AsDouble("count(*)"))
	case ShareOf:
		top, bottom = of("_thing"), things
	case RatioOf:
		top, bottom = p.sumOfValues()+" FILTER (WHERE _counts)", p.sumOfValues()
	case QuantileOf:
		return p.wholeOfThings(rows, p.Dialect.Quantile(p.Dialect.AsDouble("_value"), m.Q), "NULL")
	case Members, MembersHit:
		top = "count(DISTINCT _member_of)"
	case MemberShare:
		top, bottom = of("_member_of"), "count(DISTINCT _member_of)"
	}
	return sql("SELECT count(*), {}, {}, {} FROM ({}) AS behind", things, top, bottom, rows)
}

func (p *Plan) sumOfValues() string {
	if p.isDecimal(p.Definition.Measure.Of) {
		return "sum(_value)"
	}
	return "sum(" + p.Dialect.AsDouble("_value") + ")"
}

// wholeOfThings takes each thing once, though it has several rows.
func (p *Plan) wholeOfThings(rows fragment, top, bottom string) fragment {
	return sql("SELECT {}, count(*), {}, {} FROM (SELECT _thing, any_value(_value) AS _value, count(*) AS _rows FROM ({}) AS behind GROUP BY _thing) AS things",
		p.Dialect.AsInteger("sum(_rows)"), top, bottom, rows)
}

// AskRows runs a drill-down.
func AskRows(ctx context.Context, d Definition, q RowsQuestion, r Relation, e Env, dialect Dialect, run Runner) (*RowsAnswer, error) {
	b, err := FindBounds(ctx, d, r, e, dialect, run)
	if err != nil {
		return nil, fmt.Errorf("bounds of %s: %w", d.Name, err)
	}
	p, err := PrepareRows(d, q, r, e, b, dialect)
	if err != nil {
		return nil, err
	}
	a := &RowsAnswer{Columns: p.columns(), Rows: [][]any{}, Unit: d.Unit, Remarks: append(base.Remarks{}, p.plan.Remarks...)}
	if p.plan.Unknown {
		return a, nil
	}
	if err := each(ctx, run, p.Page, func(v []any) { a.Rows = append(a.Rows, shown(v)) }); err != nil {
		return nil, fmt.Errorf("rows of %s: %w", d.Name, err)
	}
	return a, each(ctx, run, p.Whole, func(v []any) {
		a.Total, a.Things = integer(v[0]), integer(v[1])
		if top := rational(v[2]); top != nil && v[3] == nil {
			a.Sum = number(ratio(top, nil))
		} else if bottom := rational(v[3]); top != nil && bottom != nil && bottom.Sign() > 0 {
			a.Sum = number(ratio(top, bottom))
		}
	})
}

func (p *RowsPlan) columns() []RowColumn {
	out := []RowColumn{}
	for _, c := range p.Shown {
		out = append(out, RowColumn{Name: c.Name, Type: c.Type.String()})
	}
	for _, name := range made {
		kind := map[string]fact.Type{"_value": fact.Double, "_counts": fact.Boolean}[name]
		out = append(out, RowColumn{Name: name, Type: kind.String()})
	}
	return out
}

// shown copies a row; decimals become JSON numbers with all their digits.
func shown(values []any) []any {
	out := slices.Clone(values)
	for i, v := range out {
		if r, ok := v.(*big.Rat); ok {
			out[i] = json.Number(strings.TrimSuffix(strings.TrimRight(r.FloatString(6), "0"), "."))
		}
	}
	return out
}

func each(ctx context.Context, run Runner, s Statement, row func([]any)) error {
	rows, err := run.Run(ctx, s)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		row(rows.Values())
	}
	return rows.Err()
}
