// Package finding computes weaknesses of the company from its own facts: steps done again, waiting on paths, rare and
// long variants, going back and forth, requests without a first response, slow requests, returned goods.
//
// A detector looks at one process, or at one table, and writes drafts: what it saw, how large it is a year, by which
// formula, and which rows are behind it. Drafts become findings when assumptions turn repeated work into working hours
// and euros, duplicates are merged, and what people decided about a finding before is added. Every size has one unit;
// lead-time hours and working hours are never added, neither within a finding nor over findings. How a log is read
// belongs to engine/mining and contract.md, what a step costs to package assumption.
package finding
