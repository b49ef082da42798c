package profile

import (
	"math"
	"math/bits"
)

// sketch estimates the number of different values: exactly up to exactLimit, beyond that by HyperLogLog with 4096
// registers (standard error 1.6 %; Flajolet et al. 2007).
type sketch struct {
	exact     map[uint64]struct{}
	registers []uint8
	last      uint64 // the same value often stands on the next row
}

const (
	exactLimit    = 2048
	registerBits  = 12
	registerCount = 1 << registerBits
)

func newSketch() *sketch { return &sketch{exact: map[uint64]struct{}{}} }

func (s *sketch) add(h uint64) {
	if h == s.last {
		return
	}
	s.last = h
	if s.registers == nil {
		s.exact[h] = struct{}{}
		if len(s.exact) <= exactLimit {
			return
		}
		s.registers = make([]uint8, registerCount)
		for h := range s.exact {
			s.register(h)
		}
		s.exact = nil
		return
	}
	s.register(h)
}

func (s *sketch) register(h uint64) {
	h *= 0x9e3779b97f4a7c15 // the lowest bit of our hashes is always set
	i := h >> (64 - registerBits)
	rank := uint8(bits.LeadingZeros64(h<<registerBits|1)) + 1
	if rank > s.registers[i] {
		s.registers[i] = rank
	}
}

func (s *sketch) estimate() int64 {
	if s.registers == nil {
		return int64(len(s.exact))
	}
	sum, zeros := 0.0, 0
	for _, r := range s.registers {
		sum += math.Ldexp(1, -int(r))
		if r == 0 {
			zeros++
		}
	}
	m := float64(registerCount)
	e := 0.7213 / (1 + 1.079/m) * m * m / sum
	if e <= 2.5*m && zeros > 0 {
		e = m * math.Log(m/float64(zeros))
	}
	return int64(e + 0.5)
}
