package demo

import (
	"fmt"
	"math"
	"time"
)

// Months is the length of the history.
const Months = 60

// Scale lies between these.
const (
	LeastScale = 0.01
	MostScale  = 1000
)

// Config says which world to make. The zero value of Until is not allowed; use LastFullMonth.
type Config struct {
	Seed  uint64
	Scale float64 // 1 makes about 300,000 events; LeastScale to MostScale
	Until Month   // last month with data
}

// Month is a calendar month.
type Month struct{ Year, Month int }

// LastFullMonth is the month before the one of now.
func LastFullMonth(now time.Time) Month {
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
	return Month{first.Year(), int(first.Month())}
}

// ParseMonth reads YYYY-MM between 1975 and 2199.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1975 || t.Year() > 2199 {
		return Month{}, fmt.Errorf("month %q is not YYYY-MM between 1975 and 2199", s)
	}
	return Month{t.Year(), int(t.Month())}, nil
}

// String writes YYYY-MM.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

func (m Month) plus(n int) Month {
	i := m.Year*12 + m.Month - 1 + n
	return Month{i / 12, i%12 + 1}
}

func (m Month) start() moment { return date(m.Year, m.Month, 1) }

// world holds what every simulated thing looks up: the calendar, the seed's streams and the dates of the changes.
type world struct {
	Config
	first    Month
	start    moment
	end      moment // first moment without data
	starts   [Months + 1]moment
	free     holidays
	shock    [Months]float64
	changes  [changeCount]moment
	orders   dice
	customer dice
	purchase dice
	tickets  dice
	volume   dice
}

func newWorld(c Config) *world {
	w := &world{Config: c, first: c.Until.plus(1 - Months)}
	for i := range w.starts {
		w.starts[i] = w.first.plus(i).start()
	}
	w.start, w.end = w.starts[0], w.starts[Months]
	w.free = holidaysBetween(w.first.Year, c.Until.Year+1)
	w.orders, w.customer = stream(c.Seed, "orders"), stream(c.Seed, "customers")
	w.purchase, w.tickets, w.volume = stream(c.Seed, "purchases"), stream(c.Seed, "tickets"), stream(c.Seed, "volume")
	for i := range w.shock {
		w.shock[i] = math.Exp(volumeNoise*w.volume.at(uint64(i)).normal(1) - volumeNoise*volumeNoise/2)
	}
	for i, c := range changePlans {
		w.changes[i] = w.starts[c.month]
	}
	return w
}

// month is the number of the month, 0 the first; moments outside are clamped.
func (w *world) month(m moment) int {
	y, mo, _ := m.civil()
	return min(max((y-w.first.Year)*12+mo-w.first.Month, 0), Months-1)
}

// age is how far into the history a moment is, in months.
func (w *world) age(m moment) float64 { return float64(m-w.start) / float64(day) / 30.4375 }

// applies says whether a change is in force for a thing that began at m, off being a change that is left out.
func (w *world) applies(c change, m moment, off change) bool { return c != off && m >= w.changes[c] }

// outage says whether the supplier fails at m.
func (w *world) outage(m moment) bool { return m >= w.starts[outageFrom] && m < w.starts[outageTo] }

// invoiceFirst is the share of orders invoiced on dispatch instead of after delivery: the drift of the process.
func (w *world) invoiceFirst(m moment) float64 {
	f := (w.age(m) - driftFrom) / (driftTo - driftFrom)
	return driftBefore + (driftAfter-driftBefore)*min(max(f, 0), 1)
}

// demand is the expected number of orders of a channel on a day.
func (w *world) demand(c channel, m moment) float64 {
	p := channelPlans[c]
	share := p.weekdays[m.weekday()]
	if share == 0 || (w.free[m.days()] && (c == phone || c == till)) {
		return 0
	}
	sum := 0.0
	for _, s := range p.weekdays {
		sum += s
	}
	_, mo, _ := m.civil()
	level := p.orders * math.Exp(p.growth*w.age(m)) * seasonOrders[mo-1] * w.shock[w.month(m)]
	if w.outage(m) {
		level *= outageDemand
	}
	return w.Scale * level / 30.4375 * share * 7 / sum
}
