// Package causal estimates what an initiative changed in a metric, with the right to say that the data cannot carry it.
// It is pure computing: series in, estimate, interval, refutations and verdict out.
//
// A single series is judged by Estimate: a line, a step at the first affected period and errors of which neighbours
// resemble each other, fitted by restricted maximum likelihood; t intervals; the same at dates of the time before, where
// nothing happened (placebo); what could make the effect disappear (checks); and the verdict with each of its conditions.
// Provable says the same beforehand: how large a change would have to be, or how long to measure, for it to show.
//
// Vocabulary: before and after are the periods on either side of the first affected one; the window is what the plan
// looks at after it; the joint rule is interval and placebo together; a scale is where an effect adds.
//
// Which metric, which periods and which plan, package effect of domain insight knows; money too.
package causal
