package demo

// backOffice writes purchases and customer requests.
type backOffice struct {
	w         *world
	purchases table
	tickets   table
	bought    uint64
	asked     uint64
	tally     [changeCount]tally
}

func newBackOffice(w *world, dir string) *backOffice {
	return &backOffice{w: w,
		purchases: table{path: part(dir, "bedarf_bis_zahlung", ".csv"), sep: ';', latin: true, limit: rowsPerFile,
			head: "Bestellnummer;Aktivität;Beginn;Ende;Bearbeiter;Abteilung;Lieferant;Warengruppe;Bestellwert"},
		tickets: table{path: part(dir, "kundenanfragen", ".csv"), sep: ',', limit: rowsPerFile,
			head: "Ticketnummer,Eröffnet,Aktualisiert,Erste Antwort,Gelöst,Geschlossen,Wieder geöffnet,Kanal,Kategorie,Priorität,Team,Kundennummer"},
	}
}

func (b *backOffice) day(m moment) error {
	for _, p := range b.w.purchasesOf(m, b.bought) {
		b.bought++
		b.purchases.begin()
		b.purchaseRows(&p)
	}
	for _, t := range b.w.ticketsOf(m, b.asked) {
		b.asked++
		b.compare(&t)
		b.tickets.begin()
		b.ticketRow(&t)
	}
	if b.purchases.err != nil {
		return b.purchases.err
	}
	return b.tickets.err
}

func (b *backOffice) purchaseRows(p *purchase) {
	t, s := &b.purchases, suppliers[p.supplier]
	for _, e := range b.w.purchaseCase(p) {
		if e.at >= b.w.end {
			continue
		}
		t.number("B-", p.number)
		t.text(purchaseActivities[e.activity])
		t.iso(e.begin, false)
		t.iso(e.at, false)
		t.text(employees[e.by][e.who])
		t.text(departmentNames[e.by])
		t.text(s.name)
		t.text(s.goods)
		t.money(p.cents)
		t.done()
	}
}

func (b *backOffice) ticketRow(k *ticket) {
	t := &b.tickets
	t.number("T-", k.number)
	for _, at := range []moment{k.opened, k.updated(), k.answered, k.solved, k.closed} {
		t.iso(at, true)
	}
	t.text(yesNo(k.reopened))
	t.text(ticketChannels[k.channel])
	t.text(ticketCategories[k.category])
	t.text(ticketPriorities[k.urgent])
	t.text(ticketTeams[k.team])
	if k.customer == 0 {
		t.text("")
	} else {
		t.number("K-", k.customer)
	}
	t.done()
}

// compare answers a request again without each change and keeps the difference in hours.
func (b *backOffice) compare(k *ticket) {
	for _, c := range []change{triage, chat} {
		if !b.w.applies(c, k.opened, noChange) {
			continue
		}
		without := *k
		b.w.answer(&without, c)
		if c == triage && k.answered > 0 && without.answered > 0 {
			b.tally[c].add(hours(k.answered-k.opened), hours(without.answered-without.opened))
		}
		if c == chat && k.solved > 0 && without.solved > 0 {
			b.tally[c].add(hours(k.solved-k.opened), hours(without.solved-without.opened))
		}
	}
}

func hours(m moment) float64 { return float64(m) / float64(hour) }
