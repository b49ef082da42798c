// Package sheet writes tables as files for other programs: CSV and XLSX, row by row, with formula text disarmed. What
// stands in a table is the caller's business.
package sheet
