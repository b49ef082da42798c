package finance

import (
	"maps"
	"slices"
)

// The names of the scenarios that every case has.
const (
	NamePessimistic = "pessimistic"
	NameLikely      = "likely"
	NameOptimistic  = "optimistic"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
