package metric

import (
	"cmp"
	"slices"

	"lotse.dev/lotse/internal/base/period"
)

// addCompared needs the calendar. The last complete period is compared with the period before and the year before,
// where these are complete too; those outside the span are added hidden, so that one statement reads all.
func addCompared(p *Plan) error {
	if !p.Question.Compare || p.dims {
		return nil
	}
	last, ok := p.lastComplete()
	if !ok {
		return nil
	}
	for _, other := range p.compared(last) {
		if !slices.ContainsFunc(p.Slots, func(s Slot) bool { return s.Period == other }) && p.addHidden(other) {
			slices.SortFunc(p.Slots, func(a, b Slot) int { return cmp.Compare(a.From, b.From) })
		}
	}
	return nil
}

// addHidden adds a period unless it is incomplete or overlaps a cut one of the answer.
func (p *Plan) addHidden(other period.Period) bool {
	for _, s := range p.Slots {
		if s.From < other.To && other.From < s.To {
			return false
		}
	}
	s := p.slot(other, false)
	s.Hidden = true
	if s.Complete {
		p.Slots = append(p.Slots, s)
	}
	return s.Complete
}

func (p *Plan) lastComplete() (period.Period, bool) {
	for _, s := range slices.Backward(p.Slots) {
		if s.Complete && !s.Hidden {
			return s.Period, true
		}
	}
	return period.Period{}, false
}

func (p *Plan) compared(last period.Period) []period.Period {
	out := []period.Period{p.Env.Calendar.Prev(p.Question.Grain, last)}
	if before, ok := p.Env.Calendar.YearBefore(p.Question.Grain, last); ok && before != out[0] {
		out = append(out, before)
	}
	return out
}
