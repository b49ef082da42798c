package demo

// change is something that the company altered at a known date.
type change int

const (
	orderForm change = iota
	creditRule
	carrier
	recommend
	triage
	chat
	changeCount
	noChange change = -1
)

// changePlan is what is true of a change.
type changePlan struct {
	id, title string
	month     int // first month in which it is in force, 0 the first of the history
	metric    string
	unit      string
	parameter string
}

var changePlans = [changeCount]changePlan{
	orderForm:  {"order_form", "Geprüfte Auftragsmaske am Telefon", 28, "share of phone orders with at least one Rückfrage geklärt", "share", "probability of a first query of a phone order, 0.34 before, 0.20 from then on"},
	creditRule: {"credit_rule", "Bonität nach Regel geprüft", 14, "manual steps per order (events with automatisch = nein)", "steps", "Bonität geprüft is done by the system from then on"},
	carrier:    {"carrier", "Neuer Versandpartner", 36, "mean days from the last Ware versandt to Lieferung quittiert", "days", "0.8 days less on the road"},
	recommend:  {"recommendations", "Empfehlungen im Shop", 44, "share of shop orders with two or more product groups", "share", "probability of a second product group in the shop, 0.30 before, 0.36 from then on"},
	triage:     {"triage", "Vorsortierung der Kundenanfragen", 33, "mean hours from opening to first response of a ticket", "hours", "time to first response times 0.6, before the rule that nobody works at night"},
	chat:       {"chat", "Chat-Auskunft", 47, "mean hours from opening to resolution of a ticket", "hours", "none: tickets move to the channel Chat, nothing gets faster"},
}

// Numbers of the invented world that Truth repeats.
const (
	volumeNoise  = 0.04
	queryBefore  = 0.34
	queryAfter   = 0.20
	carrierDays  = 0.8
	crossBefore  = 0.30
	crossAfter   = 0.36
	triageFactor = 0.6

	outageFrom    = 20
	outageTo      = 23
	outageDemand  = 0.93
	outageFactor  = 2.2 // wait for goods of an affected order
	outageDays    = 18  // added to each delivery of the supplier
	outageTickets = 1.35

	driftFrom   = 38.0
	driftTo     = 48.0
	driftBefore = 0.06
	driftAfter  = 0.26

	priceGrowth = 0.0025 // a month, continuous
)

// Truth is what is true in the invented world, for the judgement of methods. It is written as truth.json beside the
// files. Dates are first days of months; shares are fractions; growth is continuous, a month.
type Truth struct {
	Company   string         `json:"company"`
	Simulated bool           `json:"simulated"`
	Seed      uint64         `json:"seed"`
	Scale     float64        `json:"scale"`
	From      string         `json:"from"`
	To        string         `json:"to" doc:"day after the last"`
	Season    [12]float64    `json:"season" doc:"factor on orders by month of the year, January first, mean 1"`
	Noise     float64        `json:"noise" doc:"standard deviation of the logarithm of the monthly shock on orders"`
	Prices    float64        `json:"price_growth"`
	Channels  []ChannelTruth `json:"channels"`
	Outage    OutageTruth    `json:"outage"`
	Drift     DriftTruth     `json:"drift"`
	Changes   []ChangeTruth  `json:"changes"`
}

// ChannelTruth is the course of a channel.
type ChannelTruth struct {
	Channel string  `json:"channel"`
	Orders  float64 `json:"orders_per_month" doc:"expected at the start, at this scale, season 1"`
	Growth  float64 `json:"growth"`
}

// OutageTruth is the failure of a supplier.
type OutageTruth struct {
	Supplier     string  `json:"supplier"`
	From         string  `json:"from"`
	To           string  `json:"to"`
	AddedDays    float64 `json:"added_delivery_days"`
	WaitFactor   float64 `json:"wait_factor" doc:"on the wait for goods of orders of the supplier's group and of made-to-measure parts"`
	DemandFactor float64 `json:"demand_factor"`
	TicketFactor float64 `json:"ticket_factor"`
}

// DriftTruth is the slow change of the process: invoices leave on dispatch instead of after delivery.
type DriftTruth struct {
	What   string  `json:"what"`
	From   string  `json:"from"`
	To     string  `json:"to"`
	Before float64 `json:"share_before"`
	After  float64 `json:"share_after"`
}

// ChangeTruth is one change. Effect is the mean difference that it made to the things it concerned, from its date to
// the end, computed by making each of them a second time without the change and with the same random numbers.
type ChangeTruth struct {
	ID        string  `json:"id"`
	Title     string  `json:"title"`
	At        string  `json:"at"`
	Metric    string  `json:"metric"`
	Unit      string  `json:"unit"`
	Parameter string  `json:"parameter"`
	Effect    float64 `json:"effect"`
	Affected  int64   `json:"affected" doc:"orders or tickets from the date on"`
}

// tally adds up differences of one change.
type tally struct {
	sum   float64
	count int64
}

func (t *tally) add(with, without float64) {
	t.sum += with - without
	t.count++
}

func (w *world) truth(tallies [changeCount]tally) Truth {
	t := Truth{Company: Company, Simulated: true, Seed: w.Seed, Scale: w.Scale, From: w.dayText(0), To: w.dayText(Months),
		Season: seasonOrders, Noise: volumeNoise, Prices: priceGrowth,
		Outage: OutageTruth{Supplier: suppliers[outageSupplier].name, From: w.dayText(outageFrom), To: w.dayText(outageTo),
			AddedDays: outageDays, WaitFactor: outageFactor, DemandFactor: outageDemand, TicketFactor: outageTickets},
		Drift: DriftTruth{What: "share of delivered orders whose first Rechnung gestellt comes before Lieferung quittiert",
			From: w.dayText(driftFrom), To: w.dayText(driftTo), Before: driftBefore, After: driftAfter},
	}
	for c, p := range channelPlans {
		t.Channels = append(t.Channels, ChannelTruth{channelNames[c], p.orders * w.Scale, p.growth})
	}
	for i, p := range changePlans {
		c := ChangeTruth{ID: p.id, Title: p.title, At: w.dayText(p.month), Metric: p.metric, Unit: p.unit,
			Parameter: p.parameter, Affected: tallies[i].count}
		if c.Affected > 0 {
			c.Effect = tallies[i].sum / float64(c.Affected)
		}
		t.Changes = append(t.Changes, c)
	}
	return t
}

func (w *world) dayText(month int) string { return w.first.plus(month).String() + "-01" }
