package csv

import (
	"bytes"
	"math"
	"strings"
)

// Dialect is how a file is written.
type Dialect struct {
	Encoding  string
	Delimiter string // one character
	Quote     string // one character, "" for none
	Escape    string // "\\" when quotes are escaped by it
	HeaderRow int64  // line of the header, 0 when there is none
}

// sampleRecords is how many records decide the dialect.
const sampleRecords = 200

// guessSyntax tries every delimiter and quote on the beginning of a file and takes the one under which most records
// have the same number of fields, more than one where possible. complete says that the sample is the whole file.
func guessSyntax(sample []byte, delimiter byte, complete bool) syntax {
	delimiters := []byte{',', ';', '\t', '|'}
	if delimiter != 0 {
		delimiters = []byte{delimiter}
	}
	cr := crOnly(sample)
	best, bestScore := syntax{delimiter: delimiters[0], quote: '"', crOnly: cr}, -1.0
	for _, d := range delimiters {
		for _, q := range []byte{'"', '\''} {
			syn := syntax{delimiter: d, quote: q, crOnly: cr}
			if q == '"' && backslashed(sample, d) {
				syn.escape = '\\'
			}
			if q == '\'' && (!quotesFields(sample, d, q) || quotesFields(sample, d, '"')) {
				continue
			}
			if score := consistency(sample, syn, complete); score > bestScore+1e-9 {
				best, bestScore = syn, score
			}
		}
	}
	return best
}

func crOnly(sample []byte) bool {
	return bytes.IndexByte(sample, '\n') < 0 && bytes.IndexByte(sample, '\r') >= 0
}

// backslashed says whether quotes inside quoted values are escaped by a backslash: \" stands in the sample where the
// value goes on.
func backslashed(sample []byte, d byte) bool {
	for i := 1; i+2 < len(sample); i++ {
		if sample[i] == '\\' && sample[i+1] == '"' && sample[i+2] != d && sample[i+2] != '\n' && sample[i+2] != '\r' && sample[i+2] != '"' {
			return true
		}
	}
	return false
}

// quotesFields says whether q opens values at least twice and closes them before a delimiter or line end.
func quotesFields(sample []byte, d, q byte) bool {
	open, closed := 0, 0
	for i := 1; i+1 < len(sample); i++ {
		if sample[i] != q {
			continue
		}
		if p := sample[i-1]; p == d || p == '\n' {
			open++
		}
		if n := sample[i+1]; n == d || n == '\n' || n == '\r' {
			closed++
		}
	}
	return open >= 2 && closed*2 >= open
}

func consistency(sample []byte, syn syntax, complete bool) float64 {
	records, damaged := sampleRows(sample, syn, complete)
	count, total := map[int]int{}, 0
	for _, r := range records {
		if len(r) == 1 && strings.TrimSpace(r[0]) == "" {
			continue
		}
		count[len(r)]++
		total++
	}
	if total == 0 {
		return 0
	}
	score := 0.0
	for width, n := range count {
		share := float64(n) / float64(total)
		s := share * share * math.Log(float64(width)+0.2)
		if width == 1 {
			s = 0.1 * share
		}
		score = max(score, s)
	}
	if damaged {
		score *= 0.5
	}
	return score
}

// sampleRows cuts the sample into at most sampleRecords records; a record cut off by the end of the sample is left out.
func sampleRows(sample []byte, syn syntax, complete bool) (rows [][]string, damaged bool) {
	s := newScanner(bytes.NewReader(nil), 16)
	s.buf = append(bytes.Clone(sample), make([]byte, 16)...)
	s.end, s.syn, s.eof = len(sample), syn, complete
	for len(rows) < sampleRecords && s.pos < s.end {
		if err := s.record(); err != nil {
			return rows, err != errMore
		}
		row := make([]string, len(s.cells))
		for i, c := range s.cells {
			row[i] = string(c)
		}
		rows = append(rows, row)
	}
	return rows, false
}
