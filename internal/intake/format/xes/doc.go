// Package xes reads event logs in XES (IEEE 1849) as a table with one row an event. Attributes of the trace become
// columns with the prefix "case:", as in the CSV that pm4py writes; nested attributes become "parent/child". Global
// attributes fill an event that lacks them where they name a real value. Classifiers are listed, never applied.
package xes
