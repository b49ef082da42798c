// Package mining computes what an event log says of a process: its size and case durations, the directly-follows map
// with waiting times, variants, rework, and facts of each case, all from one pass over events that are sorted by case.
//
// Vocabulary: an event is one row; a trace is the events of one case in order; a variant is the sequence of activities
// that traces share; an edge is a pair of activities that follow each other directly. The rules are those of
// contract.md ("How a log is read"). The package reads no file and knows no database: callers hand it a Source.
package mining
