package metric

import (
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/engine/stat"
)

// The columns of a statement, by which collect.go reads its rows.
const (
	numberColumn    = "n"
	hitsColumn      = "hits"
	totalColumn     = "total"
	partColumn      = "part"
	deviationColumn = "deviation"
	missingColumn   = "missing"
	negativeColumn  = "negative"
	rankColumn      = "rank_in_period"
	valueColumn     = "value"
)

// column is a column of the statement with its name.
type column struct {
	name string
	sql  fragment
}

// list writes columns and notes their order.
func (p *Plan) list(columns []column) fragment {
	parts := make([]fragment, len(columns))
	p.columns = p.columns[:0]
	for i, c := range columns {
		p.columns = append(p.columns, c.name)
		if parts[i] = c.sql; c.sql.text != c.name {
			parts[i] = sql("{} AS {}", c.sql, c.name)
		}
	}
	return join(parts, ", ")
}

// writeStatement writes the one SELECT that answers all periods. Sums stay exact decimals; nothing is divided in SQL.
func writeStatement(p *Plan) error {
	if !p.NeedsRows() {
		return nil
	}
	placed := p.placed(p.things(false))
	switch m := p.Definition.Measure; {
	case m.Kind == QuantileOf:
		p.Statement = p.ranks(placed).statement()
	case m.ofMembers():
		p.Statement = p.members(placed).statement()
	default:
		columns := append(p.groupColumns(), p.measured(m)...)
		if p.several {
			columns = append(columns, column{lowCurrency, sql("min({})", lowCurrency)}, column{highCurrency, sql("max({})", highCurrency)})
		}
		p.Statement = sql("SELECT {} FROM ({}) AS placed GROUP BY {}", p.list(columns), placed, p.groupList()).statement()
	}
	return nil
}

// groupColumns are the first columns of every statement: period and, where there is one, dimension.
func (p *Plan) groupColumns() []column {
	columns := []column{{periodColumn, sql(periodColumn)}}
	if p.dims {
		columns = append(columns, column{dimColumn, sql(dimColumn)})
	}
	return columns
}

func (p *Plan) groupList() string {
	if p.dims {
		return periodColumn + ", " + dimColumn
	}
	return periodColumn
}

// measured writes what the measure needs of each point.
func (p *Plan) measured(m Measure) []column {
	all := column{numberColumn, sql("count(*)")}
	switch m.Kind {
	case SumOf:
		return []column{all, {totalColumn, p.sum(m.Of)}}
	case MeanOf:
		return []column{{numberColumn, sql("count({})", p.expr(m.Of))}, {totalColumn, p.sum(m.Of)},
			{deviationColumn, sql("stddev_samp({})", p.double(m.Of))}}
	case ShareOf:
		return []column{all, {hitsColumn, sql("count(*) FILTER (WHERE {})", p.expr(m.Hit))}}
	case RatioOf:
		return []column{all, {totalColumn, p.sum(m.Of)}, {partColumn, sql("{} FILTER (WHERE {})", p.sum(m.Of), p.expr(m.Hit))}}
	}
	return []column{all}
}

// sum adds exactly where the values are decimals; whole numbers are added as floating numbers, exact to 2⁵³.
func (p *Plan) sum(of Expr) fragment {
	if p.isDecimal(of) {
		return sql("sum({})", p.expr(of))
	}
	return sql("sum({})", p.double(of))
}

func (p *Plan) double(of Expr) fragment {
	e := p.expr(of)
	return fragment{p.Dialect.AsDouble(e.text), e.args}
}

func (p *Plan) isDecimal(of Expr) bool {
	name, ok := of.(Field)
	column := string(name)
	for _, f := range p.Definition.Each.Fields {
		if f.Name == column && f.Fn == Total {
			column = f.Of
		}
	}
	i := p.Relation.Schema.Index(column)
	return ok && i >= 0 && p.Relation.Schema[i].Type == fact.Decimal
}

