// Package compare sets two periods of a process side by side: how many cases pass each activity and each edge, how long
// they take on it, which differences are more than chance, and how much of a change of the lead time comes from other
// cases rather than from faster ones. Each period is read in one pass.
//
// A case is the unit of every test, for passages of one case are not independent: the time of a case on an edge is the
// mean of its passages from end to end. Shares: Fisher's exact test (1935) and
// Newcombe's interval (1998, Statistics in Medicine 17:873). Times: Brunner and Munzel's rank test (2000, Biometrical Journal 42:17), which allows times to vary differently before and
// after, and the difference of medians with the interval of their order statistics (Zou and Donner 2008). All tests of
// one comparison together: the false discovery rate of Benjamini and Hochberg (1995, J. Royal Statistical Society B
// 57:289), chosen over Holm since a map has hundreds of edges and the reader looks for where to look. Mix: Kitagawa's
// decomposition (1955, JASA 50:1168) by variant with bootstrap intervals (Efron 1979).
package compare
