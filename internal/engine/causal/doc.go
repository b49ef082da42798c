// Package causal estimates what an initiative changed in a metric, with the right to say that the data cannot carry it.
// It is pure computing: series in, estimate, interval, refutations and verdict out.
package causal
