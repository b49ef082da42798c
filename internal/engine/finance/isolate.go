package finance

import "math/big"

// interval holds exactly one root: inside it, or at its left end where exact.
type interval struct {
	left  dyadic // right is left + 2^−bits
	exact bool
}

// isolate finds the roots between 0 and 1, both left out, each in an interval of its own. The polynomial has no
// multiple roots, therefore the bisection ends.
func isolate(p poly) []interval {
	var out []interval
	type part struct {
		q    poly // p on left + x ÷ 2^bits, 0 < x < 1
		left dyadic
	}
	todo := []part{{p, dyadic{new(big.Int), 0}}}
	for len(todo) > 0 {
		t := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch t.q.changesWithin() {
		case 0:
			continue
		case 1:
			out = append(out, interval{left: t.left})
			continue
		}
		bits := t.left.bits + 1
		lower := t.q.halved()
		upper := lower.shifted()
		start := dyadic{new(big.Int).Lsh(t.left.num, 1), bits}
		middle := dyadic{new(big.Int).Add(start.num, big.NewInt(1)), bits}
		if upper[0].Sign() == 0 {
			out = append(out, interval{middle, true})
			upper = upper[1:]
		}
		todo = append(todo, part{lower, start}, part{upper, middle})
	}
	return out
}

// changesWithin bounds the number of roots between 0 and 1 by the sign changes of (1 + x)^degree × p(1 ÷ (1 + x)); 0
// and 1 are exact.
func (p poly) changesWithin() int {
	mirrored := make(poly, len(p))
	for i, c := range p {
		mirrored[len(p)-1-i] = c
	}
	return mirrored.shifted().signChanges()
}

// precision is how many halvings narrow a root: the mantissa of a float and some more for roots near zero.
const precision = 60

// narrow bisects to the precision of a float. Signs are exact.
func (i interval) narrow(p poly) float64 {
	if i.exact {
		return i.left.float()
	}
	left := i.left
	sign := signAfter(p, left)
	for range precision {
		middle := dyadic{new(big.Int).Add(new(big.Int).Lsh(left.num, 1), big.NewInt(1)), left.bits + 1}
		switch p.at(middle).Sign() {
		case 0:
			return middle.float()
		case sign:
			left = middle
		default:
			left = dyadic{new(big.Int).Lsh(left.num, 1), middle.bits}
		}
	}
	return dyadic{new(big.Int).Add(new(big.Int).Lsh(left.num, 1), big.NewInt(1)), left.bits + 1}.float()
}

// signAfter is the sign of p just above x: that of its slope where x is a root.
func signAfter(p poly, x dyadic) int {
	if s := p.at(x).Sign(); s != 0 {
		return s
	}
	return p.derivative().at(x).Sign()
}

func (d dyadic) float() float64 {
	f := new(big.Float).SetInt(d.num)
	f.SetMantExp(f, -int(d.bits))
	v, _ := f.Float64()
	return v
}
