package demo

import (
	"math"
	"slices"
)

// ticket is one customer request. A zero time has not happened.
type ticket struct {
	number                    uint64
	opened, answered          moment
	solved, closed            moment
	channel, category, urgent int
	team                      int
	reopened                  bool
	customer                  uint64
	dice                      dice
}

const ticketsPerMonth = 310.0

var (
	ticketChannels   = []string{"E-Mail", "Telefon", "Kontaktformular", "Chat"}
	ticketCategories = []string{"Lieferstatus", "Rechnung", "Technik", "Rücksendung", "Produktberatung"}
	ticketPriorities = []string{"niedrig", "normal", "hoch"}
	ticketTeams      = []string{"Kundendienst", "Buchhaltung", "Technik", "Lager", "Vertrieb"}

	channelWeights  = []float64{.46, .33, .21}
	categoryWeights = []float64{.34, .18, .20, .12, .16}
	// hours from opening to resolution by category, median
	categoryHours = []float64{14, 26, 44, 32, 18}
	// share of requests that nobody answers, by channel
	unanswered = []float64{.012, .004, .052, .008}
)

// ticketsOf makes the requests of one day in order of time; made is how many there were before.
func (w *world) ticketsOf(m moment, made uint64) []ticket {
	at := w.tickets.at(uint64(m.days()))
	_, mo, _ := m.civil()
	mean := w.Scale * ticketsPerMonth * math.Exp(.006*w.age(m)) * seasonOrders[mo-1] / 30.4375
	mean *= []float64{1.35, 1.2, 1.15, 1.1, 1.1, .6, .5}[m.weekday()]
	if w.outage(m) {
		mean *= outageTickets
	}
	out := make([]ticket, at.poisson(1, mean))
	for i := range out {
		d := at.at(uint64(i) + 10)
		out[i] = ticket{opened: awake(m + moment((d.u(1)+d.u(2))/2*float64(20*hour)) + 3*hour), dice: d}
	}
	slices.SortStableFunc(out, func(a, b ticket) int { return int(a.opened - b.opened) })
	for i := range out {
		out[i].number = 40_000 + made + uint64(i) + 1
		w.answer(&out[i], noChange)
	}
	return out
}

// answer runs a request, leaving one change out. What lies past the end of the history has not happened.
func (w *world) answer(t *ticket, off change) {
	d := t.dice
	t.channel, t.category = d.pick(5, channelWeights), d.pick(6, categoryWeights)
	if w.applies(chat, t.opened, off) && d.is(7, .16) {
		t.channel = 3
	}
	t.urgent, t.team = d.pick(8, []float64{.25, .58, .17}), t.category
	hours := d.lognormal(9, []float64{6, 3.8, 1.5}[t.urgent], .8)
	if w.applies(triage, t.opened, off) {
		hours *= triageFactor
	}
	first := w.free.desk(t.opened+moment(hours*float64(hour)), d.u(10))
	length := categoryHours[t.category] * []float64{1.3, 1, .6}[t.urgent]
	solved := w.free.desk(t.opened+moment(d.lognormal(11, length, .85)*float64(hour)), d.u(12))
	t.reopened = d.is(14, .035)
	if t.reopened {
		solved = w.free.desk(solved.after(d.lognormal(15, 2.5, .6)), d.u(16))
	}
	t.answered, t.solved = min(first, solved), solved
	if d.is(17, unanswered[t.channel]) {
		t.answered = 0
	}
	if d.is(18, .006) {
		t.solved = 0
	}
	if t.solved > 0 && d.is(19, .93) {
		t.closed = t.solved.after(1 + 2*d.u(20))
	}
	for _, at := range []*moment{&t.answered, &t.solved, &t.closed} {
		if *at >= w.end {
			*at = 0
		}
	}
	c := channel(d.pick(21, []float64{.45, .40, .15}))
	if d.is(22, .88) {
		t.customer = channelPlans[c].numberFrom + uint64(d.u(23)*channelPlans[c].oldPool*w.Scale)
	}
}

func (t *ticket) updated() moment { return max(t.opened, t.answered, t.solved, t.closed) }
