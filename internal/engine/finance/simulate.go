package finance

import (
	"context"
	"math"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/stat"
)

// Limits and default of the number of draws.
const (
	DefaultDraws = 100_000
	fewestDraws  = 100
	mostDraws    = 1_000_000
)

// blockSize is how many draws share a stream of random numbers. Blocks are the same however many processors take part.
const blockSize = 1024

// Simulation is the distribution of a case over its uncertain inputs, each class by itself.
type Simulation struct {
	Draws int    `json:"draws"`
	Seed  uint64 `json:"seed"`
	// Cash is the distribution of the net present value of cash.
	Cash         CashSpread  `json:"cash"`
	AvoidedCost  *Spread     `json:"avoided_cost,omitempty" doc:"present value"`
	ReleasedTime *TimeSpread `json:"released_time,omitempty"`
}

// CashSpread is the distribution of the net present value with what decides: whether it is positive.
type CashSpread struct {
	Spread
	MeanError     float64       `json:"mean_error" doc:"Monte Carlo standard error of the mean, minor units"`
	Positive      float64       `json:"probability_positive"`
	PositiveError float64       `json:"probability_positive_error" doc:"Monte Carlo standard error"`
	PositiveLow   float64       `json:"probability_positive_low" doc:"95 percent interval of the Monte Carlo error (Wilson)"`
	PositiveHigh  float64       `json:"probability_positive_high"`
	LossShare     float64       `json:"loss_share" doc:"share of draws below zero"`
	Histogram     CashHistogram `json:"histogram"`
}

// Spread is a distribution of money.
type Spread struct {
	Mean      Amount       `json:"mean"`
	SD        Amount       `json:"sd" doc:"divisor n − 1"`
	Quantiles []QuantileAt `json:"quantiles" doc:"5, 10 … 95 percent, type 7"`
}

// QuantileAt is the value that a share P of the draws stays below.
type QuantileAt struct {
	P     float64 `json:"p"`
	Value Amount  `json:"value"`
}

// TimeSpread is the distribution of released time: of its hours and of their own value.
type TimeSpread struct {
	HoursMean float64 `json:"hours_mean"`
	HoursSD   float64 `json:"hours_sd"`
	HoursLow  float64 `json:"hours_p5"`
	HoursHigh float64 `json:"hours_p95"`
	Value     Spread  `json:"value" doc:"present value"`
}

// Options say how to simulate.
type Options struct {
	Seed  uint64
	Draws int // 0: DefaultDraws
}

// Simulate draws all uncertain inputs and evaluates the case for each draw, exactly. Inputs of one driver share their
// draw (the same quantile), all others are independent. The same case and seed give the same figures on every machine
// with the same floating point, however many processors there are; an input draws from a stream of its own, so that
// adding another one does not change it.
func Simulate(ctx context.Context, c Case, o Options) (Simulation, error) {
	if err := Check(c); err != nil {
		return Simulation{}, err
	}
	if o.Draws == 0 {
		o.Draws = DefaultDraws
	}
	if o.Draws < fewestDraws || o.Draws > mostDraws {
		return Simulation{}, base.Fail(base.Refused, "draws_out_of_range",
			base.T("%d bis %d Ziehungen sind möglich.", "%d to %d draws are possible.", fewestDraws, mostDraws))
	}
	m := newModel(c)
	d := newDraws(o.Draws)
	if err := d.run(ctx, m, quickened(samplers(m)), o.Seed); err != nil {
		return Simulation{}, err
	}
	return d.summary(m, roundingTo(Decimals(c.Currency)), o), nil
}

// sampler draws one group of inputs that share a driver.
type sampler struct {
	name   string
	inputs []sampled
}

type sampled struct {
	input int
	of    quantiler
	rule  rule
}

// samplers groups the uncertain inputs by driver, in the order in which they are written.
func samplers(m *model) []sampler {
	var out []sampler
	byName := map[string]int{}
	for i, p := range m.places {
		if !p.Input.Uncertain() {
			continue
		}
		name := "input:" + p.Key
		if p.Input.Driver != "" {
			name = "driver:" + p.Input.Driver
		}
		at, ok := byName[name]
		if !ok {
			at = len(out)
			byName[name] = at
			out = append(out, sampler{name: name})
		}
		out[at].inputs = append(out[at].inputs, sampled{i, distribution(p.Input), m.rules[i]})
	}
	return out
}

// quickened has tables in place of slow distributions.
func quickened(list []sampler) []sampler {
	t := tables{}
	for _, s := range list {
		for i := range s.inputs {
			s.inputs[i].of = t.quick(s.inputs[i].of)
		}
	}
	return list
}

// draws holds the worth of every draw, each class by itself.
type draws struct{ net, avoided, released, hours []float64 }

