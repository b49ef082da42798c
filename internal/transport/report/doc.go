// Package report offers what a page shows as files for other programs. How a file is written is package sheet's.
package report
