package metric

import "lotse.dev/lotse/internal/base"

var orderDims = []string{"channel", "product_group", "product_id", "currency"}

var orderNoun = Noun{
	One:  base.T("Eine Bestellung", "An order"),
	Many: base.T("Bestellungen", "orders"),
	Of:   base.T("der Bestellungen", "of orders"),
	Who:  base.T("Sie", "It"),
}

var lineNoun = Noun{
	One:  base.T("Eine Bestellzeile", "An order line"),
	Many: base.T("Bestellzeilen", "order lines"),
	Of:   base.T("der Bestellzeilen", "of order lines"),
	Who:  base.T("Sie", "It"),
}

// anOrder is an order_id whose lines sum to more than zero, at the time of its first line (contract.md).
func anOrder(more ...Aggregate) Each {
	fields := []Aggregate{
		{Name: "placed", Fn: Earliest, Of: "time", Label: label("der Zeitpunkt ihrer ersten Zeile", "des Zeitpunkts ihrer ersten Zeile", "time of its first line")},
		{Name: "amount", Fn: Total, Of: "net", Label: label("die Bestellsumme", "der Bestellsumme", "order total")},
	}
	return Each{Form: EachGroup, Noun: orderNoun, Key: "order_id", Fields: append(fields, more...)}
}

var orderCounts = MoreThan{Of: Field("amount"), Min: 0}

var orderCustomer = Aggregate{Name: "customer", Fn: Earliest, Of: "customer_id", Label: label("der Kunde", "des Kunden", "customer")}

func orderMetric(name string, title base.Text, unit Unit, each Each, m Measure) Definition {
	return Definition{Name: name, Version: 1, Title: title, Unit: unit, Direction: Up, Table: Orders, Each: each,
		Time: "placed", Where: orderCounts, Measure: m, Dims: orderDims}
}

func orderMetrics() []Definition {
	line := Each{Form: EachRow, Noun: lineNoun}
	revenue := Definition{Name: "revenue", Version: 1, Title: base.T("Umsatz", "Revenue"), Unit: Money, Direction: Up,
		Table: Orders, Each: line, Time: "time", Measure: Measure{Kind: SumOf, Of: Field("net")}, Dims: orderDims}
	digital := Definition{Name: "digital_revenue_share", Version: 1, Title: base.T("Digitaler Umsatzanteil", "Digital revenue share"),
		Unit: Fraction, Direction: Up, Table: Orders, Each: line, Time: "time",
		Measure: Measure{Kind: RatioOf, Of: Field("net"), Hit: Digital{Of: "channel"}}, Dims: []string{"product_group", "product_id"}}

	average := orderMetric("average_order_value", base.T("Durchschnittlicher Bestellwert", "Average order value"), Money, anOrder(),
		Measure{Kind: MeanOf, Of: Field("amount")})
	average.MinN = smallSample
	cross := orderMetric("cross_selling_rate", base.T("Cross-Selling-Quote", "Cross-selling rate"), Fraction,
		anOrder(Aggregate{Name: "groups", Fn: Distinct, Of: "product_group", Label: label("die Zahl der Warengruppen",
			"der Zahl der Warengruppen", "number of product groups")}),
		Measure{Kind: ShareOf, Hit: AtLeast{Of: Field("groups"), Min: 2}})
	cross.MinN, cross.Dims = smallSample, []string{"channel", "currency"}

	return append([]Definition{
		revenue,
		orderMetric("orders", base.T("Bestellungen", "Orders"), Count, anOrder(), Measure{Kind: NumberOf}),
		average,
	}, append(customerMetrics(), cross, digital)...)
}

func customerMetrics() []Definition {
	history := &History{Field: "customer", Nth: []Nth{
		{Name: "first_order", N: 1, Label: Label{Name: base.T("erste Bestellung überhaupt", "first order ever")}},
		{Name: "second_order", N: 2, Label: Label{Name: base.T("zweite Bestellung", "second order")}},
	}}
	active := orderMetric("active_customers", base.T("Aktive Kunden", "Active customers"), Count, anOrder(orderCustomer),
		Measure{Kind: Members, Field: "customer"})
	fresh := orderMetric("new_customers", base.T("Neue Kunden", "New customers"), Count, anOrder(orderCustomer),
		Measure{Kind: MembersHit, Field: "customer", Hit: InPeriod{Of: "first_order"}})
	fresh.History = history
	repeat := orderMetric("repeat_rate", base.T("Wiederkaufquote", "Repeat rate"), Fraction, anOrder(orderCustomer),
		Measure{Kind: MemberShare, Field: "customer", Hit: ByPeriodEnd{Of: "second_order"}})
	repeat.History, repeat.MinN = history, smallSample
	return []Definition{active, fresh, repeat}
}
