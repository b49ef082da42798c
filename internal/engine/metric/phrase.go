package metric

import (
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Sentence reads the definition back, so that whoever looks at the figure knows what is counted. It is made of the same
// data as the SQL.
func (d Definition) Sentence() base.Text {
	parts := []base.Text{d.measurePhrase()}
	if each := d.eachPhrase(); !each.IsZero() {
		parts = append(parts, each)
	}
	parts = append(parts, d.timePhrase())
	if d.History != nil {
		parts = append(parts, base.T("Was ein Kunde früher bestellt hat, zählt über alle Zeit, gleich welcher Filter gesetzt ist.",
			"What a customer ordered earlier counts over all time, whatever filter is set."))
	}
	if how := intervalPhrase(d.Measure.Interval()); !how.IsZero() {
		parts = append(parts, how)
	}
	return joinTexts(parts, " ")
}

func (d Definition) measurePhrase() base.Text {
	m, n := d.Measure, d.Each.Noun
	switch m.Kind {
	case SumOf:
		return base.T("%s: Summe %s über alle %s, negative Beträge eingeschlossen.", "%s: sum %s over all %s, negative amounts included.", d.Title, d.of(m.Of), n.Many)
	case NumberOf:
		return base.T("%s: Anzahl %s.", "%s: number %s.", d.Title, n.Of)
	case MeanOf:
		return base.T("%s: Mittelwert %s über alle %s.", "%s: mean %s over all %s.", d.Title, d.of(m.Of), n.Many)
	case ShareOf:
		return base.T("%s: Anteil %s, bei denen %s.", "%s: share %s where %s.", d.Title, n.Of, d.condition(m.Hit))
	case RatioOf:
		return base.T("%s: Summe %s, wo %s, geteilt durch die Summe aller %s.", "%s: sum %s where %s, divided by the sum of all %s.",
			d.Title, d.of(m.Of), d.condition(m.Hit), n.Many)
	case QuantileOf:
		return base.T("%s: %s %s über alle %s.", "%s: %s %s over all %s.", d.Title, quantileName(m.Q), d.of(m.Of), n.Many)
	case Members:
		return base.T("%s: Anzahl verschiedener Kunden mit mindestens einer Bestellung im Zeitraum.",
			"%s: number of distinct customers with at least one order in the period.", d.Title)
	case MembersHit:
		return base.T("%s: Anzahl der Kunden mit Bestellung im Zeitraum, deren %s.", "%s: number of customers with an order in the period whose %s.", d.Title, d.condition(m.Hit))
	case MemberShare:
		return base.T("%s: Anteil der Kunden mit Bestellung im Zeitraum, deren %s.", "%s: share of the customers with an order in the period whose %s.", d.Title, d.condition(m.Hit))
	}
	return d.Title
}

func (d Definition) eachPhrase() base.Text {
	n, key := d.Each.Noun, bare(d.label(d.Each.Key).Name)
	switch d.Each.Form {
	case EachGroup:
		return base.T("%s fasst alle Zeilen einer %s zusammen und zählt, wenn %s.", "%s combines all rows of one %s and counts if %s.",
			n.One, key, d.condition(d.Where))
	case EachLatest:
		return base.T("Von mehreren Zeilen einer %s zählt die mit der jüngsten Angabe in %s.", "Of several rows of one %s the one with the latest %s counts.",
			key, d.Each.Latest)
	}
	return base.Text{}
}

func (d Definition) timePhrase() base.Text {
	who := d.Each.Noun.Who
	if d.Each.Form != EachGroup {
		who = d.Each.Noun.One
	}
	return base.T("%s gehört in den Zeitraum, in dem %s liegt.", "%s belongs to the period in which %s lies.", who, d.label(d.Time).Name)
}

// of writes an expression in the genitive, as what is summed or averaged.
func (d Definition) of(e Expr) base.Text {
	switch x := e.(type) {
	case Field:
		return d.label(string(x)).Of
	case Elapsed:
		from, to := d.label(string(x.From)).To, d.label(string(x.To)).To
		t := base.T("der Zeit von %s bis zu %s", "of the time from %s to %s", from, to)
		t.De = contractions.Replace(t.De)
		return t
	}
	return base.Text{}
}

// condition writes an expression as the end of a clause.
func (d Definition) condition(e Expr) base.Text {
	switch x := e.(type) {
	case MoreThan:
		return base.T("%s größer als %s ist", "%s is greater than %s", d.name(x.Of), x.Min)
	case AtLeast:
		return base.T("%s mindestens %s beträgt", "%s is at least %s", d.name(x.Of), x.Min)
	case Is:
		return base.T("%s vorkommt", "%s occurs", d.name(x.Of))
	case Known:
		return base.T("%s vorkommt", "%s occurs", d.name(x.Of))
	case Equals:
		return base.T("%s „%s“ ist", "%s is “%s”", d.name(x.Of), x.Value)
	case Digital:
		return base.T("%s in den Einstellungen als digital gekennzeichnet ist", "%s is marked as digital in the settings", d.name(x.Of))
	case InPeriod:
		return base.T("%s im Zeitraum liegt", "%s lies in the period", d.name(x.Of))
	case ByPeriodEnd:
		return base.T("%s vor dem Ende des Zeitraums liegt", "%s lies before the end of the period", d.name(x.Of))
	case Both:
		parts := make([]base.Text, len(x))
		for i, part := range x {
			parts[i] = d.condition(part)
		}
		return joinClauses(parts)
	}
	return base.Text{}
}

func (d Definition) name(e Expr) base.Text {
	if f, ok := e.(Field); ok {
		return d.label(string(f)).Name
	}
	return base.Text{}
}

func quantileName(q float64) base.Text {
	if q == 0.5 {
		return base.T("Median", "median")
	}
	return base.T("90-%-Wert", "90 % value")
}

func intervalPhrase(method string) base.Text {
	return map[string]base.Text{
		"poisson":          base.T("Das Intervall (95 %) ist das exakte einer Poisson-Zahl.", "The interval (95 %) is the exact one of a Poisson count."),
		"wilson":           base.T("Das Intervall (95 %) ist das von Wilson ohne Stetigkeitskorrektur.", "The interval (95 %) is Wilson's without continuity correction."),
		"student":          base.T("Das Intervall (95 %) ist das von Student.", "The interval (95 %) is Student's."),
		"order_statistics": base.T("Das Intervall (95 %) kommt aus binomialen Rängen.", "The interval (95 %) comes from binomial ranks."),
	}[method]
}

func joinTexts(parts []base.Text, separator string) base.Text {
	de, en := make([]string, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		de[i], en[i] = p.De, p.En
	}
	return base.Text{De: strings.Join(de, separator), En: strings.Join(en, separator)}
}

// joinClauses joins clauses with and.
func joinClauses(parts []base.Text) base.Text {
	de, en := joinTexts(parts, " und ").De, joinTexts(parts, " and ").En
	return base.Text{De: de, En: en}
}

var contractions = strings.NewReplacer("von dem ", "vom ", "zu dem ", "zum ", "zu der ", "zur ")

// bare takes the article off a name.
func bare(t base.Text) base.Text {
	cut := func(s string, articles ...string) string {
		for _, a := range articles {
			s = strings.TrimPrefix(s, a)
		}
		return s
	}
	return base.Text{De: cut(t.De, "der ", "die ", "das "), En: cut(t.En, "the ")}
}