// members counts each member once in a period and looks up its history; things without a member are counted apart.
func (p *Plan) members(placed fragment) fragment {
	m := p.Definition.Measure
	one := sql("SELECT {}, {} AS {}, count(*) AS _things FROM ({}) AS placed GROUP BY {}, {}",
		p.groupList(), p.Dialect.Quote(m.Field), memberColumn, placed, p.groupList(), memberColumn)
	columns, from := append(p.groupColumns(), column{numberColumn, sql("count({})", memberColumn)}), sql("({}) AS members", one)
	if m.Hit != nil {
		columns = append(columns, column{hitsColumn, sql("count(*) FILTER (WHERE {} IS NOT NULL AND {})", memberColumn, p.expr(m.Hit))})
		from = sql("{} JOIN {} USING ({}) LEFT JOIN ({}) AS history USING ({})", from, p.periods(), periodColumn, p.history(), memberColumn)
	}
	missing := fmt.Sprintf("coalesce(sum(_things) FILTER (WHERE %s IS NULL), 0)", memberColumn)
	columns = append(columns, column{missingColumn, sql(p.Dialect.AsInteger(missing))})
	return sql("SELECT {} FROM {} GROUP BY {}", p.list(columns), from, p.groupList())
}

// history finds the nth thing of every member among all things that count, without filter and dimension.
func (p *Plan) history() fragment {
	h := p.Definition.History
	member := p.Dialect.Quote(h.Field)
	columns := []string{member + " AS " + memberColumn}
	for _, n := range h.Nth {
		columns = append(columns, p.Dialect.Smallest(p.Dialect.Quote(p.Definition.Time), n.N)+" AS "+p.Dialect.Quote(n.Name))
	}
	conditions := append(p.conditions(p.Definition.Where), sql("{} IS NOT NULL", member))
	return sql("SELECT {} FROM ({}) AS everything{} GROUP BY {}", strings.Join(columns, ", "), p.things(true), where(conditions), member)
}

// ranks sorts the values of each point and hands over only those that the quantile and the ranks of its interval can
// need (stat.RankWindow): n, the number of negative values, rank, value.
func (p *Plan) ranks(placed fragment) fragment {
	m := p.Definition.Measure
	values := sql("SELECT {}, {} AS _v FROM ({}) AS placed WHERE {} IS NOT NULL", p.groupList(), p.expr(m.Of), placed, p.expr(m.Of))
	sorted := sql(`SELECT *, row_number() OVER (PARTITION BY {} ORDER BY _v) AS _rank, count(*) OVER (PARTITION BY {}) AS _n, `+
		`count(CASE WHEN _v < 0 THEN 1 END) OVER (PARTITION BY {}) AS _negative FROM ({}) AS measured`, p.groupList(), p.groupList(), p.groupList(), values)
	columns := append(p.groupColumns(), column{numberColumn, sql("_n")}, column{negativeColumn, sql("_negative")},
		column{rankColumn, sql("_rank")}, column{valueColumn, sql(p.Dialect.AsDouble("_v"))})
	return sql("SELECT {} FROM ({}) AS sorted WHERE {}", p.list(columns), sorted, rankWindow(m.Q))
}

// rankWindow writes the condition of stat.RankWindow with its slack.
func rankWindow(q float64) string {
	near := fmt.Sprintf("(floor(_n * %ge0) + 1)", q)
	reach := fmt.Sprintf("floor(%ge0 * sqrt(_n * %ge0))", stat.TwoSided(stat.Level), q*(1-q))
	around := func(rank string, slack int) string { return fmt.Sprintf("abs(_rank - %s) <= %d", rank, slack) }
	return strings.Join([]string{around(near, 1), around("("+near+" - "+reach+")", stat.RankSlack),
		around("("+near+" + "+reach+")", stat.RankSlack)}, " OR ")
}
