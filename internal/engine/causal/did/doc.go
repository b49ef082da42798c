// Package did estimates an effect by difference in differences: units that were treated, before and after, beside units
// that were not. It is pure computing: a balanced panel in, estimate, interval, randomisation test, event study and plain
// sentences out.
//
// Vocabulary: a unit is what is treated or not (a team, a branch, a state); a cohort is the units that start in the same
// period; a control of a cohort and a period is a unit that is never treated or not treated yet, never one that is.
//
// Methods. One start date: the difference of the units' mean changes, which in a balanced panel is the coefficient of
// the two-way fixed-effects regression (Bertrand, Duflo and Mullainathan 2004, QJE 119:249, collapse to before and after
// so that correlation over time cannot shrink the error). Several start dates: group-time effects with not yet or never
// treated units as controls (Callaway and Sant'Anna 2021, J. Econometrics 225:200), averaged by treated unit. Intervals
// across units: jackknife by unit within treated and controls with t and Satterthwaite degrees of freedom; for one start
// date this is Welch's interval, which is also CR2 with Bell and McCaffrey's degrees of freedom (Bell and McCaffrey 2002,
// Survey Methodology 28:169; Imbens and Kolesár 2016, REStat 98:701; for the jackknife with few clusters MacKinnon,
// Nielsen and Webb 2023, J. Applied Econometrics 38:671). One treated unit: the spread of the controls stands for its own
// (Donald and Lang 2007, REStat 89:221; Conley and Taber 2011, REStat 93:113). One unit on either side: only the course
// over time is left, compared in blocks (Ibragimov and Müller 2016, REStat 98:83).
package did
