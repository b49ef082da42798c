// Package process joins the mining engine with the lake: it derives the cases of a process from its events, filters
// them, and answers what a person asks of a process: summary, directly-follows map, variants, cases with timeline,
// one path, times, and the attributes to filter by. The rules of reading a log are those of contract.md ("How a log is
// read"), applied by engine/mining; facts come from the lake, rules of the company from the settings.
package process
