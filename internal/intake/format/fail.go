package format

import (
	"errors"
	"strconv"

	"lotse.dev/lotse/internal/base"
)

// Damaged refuses a whole file for what stands at a line and column (0 for unknown).
func Damaged(code string, text base.Text, line, column int64) *base.Error {
	p := base.Place{Line: line}
	if column > 0 {
		p.Column = strconv.FormatInt(column, 10)
	}
	return base.Fail(base.Refused, code, text).At(p)
}

// TooLarge refuses a whole file for a limit.
func TooLarge(code string, text base.Text, line int64) *base.Error {
	return base.Fail(base.TooLarge, code, text).At(base.Place{Line: line})
}

// AtLine adds a line to an error of this system that has none yet, for errors from below a parser.
func AtLine(err error, line int64) error {
	var e *base.Error
	if errors.As(err, &e) && e.Place.Line == 0 && line > 0 {
		e.Place.Line = line
	}
	return err
}

// InFile adds the file name to an error of this system that has none yet.
func InFile(err error, name string) error {
	var e *base.Error
	if errors.As(err, &e) && e.Place.File == "" && (e.Kind == base.Refused || e.Kind == base.TooLarge) {
		e.Place.File = name
	}
	return err
}

// TooManyColumns is the answer to a table wider than MaxColumns.
func TooManyColumns(found int, line int64) *base.Error {
	return TooLarge("too_many_columns", base.T("Die Datei hat mehr als %s Spalten (mindestens %s).",
		"The file has more than %s columns (at least %s).", base.Number{Value: MaxColumns}, base.Number{Value: float64(found)}), line).
		WithHint(base.T("Lassen Sie beim Ausgeben die Spalten weg, die nicht gebraucht werden.",
			"Leave out the columns that are not needed when exporting."))
}
