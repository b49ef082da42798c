package demo

import (
	"bufio"
	"compress/gzip"
	"io"
	"os"
	"strconv"
)

// table writes one CSV file, or several when there is a limit of rows, each with the heading. Errors of the file stay
// in it and come back from close.
type table struct {
	path  func(part int) string
	head  string
	sep   byte
	latin bool // Windows-1252 instead of UTF-8
	zip   bool
	limit int64

	Paths []string
	Rows  int64
	row   []byte
	inRow bool
	file  *os.File
	gz    *gzip.Writer
	out   *bufio.Writer
	err   error
}

func (t *table) open() {
	path := t.path(len(t.Paths) + 1)
	t.Paths = append(t.Paths, path)
	if t.file, t.err = os.Create(path); t.err != nil {
		return
	}
	var w io.Writer = t.file
	if t.zip {
		t.gz, _ = gzip.NewWriterLevel(w, gzip.BestSpeed)
		w = t.gz
	}
	t.out = bufio.NewWriterSize(w, 1<<18)
	t.row = append(t.row[:0], t.head...)
	t.end()
}

// full says whether the next case shall begin a new file.
func (t *table) full() bool {
	return t.limit > 0 && t.Rows >= t.limit*int64(len(t.Paths))
}

// begin starts a case: a file is only changed between cases.
func (t *table) begin() {
	if t.err == nil && (t.out == nil || t.full()) {
		if t.err = t.finish(); t.err == nil {
			t.open()
		}
	}
}

func (t *table) cell() {
	if t.inRow {
		t.row = append(t.row, t.sep)
	}
	t.inRow = true
}

func (t *table) text(s string) {
	t.cell()
	t.row = append(t.row, s...)
}

func (t *table) number(prefix string, n uint64) {
	t.cell()
	t.row = strconv.AppendUint(append(t.row, prefix...), n, 10)
}

func (t *table) integer(n int64) {
	t.cell()
	t.row = strconv.AppendInt(t.row, n, 10)
}

// money writes cents with a decimal comma.
func (t *table) money(cents int64) {
	t.cell()
	if cents < 0 {
		t.row, cents = append(t.row, '-'), -cents
	}
	t.row = strconv.AppendInt(t.row, cents/100, 10)
	t.row = append(t.row, ',', byte('0'+cents/10%10), byte('0'+cents%10))
}

func digits(b []byte, n, width int) []byte {
	for i, div := width, pow10(width-1); i > 0; i, div = i-1, div/10 {
		b = append(b, byte('0'+n/div%10))
	}
	return b
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// german writes 31.12.2025 23:59:59, seconds only when asked for.
func (t *table) german(m moment, seconds bool) {
	t.cell()
	y, mo, d := m.civil()
	t.row = append(digits(t.row, d, 2), '.')
	t.row = append(digits(t.row, mo, 2), '.')
	t.row = append(digits(t.row, y, 4), ' ')
	t.clock(m, seconds)
}

// iso writes 2025-12-31 23:59:59, with T and the zone of the company's town when asked for; 0 leaves the cell empty.
func (t *table) iso(m moment, zone bool) {
	t.cell()
	if m == 0 {
		return
	}
	y, mo, d := m.civil()
	t.row = append(digits(t.row, y, 4), '-')
	t.row = append(digits(t.row, mo, 2), '-')
	t.row = digits(t.row, d, 2)
	if !zone {
		t.row = append(t.row, ' ')
		t.clock(m, true)
		return
	}
	t.row = append(t.row, 'T')
	t.clock(m, true)
	if m.summer() {
		t.row = append(t.row, "+02:00"...)
	} else {
		t.row = append(t.row, "+01:00"...)
	}
}

func (t *table) clock(m moment, seconds bool) {
	at := int(m % day)
	t.row = append(digits(t.row, at/3600, 2), ':')
	t.row = digits(t.row, at/60%60, 2)
	if seconds {
		t.row = append(t.row, ':')
		t.row = digits(t.row, at%60, 2)
	}
}

// end writes the row.
func (t *table) end() {
	t.inRow = false
	if t.err != nil {
		return
	}
	row := append(t.row, '\n')
	if t.latin {
		row = toLatin(row)
	}
	_, t.err = t.out.Write(row)
	t.row = t.row[:0]
}

// done ends a row of data.
func (t *table) done() {
	t.end()
	t.Rows++
}

// toLatin turns UTF-8 text of the Latin-1 range into one byte a letter, in place.
func toLatin(row []byte) []byte {
	out := row[:0]
	for _, r := range string(row) {
		out = append(out, byte(r))
	}
	return out
}

func (t *table) finish() error {
	if t.out == nil {
		return t.err
	}
	err := t.out.Flush()
	if t.gz != nil {
		if e := t.gz.Close(); err == nil {
			err = e
		}
		t.gz = nil
	}
	if e := t.file.Close(); err == nil {
		err = e
	}
	t.out = nil
	return err
}

// close ends the last file and returns the first error of all.
func (t *table) close() error {
	if err := t.finish(); t.err == nil {
		t.err = err
	}
	return t.err
}
