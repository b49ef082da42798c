package demo

import (
	"math"
	"slices"
)

// The activities of a purchase, by number.
const (
	needReported = iota
	purchaseCreated
	purchaseApproved
	purchaseChanged
	purchaseSent
	confirmationCame
	goodsCame
	invoiceCame
	invoiceChecked
	invoiceCleared
	invoicePaid
)

var purchaseActivities = []string{
	"Bedarf gemeldet", "Bestellung angelegt", "Bestellung freigegeben", "Bestellung geändert", "Bestellung versandt",
	"Auftragsbestätigung eingegangen", "Ware eingegangen", "Rechnung eingegangen", "Rechnung geprüft",
	"Rechnungsdifferenz geklärt", "Zahlung ausgeführt",
}

// purchaseHours is the median working time of each step in hours; 0 for what only happens at an instant.
var purchaseHours = [...]float64{.2, .4, .15, .3, 0, 0, .7, 0, .35, .9, 0}

// purchase is one order at a supplier.
type purchase struct {
	number   uint64
	at       moment
	supplier int
	cents    int64
	dice     dice
}

const purchasesPerMonth = 66.0

// purchasesOf makes the purchases of one day in order of time; made is how many there were before.
func (w *world) purchasesOf(m moment, made uint64) []purchase {
	if m.weekday() > 4 || w.free[m.days()] {
		return nil
	}
	at := w.purchase.at(uint64(m.days()))
	_, mo, _ := m.civil()
	mean := w.Scale * purchasesPerMonth * math.Exp(.004*w.age(m)) * seasonOrders[mo%12] / 20.7
	weights := make([]float64, len(suppliers))
	for i, s := range suppliers {
		weights[i] = s.weight
	}
	out := make([]purchase, at.poisson(1, mean))
	for i := range out {
		d := at.at(uint64(i) + 10)
		out[i] = purchase{at: m + 7*hour + moment(d.u(1)*float64(9*hour)), supplier: d.pick(2, weights),
			cents: int64(d.lognormal(3, 1450, 1.0) * 100), dice: d}
	}
	slices.SortStableFunc(out, func(a, b purchase) int { return int(a.at - b.at) })
	for i := range out {
		out[i].number = 70_000 + made + uint64(i) + 1
	}
	return out
}

// purchaseCourse writes the steps of a purchase down; each step begins and ends.
type purchaseCourse struct {
	course
	cents int64
}

func (c *purchaseCourse) step(activity int, at moment, by department) moment {
	i := uint64(len(c.events))
	begin := c.w.free.desk(at, c.d.u(200+i))
	end := begin
	if h := purchaseHours[activity]; h > 0 {
		end += moment(c.d.lognormal(230+i, h, .5) * float64(hour))
	}
	c.events = append(c.events, event{begin: begin, at: end, activity: activity, by: by, who: c.d.n(260+i, len(employees[by]))})
	return end
}

// purchaseCase runs a purchase from the need to the payment.
func (w *world) purchaseCase(p *purchase) []event {
	c := &purchaseCourse{course: course{w: w, d: p.dice, events: make([]event, 0, 14)}, cents: p.cents}
	t := c.step(needReported, p.at, warehouse)
	t = c.step(purchaseCreated, t.after(c.d.lognormal(11, .5, .8)), buying)
	t = c.approval(t)
	t = c.step(purchaseSent, t.after(c.d.lognormal(12, .12, .6)), buying)
	if c.d.is(13, .86) {
		c.step(confirmationCame, t.after(c.d.lognormal(14, 1.4, .7)), buying)
	}
	s := suppliers[p.supplier]
	days := c.d.lognormal(15, s.days, .35)
	if p.supplier == outageSupplier && w.outage(p.at) {
		days += outageDays
	}
	came := c.step(goodsCame, t.after(days), warehouse)
	if c.d.is(16, .14) {
		came = c.step(goodsCame, came.after(c.d.lognormal(17, 5, .5)), warehouse)
	}
	c.invoice(came)
	slices.SortStableFunc(c.events, func(a, b event) int { return int(a.begin - b.begin) })
	return c.events
}

// approval releases the order; large ones are often sent back, changed and released again.
func (c *purchaseCourse) approval(t moment) moment {
	wait := .35
	if c.cents > 100_000 {
		wait = 1.6
	}
	t = c.step(purchaseApproved, t.after(c.d.lognormal(20, wait, .7)), buying)
	for i := range uint64(3) {
		if c.cents <= 100_000 || !c.d.is(21+i*4, .16) {
			break
		}
		t = c.step(purchaseChanged, t.after(c.d.lognormal(22+i*4, .8, .6)), buying)
		t = c.step(purchaseApproved, t.after(c.d.lognormal(23+i*4, wait, .7)), buying)
	}
	return t
}

// invoice checks the supplier's invoice; differences go back and forth.
func (c *purchaseCourse) invoice(came moment) {
	t := c.step(invoiceCame, came.after(c.d.lognormal(40, 2.2, .7)), accounts)
	t = c.step(invoiceChecked, t.after(c.d.lognormal(41, 1.5, .8)), accounts)
	again := .15
	for i := range uint64(4) {
		if !c.d.is(42+i*4, again) {
			break
		}
		t = c.step(invoiceCleared, t.after(c.d.lognormal(43+i*4, 3.2, .7)), buying)
		t = c.step(invoiceChecked, t.after(c.d.lognormal(44+i*4, 1.1, .8)), accounts)
		again = .30
	}
	c.step(invoicePaid, t.after(c.d.lognormal(60, 11, .4)), accounts)
}
