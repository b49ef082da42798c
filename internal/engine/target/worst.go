package target

import "slices"

// urgency orders verdicts, the one that needs somebody most first.
var urgency = []Status{Missed, AtRisk, Unknown, OnCourse}

// Worse says whether a verdict needs somebody more than another.
func (s Status) Worse(than Status) bool {
	return slices.Index(urgency, s) < slices.Index(urgency, than)
}

// Main is the standing that stands for a metric with several lines: the worst of plan and contract, and stretch only where
// nothing else is there, because a wish is not missed. Nil without standings.
func Main(list []Standing) *Standing {
	var main *Standing
	for i := range list {
		s := &list[i]
		switch {
		case main == nil, main.Line == Stretch && s.Line != Stretch:
			main = s
		case s.Line == Stretch && main.Line != Stretch:
		case s.Status.Worse(main.Status):
			main = s
		}
	}
	return main
}
