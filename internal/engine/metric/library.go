package metric

import "slices"

var library = slices.Concat(orderMetrics(), caseMetrics(), ticketMetrics())

// Library returns the metrics of contract.md that every instance has, in the order in which they are shown.
func Library() []Definition { return slices.Clone(library) }

// Find returns a metric of the library.
func Find(name string) (Definition, bool) {
	i := slices.IndexFunc(library, func(d Definition) bool { return d.Name == name })
	if i < 0 {
		return Definition{}, false
	}
	return library[i], true
}
