package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
)

// writeCSV writes UTF-8 with a byte order mark, which spreadsheet programs need: semicolon and decimal comma in
// German, comma and decimal point in English.
func writeCSV(w io.Writer, t *Table, lang base.Lang) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if lang == base.German {
		out.Comma = ';'
	}
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = Disarm(c.Title)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i, v := range row {
			record[i] = csvText(v, t.Columns[i].Type, lang)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvText(v any, kind string, lang base.Lang) string {
	switch x := v.(type) {
	case json.Number:
		if lang == base.German {
			return strings.ReplaceAll(plain(x), ".", ",")
		}
		return plain(x)
	case bool:
		return yesNo(x, lang)
	case string:
		if at, ok := parseDay(x, kind); ok && lang == base.German {
			return at.Format(map[string]string{"date": "02.01.2006", "time": "02.01.2006 15:04:05"}[kind])
		}
		return Disarm(x)
	}
	return ""
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
