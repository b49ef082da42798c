package sheet

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// csvWriter writes UTF-8 with a byte order mark, which spreadsheet programs need: semicolon and decimal comma in
// German, comma and decimal point in English.
type csvWriter struct {
	out     *bufio.Writer
	columns []Column
	lang    base.Lang
	comma   byte
}

func newCSV(w io.Writer, columns []Column, lang base.Lang) (*csvWriter, error) {
	c := &csvWriter{out: bufio.NewWriter(w), columns: columns, lang: lang, comma: ','}
	if lang == base.German {
		c.comma = ';'
	}
	c.out.WriteString("\ufeff")
	titles := make([]string, len(columns))
	for i, column := range columns {
		titles[i] = Disarm(column.Title)
	}
	return c, c.line(titles)
}

// Row writes one row.
func (c *csvWriter) Row(values []any) error {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = c.text(v, c.columns[i].Type)
	}
	return c.line(texts)
}

// Close writes what is left.
func (c *csvWriter) Close() error { return c.out.Flush() }

// line quotes what holds a sign of the format, and what begins with an apostrophe: readers that look for the quotation
// mark of a file would take it for one.
func (c *csvWriter) line(texts []string) error {
	for i, s := range texts {
		if i > 0 {
			c.out.WriteByte(c.comma)
		}
		if s == "" || !strings.ContainsAny(s, "\"\r\n"+string(c.comma)) && s[0] != ' ' && s[0] != '\'' {
			c.out.WriteString(s)
			continue
		}
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
		c.out.WriteString(`"` + strings.ReplaceAll(s, `"`, `""`) + `"`)
	}
	_, err := c.out.WriteString("\r\n")
	return err
}

func (c *csvWriter) text(v any, kind string) string {
	switch x := v.(type) {
	case Typed:
		return Disarm(x.Text)
	case json.Number:
		if c.lang == base.German {
			return strings.ReplaceAll(plain(x), ".", ",")
		}
		return plain(x)
	case bool:
		return yesNo(x, c.lang)
	case string:
		if at, ok := parseDay(x, kind); ok && c.lang == base.German {
			return at.Format(map[string]string{"date": "02.01.2006", "time": "02.01.2006 15:04:05"}[kind])
		}
		return Disarm(x)
	}
	return ""
}
