package finding

import (
	"context"

	"lotse.dev/lotse/internal/base"
)

// A product group stands out when its share of returned net is this much above that of all.
const returnFactor = 1.5

// detectReturns finds product groups whose returned net (lines below zero) is a clearly larger share of the sold net
// than over all groups. When no group stands out, or there are none, all returns are one finding. Sums over several
// currencies are unknown, so such tables have no finding.
func detectReturns(ctx context.Context, t table) ([]Draft, error) {
	group, currency := "NULL::VARCHAR", "NULL::VARCHAR"
	if t.info.Schema.Has("product_group") {
		group = "product_group"
	}
	if t.info.Schema.Has("currency") {
		currency = "currency"
	}
	var parts []returned
	total := -1
	err := t.each(ctx, "SELECT part, (sum(net) FILTER (WHERE net > 0))::DOUBLE, (-sum(net) FILTER (WHERE net < 0))::DOUBLE, count(*),"+
		" count(*) FILTER (WHERE net < 0), count(DISTINCT order_id) FILTER (WHERE net < 0), min(time), max(time), max(unit),"+
		" count(DISTINCT unit), grouping(part) FROM (SELECT *, "+group+" AS part, "+currency+" AS unit FROM orders)"+
		" GROUP BY GROUPING SETS ((part), ()) ORDER BY grouping(part), part", nil, func(v []any) error {
		r := returned{part: text(v[0]), sold: number(v[1]), back: number(v[2]), lines: int64(number(v[3])),
			backs: int64(number(v[4])), orders: int64(number(v[5])), currency: text(v[8]), mixed: number(v[9]) > 1}
		r.span.widen(instant(v[6]), instant(v[7]))
		if number(v[10]) == 1 {
			total = len(parts)
		}
		parts = append(parts, r)
		return nil
	})
	if err != nil || total < 0 || parts[total].mixed || parts[total].sold <= 0 {
		return nil, err
	}
	all := parts[total]
	var out []Draft
	for i, r := range parts {
		r.span = all.span
		if i != total && r.part != "" && r.backs >= smallSample && r.sold > 0 && r.share() >= returnFactor*all.share() {
			out = append(out, returnsDraft(r, all))
		}
	}
	if len(out) == 0 && enough(all.backs, all.lines) {
		all.part = ""
		out = append(out, returnsDraft(all, all))
	}
	return out, nil
}

var orderNoun = noun{base.T("Auftrag", "Order"), base.T("Aufträge", "orders")}

// returned is what was sold and came back in one product group, or in all.
type returned struct {
	part, currency string
	mixed          bool
	sold, back     float64
	lines, backs   int64
	orders         int64 // with a line that came back
	span           Span
}

func (r returned) share() float64 { return r.back / r.sold }

func returnsDraft(r, all returned) Draft {
	d := Draft{Kind: KindReturns, Cases: r.orders, Sample: r.lines, Unit: CurrencyYear, Span: r.span, Currency: r.currency,
		Metric: "revenue", Title: base.T("Retouren", "Returns"),
		NoEuros: base.T("Der zurückgegebene Umsatz ist bekannt, die Kosten der Retouren sind es nicht.",
			"The net that came back is known, the cost of returns is not."),
	}
	where, args := "", []any(nil)
	if r.part != "" {
		d.Subject = []string{r.part}
		d.Title = base.T("Retouren: %s", "Returns: %s", r.part)
		where, args = " AND product_group = ?", []any{r.part}
	}
	d.Size = d.perYear(r.back)
	orders := base.N(r.orders, base.T("einem Auftrag", "one order"), base.T("%s Aufträgen", "%s orders", r.orders))
	d.Sentence = base.T("%s Positionen aus %s kamen zurück, %s %% des verkauften Umsatzes; über alle Produktgruppen sind es %s %%.",
		"%s lines of %s came back, %s %% of the net sold; over all product groups it is %s %%.", r.backs, orders, percent(r.share()), percent(all.share()))
	d.Formula = base.T("%s %s Umsatz der zurückgegebenen Positionen ÷ %s = %s %s im Jahr",
		"%s %s net of the returned lines ÷ %s = %s %s a year",
		whole(r.back), unitText(r.currency), d.overYear(), whole(d.Size), unitText(r.currency))
	d.Rows = Rows{
		SQL: "SELECT order_id AS case_id, count(*) AS n, -sum(net)::DOUBLE AS amount FROM orders WHERE net < 0" + where +
			" GROUP BY order_id ORDER BY amount DESC, case_id",
		Args: args, Noun: orderNoun, Amount: base.T("zurückgegebener Umsatz", "net that came back"),
	}
	return d
}

// unitText is the currency, or a word for a table without one.
func unitText(currency string) base.Text {
	if currency == "" {
		return base.T("(Währung der Instanz)", "(currency of the instance)")
	}
	return base.T("%s", "%s", base.CurrencySign(currency))
}
