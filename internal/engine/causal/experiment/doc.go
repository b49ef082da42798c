// Package experiment judges an A/B test of shares or means: people or cases that chance dealt to arms, the first of which
// is the control. It is pure computing: sums of each arm in, differences with intervals and plain sentences out.
//
// Methods. Shares: Newcombe's interval (1998, Statistics in Medicine 17:873, method 10) and the pooled two-sample test.
// Means: Welch (1947, Biometrika 34:28). Several arms: each against the control, p by Holm (1979, Scand. J. Statistics
// 6:65). Looks before the end: an always-valid interval, the asymptotic confidence sequence with Robbins' normal mixture
// (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2024, Annals of Statistics 52:2613), chosen over group-sequential
// borders because it needs no plan of when to look. Measurements before the test: CUPED (Deng, Xu, Kohavi and Walker
// 2013, WSDM). Sample ratio: chi-squared against the planned split, an alarm below 0.001 (Fabijan et al. 2019, KDD).
package experiment
