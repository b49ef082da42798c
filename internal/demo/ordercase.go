package demo

import "slices"

// event is one step of a case.
type event struct {
	begin    moment
	at       moment
	activity int
	by       department
	who      int
	auto     bool
	cents    int64
}

// The activities of an order, by number, in the order in which they usually happen.
const (
	orderTaken = iota
	orderReceived
	queryCleared
	creditChecked
	orderConfirmed
	productionStarted
	goodsPicked
	goodsSent
	deliverySigned
	invoiceSent
	reminderSent
	paymentBooked
)

var orderActivities = []string{
	"Auftrag erfasst", "Auftrag übernommen", "Rückfrage geklärt", "Bonität geprüft", "Auftrag bestätigt",
	"Fertigung gestartet", "Ware kommissioniert", "Ware versandt", "Lieferung quittiert", "Rechnung gestellt",
	"Mahnung versandt", "Zahlung gebucht",
}

// orderCosts are the costs of a step in cents, by hand and by the system.
var orderCosts = [...][2]int64{
	{520, 520}, {8, 8}, {1450, 1450}, {680, 12}, {390, 9}, {2100, 2100},
	{760, 760}, {430, 430}, {240, 15}, {470, 11}, {130, 130}, {290, 14},
}

const (
	slotCredit uint64 = iota + 300
	slotCreditTime
	slotConfirm
	slotConfirmAgain
	slotProduction
	slotPick
	slotPartial
	slotPartialTime
	slotSend
	slotRoad
	slotInvoiceFirst
	slotInvoice
	slotInvoiceAgain
	slotPay
	slotLate
	slotReminder
	slotReminderAgain
	slotNever
	slotQuery  = 340 // 8 per loop
	slotPeople = 400
	slotAuto   = 440
	slotSpread = 480
)

// course writes the steps of one case down.
type course struct {
	w      *world
	d      dice
	events []event
}

func (c *course) step(activity int, at moment, by department, auto bool) moment {
	i := uint64(len(c.events))
	if auto {
		at, by = awake(at), nobody
	} else {
		at = c.w.free.desk(at, c.d.u(slotSpread+i))
	}
	costs := orderCosts[activity]
	e := event{at: at, activity: activity, by: by, who: c.d.n(slotPeople+i, len(employees[by])), auto: auto, cents: costs[0]}
	if auto {
		e.cents = costs[1]
	}
	c.events = append(c.events, e)
	return at
}

// orderCase runs the process of an order, leaving one change out. The steps come in order of time and may reach past
// the end of the history.
func (w *world) orderCase(o *order, off change) []event {
	c := &course{w: w, d: o.dice, events: make([]event, 0, 12)}
	t := c.entry(o, off)
	t = c.confirmation(o, t, off)
	sent := c.dispatch(o, t)
	c.delivery(o, sent, off)
	slices.SortStableFunc(c.events, func(a, b event) int { return int(a.at - b.at) })
	return c.events
}

// entry takes the order in and clears queries. A query of a phone order often leads to a second entry.
func (c *course) entry(o *order, off change) moment {
	first, auto, query := orderTaken, false, queryBefore
	if c.w.applies(orderForm, o.at, off) {
		query = queryAfter
	}
	if o.channel != phone {
		first, auto, query = orderReceived, true, .03
	}
	t := c.step(first, o.at, salesDesk, auto)
	for i := range uint64(4) {
		slot := slotQuery + i*8
		if i > 0 {
			query = .22
		}
		if !c.d.is(slot, query) {
			break
		}
		t = c.step(queryCleared, t.after(c.d.lognormal(slot+1, 1.7, .75)), salesDesk, false)
		if first == orderTaken && c.d.is(slot+2, .40) {
			t = c.step(orderTaken, t.after(c.d.lognormal(slot+3, .45, .6)), salesDesk, false)
		}
	}
	return t
}

