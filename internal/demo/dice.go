package demo

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// dice gives the random numbers of one simulated thing by slot, not by sequence: switching a change off leaves every
// other draw of an order as it was, so the effect of the change is the difference of the two (common random numbers).
type dice uint64

// mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// streams derives one start value per part of the world from the seed.
func stream(seed uint64, name string) dice { return dice(base.Rand(seed, "demo", name).Uint64()) }

// at returns the dice of the i-th thing of a stream.
func (d dice) at(i uint64) dice { return dice(mix(uint64(d) ^ mix(i))) }

// u is uniform in (0, 1).
func (d dice) u(slot uint64) float64 {
	return (float64(mix(uint64(d)+slot*0xD1342543DE82EF95)>>11) + 0.5) / (1 << 53)
}

// is is true with probability p.
func (d dice) is(slot uint64, p float64) bool { return d.u(slot) < p }

// n is uniform in 0 … k−1.
func (d dice) n(slot uint64, k int) int { return int(d.u(slot) * float64(k)) }

// normal is standard normal, increasing in u.
func (d dice) normal(slot uint64) float64 { return math.Sqrt2 * math.Erfinv(2*d.u(slot)-1) }

// lognormal has the given median and spread of the logarithm.
func (d dice) lognormal(slot uint64, median, sigma float64) float64 {
	return median * math.Exp(sigma*d.normal(slot))
}

// exponential has the given mean.
func (d dice) exponential(slot uint64, mean float64) float64 { return -mean * math.Log(d.u(slot)) }

// poisson counts events with the given mean; above 50 by the rounded normal, whose mean and variance agree.
func (d dice) poisson(slot uint64, mean float64) int {
	if mean > 50 {
		return max(0, int(math.Round(mean+math.Sqrt(mean)*d.normal(slot))))
	}
	u, p, k := d.u(slot), math.Exp(-mean), 0
	for sum := p; u > sum && k < 200; sum += p {
		k++
		p *= mean / float64(k)
	}
	return k
}

// pick chooses an index by weight.
func (d dice) pick(slot uint64, weights []float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	u := d.u(slot) * total
	for i, w := range weights {
		if u -= w; u < 0 {
			return i
		}
	}
	return len(weights) - 1
}
