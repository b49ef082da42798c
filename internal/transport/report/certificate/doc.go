// Package certificate writes the proof of an effect as one page of PDF and tells later whether a file is the one that
// was written. Everything it says was decided before: it computes nothing.
package certificate
