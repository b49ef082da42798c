package metric

import (
	"fmt"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base/period"
)

// DuckDB is the dialect of the embedded engine.
type DuckDB struct{}

// Quote writes an identifier in double quotes.
func (DuckDB) Quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Instant writes a TIMESTAMPTZ literal in UTC, which the engine folds into a number whatever its session's zone is.
func (DuckDB) Instant(t time.Time) string {
	return "TIMESTAMPTZ '" + t.UTC().Format("2006-01-02 15:04:05.999999") + "+00'"
}

// DaysSince divides microseconds.
func (DuckDB) DaysSince(first period.Date, at, offset string) string {
	return fmt.Sprintf("(epoch_us(%s) + %s - %d) // 86400000000", at, offset, int64(first)*86_400_000_000)
}

// MonthsSince counts months of a plain timestamp, which knows no zone.
func (DuckDB) MonthsSince(first period.Date, at, offset string) string {
	return fmt.Sprintf("datediff('month', DATE '%s', CAST(make_timestamp(epoch_us(%s) + %s) AS DATE))", first, at, offset)
}

// Elapsed subtracts microseconds, so that no calendar comes in.
func (DuckDB) Elapsed(from, to string) string {
	return fmt.Sprintf("(epoch_us(%s) - epoch_us(%s)) / 1e6", to, from)
}

// Smallest uses the list form of min for n > 1.
func (DuckDB) Smallest(of string, n int) string {
	if n == 1 {
		return "min(" + of + ")"
	}
	return fmt.Sprintf("min(%s, %d)[%d]", of, n, n)
}

// Quantile is quantile_cont.
func (DuckDB) Quantile(of string, q float64) string {
	return fmt.Sprintf("quantile_cont(%s, %g)", of, q)
}

// AsText casts to VARCHAR.
func (DuckDB) AsText(of string) string { return "CAST(" + of + " AS VARCHAR)" }

// AsDouble casts to DOUBLE.
func (DuckDB) AsDouble(of string) string { return "CAST(" + of + " AS DOUBLE)" }

// AsInteger casts to BIGINT.
func (DuckDB) AsInteger(of string) string { return "CAST(" + of + " AS BIGINT)" }

// Literal writes a text in single quotes.
func (DuckDB) Literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
