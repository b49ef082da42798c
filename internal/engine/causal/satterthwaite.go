package causal

import "math"

// satterthwaite returns the degrees of freedom 2 v² ÷ Var(v) of the variance v of the effect (Satterthwaite 1946,
// Biometrics Bulletin 2:110; for mixed models Giesbrecht and Burns 1985, Biometrics 41:477). v = σ² h(ρ) with h the
// element of (XᵀR⁻¹X)⁻¹ that belongs to the effect. With σ² profiled out and the observed information of the restricted
// likelihood, Var(log v) = 2 ÷ (n − p) + D² ÷ I, where I is the information about u = atanh ρ and D the derivative of
// log(Q h) along the profile: a covariance of the two parameters is contained in D.
func (g *gram) satterthwaite(f *fitted) float64 {
	const h = 2e-3
	x := (g.p-1)*g.p/2 + g.p - 1
	low, high := g.blank(), g.blank()
	u := math.Min(f.u, math.Atanh(rhoMost)-h)
	mid := g.blank()
	if !g.profile(u-h, low) || !g.profile(u, mid) || !g.profile(u+h, high) {
		return 1
	}
	logVariance := func(f *fitted) float64 { return math.Log(f.quadratic) - 2*math.Log(f.workL[x]) }
	d := (logVariance(high) - logVariance(low)) / (2 * h)
	information := (high.restricted() - 2*mid.restricted() + low.restricted()) / (2 * h * h)
	return degrees(f.n-f.p, d, information)
}

// leastInformation bounds the variance of atanh ρ where the likelihood is flat: there the data say nothing of ρ.
const leastInformation = 0.5

func degrees(free int, d, information float64) float64 {
	v := 2/float64(free) + d*d/math.Max(information, leastInformation)
	return math.Min(float64(free), math.Max(1, 2/v))
}
