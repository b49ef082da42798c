package demo

// businessCases are those of the company: one whose measurement has changed since it was approved, one that waits for
// Controlling, two that count the same benefit, licences that ramp up by user, released time that becomes cash by a
// named use, and one that hardly pays.
var businessCases = []caseOf{
	{of: "einvoice", months: 48, outcome: "approve", note: "Angebote beider Anbieter liegen bei.",
		roles: []doc{{"id": "process", "name": "Prozessverantwortung"}},
		costs: []doc{
			{"id": "build", "name": "Einführung durch Dienstleister", "kind": "one_off", "month": 3},
			{"id": "team", "name": "Rechnungswege prüfen", "kind": "internal", "role": "process", "from": 1, "to": 6},
			{"id": "service", "name": "Versanddienst", "kind": "running", "every": "month", "from": 5}},
		benefits: []doc{
			{"id": "postage", "name": "Porto und Druck entfallen", "class": "cash", "unit": "Rechnungen", "from": 5, "shape": "s_curve"},
			{"id": "queries", "name": "Rückfragen zu Aufträgen und Rechnungen", "class": "avoided_cost", "from": 6}},
		inputs: []assumed{
			{"role:process.day_rate", 400, 450, 520, quoted, "Kostenstellenrechnung", ""},
			{"build.amount", 14_500, 17_500, 23_000, quoted, "Angebot 2025-311", ""},
			{"team.days", 40, 52, 66, estimated, "Bedarf des Fahrplans", ""},
			{"service.amount", 240, 240, 240, quoted, "Preisliste des Anbieters", ""},
			{"postage.price", 1.45, 1.68, 1.85, quoted, "Porto, Papier und Kuvertierung, Rechnungen der Druckerei", ""},
			{"postage.ramp.months", 3, 6, 10, estimated, "Umstellung nach Kundengruppen", ""}},
		bound: []bound{
			{key: "postage.quantity", metric: "orders", by: "quarter", factor: .9 / 3},
			{key: "queries.price", finding: "rework", process: OrderProcess, part: "money", factor: .25 * ofYear}}},
	{of: "portal", months: 60, outcome: "approve", note: "Ohne die Förderung liegt der Kapitalwert niedriger; das Szenario liegt bei.",
		roles: []doc{{"id": "it", "name": "Anwendungsentwicklung"}, {"id": "service", "name": "Serviceleitung"}},
		costs: []doc{
			{"id": "build", "name": "Umsetzung durch Dienstleister", "kind": "one_off", "month": 4},
			{"id": "team", "name": "Portal bauen, eigener Anteil", "kind": "internal", "role": "it", "from": 1, "to": 8},
			{"id": "training", "name": "Abläufe mit den Werften abstimmen", "kind": "internal", "role": "service", "from": 5, "to": 10},
			{"id": "licence", "name": "Lizenzen der Bearbeitung", "kind": "licences", "from": 6},
			{"id": "support", "name": "Wartungsvertrag", "kind": "running", "every": "year", "from": 6, "fixed_price": true},
			{"id": "grant", "name": "Förderung", "kind": "funding", "month": 12, "eligible": []string{"build"}}},
		benefits: []doc{
			{"id": "contacts", "name": "Anfragen zum Lieferstand entfallen", "class": "released_time", "unit": "Stunden", "from": 8, "shape": "s_curve"},
			{"id": "temp", "name": "Aushilfe in der Hochsaison entfällt", "class": "cash", "unit": "Stunden", "from": 13, "from_time": true,
				"use": "Der Vertrag mit der Zeitarbeitsfirma wird zum übernächsten Januar um diese Stunden gekürzt."},
			{"id": "position", "name": "Weitere Stelle im Kundendienst wird nicht nötig", "class": "avoided_cost", "from": 25},
			{"id": "orders", "name": "Deckungsbeitrag zusätzlicher Bestellungen", "class": "cash", "unit": "Bestellungen", "from": 9}},
		inputs: []assumed{
			{"role:it.day_rate", 480, 540, 620, quoted, "Kostenstellenrechnung", ""},
			{"role:service.day_rate", 410, 460, 520, quoted, "Kostenstellenrechnung", ""},
			{"build.amount", 52_000, 61_000, 84_000, quoted, "Angebot 2026-117", ""},
			{"team.days", 60, 84, 120, estimated, "Bedarf des Fahrplans", ""},
			{"training.days", 22, 30, 42, estimated, "Bedarf des Fahrplans", ""},
			{"licence.price", 34, 34, 34, quoted, "Preisliste des Anbieters, je Person und Monat", ""},
			{"licence.users", 14, 18, 24, estimated, "Kundendienst und Auftragsabwicklung", "uniform"},
			{"licence.ramp.months", 6, 6, 6, estimated, "Freischaltung je Team", ""},
			{"support.amount", 5_400, 5_400, 5_400, quoted, "Angebot 2026-117", ""},
			{"grant.share", .3, .3, .3, quoted, "Richtlinie der Förderung, Bescheid steht aus", ""},
			{"grant.cap", 20_000, 20_000, 20_000, quoted, "Richtlinie der Förderung", ""},
			{"contacts.price", 36, 44, 56, quoted, "Controlling, Vollkosten je Stunde", ""},
			{"contacts.ramp.months", 6, 9, 14, estimated, "Werften werden nacheinander freigeschaltet", ""},
			{"temp.quantity", 20, 32, 45, estimated, "Einsatzstunden der letzten Saison", ""},
			{"temp.price", 29, 31, 33, quoted, "Rechnungen der Zeitarbeitsfirma", ""},
			{"position.price", 0, 1_900, 4_200, guessed, "Personalplanung, nur bei weiterem Wachstum", ""},
			{"orders.quantity", 15, 45, 90, estimated, "Befragung von zwölf Werften", "triangular"}},
		bound: []bound{
			{key: "contacts.quantity", metric: "tickets_opened", by: "quarter", factor: .12 / 3},
			{key: "orders.price", metric: "average_order_value", by: "year", factor: .11}}},
	{of: "cloud", months: 60, outcome: "approve", note: "Der Umzug rechnet sich knapp; entschieden wird nach der Verfügbarkeit.",
		roles: []doc{{"id": "admin", "name": "Systembetreuung"}},
		costs: []doc{
			{"id": "move", "name": "Umzug durch Dienstleister", "kind": "one_off", "month": 2},
			{"id": "team", "name": "Betrieb umziehen, eigener Anteil", "kind": "internal", "role": "admin", "from": 1, "to": 8},
			{"id": "hosting", "name": "Betrieb in der Cloud", "kind": "running", "every": "month", "from": 5}},
		benefits: []doc{
			{"id": "contracts", "name": "Wartung und Strom der eigenen Server entfallen", "class": "cash", "from": 9},
			{"id": "servers", "name": "Ersatz der Server wird nicht nötig", "class": "avoided_cost", "from": 13, "to": 48},
			{"id": "outage", "name": "Ausfallzeit", "class": "other", "unit": "Stunden Ausfall weniger", "from": 9}},
		inputs: []assumed{
			{"role:admin.day_rate", 420, 470, 530, quoted, "Kostenstellenrechnung", ""},
			{"move.amount", 58_000, 66_000, 92_000, quoted, "Angebot 2026-064", ""},
			{"team.days", 44, 56, 80, estimated, "Bedarf des Fahrplans", ""},
			{"hosting.amount", 2_350, 2_600, 3_200, quoted, "Kalkulation des Anbieters", ""},
			{"contracts.price", 4_500, 4_900, 5_300, quoted, "Verträge und Stromrechnung des letzten Jahres", ""},
			{"servers.price", 900, 1_300, 1_700, estimated, "Ersatz alle fünf Jahre, verteilt", ""},
			{"outage.quantity", .5, 1.5, 2.4, estimated, "vier Ausfälle mit 31 Stunden im letzten Jahr", ""}}},
	{of: "subscription", months: 60, outcome: "propose", note: "Bitte um Prüfung vor dem Lenkungskreis.",
		roles: []doc{{"id": "it", "name": "Anwendungsentwicklung"}},
		costs: []doc{
			{"id": "shop", "name": "Abo im Shop", "kind": "one_off", "month": 3},
			{"id": "link", "name": "Anbindung Warenwirtschaft", "kind": "internal", "role": "it", "from": 1, "to": 6},
			{"id": "run", "name": "Laufende Kosten", "kind": "running", "every": "year", "from": 6}},
		benefits: []doc{
			{"id": "again", "name": "Zusätzliche Wiederkäufe", "class": "cash", "unit": "Bestellungen", "from": 7, "shape": "linear"},
			{"id": "calls", "name": "Nachbestellung ohne Telefon", "class": "released_time", "unit": "Stunden", "from": 7}},
		inputs: []assumed{
			{"role:it.day_rate", 480, 540, 620, quoted, "Kostenstellenrechnung", ""},
			{"shop.amount", 52_000, 64_000, 82_000, quoted, "Angebot 2026-140", ""},
			{"link.days", 35, 48, 70, quoted, "Angebot Anbindung, Anlage 2", ""},
			{"run.amount", 11_000, 13_000, 16_000, quoted, "Preisliste des Anbieters", ""},
			{"again.quantity", 38, 92, 150, estimated, "1,1 bis 3,6 Punkte der Wiederkaufquote", ""},
			{"again.ramp.months", 4, 7, 10, estimated, "Kunden werden mit jeder Bestellung angesprochen", ""},
			{"calls.quantity", 17, 28, 40, estimated, "Strichliste im Vertriebsinnendienst, zwei Wochen", ""},
			{"calls.price", 36, 44, 56, quoted, "Controlling, Vollkosten je Stunde", ""}},
		bound: []bound{{key: "again.price", metric: "average_order_value", by: "year", factor: .09}}},
	{of: "crm", months: 48,
		roles: []doc{{"id": "it", "name": "Anwendungsentwicklung"}},
		costs: []doc{
			{"id": "link", "name": "Schnittstelle durch Dienstleister", "kind": "one_off", "month": 4},
			{"id": "team", "name": "Anbindung des CRM, eigener Anteil", "kind": "internal", "role": "it", "from": 2, "to": 9},
			{"id": "licence", "name": "Lizenzen des CRM", "kind": "licences", "from": 8}},
		benefits: []doc{
			{"id": "queries", "name": "Rückfragen wegen Doppelerfassung", "class": "released_time", "unit": "Stunden", "from": 10, "shape": "linear"},
			{"id": "typing", "name": "Doppelte Erfassung entfällt", "class": "released_time", "unit": "Stunden", "from": 10},
			{"id": "old", "name": "Vertrag der alten Kundenverwaltung entfällt", "class": "cash", "from": 13},
			{"id": "kept", "name": "Deckungsbeitrag gehaltener Kunden", "class": "cash", "from": 12}},
		inputs: []assumed{
			{"role:it.day_rate", 480, 540, 620, quoted, "Kostenstellenrechnung", ""},
			{"link.amount", 24_000, 32_000, 52_000, estimated, "ein Angebot steht noch aus", ""},
			{"team.days", 45, 60, 90, estimated, "Bedarf des Fahrplans", ""},
			{"licence.price", 42, 42, 42, quoted, "Preisliste des Anbieters, je Person und Monat", ""},
			{"licence.users", 16, 20, 26, estimated, "Vertrieb und Auftragsabwicklung", "uniform"},
			{"licence.ramp.months", 4, 4, 4, estimated, "", ""},
			{"queries.price", 36, 44, 56, quoted, "Controlling, Vollkosten je Stunde", ""},
			{"queries.ramp.months", 3, 6, 9, estimated, "", ""},
			{"old.price", 690, 690, 690, quoted, "Rechnung des Anbieters", ""},
			{"kept.price", 300, 1_900, 4_200, guessed, "zu belegen mit der Wiederkaufquote der Pilotkunden", "triangular"},
			{"typing.price", 36, 44, 56, quoted, "Controlling, Vollkosten je Stunde", ""}},
		bound: []bound{
			{key: "queries.quantity", finding: "rework", process: OrderProcess, part: "size", factor: .4 * ofYear},
			{key: "typing.quantity", metric: "orders", by: "quarter", factor: .05 / 3}}},
	{of: "product", months: 48,
		roles: []doc{{"id": "product", "name": "Produktdatenpflege"}},
		costs: []doc{
			{"id": "system", "name": "System für Produktdaten", "kind": "one_off", "month": 2},
			{"id": "care", "name": "Merkmale der Artikel pflegen", "kind": "internal", "role": "product", "from": 1, "to": 15},
			{"id": "run", "name": "Miete des Systems", "kind": "running", "every": "month", "from": 3}},
		benefits: []doc{
			{"id": "cross", "name": "Deckungsbeitrag zusätzlicher Positionen", "class": "cash", "unit": "Positionen", "from": 10, "shape": "s_curve"},
			{"id": "returns", "name": "Weniger Retouren wegen falscher Angaben", "class": "avoided_cost", "from": 12}},
		inputs: []assumed{
			{"role:product.day_rate", 330, 370, 420, quoted, "Kostenstellenrechnung", ""},
			{"system.amount", 28_000, 32_000, 41_000, quoted, "Angebot 2025-288", ""},
			{"care.days", 110, 140, 180, estimated, "Bedarf des Fahrplans", ""},
			{"run.amount", 480, 480, 480, quoted, "Angebot 2025-288", ""},
			{"cross.price", 15, 23, 36, estimated, "Deckungsbeitrag einer Zusatzposition im Sortiment", ""},
			{"cross.ramp.months", 6, 12, 18, estimated, "", ""},
			{"returns.price", 100, 350, 700, guessed, "noch zu messen: Retouren nach Grund", ""}},
		bound: []bound{{key: "cross.quantity", metric: "orders", by: "quarter", factor: .16 / 3}}},
}
