// Package xlsx reads one sheet of an Excel workbook as a table, streaming, with the shared strings as the only part kept
// in memory (limited). Cells come as canonical text with their kind: dates by the number format of the cell in the
// workbook's date system, numbers with a decimal point, formulas by their stored result. Macros, links and external
// parts are never opened.
package xlsx
