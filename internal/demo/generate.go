package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"lotse.dev/lotse/internal/base"
)

// rowsPerFile is the most rows of one file; larger tables come in parts. Each further part of an event log merges and derives
// it anew, so parts are few.
const rowsPerFile = 50_000_000

// File is one generated table.
type File struct {
	Table   string   `json:"table"`
	Process string   `json:"process,omitempty"`
	Paths   []string `json:"paths" doc:"one file, or several parts cut between cases"`
	Rows    int64    `json:"rows"`
}

// Files are the generated tables in the order in which they are loaded, and what is true in them.
type Files struct {
	Tables []File `json:"tables"`
	Truth  Truth  `json:"truth"`
}

// The names of the processes.
const (
	OrderProcess    = "Auftrag bis Zahlung"
	PurchaseProcess = "Bedarf bis Zahlung"
)

// Generate writes the files of the world into a folder, with truth.json beside them. Memory does not grow with the
// scale. The function of progress is told the month it is in, 1 … Months.
func Generate(ctx context.Context, c Config, dir string, progress func(month int)) (Files, error) {
	if err := c.check(); err != nil {
		return Files{}, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Files{}, err
	}
	w := newWorld(c)
	sales, rest := newSales(w, dir), newBackOffice(w, dir)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return w.eachDay(ctx, sales.day, progress) })
	g.Go(func() error { return w.eachDay(ctx, rest.day, nil) })
	err := g.Wait()
	for _, t := range []*table{&sales.events, &sales.lines, &rest.purchases, &rest.tickets} {
		if e := t.close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return Files{}, err
	}
	for i := range rest.tally {
		sales.tally[i].sum += rest.tally[i].sum
		sales.tally[i].count += rest.tally[i].count
	}
	out := Files{Truth: w.truth(sales.tally), Tables: []File{
		{"events", OrderProcess, sales.events.Paths, sales.events.Rows},
		{"events", PurchaseProcess, rest.purchases.Paths, rest.purchases.Rows},
		{"orders", "", sales.lines.Paths, sales.lines.Rows},
		{"tickets", "", rest.tickets.Paths, rest.tickets.Rows},
	}}
	return out, writeTruth(dir, out.Truth)
}

// check refuses a scale out of range.
func (c Config) check() error {
	if c.Scale >= LeastScale && c.Scale <= MostScale {
		return nil
	}
	return base.Fail(base.Usage, "bad_scale", base.T("Die Größe (--scale) liegt zwischen %s und %s.",
		"The scale (--scale) lies between %s and %s.", LeastScale, float64(MostScale)))
}

func writeTruth(dir string, t Truth) error {
	b, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "truth.json"), append(b, '\n'), 0o600)
}

