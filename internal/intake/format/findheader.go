package format

import (
	"math"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Header tells where the header of a table stands in its first rows.
type Header struct {
	Row     int // index of the first header row, −1 when the table has none
	Rows    int // number of header rows
	Titles  int // rows above
	columns int // columns of the table that it names
	of      int // columns of the table
	values  bool
}

// Rows above a header that look like rows of the table: more than these, and they are the table.
const maxLikeAbove = 2

// FindHeader looks for the header in the first rows of a file: the row of labels that names most columns of the table,
// the first of several, above rows that hold numbers and dates where the table does. Rows above it are titles. Rows of
// the table before any such row mean that there is no header.
func FindHeader(rows [][]string) Header {
	width := usualWidth(rows)
	s := shapeOf(rows, width)
	best, first, like := Header{Row: -1}, -1, 0
	for i, row := range rows {
		if len(row) != width || filled(row) == 0 {
			continue
		}
		if s.like(row) {
			if like++; first < 0 {
				first = i
			}
			if like > maxLikeAbove {
				break
			}
			continue
		}
		n := s.named(row)
		if n < s.need || n <= best.columns || like > 0 && n < len(s.columns) || !labels(row) {
			continue
		}
		best = Header{Row: i, Rows: 1, Titles: i, columns: n, of: len(s.columns), values: s.valued > 0}
		if s.valued == 0 {
			break // nothing tells a row of texts from the header but its place
		}
	}
	if best.Row >= 0 {
		best.Rows += moreHeader(rows[best.Row:], width)
		return best
	}
	return Header{Row: -1, Titles: max(first, 0), of: len(s.columns)}
}

// Reason says in a sentence why the header is taken to be where it is.
func (h Header) Reason(line int64) base.Text {
	if h.Row < 0 {
		return base.T("Schon die erste Zeile enthält Werte; eine Zeile mit Überschriften ist nicht zu erkennen.",
			"The first row holds values already; no row of headings can be seen.")
	}
	why := base.T("die erste Zeile mit Überschriften", "the first row of headings")
	if h.values {
		why = base.T("Überschriften über %s von %s gefüllten Spalten, darunter Zahlen oder Daten", "headings above %s of %s filled columns, numbers or dates below", h.columns, h.of)
	}
	if h.Titles == 0 {
		return base.T("Zeile %s: %s.", "Row %s: %s.", line, why)
	}
	return base.N(h.Titles, base.T("Zeile %s: %s. 1 Zeile darüber gilt als Titel.", "Row %s: %s. 1 row above is taken as a title.", line, why),
		base.T("Zeile %s: %s. %s Zeilen darüber gelten als Titel.", "Row %s: %s. %s rows above are taken as titles.", line, why, h.Titles))
}

// ToldHeader is the reason of a header that the user chose.
var ToldHeader = base.T("von Ihnen gewählt", "chosen by you")

// shape is what the rows of a table have in common.
type shape struct {
	columns []int        // filled in most rows
	kinds   map[int]kind // of these, those that hold numbers or dates
	valued  int          // number of kinds
	need    int          // columns that a header must name
}

type kind uint8

const (
	text kind = iota
	number
	date
)

// shapeOf looks at the rows that are filled as far as most of the table is: titles are not.
func shapeOf(rows [][]string, width int) shape {
	var wide [][]string
	var fill []int
	for _, row := range rows {
		if len(row) == width && filled(row) > 0 {
			wide, fill = append(wide, row), append(fill, filled(row))
		}
	}
	s := shape{kinds: map[int]kind{}}
	if len(wide) == 0 {
		return s
	}
	slices.Sort(fill)
	usual := fill[len(fill)*4/5]
	wide = slices.DeleteFunc(wide, func(row []string) bool { return 2*filled(row) < usual })
	for c := range width {
		s.column(wide, c)
	}
	if len(s.columns) == 0 {
		for c := range width {
			s.columns = append(s.columns, c)
		}
	}
	s.valued = len(s.kinds)
	s.need = (len(s.columns) + 1) / 2
	if len(s.columns) == 2 {
		s.need = 2
	}
	return s
}

func (s *shape) column(rows [][]string, c int) {
	count, n := [3]int{}, 0
	for _, row := range rows {
		if v := strings.TrimSpace(row[c]); v != "" {
			n++
			count[kindOf(v)]++
		}
	}
	if 2*n < len(rows) {
		return
	}
	s.columns = append(s.columns, c)
	if 2*(count[number]+count[date]) >= n {
		s.kinds[c] = number
		if count[date] > count[number] {
			s.kinds[c] = date
		}
	}
}

// like says whether a row looks like one of the table: as filled, and with values where the table has them.
func (s *shape) like(row []string) bool {
	if s.valued == 0 || 2*s.named(row) < len(s.columns) {
		return false
	}
	fit, none := 0, 0
	for c, k := range s.kinds {
		switch v := strings.TrimSpace(row[c]); {
		case v == "":
			none++
		case kindOf(v) == k:
			fit++
		}
	}
	return fit > 0 && 2*fit+none >= s.valued
}

// named counts the columns of the table in which a row holds something.
func (s *shape) named(row []string) int {
	n := 0
	for _, c := range s.columns {
		if strings.TrimSpace(row[c]) != "" {
			n++
		}
	}
	return n
}

// usualWidth is the number of fields of the table: a few lines of one field above it are not.
func usualWidth(rows [][]string) int {
	count, total := map[int]int{}, 0
	for _, row := range rows {
		if filled(row) > 0 {
			count[len(row)]++
			total++
		}
	}
	best, bestScore := 0, -1.0
	for w, n := range count {
		share := float64(n) / float64(total)
		score := share * share * math.Log(float64(w)+0.2)
		if w == 1 {
			score = 0.1 * share
		}
		if score > bestScore || score == bestScore && w > best {
			best, bestScore = w, score
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
