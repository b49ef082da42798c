// Package report writes what a page shows as files for other programs: tables as CSV and XLSX, with formula text
// disarmed. What stands in a table is the page's business.
package report
