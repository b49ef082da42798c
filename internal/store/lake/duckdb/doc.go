// Package duckdb is the lake on one machine: it keeps facts as Parquet files below the data folder and answers in SQL
// by DuckDB inside the process. All of DuckDB and its cgo stays in here. The books are kept by package catalogue; what
// a column means belongs to others.
//
// Everything runs in one locked-down instance of DuckDB: it reads and writes below lake/ and tmp/ only, loads no
// extension, and questions from outside are single SELECTs over the datasets they name. Answers and event streams come
// in chunks and are never held whole.
package duckdb
