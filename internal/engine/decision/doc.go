// Package decision ranks alternatives whose inputs are ranges: by weighted criteria (simple additive weighting on
// normalised values; Hwang and Yoon, Multiple Attribute Decision Making, 1981), by RICE (McBride, Intercom, 2016) and by
// weighted shortest job first (Reinertsen, The Principles of Product Development Flow, 2009). A seeded simulation over
// the ranges says how stable each rank is, a closed form which weight would turn two neighbours.
//
// What is unknown stays unknown: an alternative that lacks an input is not ranked, never ranked with zero. Where the
// inputs come from and who asks belongs to the domain.
package decision
