package finance

import "math"

// Amount is money in minor units of the case's currency (cents); how many decimals that is stands beside it.
type Amount int64

// decimalsOf lists the currencies of ISO 4217 whose minor unit is not a hundredth.
var decimalsOf = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Decimals is the number of decimals of a currency's minor unit.
func Decimals(currency string) int {
	if d, ok := decimalsOf[currency]; ok {
		return d
	}
	return 2
}

// rounder turns unrounded money into amounts: half away from zero, once per reported figure.
type rounder struct{ factor float64 }

func roundingTo(decimals int) rounder { return rounder{math.Pow10(decimals)} }

// largestAmount keeps the conversion within an int64; the limits of Validate lie far below it.
const largestAmount = 9e18

func (r rounder) amount(v float64) Amount { return minor(v * r.factor) }

// minor is the nearest amount to a number of minor units.
func minor(v float64) Amount { return Amount(math.Round(min(max(v, -largestAmount), largestAmount))) }

func (r rounder) amounts(vs []float64) []Amount {
	out := make([]Amount, len(vs))
	for i, v := range vs {
		out[i] = r.amount(v)
	}
	return out
}

// float is the amount in major units.
func (r rounder) float(a Amount) float64 { return float64(a) / r.factor }

func (r rounder) floats(as []Amount) []float64 {
	out := make([]float64, len(as))
	for i, a := range as {
		out[i] = r.float(a)
	}
	return out
}
