package demo

// promised are the business cases of the undertakings whose effect is judged: written and approved before their plans
// were signed, so that calibration sets a promise beside what was proven. Benefits stand in the class and unit of the
// plan; some promises are kept, one is far too high, two end without proof.
var promised = []caseOf{
	saving("credit", 60, 18_000, 60, doc{"id": "checks", "name": "Prüfung der Bonität von Hand entfällt", "class": "released_time"},
		[]assumed{{"checks.quantity", 24, 34, 48, estimated, "0,5 Schritte je Auftrag, Selbstaufschreibung", ""}}),
	saving("form", 48, 24_000, 45, doc{"id": "queries", "name": "Rückfragen zu Aufträgen am Telefon entfallen", "class": "released_time"},
		[]assumed{{"queries.quantity", 8, 15, 24, estimated, "3,5 Punkte der Nacharbeit, 18 bis 66 Minuten je Rückfrage", ""}}),
	saving("triage", 48, 22_000, 110, doc{"id": "answers", "name": "Nachfragen wegen später Antwort entfallen", "class": "released_time"},
		[]assumed{{"answers.quantity", 12, 20, 30, estimated, "Antwort ein Drittel schneller, Strichliste im Kundendienst", ""}}),
	saving("carrier", 48, 15_000, 0, doc{"id": "penalties", "name": "Vertragsstrafen und Ersatzlieferungen gehen zurück", "class": "avoided_cost"},
		[]assumed{{"penalties.price", 700, 1_150, 1_700, estimated, "Rechnung des Vertriebs, knapp ein Tag kürzer", ""}}),
	saving("recommend", 48, 46_000, 280, doc{"id": "baskets", "name": "Deckungsbeitrag zusätzlicher Warengruppen", "class": "cash"},
		[]assumed{{"baskets.price", 2_400, 4_600, 7_500, guessed, "Angabe des Anbieters, im eigenen Shop nicht erprobt", ""}}),
	saving("chat", 48, 54_000, 420, doc{"id": "calls", "name": "Rückfragen zu offenen Anfragen entfallen", "class": "released_time"},
		[]assumed{{"calls.quantity", 6, 12, 20, guessed, "Angabe des Anbieters, ein Fünftel kürzere Lösungszeit", ""}}),
}

// saving is a case with one sum at the beginning, a monthly fee where there is one, and one benefit from its seventh month
// on. Hours are worth what Controlling says of the year.
func saving(of string, months int, once, monthly float64, benefit doc, brings []assumed) caseOf {
	benefit["from"] = 7
	c := caseOf{of: of, months: months, outcome: "approve", note: "Nutzen und Kosten vor dem Start, mit ihren Quellen.", benefits: []doc{benefit},
		costs:  []doc{{"id": "build", "name": "Umsetzung", "kind": "one_off", "month": 2}},
		inputs: append([]assumed{{"build.amount", once * .9, once, once * 1.2, estimated, "Budget des Vorhabens", ""}}, brings...)}
	if monthly > 0 {
		c.costs = append(c.costs, doc{"id": "run", "name": "Betrieb", "kind": "running", "every": "month", "from": 5})
		c.inputs = append(c.inputs, assumed{"run.amount", monthly, monthly, monthly, quoted, "Preisliste des Anbieters", ""})
	}
	if benefit["class"] == "released_time" {
		benefit["unit"] = "Stunden"
		c.inputs = append(c.inputs, assumed{benefit["id"].(string) + ".price", 33, 41, 52, quoted, "Controlling, Vollkosten je Stunde des Vorjahres", ""})
	}
	return c
}

// promiseOf is the promise of an undertaking.
func promiseOf(of string) (caseOf, bool) {
	for _, c := range promised {
		if c.of == of {
			return c, true
		}
	}
	return caseOf{}, false
}
