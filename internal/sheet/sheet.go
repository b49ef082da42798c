package sheet

import (
	"encoding/json"
	"io"
	"strings"
	"time"
	"unicode"

	"lotse.dev/lotse/internal/base"
)

// The formats.
const (
	CSV  = "csv"
	XLSX = "xlsx"
)

// Column describes a column. Type decides how a value is written: text stays text whatever it looks like; number,
// integer, percent, date, time and boolean are typed.
type Column struct {
	Title string
	Type  string
}

// Meta is what stands beside the figures, on a sheet of its own.
type Meta struct {
	Title   string
	Source  string
	Remarks []string
}

// Typed is a value of which a spreadsheet gets the number or the day and a text file the words.
type Typed struct {
	Text   string   // as people read it
	Number *float64 // nil when it is none
	Format string   // number format of a spreadsheet
	Day    string   // YYYY-MM-DD, "" when it is none
}

// Options are what a file needs beside its columns.
type Options struct {
	Lang  base.Lang
	Now   time.Time
	Meta  Meta
	Exact bool // refuse what a cell cannot hold instead of cutting it
}

// Writer takes the rows of a table. A row has one value a column: text, json.Number, bool, Typed or nil. Nothing is
// complete before Close.
type Writer interface {
	Row(values []any) error
	Close() error
}

// New writes a file of a format, CSV or XLSX.
func New(w io.Writer, format string, columns []Column, o Options) (Writer, error) {
	if format == CSV {
		return newCSV(w, columns, o.Lang)
	}
	return newXLSX(w, columns, o)
}

// ContentType is the media type of a format.
func ContentType(format string) string {
	if format == CSV {
		return "text/csv; charset=utf-8"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// FileName keeps letters, digits and a few signs.
func FileName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.,()", r) {
			return r
		}
		return '-'
	}, strings.TrimSpace(name))
	if clean = strings.Trim(clean, ". "); clean == "" {
		return "lotse"
	}
	if r := []rune(clean); len(r) > 100 {
		clean = string(r[:100])
	}
	return clean
}

// Disarm keeps spreadsheet programs from reading text as a formula. Apostrophes before it do not count, so that Rearm
// can undo it.
func Disarm(s string) string {
	if formula(s) {
		return "'" + s
	}
	return s
}

// Rearm takes away what Disarm put before a text.
func Rearm(s string) string {
	if strings.HasPrefix(s, "'") && formula(s) {
		return s[1:]
	}
	return s
}

func formula(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0]))
}

// plain writes a number without exponent where that is short enough to read.
func plain(n json.Number) string {
	s := n.String()
	if !strings.ContainsAny(s, "eE") {
		return s
	}
	f, err := n.Float64()
	if err != nil {
		return s
	}
	b, _ := json.Marshal(f)
	return string(b)
}

func yesNo(b bool, lang base.Lang) string {
	if b {
		return base.T("ja", "yes").In(lang)
	}
	return base.T("nein", "no").In(lang)
}

// parseDay reads the ISO text of a column of dates or times.
func parseDay(s, kind string) (time.Time, bool) {
	var layouts []string
	switch kind {
	case "date":
		layouts = []string{time.DateOnly}
	case "time":
		layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04"}
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
