package csv

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
)

// Options are what the user says about a file; zero values mean: find out.
type Options struct {
	Encoding  string
	Delimiter string
	HeaderRow int64 // line of the header; −1 says that there is none
}

// Reader streams the records of one file.
type Reader struct {
	closer io.Closer
	// trailing says that every row ends with one more delimiter than the header has.
	trailing bool
	charset  *format.Charset
	scan     *scanner
	dialect  Dialect
	columns  []format.Column
	notes    format.Notes
	held     []held // rows that may turn out to stand below the table
	ready    []held
	all      bool
	first    *held // data row that was read while looking for the header
	found    format.Header
	heading  []string // last row of the header
	told     bool     // the user says where the header is
}

type held struct {
	line   int64
	cells  [][]byte
	fields int
}

const (
	sampleBytes = 256 << 10
	bufferBytes = 256 << 10
	maxFooter   = 24
)

// Open reads the beginning of r, settles dialect and header and returns the reader of the rows. It closes r.
func Open(r io.ReadCloser, o Options) (*Reader, error) {
	cs, err := format.NewCharset(r, o.Encoding)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	d := &Reader{closer: r, charset: cs, scan: newScanner(cs, bufferBytes+sampleBytes)}
	if err := d.begin(o); err != nil {
		r.Close()
		return nil, err
	}
	return d, nil
}

func (d *Reader) begin(o Options) error {
	s := d.scan
	for s.end < sampleBytes && !s.eof {
		if err := s.fill(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	if s.end == 0 {
		return base.Fail(base.Refused, "empty_file", base.T("Die Datei ist leer.", "The file is empty.")).
			WithHint(base.T("Geben Sie die Daten noch einmal aus dem Quellsystem aus.", "Export the data again from its system."))
	}
	wish := d.excelHint(delimiterByte(o.Delimiter))
	if o.Delimiter != "" && wish == 0 {
		return base.Fail(base.Usage, "delimiter_unknown", base.T("Das Trennzeichen muss ein einzelnes Zeichen sein.", "The delimiter must be one character."))
	}
	sample := s.buf[s.pos:s.end]
	s.syn = guessSyntax(sample, wish, s.eof)
	rows, _ := sampleRows(sample, s.syn, s.eof)
	d.dialect = Dialect{Encoding: d.charset.Name(), Delimiter: string(s.syn.delimiter), Quote: string(s.syn.quote)}
	if s.syn.escape != 0 {
		d.dialect.Escape = string(s.syn.escape)
	}
	return d.header(rows, o.HeaderRow)
}

// delimiterByte reads the name or character of a delimiter, 0 for none or an unknown one.
func delimiterByte(name string) byte {
	switch strings.ToLower(name) {
	case "tab", "\\t", "\t":
		return '\t'
	}
	if len(name) == 1 && name[0] != '\n' && name[0] != '\r' && name[0] != '"' && name[0] < 0x80 {
		return name[0]
	}
	return 0
}

// excelHint takes the first line "sep=;" that Excel writes.
func (d *Reader) excelHint(wish byte) byte {
	s := d.scan
	line, _, _ := bytes.Cut(s.buf[s.pos:min(s.end, s.pos+16)], []byte{'\n'})
	line = bytes.TrimRight(line, "\r")
	if len(line) != 5 || !bytes.EqualFold(line[:4], []byte("sep=")) {
		return wish
	}
	sep := line[4]
	if i := bytes.IndexByte(s.buf[s.pos:s.end], '\n'); i >= 0 {
		s.pos += i + 1
		s.line++
	}
	if wish != 0 {
		return wish
	}
	return sep
}

// header reads up to the first row of data. rows are the first records, for the search.
func (d *Reader) header(rows [][]string, wanted int64) error {
	rows, d.trailing = withoutTrailing(rows)
	if wanted != 0 {
		d.told = true
		return d.headerAt(wanted)
	}
	h := format.FindHeader(rows)
	d.found = h
	if h.Row < 0 {
		return d.withoutHeader(h.Titles)
	}
	for range h.Row {
		if _, _, err := d.scan.next(); err != nil {
			return err
		}
	}
	d.notes.Titles = h.Row
	return d.readHeader(h.Rows)
}

func (d *Reader) headerAt(line int64) error {
	if line < 0 {
		return d.withoutHeader(0)
	}
	for d.scan.line < line {
		if _, _, err := d.scan.next(); err != nil {
			return noSuchRow(err, line)
		}
		d.notes.Titles++
	}
	return noSuchRow(d.readHeader(1), line)
}

func noSuchRow(err error, line int64) error {
	if errors.Is(err, io.EOF) {
		return base.Fail(base.Refused, "no_such_row", base.T("Die Datei hat keine Zeile %s.", "The file has no line %s.", line))
	}
	return err
}

func (d *Reader) readHeader(n int) error {
	var rows [][]string
	for range n {
		cells, line, err := d.scan.next()
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			d.dialect.HeaderRow = line
		}
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = string(c)
		}
		rows = append(rows, row)
	}
	d.notes.HeaderRow = d.dialect.HeaderRow
	d.heading = format.Heading(rows[len(rows)-1])
	return d.setColumns(rows, len(rows[0]))
}

