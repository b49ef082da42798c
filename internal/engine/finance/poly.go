package finance

import (
	"math/big"
	"slices"
)

// poly is a polynomial with whole coefficients, the constant one first. The last one is not zero.
type poly []*big.Int

// dyadic is num ÷ 2^bits.
type dyadic struct {
	num  *big.Int
	bits uint
}

var one = dyadic{big.NewInt(1), 0}

// signChanges counts the changes of sign among the coefficients that are not zero. By Descartes' rule the number of
// positive roots is as large or smaller by an even number.
func (p poly) signChanges() int {
	n, before := 0, 0
	for _, c := range p {
		s := c.Sign()
		if s != 0 && before != 0 && s != before {
			n++
		}
		if s != 0 {
			before = s
		}
	}
	return n
}

// at is 2^(bits × degree) times the value at x, by Horner's rule without division.
func (p poly) at(x dyadic) *big.Int {
	sum := new(big.Int)
	scaled := new(big.Int)
	for k, i := 0, len(p)-1; i >= 0; k, i = k+1, i-1 {
		sum.Mul(sum, x.num)
		sum.Add(sum, scaled.Lsh(p[i], x.bits*uint(k)))
	}
	return sum
}

func (p poly) derivative() poly {
	out := make(poly, 0, len(p))
	for i := 1; i < len(p); i++ {
		out = append(out, new(big.Int).Mul(p[i], big.NewInt(int64(i))))
	}
	return out
}

// shifted is p(x + 1).
func (p poly) shifted() poly {
	out := p.clone()
	for i := range out {
		for j := len(out) - 2; j >= i; j-- {
			out[j].Add(out[j], out[j+1])
		}
	}
	return out
}

// halved is 2^degree × p(x ÷ 2).
func (p poly) halved() poly {
	out := make(poly, len(p))
	for i, c := range p {
		out[i] = new(big.Int).Lsh(c, uint(len(p)-1-i))
	}
	return out
}

func (p poly) clone() poly {
	out := make(poly, len(p))
	for i, c := range p {
		out[i] = new(big.Int).Set(c)
	}
	return out
}

// trimmed drops leading zeros and divides by the common factor of the coefficients.
func (p poly) trimmed() poly {
	for len(p) > 0 && p[len(p)-1].Sign() == 0 {
		p = p[:len(p)-1]
	}
	content := new(big.Int)
	for _, c := range p {
		content.GCD(nil, nil, content, new(big.Int).Abs(c))
	}
	if content.Cmp(big.NewInt(1)) > 0 {
		for _, c := range p {
			c.Quo(c, content)
		}
	}
	return p
}

// prime is a prime for the quick test of squareFree: 2⁶¹ − 1.
var prime = big.NewInt(1<<61 - 1)

// squareFree is p divided by the common factor of p and its derivative, so that every root stands once.
func squareFree(p poly) poly {
	if len(p) < 3 || coprimeModulo(p, p.derivative(), prime) {
		return p
	}
	common := gcd(p, p.derivative())
	if len(common) < 2 {
		return p
	}
	return quotient(p, common)
}

// coprimeModulo says that two polynomials certainly have no common factor, because they have none modulo a prime that
// divides no leading coefficient. It costs a few microseconds where gcd costs milliseconds.
func coprimeModulo(a, b poly, m *big.Int) bool {
	x, y := a.modulo(m), b.modulo(m)
	if len(x) != len(a) {
		return false
	}
	for len(y) > 0 {
		inverse := new(big.Int).ModInverse(y[len(y)-1], m)
		for len(x) >= len(y) {
			f := new(big.Int).Mul(x[len(x)-1], inverse)
			x.subtract(y, f.Mod(f, m))
			x = x.modulo(m)
		}
		x, y = y, x
	}
	return len(x) == 1
}

// modulo reduces the coefficients and drops leading zeros.
func (p poly) modulo(m *big.Int) poly {
	out := make(poly, len(p))
	for i, c := range p {
		out[i] = new(big.Int).Mod(c, m)
	}
	for len(out) > 0 && out[len(out)-1].Sign() == 0 {
		out = out[:len(out)-1]
	}
	return out
}

// subtract takes f × q from p, both brought to the same degree.
func (p poly) subtract(q poly, f *big.Int) {
	up := len(p) - len(q)
	for i, c := range q {
		p[i+up].Sub(p[i+up], new(big.Int).Mul(c, f))
	}
}

// gcd is the greatest common factor, by remainders whose common content is divided out at each step.
func gcd(a, b poly) poly {
	x, y := a.clone().trimmed(), b.clone().trimmed()
	for len(y) > 0 {
		for len(x) >= len(y) {
			lead := x[len(x)-1]
			f := new(big.Int).Set(lead)
			for _, c := range x {
				c.Mul(c, y[len(y)-1])
			}
			x.subtract(y, f)
			x = x.trimmed()
		}
		x, y = y, x
	}
	return x
}

// quotient is p ÷ q for a q that divides p, up to a constant factor.
func quotient(p, q poly) poly {
	rest := p.clone()
	var out poly
	lead := q[len(q)-1]
	for len(rest) >= len(q) {
		for _, list := range []poly{rest, out} {
			for _, c := range list {
				c.Mul(c, lead)
			}
		}
		f := new(big.Int).Quo(rest[len(rest)-1], lead)
		out = append(out, f)
		rest.subtract(q, f)
		rest = rest[:len(rest)-1]
	}
	slices.Reverse(out)
	return out.trimmed()
}
