package duckdb

import (
	"math"
	"math/bits"
	"sort"

	"github.com/cespare/xxhash/v2"

	"lotse.dev/lotse/internal/base/fact"
)

const (
	prime1 = 0x9E3779B185EBCA87
	prime2 = 0xC2B2AE3D27D4EB4F
	prime4 = 0x85EBCA77C2B2AE63
)

// rowHashes computes for each row a hash over all columns. Columns enter in the order of their names, so that files with
// the same columns in another order give the same hashes. It is kept on disk: changing it needs another column.
type rowHashes struct {
	order []int
	sums  []int64
}

func newRowHashes(s fact.Schema) *rowHashes {
	h := &rowHashes{order: make([]int, len(s))}
	for i := range h.order {
		h.order[i] = i
	}
	sort.Slice(h.order, func(a, b int) bool { return s[h.order[a]].Name < s[h.order[b]].Name })
	return h
}

// of returns the hashes of a batch; they are valid until the next call.
func (h *rowHashes) of(b *fact.Batch) []int64 {
	if cap(h.sums) < b.Rows {
		h.sums = make([]int64, b.Rows)
	}
	h.sums = h.sums[:b.Rows]
	clear(h.sums)
	for _, c := range h.order {
		v := &b.Columns[c]
		for i := range h.sums {
			h.sums[i] = int64(mix(uint64(h.sums[i]), bits64(v, b.Schema[c].Type, i)))
		}
	}
	return h.sums
}

// bits64 stands for one value; empty differs from every short text and small number.
func bits64(v *fact.Vector, t fact.Type, i int) uint64 {
	switch {
	case !v.Valid[i]:
		return prime4
	case t == fact.Text:
		return xxhash.Sum64(v.Texts[i])
	case t == fact.Double:
		f := v.Floats[i]
		if f == 0 {
			f = 0 // both zeros are equal in SQL
		}
		if f != f {
			f = math.NaN()
		}
		return math.Float64bits(f)
	default:
		return uint64(v.Ints[i])
	}
}

func mix(h, x uint64) uint64 {
	h ^= bits.RotateLeft64(x*prime2, 31) * prime1
	return bits.RotateLeft64(h, 27)*prime1 + prime4
}