func (d *Reader) withoutHeader(titles int) error {
	for range titles {
		if _, _, err := d.scan.next(); err != nil {
			return err
		}
	}
	d.notes.Titles = titles
	cells, line, err := d.scan.next()
	if errors.Is(err, io.EOF) {
		return base.Fail(base.Refused, "empty_file", base.T("Die Datei enthält keine Zeile.", "The file holds no row.")).
			WithHint(base.T("Geben Sie die Daten noch einmal aus dem Quellsystem aus.", "Export the data again from its system."))
	}
	if err != nil {
		return err
	}
	first := keep(cells, line)
	d.first = &first
	return d.setColumns(nil, len(cells))
}

func (d *Reader) setColumns(rows [][]string, width int) error {
	if width > format.MaxColumns {
		return format.TooManyColumns(width, d.dialect.HeaderRow)
	}
	d.columns = format.Names(rows, width, &d.notes)
	return nil
}

// Dialect returns how the file is written. The encoding is final at the end of the file.
func (d *Reader) Dialect() Dialect {
	d.dialect.Encoding = d.charset.Name()
	return d.dialect
}

// HeaderReason says why the header is taken to be where it is.
func (d *Reader) HeaderReason() base.Text {
	if d.told {
		return format.ToldHeader
	}
	return d.found.Reason(d.dialect.HeaderRow)
}

// KeepAll says that nothing stands below the table: every row is one of it.
func (d *Reader) KeepAll() { d.all = true }

// Columns are the columns of the header.
func (d *Reader) Columns() []format.Column { return d.columns }

// Notes are what was seen so far.
func (d *Reader) Notes() format.Notes {
	d.notes.StrayQuotes, d.notes.Replacement = d.scan.stray, d.charset.Replaced()
	return d.notes
}

// Close closes the file.
func (d *Reader) Close() error { return d.closer.Close() }

func keep(cells [][]byte, line int64) held {
	h := held{line: line, cells: make([][]byte, len(cells)), fields: len(cells)}
	for i, c := range cells {
		h.cells[i] = bytes.Clone(c)
	}
	return h
}

// Next reads one row. Blank rows are left out; a few text lines at the very end are the notes below the table.
func (d *Reader) Next(row *format.Row) error {
	if d.first != nil {
		h := *d.first
		d.first = nil
		d.put(row, h.cells, h.line)
		return nil
	}
	for {
		if len(d.ready) > 0 {
			h := d.ready[0]
			d.ready = d.ready[1:]
			d.put(row, h.cells, h.line)
			return nil
		}
		cells, line, err := d.scan.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				d.notes.Footer += len(d.held)
				d.held = nil
			}
			return err
		}
		if blank(cells) {
			d.notes.Blank++
			continue
		}
		if format.Repeats(cells, d.heading) {
			d.notes.Repeated++
			continue
		}
		if !d.all && (len(cells) != len(d.columns) || len(cells[len(cells)-1]) == 0 || len(cells[min(1, len(cells)-1)]) == 0) && len(d.columns) > 1 && len(d.held) < maxFooter && d.footer(cells) {
			d.held = append(d.held, keep(cells, line))
			continue
		}
		if len(d.held) > 0 {
			d.ready = append(append(d.ready, d.held...), keep(cells, line))
			d.held = nil
			continue
		}
		d.put(row, cells, line)
		return nil
	}
}

// footer says whether a row may belong below the table: it looks so, or it is a single text after one that does.
func (d *Reader) footer(cells [][]byte) bool {
	if format.FooterLike(cells) {
		return true
	}
	n := 0
	for _, c := range cells {
		if len(c) > 0 {
			n++
		}
	}
	return len(d.held) > 0 && n == 1
}

func blank(cells [][]byte) bool {
	if len(cells[0]) > 0 && cells[0][0] > ' ' && cells[0][0] < 0x80 {
		return false
	}
	for _, c := range cells {
		if len(bytes.TrimSpace(c)) > 0 {
			return false
		}
	}
	return true
}

// withoutTrailing looks for files whose rows all end with a delimiter that the header lacks.
func withoutTrailing(rows [][]string) ([][]string, bool) {
	if len(rows) < 2 || len(rows[len(rows)-1]) < 3 {
		return rows, false
	}
	width, lacks := len(rows[len(rows)-1]), 0
	for _, r := range rows {
		switch {
		case len(r) == width && r[width-1] != "":
			return rows, false
		case len(r) == width-1:
			lacks++
		}
	}
	if lacks != 1 {
		return rows, false
	}
	cut := make([][]string, len(rows))
	for i, r := range rows {
		cut[i] = r[:min(len(r), width-1)]
	}
	return cut, true
}

// put fills row.
func (d *Reader) put(row *format.Row, cells [][]byte, line int64) {
	if d.trailing && len(cells) == len(d.columns)+1 && len(cells[len(cells)-1]) == 0 {
		cells = cells[:len(cells)-1]
	}
	row.Number, row.Line, row.Cells, row.Kinds, row.Fields = line, line, cells, nil, len(cells)
}
