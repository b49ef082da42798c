package metric

import "lotse.dev/lotse/internal/base"

// Noun names what is counted, in the forms that sentences need.
type Noun struct {
	One  base.Text // with article: eine Bestellung, an order
	Many base.Text // Bestellungen, orders
	Of   base.Text // genitive plural: der Bestellungen, of orders
	Who  base.Text // pronoun at the start of a sentence: Sie, It
}

// Label names a field in the forms that sentences need.
type Label struct {
	Name base.Text // with article: der Nettobetrag, the net amount
	Of   base.Text // genitive: des Nettobetrags, of the net amount
	To   base.Text // dative of an instant: dem Eingang, the opening
}

// instant makes the label of an instant, with the dative as well.
func instant(de, deOf, deTo, en string) Label {
	l := label(de, deOf, en)
	l.To = base.T(deTo, "the "+en)
	return l
}

// label makes a Label from nominative and genitive with articles and the English noun without.
func label(de, deOf, en string) Label {
	return Label{Name: base.T(de, "the "+en), Of: base.T(deOf, "of the "+en)}
}

// columnLabels are the columns of contract.md and of the derived cases that definitions read.
var columnLabels = map[string]Label{
	"net":               label("der Nettobetrag", "des Nettobetrags", "net amount"),
	"time":              label("der Zeitpunkt der Zeile", "des Zeitpunkts der Zeile", "time of the line"),
	"channel":           label("der Kanal", "des Kanals", "channel"),
	"customer_id":       label("der Kunde", "des Kunden", "customer"),
	"order_id":          label("die Bestellnummer", "der Bestellnummer", "order number"),
	"product_group":     label("die Warengruppe", "der Warengruppe", "product group"),
	"ticket_id":         label("die Ticketnummer", "der Ticketnummer", "ticket number"),
	"opened_at":         instant("der Eingang", "des Eingangs", "dem Eingang", "opening"),
	"first_response_at": instant("die erste Antwort", "der ersten Antwort", "der ersten Antwort", "first response"),
	"resolved_at":       instant("die Lösung", "der Lösung", "der Lösung", "resolution"),
	"case_id":           label("die Vorgangsnummer", "der Vorgangsnummer", "case number"),
	"activity":          label("die Aktivität", "der Aktivität", "activity"),
	"last_time":         {Name: base.T("sein letztes Ereignis", "its last event"), Of: base.T("seines letzten Ereignisses", "of its last event")},
	"duration_seconds":  label("die Durchlaufzeit", "der Durchlaufzeit", "lead time"),
	"rework":            {Name: base.T("Nacharbeit", "rework"), Of: base.T("der Nacharbeit", "of rework")},
	"manual_steps":      label("die Zahl der Handschritte", "der Zahl der Handschritte", "number of manual steps"),
}

// label finds the words for a field of a thing, of a member's history, or a column.
func (d Definition) label(name string) Label {
	for _, f := range d.Each.Fields {
		if f.Name == name {
			return f.Label
		}
	}
	if d.History != nil {
		for _, n := range d.History.Nth {
			if n.Name == name {
				return n.Label
			}
		}
	}
	if l, ok := columnLabels[name]; ok {
		return l
	}
	return label("„"+name+"“", "von „"+name+"“", "“"+name+"”")
}