func newDraws(n int) *draws {
	return &draws{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
}

// run fills the draws block by block on all processors.
func (d *draws) run(ctx context.Context, m *model, list []sampler, seed uint64) error {
	blocks := (len(d.net) + blockSize - 1) / blockSize
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), blocks) {
		group.Go(func() {
			w := newWorker(m, list)
			for b := int(next.Add(1)) - 1; b < blocks && ctx.Err() == nil; b = int(next.Add(1)) - 1 {
				w.block(d, b, seed)
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

// worker evaluates blocks; its columns hold the values of the uncertain inputs of a block.
type worker struct {
	state   *state
	list    []sampler
	columns [][]float64 // by input, nil for certain ones
}

func newWorker(m *model, list []sampler) *worker {
	w := &worker{state: newState(m), list: list, columns: make([][]float64, len(m.places))}
	for _, s := range list {
		for _, in := range s.inputs {
			w.columns[in.input] = make([]float64, blockSize)
		}
	}
	return w
}

func (w *worker) block(d *draws, b int, seed uint64) {
	first := b * blockSize
	n := min(blockSize, len(d.net)-first)
	for _, s := range w.list {
		w.fill(s, n, seed, b)
	}
	for k := range n {
		for _, s := range w.list {
			for _, in := range s.inputs {
				w.state.values[in.input] = w.columns[in.input][k]
			}
		}
		w.state.refresh()
		x := w.state.worth()
		d.net[first+k], d.avoided[first+k], d.released[first+k], d.hours[first+k] = x.net, x.avoided, x.released, x.hours
	}
}

// fill draws one group for a block.
func (w *worker) fill(s sampler, n int, seed uint64, b int) {
	random := base.Rand(seed, "business case", s.name, strconv.Itoa(b))
	for k := range n {
		u := open01(random.Uint64())
		for _, in := range s.inputs {
			w.columns[in.input][k] = in.rule.held(in.of.quantile(u))
		}
	}
}

// open01 turns random bits into a number strictly between 0 and 1, so that every quantile is finite.
func open01(bits uint64) float64 { return (float64(bits>>12) + 0.5) / (1 << 52) }

func (d *draws) summary(m *model, r rounder, o Options) Simulation {
	s := Simulation{Draws: o.Draws, Seed: o.Seed}
	n := int64(len(d.net))
	mean, sd := moments(d.net)
	slices.Sort(d.net)
	losses, _ := slices.BinarySearch(d.net, 0)
	wins := n - int64(upTo(d.net, 0))
	p := float64(wins) / float64(n)
	within := stat.Wilson(wins, n, stat.Level)
	s.Cash = CashSpread{
		Spread:    spread(r, mean, sd, d.net),
		MeanError: sd / math.Sqrt(float64(n)) * r.factor,
		Positive:  p, PositiveError: math.Sqrt(p * (1 - p) / float64(n)), PositiveLow: within.Low, PositiveHigh: within.High,
		LossShare: float64(losses) / float64(n),
		Histogram: histogram(r, d.net),
	}
	if hasClass(m, AvoidedCost) {
		s.AvoidedCost = new(spreadOf(r, d.avoided))
	}
	if hasClass(m, ReleasedTime) {
		t := &TimeSpread{Value: spreadOf(r, d.released)}
		t.HoursMean, t.HoursSD = moments(d.hours)
		slices.Sort(d.hours)
		t.HoursLow, t.HoursHigh = quantile(d.hours, 0.05), quantile(d.hours, 0.95)
		s.ReleasedTime = t
	}
	return s
}

func hasClass(m *model, class Class) bool {
	return slices.ContainsFunc(m.lines, func(l line) bool { return l.class == class })
}

// upTo is how many sorted values are at most x.
func upTo(sorted []float64, x float64) int {
	i, _ := slices.BinarySearch(sorted, math.Nextafter(x, math.Inf(1)))
	return i
}

// moments are mean and standard deviation, by two passes in the order of the draws.
func moments(values []float64) (mean, sd float64) {
	first := values[0]
	for _, v := range values {
		mean += v - first
	}
	mean = first + mean/float64(len(values))
	var sum float64
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sum / float64(len(values)-1))
}

// spreadOf sorts the values.
func spreadOf(r rounder, values []float64) Spread {
	mean, sd := moments(values)
	slices.Sort(values)
	return spread(r, mean, sd, values)
}

func spread(r rounder, mean, sd float64, sorted []float64) Spread {
	s := Spread{Mean: r.amount(mean), SD: r.amount(sd)}
	for percent := 5; percent <= 95; percent += 5 {
		p := float64(percent) / 100
		s.Quantiles = append(s.Quantiles, QuantileAt{p, r.amount(quantile(sorted, p))})
	}
	return s
}

func quantile(sorted []float64, p float64) float64 {
	return stat.Quantile(int64(len(sorted)), p, func(rank int64) float64 { return sorted[rank-1] })
}
