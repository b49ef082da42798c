package demo

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// partsFolder holds the parts while they are loaded.
const partsFolder = "parts"

// slice is how the rows of a table become known one after the other, as in a company that loads them every few months.
type slice struct {
	sep    byte
	column int   // of the instant at which a row became known, 0 the first
	days   []int // first days of the parts after the first, as 20250620
	late   func(row []byte) bool
}

// part is the number of the part that a row belongs to.
func (s slice) part(row []byte) int {
	if s.late != nil && s.late(row) {
		return len(s.days) + 1
	}
	day, n := dayOf(cell(row, s.sep, s.column)), 0
	for n < len(s.days) && day >= s.days[n] {
		n++
	}
	return n
}

// cell is a cell of a row without quotes.
func cell(row []byte, sep byte, column int) []byte {
	for range column {
		i := bytes.IndexByte(row, sep)
		if i < 0 {
			return nil
		}
		row = row[i+1:]
	}
	if i := bytes.IndexByte(row, sep); i >= 0 {
		row = row[:i]
	}
	return row
}

// dayOf reads 31.12.2025 … and 2025-12-31 … as 20251231; anything else is 0.
func dayOf(text []byte) int {
	if len(text) < 10 {
		return 0
	}
	n := func(from, to int) (v int) {
		for _, c := range text[from:to] {
			v = v*10 + int(c-'0')
		}
		return v
	}
	if text[2] == '.' {
		return n(6, 10)*10000 + n(3, 5)*100 + n(0, 2)
	}
	return n(0, 4)*10000 + n(5, 7)*100 + n(8, 10)
}

// cut writes the rows of a file into one file a part, in a folder beside it; parts without rows have none. Memory does
// not grow with the file.
func (s slice) cut(path string) ([]string, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var r io.Reader = in
	zipped := strings.HasSuffix(path, ".gz")
	if zipped {
		if r, err = gzip.NewReader(in); err != nil {
			return nil, err
		}
	}
	dir := filepath.Join(filepath.Dir(path), partsFolder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(r)
	lines.Scan()
	head := lines.Text()
	name, ext, _ := strings.Cut(filepath.Base(path), ".")
	parts := make([]table, len(s.days)+2)
	for n := range parts {
		parts[n] = table{head: head, zip: zipped, path: func(int) string { return filepath.Join(dir, fmt.Sprintf("%s_%d.%s", name, n+1, ext)) }}
	}
	for lines.Scan() {
		t := &parts[s.part(lines.Bytes())]
		t.begin()
		t.row = append(t.row[:0], lines.Bytes()...)
		t.done()
	}
	err = lines.Err()
	out := make([]string, len(parts))
	for n := range parts {
		if e := parts[n].close(); err == nil {
			err = e
		}
		if parts[n].Rows > 0 {
			out[n] = parts[n].Paths[0]
		}
	}
	return out, err
}
