package intake

import (
	"math"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
)

// allowance reads how many refused rows the user puts up with: a number, a share such as 5%, or all.
func allowance(text string, rows int64) (int64, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return 0, nil
	case text == "all":
		return math.MaxInt64, nil
	case strings.HasSuffix(text, "%"):
		p, err := strconv.ParseFloat(strings.Replace(strings.TrimSuffix(text, "%"), ",", ".", 1), 64)
		if err == nil && p >= 0 && p <= 100 {
			return int64(math.Floor(float64(rows) * p / 100)), nil
		}
	default:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 {
			return n, nil
		}
	}
	return 0, base.Fail(base.Usage, "allow_refused_unreadable", base.T("„%s“ ist keine Zahl von Zeilen und kein Anteil.", "“%s” is neither a number of rows nor a share.", text)).
		WithHint(base.T("Beispiele: 12, 5%, all.", "Examples: 12, 5%, all."))
}

// refusedTooMany refuses a file with more refused rows than allowed.
func refusedTooMany(r *convert.Report, allow, file string) error {
	limit, err := allowance(allow, r.RowsRead)
	if err != nil {
		return err
	}
	if r.RowsRefused <= limit {
		return noRows(r, file)
	}
	first := r.Sample[0]
	e := base.Fail(base.Refused, "rows_refused", base.T("Nicht verwendbar: %s von %s Zeilen, zuerst: %s.", "Not usable: %s of %s rows, first: %s.", r.RowsRefused, r.RowsRead, first.Reason)).
		At(base.Place{File: file, Line: first.Line, Column: first.Column}).
		WithHint(base.T("Berichtigen Sie die Zeilen, oder laden Sie den Rest mit --allow-refused %s.", "Correct the rows, or load the rest with --allow-refused %s.", strconv.FormatInt(r.RowsRefused, 10)))
	for i, s := range r.Sample {
		if i == 20 || len(r.Sample) == 1 {
			break
		}
		e.Fields = append(e.Fields, base.FieldError{Field: s.Column, Text: base.T("Zeile %s: %s", "line %s: %s", strconv.FormatInt(s.Line, 10), s.Reason)})
	}
	return e
}

func refusedText(s convert.Refused) base.Text {
	if s.Column == "" {
		return s.Reason
	}
	return base.T("%s: %s", "%s: %s", s.Column, s.Reason)
}

// noRows refuses a file without a single row to load.
func noRows(r *convert.Report, file string) error {
	if r.RowsUsable > 0 {
		return nil
	}
	return base.Fail(base.Refused, "no_rows", base.T("Die Datei enthält keine Zeile, die geladen werden kann.", "The file holds no row that can be loaded.")).
		At(base.Place{File: file}).WithHint(base.T("Geben Sie die Daten mit ihren Zeilen aus.", "Export the data with its rows."))
}
