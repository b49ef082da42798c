package metric

import "time"

// Dialect writes the primitives in which engines differ. Everything else in the statements is common SQL.
type Dialect interface {
	// Quote writes an identifier.
	Quote(name string) string
	// Instant writes an instant as a literal, to the microsecond.
	Instant(t time.Time) string
	// Elapsed writes the seconds between two instants as a floating number.
	Elapsed(from, to string) string
	// Smallest writes the nth smallest value of a group, NULL where there are fewer.
	Smallest(of string, n int) string
	// Quantile writes a type-7 quantile.
	Quantile(of string, q float64) string
	// AsText, AsDouble and AsInteger convert.
	AsText(of string) string
	AsDouble(of string) string
	AsInteger(of string) string
	// Literal writes a text literal.
	Literal(s string) string
}
