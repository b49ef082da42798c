package finance

import (
	"math"
	"slices"
)

// NPV is the present value of flows that are one period apart, the first of them now; rate > −1 per period. The
// function NPV of spreadsheets takes the first flow one period away and is this one divided by 1 + rate.
func NPV(rate float64, flows []float64) float64 {
	var sum float64
	for _, f := range slices.Backward(flows) {
		sum = sum/(1+rate) + f
	}
	return sum
}

// DiscountFactor is the present value of one that is paid after some years, at a rate per year.
func DiscountFactor(rate, years float64) float64 { return math.Pow(1+rate, -years) }

// MIRR is the modified internal rate of return per period: outflows are brought to the first period at the finance
// rate, inflows carried to the last at the reinvestment rate (the function MIRR of spreadsheets). It is unknown where
// inflows or outflows are missing.
func MIRR(flows []float64, finance, reinvest float64) (float64, bool) {
	if len(flows) < 2 {
		return 0, false
	}
	in, out := make([]float64, len(flows)), make([]float64, len(flows))
	for i, f := range flows {
		in[i], out[i] = max(f, 0), max(-f, 0)
	}
	periods := float64(len(flows) - 1)
	gained, spent := NPV(reinvest, in), NPV(finance, out)
	if gained <= 0 || spent <= 0 {
		return 0, false
	}
	return math.Pow(gained/spent, 1/periods)*(1+reinvest) - 1, true
}

// Payback is how many periods after the first flow the cumulated flows cease to be negative for good, each flow coming
// in evenly over the period that it ends. It is 0 where they never are negative and unknown where they end so; again
// says that they had been paid back before and fell below zero once more.
func Payback(flows []float64) (periods float64, known, again bool) {
	var sum float64
	ups := 0
	for i, f := range flows {
		if before := sum; before < 0 && before+f >= 0 {
			periods = float64(i-1) - before/f
			ups++
		}
		sum += f
	}
	return periods, sum >= 0, ups > 1 || ups == 1 && sum < 0
}

// lowest is the smallest cumulated flow, not above 0, and the index where it is reached first, −1 where it is 0.
func lowest(flows []float64) (value float64, index int) {
	index = -1
	var sum float64
	for i, f := range flows {
		sum += f
		if sum < value {
			value, index = sum, i
		}
	}
	return value, index
}

func total(flows []float64) float64 {
	var sum float64
	for _, f := range flows {
		sum += f
	}
	return sum
}
