package mining

import "slices"

// sequences numbers distinct activity sequences. Sequences of equal hash are compared in full.
type sequences struct {
	byHash map[uint64]int32 // first sequence with this hash
	list   []sequence
	arena  []int32
}

type sequence struct {
	activities []int32
	next       int32 // the next one with the same hash, −1 at the end
	count      int64
}

const arenaBlock = 1 << 14

func newSequences() *sequences { return &sequences{byHash: make(map[uint64]int32)} }

// hashStep mixes one activity into the hash of a sequence.
func hashStep(h uint64, activity int32) uint64 {
	h = (h ^ uint64(uint32(activity)+1)) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// add counts a sequence and returns its number; fresh says that it was not there before.
func (s *sequences) add(hash uint64, activities []int32) (number int32, fresh bool) {
	head, ok := s.byHash[hash]
	if !ok {
		head = -1
	}
	for at := head; at >= 0; at = s.list[at].next {
		if slices.Equal(s.list[at].activities, activities) {
			s.list[at].count++
			return at, false
		}
	}
	number = int32(len(s.list))
	s.list = append(s.list, sequence{activities: s.keep(activities), next: head, count: 1})
	s.byHash[hash] = number
	return number, true
}

func (s *sequences) keep(activities []int32) []int32 {
	if cap(s.arena)-len(s.arena) < len(activities) {
		s.arena = make([]int32, 0, max(arenaBlock, len(activities)))
	}
	n := len(s.arena)
	s.arena = append(s.arena, activities...)
	return s.arena[n:len(s.arena):len(s.arena)]
}
