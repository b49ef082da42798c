package causal

import "math"

// uncertainty is what not knowing ρ costs the effect.
type uncertainty struct {
	df    float64 // degrees of freedom
	drift float64 // variance that the effect has because ρ is estimated
}

// uncertain looks at the profile on both sides of the optimum.
//
// The degrees of freedom are 2 v² ÷ Var(v) of the variance v of the effect (Satterthwaite 1946, Biometrics Bulletin
// 2:110; for mixed models Giesbrecht and Burns 1985, Biometrics 41:477). v = σ² h(ρ) with h the element of (XᵀR⁻¹X)⁻¹
// that belongs to the effect. With σ² profiled out and the observed information of the restricted likelihood, Var(log v)
// = 2 ÷ (n − p) + D² ÷ I, where I is the information about u = atanh ρ and D the derivative of log(Q h) along the
// profile, which contains the covariance of the two parameters.
//
// The drift is Λ = Var(û) (dβ̂ ÷ du)² of Kenward and Roger (1997, Biometrics 53:983), with the derivative of the effect
// that is seen instead of its expectation.
func (g *gram) uncertain(f *fitted) uncertainty {
	const h = 2e-3
	low, mid, high := g.blank(), g.blank(), g.blank()
	u := math.Min(f.u, math.Atanh(rhoMost)-h)
	if !g.profile(u-h, low) || !g.profile(u, mid) || !g.profile(u+h, high) {
		return uncertainty{df: 1}
	}
	x, y := (g.p-1)*g.p/2+g.p-1, g.p*(g.p+1)/2+g.p-1
	logVariance := func(f *fitted) float64 { return math.Log(f.quadratic) - 2*math.Log(f.workL[x]) }
	d := (logVariance(high) - logVariance(low)) / (2 * h)
	drift := (high.workL[y]/high.workL[x] - low.workL[y]/low.workL[x]) / (2 * h)
	information := math.Max((high.restricted()-2*mid.restricted()+low.restricted())/(2*h*h), leastInformation)
	free := float64(f.n - f.p)
	return uncertainty{df: math.Min(free, math.Max(1, 2/(2/free+d*d/information))), drift: drift * drift / information}
}

// leastInformation bounds the variance of atanh ρ where the likelihood is flat: there the data say nothing of ρ.
const leastInformation = 0.5
