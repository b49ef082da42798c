// Package portfolio proposes which initiatives to start when, so that their value is as large as possible within
// limits of budget and capacity, order, exclusion, what must be done, and windows of start.
//
// Vocabulary: an initiative has a value for every start period and uses resources by elapsed period; a plan chooses
// initiatives and their starts; the bound is a value that no plan exceeds; the gap is the distance from the plan's value
// to the bound as a share of that value. A plan is optimal when the bound proves that there is no better one.
//
// What a problem means:
//
//   - Periods and starts count from 1. An initiative started in s uses element k of its vector in period s+k.
//   - Use beyond the last period does not count. Forbidding such a start would rule out everything with lasting running
//     cost, which is most of what a company does, and the limits there are not known.
//   - b after a: a is chosen and b starts when a has ended, start(b) ≥ start(a) + duration(a). The duration is the
//     length of a's longest use, or its "duration" when running cost goes on after the work is done. With one period
//     there is no order within it: after only demands that a is chosen as well.
//   - a excludes b: at most one of the two is chosen, whichever of them says so.
//   - Sums that exceed a limit by a billionth of it are within it: that is rounding, not use.
//
// The search is a branch and bound over a linear program, whose bound is computed from the multipliers alone and so
// holds whatever rounding did (decision 0011). It runs in the calling goroutine, obeys the context within 100 ms and,
// when it ends by itself, gives the same answer for the same seed.
//
// Solve gives the plan, or the smallest set of demands that contradict each other; Explain says why an initiative is
// not in a plan; Decode reads the file format of the command line.
package portfolio