func (c *course) confirmation(o *order, t moment, off change) moment {
	checked := map[channel]float64{phone: .44, shop: .30, market: .20}[o.channel]
	pause := .30
	if c.d.is(slotCredit, checked) {
		auto := c.w.applies(creditRule, o.at, off)
		t = c.step(creditChecked, t.after(c.d.lognormal(slotCreditTime, .22, .7)), accounts, auto)
		pause = .55
	}
	auto := o.channel != phone && c.d.is(slotAuto, .7)
	t = c.step(orderConfirmed, t.after(c.d.lognormal(slotConfirm, pause, .7)), salesDesk, auto)
	if c.d.is(slotConfirmAgain, .045) {
		t = c.step(orderConfirmed, t.after(c.d.lognormal(slotConfirmAgain+100, 1.3, .6)), salesDesk, false)
	}
	return t
}

// dispatch makes, picks and sends the goods and returns the time of the last parcel.
func (c *course) dispatch(o *order, t moment) moment {
	wait, slower := 3.1, 1.0
	if c.w.outage(o.at) && (o.has(1) || o.has(madeToMeasure)) {
		slower = outageFactor
	}
	if o.has(madeToMeasure) {
		t = c.step(productionStarted, t.after(c.d.lognormal(slotProduction, 1.4, .6)), workshop, false)
		wait = 6.9
	}
	t = c.step(goodsPicked, t.after(slower*c.d.lognormal(slotPick, wait, .55)), warehouse, false)
	sent := c.step(goodsSent, t.after(c.d.lognormal(slotSend, .75, .45)), warehouse, false)
	if len(o.lines) > 1 && c.d.is(slotPartial, .055) {
		t = c.step(goodsPicked, sent.after(c.d.lognormal(slotPartialTime, 2.2, .5)), warehouse, false)
		sent = c.step(goodsSent, t.after(c.d.lognormal(slotPartialTime+100, .75, .45)), warehouse, false)
	}
	return sent
}

// delivery runs from the parcel to the payment. The invoice leaves after delivery or, more and more, on dispatch.
func (c *course) delivery(o *order, sent moment, off change) {
	road := 1.3 + c.d.lognormal(slotRoad, 2.2, .4)
	if c.w.applies(carrier, o.at, off) {
		road -= carrierDays
	}
	signed := c.w.free.parcel(sent.after(road), c.d.u(slotSpread+40))
	c.step(deliverySigned, signed, nobody, true)
	if o.sample {
		return
	}
	autoInvoice := o.channel != phone || c.d.is(slotAuto+1, .4)
	billed := signed.after(c.d.lognormal(slotInvoice, .9, .6))
	if c.d.is(slotInvoiceFirst, c.w.invoiceFirst(o.at)) {
		billed = sent.after(c.d.lognormal(slotInvoice, .2, .3))
	}
	billed = c.step(invoiceSent, billed, accounts, autoInvoice)
	if c.d.is(slotInvoiceAgain, .012) {
		billed = c.step(invoiceSent, billed.after(c.d.lognormal(slotInvoiceAgain+100, 6, .5)), accounts, false)
	}
	c.payment(billed)
}

func (c *course) payment(billed moment) {
	auto := c.d.is(slotAuto+2, .55)
	if !c.d.is(slotLate, .165) {
		if !c.d.is(slotNever, .008) {
			c.step(paymentBooked, billed.after(c.d.lognormal(slotPay, 18.5, .35)), accounts, auto)
		}
		return
	}
	t := c.step(reminderSent, billed.after(30+c.d.exponential(slotReminder, 1.5)), accounts, true)
	if c.d.is(slotReminderAgain, .2) {
		t = c.step(reminderSent, t.after(14+c.d.exponential(slotReminder+100, 1.5)), accounts, true)
	}
	if !c.d.is(slotNever, .05) {
		c.step(paymentBooked, t.after(c.d.lognormal(slotPay, 8.4, .5)), accounts, auto)
	}
}
