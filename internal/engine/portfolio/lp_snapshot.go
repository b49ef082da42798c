package portfolio

// snapshot is a basis with everything that belongs to it, to come back to after a trial.
type snapshot struct {
	lo, up, xb, norm, d []float64
	basis, where        []int
	high                []bool
	inv                 [][]float64
	z                   float64
	fresh               int
}

// save copies the state of the program into s, whose memory is used again.
func (p *lp) save(s *snapshot) {
	s.lo, s.up, s.xb = append(s.lo[:0], p.lo...), append(s.up[:0], p.up...), append(s.xb[:0], p.xb...)
	s.norm, s.d = append(s.norm[:0], p.norm...), append(s.d[:0], p.d...)
	s.basis, s.where, s.high = append(s.basis[:0], p.basis...), append(s.where[:0], p.where...), append(s.high[:0], p.high...)
	for len(s.inv) < len(p.inv) {
		s.inv = append(s.inv, nil)
	}
	for r, line := range p.inv {
		s.inv[r] = append(s.inv[r][:0], line...)
	}
	s.z, s.fresh = p.z, p.fresh
}

// restore goes back to s; no row may have been added since.
func (p *lp) restore(s *snapshot) {
	copy(p.lo, s.lo)
	copy(p.up, s.up)
	copy(p.xb, s.xb)
	copy(p.norm, s.norm)
	copy(p.d, s.d)
	copy(p.basis, s.basis)
	copy(p.where, s.where)
	copy(p.high, s.high)
	for r, line := range p.inv {
		copy(line, s.inv[r])
	}
	p.z, p.fresh = s.z, s.fresh
}
