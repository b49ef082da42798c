// Package format turns files into rows of cells. A Reader has columns and rows, whatever the file was; what the cells
// mean belongs to package intake. Each format is a folder; this package holds what they share: the Reader, the file
// itself (plain or gzip, read within limits) and the recognition of a format by content.
package format

import "io"

// Kind says what a cell or a declared column holds. CSV only knows Text; XLSX and XES say more.
type Kind uint8

// The kinds of cells. Times stand as 2006-01-02 15:04:05.999999 or with an offset, dates as 2006-01-02, numbers with
// a decimal point, booleans as true or false, Fault is an error value of a spreadsheet (#REF!).
const (
	Text Kind = iota
	Number
	Time
	Date
	Boolean
	Fault
)

// Column is one column of a file.
type Column struct {
	Name string
	Kind Kind
	Case bool // XES: attribute of the trace, the same for every event of a case by definition
}

// Row is one row of a file. Cells belong to the reader and are valid until the next call of Next.
type Row struct {
	Number int64    // what the lake keeps: line of the file, row of the sheet, in XES the running number of the event
	Line   int64    // line of the file where the row begins, row of the sheet
	Cells  [][]byte // one per column; nil is absent
	Kinds  []Kind   // one per cell, nil when all are Text
	Units  []string // XLSX: what the number format writes beside a number, % or a unit or currency; nil elsewhere
	Fields int      // number of fields found; differs from the number of columns in a ragged row
}

// Reader streams a table.
type Reader interface {
	// Columns are the columns known so far. They are complete after the first row, except for XES, where a new
	// attribute adds a column at the end.
	Columns() []Column
	// Next fills row and returns io.EOF after the last one.
	Next(row *Row) error
	io.Closer
}

// Notes are observations of a reader on the file as a whole, complete at the end of the file.
type Notes struct {
	StrayQuotes     int64    // values with a quote inside an unquoted field
	Replacement     int64    // characters U+FFFD: lost by whoever wrote the file
	Footer          int      // rows below the table that were left out
	Blank           int64    // blank rows that were left out
	Titles          int      // lines above the header
	HeaderRow       int64    // line of the header, 0 for none
	Repeated        int64    // rows that say the header once more and were left out
	DoubledColumns  []string // names that stood more than once
	UnnamedColumns  int
	Defaults        int64    // XES: values taken from a global default
	Classifiers     []string // XES: classifiers offered by the file
	FormulasNoValue int64    // XLSX: formulas without a stored result
}

// Noter is a Reader that has Notes.
type Noter interface {
	Notes() Notes
}

// MaxColumns is the most columns a table may have.
const MaxColumns = 1024

// MaxCell is the largest cell in bytes.
const MaxCell = 1 << 20
