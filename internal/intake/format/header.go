package format

import (
	"bytes"
	"strconv"
	"strings"
)

// Header tells where the header of a table stands in its first rows.
type Header struct {
	Row    int // index of the first header row, −1 when the table has none
	Rows   int // number of header rows
	Titles int // rows above
}

// FindHeader looks for the header in the first rows of a file: the first row of the usual width whose cells are labels.
// Rows above it are titles. A full row of numbers or dates before any such row means that there is no header.
func FindHeader(rows [][]string) Header {
	width := usualWidth(rows)
	need := max(1, (width+1)/2)
	if width == 2 {
		need = 2
	}
	for i, row := range rows {
		if len(row) != width || filled(row) < need {
			continue
		}
		if !labels(row) {
			return Header{Row: -1, Titles: i}
		}
		return Header{Row: i, Rows: 1 + moreHeader(rows[i:], width), Titles: i}
	}
	return Header{Row: -1}
}

func usualWidth(rows [][]string) int {
	count := map[int]int{}
	for _, row := range rows {
		if filled(row) > 0 {
			count[len(row)]++
		}
	}
	best := 0
	for w, n := range count {
		if n > count[best] || n == count[best] && w > best {
			best = w
		}
	}
	return best
}

func filled(row []string) int {
	n := 0
	for _, c := range row {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

func labels(row []string) bool {
	for _, c := range row {
		if valueLike(strings.TrimSpace(c)) {
			return false
		}
	}
	return true
}

// valueLike says whether a cell looks like a number, date or time and not like a label. A year may be a label.
func valueLike(c string) bool {
	if c == "" || len(c) > 40 {
		return false
	}
	if y, err := strconv.Atoi(c); err == nil {
		return y < 1900 || y > 2100
	}
	digits, other := 0, 0
	for _, r := range c {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case strings.ContainsRune(" .,:;/-+'TZ€$%", r):
		default:
			other++
		}
	}
	return digits > 0 && other == 0
}

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
		c := strings.Join(strings.Fields(row[i]), " ")
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
		for _, p := range []string{"stand:", "stand ", "©", "(c)", "quelle", "source", "___", "---", "===", "#", "*", "seite ", "page ", "ende", "end of", "bis ", "ab ", "anzahl", "erstellt", "created", "generated", "exported", "zeilen", "rows", "report"} {
			if strings.HasPrefix(low, p) {
				return true
			}
		}
		return strings.HasSuffix(low, "zeilen") || strings.HasSuffix(low, "rows") || strings.HasSuffix(low, "rows)") || strings.HasSuffix(low, "zeilen)")
	}
	word := strings.TrimRight(low, " :")
	return n < len(cells) && (word == "summe" || word == "gesamt" || word == "gesamtsumme" || word == "total" || word == "sum" || word == "grand total" || word == "ergebnis")
}
