package base

import (
	"hash/fnv"
	"math/rand/v2"
)

// Rand returns a generator that depends on the seed and the names only: each part of a simulation or resampling draws
// from its own stream, so that adding one part never changes the numbers of another.
func Rand(seed uint64, names ...string) *rand.Rand {
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n))
		h.Write([]byte{0})
	}
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}
