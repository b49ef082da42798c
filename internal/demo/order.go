package demo

import (
	"math"
	"slices"
)

// line is one position of an order.
type line struct {
	group    int
	article  int
	quantity int
	cents    int64 // price of one
}

// order is one order of any channel before its process runs.
type order struct {
	number   uint64
	at       moment
	channel  channel
	customer uint64 // 0 for an unknown one
	dice     dice
	lines    []line
	sample   bool // free of charge, never invoiced
}

func (o *order) cents() (sum int64) {
	for _, l := range o.lines {
		sum += l.cents * int64(l.quantity)
	}
	return sum
}

func (o *order) has(group int) bool {
	return slices.ContainsFunc(o.lines, func(l line) bool { return l.group == group })
}

func (o *order) groups() int {
	seen := 0
	for i := range o.lines {
		if !slices.ContainsFunc(o.lines[:i], func(l line) bool { return l.group == o.lines[i].group }) {
			seen++
		}
	}
	return seen
}

// desk knows how many customers each channel has had and how many orders there were.
type shopDesk struct {
	w         *world
	customers [channels]uint64
	made      uint64
	receipts  uint64
}

func newShopDesk(w *world) *shopDesk {
	d := &shopDesk{w: w}
	for c, p := range channelPlans {
		d.customers[c] = uint64(math.Round(p.oldPool * w.Scale))
	}
	return d
}

// Slots of the dice of an order; those of the process follow in ordercase.go.
const (
	slotTime uint64 = iota
	slotNew
	slotWho
	slotHow
	slotAnonymous
	slotSample
	slotCross
	slotMore
	slotCustom
	slotLines = 100 // 8 per line
)

// day makes the orders of one day in order of time.
func (d *shopDesk) day(m moment) []order {
	var out []order
	for c := range channels {
		at := d.w.orders.at(uint64(m.days())*uint64(channels) + uint64(c))
		for i := range at.poisson(1, d.w.demand(c, m)) {
			o := order{channel: c, dice: at.at(uint64(i) + 10)}
			plan := channelPlans[c]
			span := float64(plan.closes - plan.opens)
			hump := (o.dice.u(slotTime) + o.dice.u(slotTime+50)) / 2
			o.at = m + plan.opens + moment(hump*span)
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b order) int { return int(a.at - b.at) })
	for i := range out {
		d.complete(&out[i])
	}
	return out
}

func (d *shopDesk) complete(o *order) {
	if o.channel == till {
		d.receipts++
		o.number = 500_000 + d.receipts
	} else {
		d.made++
		o.number = 230_000 + d.made
		o.sample = o.channel == phone && o.dice.is(slotSample, .05)
	}
	o.customer = d.buyer(o)
	o.lines = d.w.basket(o, noChange)
}

// buyer returns a new customer or one who has ordered before: mostly a recent one, otherwise an old loyal one.
func (d *shopDesk) buyer(o *order) uint64 {
	plan := channelPlans[o.channel]
	if plan.anonymous > 0 && o.dice.is(slotAnonymous, plan.anonymous) {
		return 0
	}
	n := d.customers[o.channel]
	if n == 0 || o.dice.is(slotNew, plan.newShare) {
		d.customers[o.channel]++
		return plan.numberFrom + n
	}
	if o.dice.is(slotHow, .6) {
		back := uint64(o.dice.exponential(slotWho, .15*float64(n)))
		return plan.numberFrom + n - 1 - back%n
	}
	u := o.dice.u(slotWho)
	return plan.numberFrom + uint64(u*u*float64(n))
}

// basket fills an order. Whether there is a second product group is decided first, so that the share is the plan's.
func (w *world) basket(o *order, off change) []line {
	plan, d := channelPlans[o.channel], o.dice
	cross := plan.crossSell
	if o.channel == shop && w.applies(recommend, o.at, off) {
		cross = crossAfter
	}
	count, groups := 1, 1
	for d.is(slotMore+20+uint64(count), plan.moreLines) && count < 9 {
		count++
	}
	if d.is(slotCross, cross) {
		groups, count = 2, count+1
	}
	first := d.pick(slotHow+20, groupWeights)
	if d.is(slotCustom, plan.custom) {
		first = madeToMeasure
	}
	lines := make([]line, count)
	for i := range lines {
		slot := slotLines + uint64(i)*8
		group := first
		if groups > 1 && i > 0 {
			group = d.pick(slot, groupWeights)
			if i == 1 && group == first {
				group = 1 + group%(len(productGroups)-1)
			}
		}
		lines[i] = w.line(d, slot+1, group, o)
	}
	return lines
}

func (w *world) line(d dice, slot uint64, group int, o *order) line {
	g := productGroups[group]
	l := line{group: group, article: d.n(slot, g.articles), quantity: 1 + int(d.exponential(slot+1, 1.4))}
	if group == madeToMeasure {
		l.quantity = 1
	}
	price := g.price * dice(mix(uint64(group*1000+l.article))).lognormal(1, 1, .5) * math.Exp(priceGrowth*w.age(o.at))
	if group == madeToMeasure {
		price *= d.lognormal(slot+2, 1, .35)
	}
	l.cents = max(int64(price*100), 50)
	if o.sample {
		l.cents = 0
	}
	return l
}

var groupWeights = func() (w []float64) {
	for _, g := range productGroups {
		w = append(w, g.weight)
	}
	return w
}()

// goodsBack is one returned line.
type goodsBack struct {
	line
	at moment
}

// returns lists the lines that come back, at most all of them.
func (w *world) returns(o *order) (back []goodsBack) {
	for i, l := range o.lines {
		slot := slotLines + 80 + uint64(i)*4
		factor := 1.0
		if o.channel == till || o.channel == phone {
			factor = .55
		}
		if l.cents == 0 || !o.dice.is(slot, productGroups[l.group].returned*factor) {
			continue
		}
		if l.quantity > 1 && o.dice.is(slot+1, .4) {
			l.quantity = 1
		}
		at := w.free.desk(o.at.after(9+o.dice.exponential(slot+2, 9)), o.dice.u(slot+3))
		back = append(back, goodsBack{l, at})
	}
	return back
}
