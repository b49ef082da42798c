// Package catalogue keeps the books of the lake in the state database: the published tables of DuckLake (which table
// has which columns and files from which snapshot to which) and, beside them, tables of our own that tie files to
// loads. It decides which rows of which load are visible and which columns a table has; both are pure functions of the
// ordered list of active loads, so that an undone load leaves nothing behind. It reads and writes no Parquet.
//
// Words: an origin is the immutable file with all rows of a load; a plan says which of its rows are visible; a file is
// live while the current snapshot shows it.
package catalogue
