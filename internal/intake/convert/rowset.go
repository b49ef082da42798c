package convert

// rowSet counts rows that were there before, by their hashes, in at most 32 MB: when it is full it keeps only the half
// of the hashes with a further zero bit, and the count becomes an estimate.
type rowSet struct {
	slots []uint64
	used  int
	shift uint // hashes with any of the lowest shift bits set are not watched
	again int64
}

const maxSlots = 4 << 20

func newRowSet() *rowSet { return &rowSet{slots: make([]uint64, 1<<12)} }

// add says whether the hash was there before; not reliable once the set is thinned out.
func (s *rowSet) add(h uint64) bool {
	if h == 0 {
		h = 1 << 63
	}
	if h&(1<<s.shift-1) != 0 {
		return false
	}
	if s.put(h) {
		s.again++
		return true
	}
	if s.used*4 > len(s.slots)*3 {
		s.grow()
	}
	return false
}

func (s *rowSet) put(h uint64) (had bool) {
	mask := uint64(len(s.slots) - 1)
	for i := (h * 0x9e3779b97f4a7c15) >> 20 & mask; ; i = (i + 1) & mask {
		switch s.slots[i] {
		case 0:
			s.slots[i] = h
			s.used++
			return false
		case h:
			return true
		}
	}
}

func (s *rowSet) grow() {
	old := s.slots
	size := 2 * len(old)
	if size > maxSlots {
		size = len(old)
		s.shift++
		s.again /= 2
	}
	s.slots, s.used = make([]uint64, size), 0
	for _, h := range old {
		if h != 0 && h&(1<<s.shift-1) == 0 {
			s.put(h)
		}
	}
}

// repeated returns how many rows equalled an earlier one and whether that is exact.
func (s *rowSet) repeated() (int64, bool) { return s.again << s.shift, s.shift == 0 }

// exact says whether add is still reliable.
func (s *rowSet) exact() bool { return s.shift == 0 }

// mix combines a hash with another 64 bits (Steele, Lea, Flood: SplitMix64).
func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0xbf58476d1ce4e5b9
	h ^= h >> 29
	h *= 0x94d049bb133111eb
	return h ^ h>>32
}
