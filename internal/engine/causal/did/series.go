package did

import (
	"math"

	"lotse.dev/lotse/internal/engine/stat"
)

// Blocks that the time before and the time after are cut into at most.
const mostBlocks = 8

// overTime is the interval where no unit can speak for another: the difference between treated and control in each
// period, its mean over consecutive blocks before and after, compared by t with the smaller number of blocks less one
// degrees of freedom (Ibragimov and Müller 2016). Blocks of several periods keep correlation of neighbours inside.
func overTime(c *cohorts) spread {
	unknown := spread{se: math.NaN(), df: math.NaN(), method: Unknown}
	if _, one := c.level(); !one {
		return unknown
	}
	g := c.start[0]
	difference := make([]float64, c.periods)
	for t := range difference {
		difference[t] = c.sum[0][t]/c.weight[0] - c.sum[1][t]/c.weight[1]
	}
	before, after := blocks(difference[:g]), blocks(difference[g:])
	if before.N < 2 || after.N < 2 {
		return unknown
	}
	v := before.SD*before.SD/float64(before.N) + after.SD*after.SD/float64(after.N)
	return spread{se: math.Sqrt(v), df: float64(min(before.N, after.N) - 1), method: OverTime}
}

// blocks are the means of at most mostBlocks consecutive stretches of nearly equal length.
func blocks(values []float64) stat.Sample {
	n := min(len(values), mostBlocks)
	if n < 2 {
		return stat.Sample{N: int64(n)}
	}
	means := make([]float64, n)
	total := 0.0
	for b := range means {
		from, to := b*len(values)/n, (b+1)*len(values)/n
		for _, v := range values[from:to] {
			means[b] += v / float64(to-from)
		}
		total += means[b]
	}
	mean, squares := total/float64(n), 0.0
	for _, m := range means {
		squares += (m - mean) * (m - mean)
	}
	return stat.Sample{N: int64(n), Mean: mean, SD: math.Sqrt(squares / float64(n-1))}
}
