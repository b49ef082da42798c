package causal

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// link carries values to the scale on which an effect adds, and back.
type link struct {
	scale  Scale
	offset float64 // added to a count or a logarithm of zero: ½ where a count of zero occurs
}

// newLink looks at the values of a series and refuses what the scale cannot hold.
func newLink(scale Scale, points []Observation, remarks *base.Remarks) (link, bool) {
	l := link{scale: scale}
	for _, o := range points {
		v := *o.Value
		switch {
		case scale == Log && v <= 0:
			remarks.Add("scale_unfit", base.T("Auf der Skala der Logarithmen müssen alle Werte über 0 liegen; der von %s tut es nicht.",
				"On the scale of logarithms every value must be above 0; that of %s is not.", o.Label))
			return l, false
		case scale == LogRate && v < 0:
			remarks.Add("scale_unfit", base.T("Anzahlen dürfen nicht unter 0 liegen; die von %s tut es.", "Counts must not be below 0; that of %s is.", o.Label))
			return l, false
		case scale == LogRate && v == 0:
			l.offset = 0.5
		case scale == Logit && (v < 0 || v > 1):
			remarks.Add("scale_unfit", base.T("Anteile müssen zwischen 0 und 1 liegen; der von %s tut es nicht.", "Shares must lie between 0 and 1; that of %s does not.", o.Label))
			return l, false
		case scale == Logit && o.Size <= 0 && (v == 0 || v == 1):
			remarks.Add("scale_unfit", base.T("Der Anteil von %s ist %s, und seine Fallzahl fehlt; so lässt er sich nicht umrechnen.",
				"The share of %s is %s and its number of cases is missing; it cannot be transformed.", o.Label, v))
			return l, false
		}
	}
	if l.offset > 0 {
		remarks.Add("zero_counts", base.T("Perioden ohne einen Fall kommen vor; zu jeder Anzahl wurde ein halber gezählt.", "Periods without a case occur; half a case was added to every count."))
	}
	return l, true
}

// on returns a value on the scale of the model. A share of n cases becomes its empirical logit, log((h + ½) ÷ (n − h +
// ½)) with h of n cases (Cox 1970, Analysis of Binary Data, section 3.2).
func (l link) on(v, size float64) float64 {
	switch l.scale {
	case Log:
		return math.Log(v)
	case LogRate:
		return math.Log((v + l.offset) / exposure(size))
	case Logit:
		if size <= 0 {
			return math.Log(v / (1 - v))
		}
		return math.Log((v*size + 0.5) / ((1-v)*size + 0.5))
	}
	return v
}

// back is the way from the scale of the model to the unit of the value.
func (l link) back(g, size float64) float64 {
	switch l.scale {
	case Log:
		return math.Exp(g)
	case LogRate:
		return math.Exp(g)*exposure(size) - l.offset
	case Logit:
		return 1 / (1 + math.Exp(-g))
	}
	return g
}

// weight is the precision of a value relative to others: shares weigh as many as their cases.
func (l link) weight(size float64) float64 {
	if l.scale == Logit && size > 0 {
		return size
	}
	return 1
}

// exposure is 1 where the size of a period is unknown.
func exposure(size float64) float64 {
	if size > 0 {
		return size
	}
	return 1
}
