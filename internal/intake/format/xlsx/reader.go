package xlsx

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// Options are what the user says about a workbook; zero values mean: find out.
type Options struct {
	Sheet     string
	HeaderRow int64 // row of the header; −1 says that there is none
}

// Reader streams the rows of one sheet.
type Reader struct {
	book    *Workbook
	sheet   Sheet
	scan    *xmlscan.Scanner
	part    io.Closer
	columns []format.Column
	notes   format.Notes
	header  int64
	found   format.Header
	heading []string // last row of the header
	told    bool     // the user says where the header is
	all     bool
	queue   []heldRow // rows read to find the header, and rows that may stand below the table
	held    []heldRow
	whole   bool // the queue reaches to the end of the sheet
	judged  int  // rows at the front of the queue that are known not to be notes

	row    int64 // number of the current row
	arena  []byte
	spans  []cellSpan
	cells  [][]byte
	kinds  []format.Kind
	units  []string
	value  []byte // text of the current cell
	inline []byte
}

type cellSpan struct {
	col, from, to int
	kind          format.Kind
	unit          string
}

type heldRow struct {
	number int64
	cells  [][]byte
	kinds  []format.Kind
	units  []string
}

const sampleRows = 200

// NewReader reads a sheet of a workbook; Close closes both.
func NewReader(w *Workbook, o Options) (*Reader, error) {
	sheet, err := w.Choose(o.Sheet)
	if err != nil {
		return nil, err
	}
	if err := w.loadStrings(); err != nil {
		return nil, err
	}
	d := &Reader{book: w, sheet: sheet}
	if d.scan, d.part, err = w.scan(sheet.part, maxPart); err != nil {
		return nil, err
	}
	if err := d.findHeader(o.HeaderRow); err != nil {
		d.part.Close()
		return nil, err
	}
	return d, nil
}

// Sheet returns the sheet that is read.
func (d *Reader) Sheet() Sheet { return d.sheet }

// HeaderRow returns the row of the header, 0 when there is none.
func (d *Reader) HeaderRow() int64 { return d.header }

// HeaderReason says why the header is taken to be where it is.
func (d *Reader) HeaderReason() base.Text {
	if d.told {
		return format.ToldHeader
	}
	return d.found.Reason(d.header)
}

// KeepAll says that nothing stands below the table: every row is one of it.
func (d *Reader) KeepAll() { d.all = true }

// Columns are the columns of the header.
func (d *Reader) Columns() []format.Column { return d.columns }

// Notes are what was seen so far.
func (d *Reader) Notes() format.Notes { return d.notes }

// Close closes sheet and workbook.
func (d *Reader) Close() error { return errors.Join(d.part.Close(), d.book.Close()) }

func (d *Reader) findHeader(wanted int64) error {
	for len(d.queue) < sampleRows {
		h, err := d.keepRow()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		d.queue = append(d.queue, h)
	}
	if len(d.queue) == 0 {
		return base.Fail(base.Refused, "empty_file", base.T("Das Blatt %s ist leer.", "The sheet %s is empty.", d.sheet.Name)).
			WithHint(base.T("Wählen Sie ein anderes Blatt.", "Choose another sheet."))
	}
	width := 0
	for _, h := range d.queue {
		width = max(width, len(h.cells))
	}
	if width > format.MaxColumns {
		return format.TooManyColumns(width, d.queue[0].number)
	}
	rows := make([][]string, len(d.queue))
	for i, h := range d.queue {
		rows[i] = make([]string, width)
		for j, c := range h.cells {
			rows[i][j] = string(c)
		}
	}
	return d.take(rows, width, wanted)
}

// take settles the header among the sampled rows.
func (d *Reader) take(rows [][]string, width int, wanted int64) error {
	h := format.FindHeader(rows)
	d.told = wanted != 0
	if wanted > 0 {
		h = format.Header{Row: -1}
		for i, q := range d.queue {
			if q.number == wanted {
				h = format.Header{Row: i, Rows: 1, Titles: i}
			}
		}
		if h.Row < 0 {
			return base.Fail(base.Refused, "no_such_row", base.T("Das Blatt hat in Zeile %s keinen Inhalt.", "The sheet has nothing in row %s.", wanted))
		}
	} else if wanted < 0 {
		h = format.Header{Row: -1}
	}
	d.found, d.notes.Titles = h, h.Titles
	if h.Row < 0 {
		d.columns = format.Names(nil, width, &d.notes)
		d.queue = d.queue[h.Titles:]
		return nil
	}
	d.header = d.queue[h.Row].number
	d.notes.HeaderRow, d.heading = d.header, format.Heading(rows[h.Row+h.Rows-1])
	d.columns = format.Names(rows[h.Row:h.Row+h.Rows], width, &d.notes)
	d.queue = d.queue[h.Row+h.Rows:]
	return nil
}