func (w *world) eachDay(ctx context.Context, f func(moment) error, progress func(int)) error {
	month := -1
	for m := w.start; m < w.end; m += day {
		if now := w.month(m); now != month {
			if month = now; progress != nil {
				progress(month + 1)
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := f(m); err != nil {
			return err
		}
	}
	return nil
}

func part(dir, name, ext string) func(int) string {
	return func(n int) string {
		if n == 1 {
			return filepath.Join(dir, name+ext)
		}
		return filepath.Join(dir, fmt.Sprintf("%s_teil%02d%s", name, n, ext))
	}
}

// sales writes orders and their process.
type sales struct {
	w       *world
	desk    *shopDesk
	events  table
	lines   table
	returns uint64
	tally   [changeCount]tally
}

func newSales(w *world, dir string) *sales {
	return &sales{w: w, desk: newShopDesk(w),
		events: table{path: part(dir, "auftrag_bis_zahlung", ".csv"), sep: ';', limit: rowsPerFile,
			head: "Vorgangsnummer;Aktivität;Zeitpunkt;Bearbeiter;Abteilung;automatisch;Kosten;Kanal;Kundennummer;Kunde;Auftragsart;Nettowert"},
		lines: table{path: part(dir, "auftragspositionen", ".csv.gz"), sep: ';', zip: true, limit: rowsPerFile,
			head: "Auftragsnummer;Position;Auftragsdatum;Kundennummer;Kanal;Artikelnummer;Produktgruppe;Menge;Einzelpreis;Netto;Währung"},
	}
}

func (s *sales) day(m moment) error {
	for _, o := range s.desk.day(m) {
		s.lines.begin()
		s.orderLines(&o)
		if o.channel == till {
			continue
		}
		events := s.w.orderCase(&o, noChange)
		s.compare(&o, events)
		s.events.begin()
		s.caseRows(&o, events)
	}
	if s.events.err != nil {
		return s.events.err
	}
	return s.lines.err
}

func (s *sales) orderLines(o *order) {
	prefix := "A-"
	if o.channel == till {
		prefix = "K-"
	}
	for i, l := range o.lines {
		s.orderLine(prefix, o.number, i+1, o.at, o, l, int64(l.quantity))
	}
	for _, b := range s.w.returns(o) {
		if b.at < s.w.end {
			s.returns++
			s.orderLine("G-", 900_000+s.returns, 1, b.at, o, b.line, -int64(b.quantity))
		}
	}
}

func (s *sales) orderLine(prefix string, number uint64, position int, at moment, o *order, l line, quantity int64) {
	t := &s.lines
	t.number(prefix, number)
	t.integer(int64(position))
	t.german(at, false)
	s.buyer(t, o)
	t.text(channelNames[o.channel])
	t.number("P-", uint64(l.group*1000+l.article+1001))
	t.text(productGroups[l.group].name)
	t.integer(quantity)
	t.money(l.cents)
	t.money(l.cents * quantity)
	t.text("EUR")
	t.done()
}

func (s *sales) buyer(t *table, o *order) {
	if o.customer == 0 {
		t.text("")
		return
	}
	t.number("K-", o.customer)
}

func (s *sales) caseRows(o *order, events []event) {
	t, kind, value := &s.events, "Standard", o.cents()
	switch {
	case o.sample:
		kind = "Muster"
	case o.has(madeToMeasure):
		kind = "Sonderanfertigung"
	}
	name := customerName(o.customer)
	for _, e := range events {
		if e.at >= s.w.end {
			break
		}
		t.number("A-", o.number)
		t.text(orderActivities[e.activity])
		t.german(e.at, true)
		t.text(employees[e.by][e.who])
		t.text(departmentNames[e.by])
		t.text(yesNo(e.auto))
		t.money(e.cents)
		t.text(channelNames[o.channel])
		s.buyer(t, o)
		t.text(name)
		t.text(kind)
		t.money(value)
		t.done()
	}
}

func yesNo(yes bool) string {
	if yes {
		return "ja"
	}
	return "nein"
}

// compare runs an order again without each change that concerns it and keeps the difference.
func (s *sales) compare(o *order, events []event) {
	w := s.w
	if w.applies(orderForm, o.at, noChange) && o.channel == phone {
		s.tally[orderForm].add(share(has(events, queryCleared)), share(has(w.orderCase(o, orderForm), queryCleared)))
	}
	if w.applies(creditRule, o.at, noChange) {
		s.tally[creditRule].add(manual(events), manual(w.orderCase(o, creditRule)))
	}
	if w.applies(carrier, o.at, noChange) {
		s.tally[carrier].add(road(events), road(w.orderCase(o, carrier)))
	}
	if w.applies(recommend, o.at, noChange) && o.channel == shop {
		without := *o
		without.lines = w.basket(o, recommend)
		s.tally[recommend].add(share(o.groups() > 1), share(without.groups() > 1))
	}
}

func share(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func has(events []event, activity int) bool {
	for _, e := range events {
		if e.activity == activity {
			return true
		}
	}
	return false
}

func manual(events []event) (n float64) {
	for _, e := range events {
		n += share(!e.auto)
	}
	return n
}

// road is the days from the last parcel to its receipt.
func road(events []event) float64 {
	var sent, signed moment
	for _, e := range events {
		switch e.activity {
		case goodsSent:
			sent = e.at
		case deliverySigned:
			signed = e.at
		}
	}
	return float64(signed-sent) / float64(day)
}
