package format

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// moreHeader counts further header rows: a second row of labels of which one above stands over several columns or is
// repeated word for word, followed by a row of values.
func moreHeader(rows [][]string, width int) int {
	if len(rows) < 3 || len(rows[1]) != width || !labels(rows[1]) || labels(rows[2]) || filled(rows[1]) == 0 {
		return 0
	}
	seen := map[string]bool{}
	same := true
	spans := false
	for i, c := range rows[0] {
		c = strings.TrimSpace(c)
		if c != "" && seen[c] {
			spans = true
		}
		seen[c] = true
		same = same && c == strings.TrimSpace(rows[1][i])
	}
	if same || spans {
		return 1
	}
	return 0
}

// Names makes the column names of header rows: joined by " / " where there are several, numbered where empty, and made
// unique. notes receives what had to be done.
func Names(rows [][]string, width int, notes *Notes) []Column {
	cols := make([]Column, width)
	used := map[string]bool{}
	for i := range cols {
		name := headerCell(rows, i)
		if name == "" {
			name = "Spalte " + strconv.Itoa(i+1)
			notes.UnnamedColumns++
		}
		if used[name] {
			notes.DoubledColumns = append(notes.DoubledColumns, name)
			name = unused(name, used)
		}
		used[name] = true
		cols[i].Name = name
	}
	return cols
}

func headerCell(rows [][]string, i int) string {
	name := ""
	for _, row := range rows {
		if i >= len(row) {
			continue
		}
		c := strings.Join(strings.Fields(norm.NFC.String(row[i])), " ")
		switch {
		case name == "":
			name = c
		case c != "" && c != name:
			name += " / " + c
		}
	}
	return name
}

func unused(name string, used map[string]bool) string {
	for n := 2; ; n++ {
		if next := name + " (" + strconv.Itoa(n) + ")"; !used[next] {
			return next
		}
	}
}

// Repeats says whether a row says the header once more, as where pages or files were put together. A header of one
// column is never repeated: its name may be a value.
func Repeats(cells [][]byte, header []string) bool {
	if len(header) < 2 || len(cells) < len(header) {
		return false
	}
	n := 0
	for i, c := range cells {
		name := ""
		if i < len(header) {
			name = header[i]
		}
		if string(bytes.TrimSpace(c)) != name {
			return false
		}
		if name != "" {
			n++
		}
	}
	return n > 1
}

// Heading are the cells of the last row of a header, as Repeats compares them.
func Heading(row []string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = strings.TrimSpace(c)
	}
	return out
}

// FooterLike says whether a row looks like a line below a table: a single text such as a source or a date of issue, or
// a row of totals.
func FooterLike(cells [][]byte) bool {
	n, first := 0, []byte(nil)
	for _, c := range cells {
		if c = bytes.TrimSpace(c); len(c) > 0 {
			if n == 0 {
				first = c
			}
			n++
		}
	}
	if n == 0 {
		return false
	}
	low := strings.ToLower(string(first[:min(len(first), 40)]))
	if n == 1 {
		for _, p := range []string{"stand:", "stand ", "©", "copyright", "confidential", "vertraulich", "grand total", "gesamtsumme", "summe", "total", "(c)", "quelle", "source", "___", "---", "===", "#", "*", "seite ", "page ", "ende", "end of", "bis ", "ab ", "anzahl", "erstellt", "created", "generated", "exported", "zeilen", "rows", "report"} {
			if strings.HasPrefix(low, p) {
				return true
			}
		}
		return strings.HasSuffix(low, "zeilen") || strings.HasSuffix(low, "rows") || strings.HasSuffix(low, "rows)") || strings.HasSuffix(low, "zeilen)") || strings.HasSuffix(low, "records)") || strings.HasSuffix(low, "datensätze)")
	}
	return n < len(cells) && totals[strings.TrimRight(low, " :")]
}

var totals = map[string]bool{"summe": true, "gesamt": true, "gesamtsumme": true, "total": true, "sum": true, "grand total": true, "ergebnis": true,
	"zwischensumme": true, "teilsumme": true, "subtotal": true, "gesamtergebnis": true, "endsumme": true, "summen": true, "totals": true}

// Total says whether the first filled cell of a row calls it one of totals.
func Total(cells [][]byte) bool {
	for _, c := range cells {
		if c = bytes.TrimSpace(c); len(c) > 0 {
			return len(c) < 40 && totals[strings.TrimRight(strings.ToLower(string(c)), " :")]
		}
	}
	return false
}