// keepRow reads the next row that is not blank and copies it.
func (d *Reader) keepRow() (heldRow, error) {
	if err := d.readRow(); err != nil {
		return heldRow{}, err
	}
	h := heldRow{number: d.row}
	for i, c := range d.cells {
		h.cells = append(h.cells, bytes.Clone(c))
		h.kinds, h.units = append(h.kinds, d.kinds[i]), append(h.units, d.units[i])
	}
	return h, nil
}

// Next reads one row. Blank rows are left out; a few text rows at the very end are the notes below the table.
func (d *Reader) Next(row *format.Row) error {
	for {
		h, judge := heldRow{}, true
		if len(d.queue) > 0 {
			h, judge = d.queue[0], d.whole && d.judged == 0
			d.queue, d.judged = d.queue[1:], max(0, d.judged-1)
		} else if err := d.readRow(); err != nil {
			if errors.Is(err, io.EOF) {
				d.notes.Footer += len(d.held)
				d.held = nil
			}
			return err
		} else {
			h = heldRow{d.row, d.cells, d.kinds, d.units}
		}
		if d.repeats(h) {
			d.notes.Repeated++
			continue
		}
		footer := !d.all && len(d.columns) > 1 && len(d.held) < 24 && judge && d.footer(h)
		if footer {
			d.held = append(d.held, copyRow(h))
			continue
		}
		if len(d.held) > 0 {
			d.queue, d.judged = append(append(d.held, copyRow(h)), d.queue...), len(d.held)+1
			d.held = nil
			continue
		}
		d.put(row, h)
		return nil
	}
}

func (d *Reader) repeats(h heldRow) bool {
	if len(d.heading) == 0 || len(h.cells) == 0 || !bytes.Equal(bytes.TrimSpace(h.cells[0]), []byte(d.heading[0])) {
		return false
	}
	cells := h.cells
	for len(cells) < len(d.heading) {
		cells = append(cells[:len(cells):len(cells)], nil)
	}
	return format.Repeats(cells, d.heading)
}

func copyRow(h heldRow) heldRow {
	out := heldRow{number: h.number, kinds: slices.Clone(h.kinds), units: slices.Clone(h.units)}
	for _, c := range h.cells {
		out.cells = append(out.cells, bytes.Clone(c))
	}
	return out
}

func (d *Reader) footer(h heldRow) bool {
	padded := h.cells
	for len(padded) < len(d.columns) {
		padded = append(padded[:len(padded):len(padded)], nil)
	}
	n := 0
	for _, c := range padded {
		if len(c) > 0 {
			n++
		}
	}
	return format.FooterLike(padded) || len(d.held) > 0 && n == 1
}

func (d *Reader) put(row *format.Row, h heldRow) {
	for len(h.cells) < len(d.columns) {
		h.cells, h.kinds, h.units = append(h.cells, nil), append(h.kinds, format.Text), append(h.units, "")
	}
	row.Number, row.Line, row.Cells, row.Kinds, row.Units, row.Fields = h.number, h.number, h.cells, h.kinds, h.units, len(h.cells)
}

// readRow reads the cells of the next row that is not blank into cells and kinds.
func (d *Reader) readRow() error {
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return inPart(err, d.sheet.part)
		}
		switch tok {
		case xmlscan.EOF:
			d.whole = true
			return io.EOF
		case xmlscan.Start:
			if local(d.scan.Name) != "row" {
				continue
			}
			d.row++
			if r, err := strconv.ParseInt(attr(d.scan, "r"), 10, 64); err == nil {
				d.row = r
			}
			filled, err := d.readCells()
			if err != nil {
				return err
			}
			if filled {
				return nil
			}
			d.notes.Blank++
		}
	}
}

// readCells reads up to the end of the row.
func (d *Reader) readCells() (filled bool, err error) {
	d.arena, d.spans = d.arena[:0], d.spans[:0]
	depth, col := d.scan.Depth(), -1
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return false, inPart(err, d.sheet.part)
		}
		if tok == xmlscan.EOF || tok == xmlscan.End && d.scan.Depth() < depth {
			break
		}
		if tok != xmlscan.Start || local(d.scan.Name) != "c" {
			continue
		}
		col++
		if c, _ := cellRef([]byte(attr(d.scan, "r"))); c >= 0 {
			col = c
		}
		if col >= format.MaxColumns {
			return false, format.TooManyColumns(col+1, d.row)
		}
		if err := d.readCell(col); err != nil {
			return false, err
		}
	}
	d.cells, d.kinds, d.units = d.cells[:0], d.kinds[:0], d.units[:0]
	for _, s := range d.spans {
		for len(d.cells) <= s.col {
			d.cells, d.kinds, d.units = append(d.cells, nil), append(d.kinds, format.Text), append(d.units, "")
		}
		d.cells[s.col], d.kinds[s.col], d.units[s.col] = d.arena[s.from:s.to:s.to], s.kind, s.unit
		filled = filled || len(bytes.TrimSpace(d.cells[s.col])) > 0
	}
	return filled, nil
}
