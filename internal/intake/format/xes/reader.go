package xes

import (
	"bytes"
	"errors"
	"io"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// maxNesting is the deepest nesting of attributes that become columns.
const maxNesting = 8

// maxTrace is the most bytes that the attributes of one trace may have.
const maxTrace = 16 << 20

// Reader streams the events of one log.
type Reader struct {
	closer   io.Closer
	charset  *format.Charset
	scan     *xmlscan.Scanner
	columns  []format.Column
	index    [2]map[string]int // key → column: of events, of traces
	trace    values
	event    values
	defaults map[string][]byte // of events
	notes    format.Notes
	cells    [][]byte
	kinds    []format.Kind
	path     []byte
	number   int64
	inTrace  bool
	events   bool // the current trace had an event
	traces   int64
	ended    bool
}

// values are the attributes of one trace or event; texts lie in arena.
type values struct {
	arena []byte
	items []item
}

type item struct {
	column   int
	from, to int
}

func (v *values) reset() { v.arena, v.items = v.arena[:0], v.items[:0] }

const (
	ofEvent = 0
	ofTrace = 1
)

// Open reads the beginning of the log up to its first trace. It closes r.
func Open(r io.ReadCloser) (*Reader, error) {
	head := make([]byte, 256)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, errors.Join(err, r.Close())
	}
	head = head[:n]
	enc := xmlscan.Encoding(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if enc == "" && !wide(head) {
		enc = format.UTF8
	}
	cs, err := format.NewCharset(io.MultiReader(bytes.NewReader(head), r), enc)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	d := &Reader{closer: r, charset: cs, scan: xmlscan.New(cs), defaults: map[string][]byte{}}
	d.index = [2]map[string]int{{}, {}}
	if err := d.root(); err != nil {
		r.Close()
		return nil, err
	}
	return d, nil
}

func wide(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) || len(head) > 3 && (head[0] == 0 || head[1] == 0)
}

func (d *Reader) root() error {
	tok, err := d.scan.Next()
	if err != nil {
		return err
	}
	if tok != xmlscan.Start || string(local(d.scan.Name)) != "log" {
		return base.Fail(base.Refused, "xml_not_xes", base.T("Die Datei ist XML, aber kein XES: das Wurzelelement heißt <%s> statt <log>.",
			"The file is XML but not XES: the root element is <%s> instead of <log>.", string(d.scan.Name))).
			WithHint(base.T("Lesbar sind CSV, XLSX und XES, auch als .gz.", "CSV, XLSX and XES can be read, also as .gz.")).
			At(base.Place{Line: d.scan.Line()})
	}
	return nil
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// Encoding returns the encoding of the file.
func (d *Reader) Encoding() string { return d.charset.Name() }

// Columns are the columns of the attributes met so far.
func (d *Reader) Columns() []format.Column { return d.columns }

// Notes are what was seen so far.
func (d *Reader) Notes() format.Notes { return d.notes }

// Traces returns the number of traces read so far.
func (d *Reader) Traces() int64 { return d.traces }

// Close closes the file.
func (d *Reader) Close() error { return d.closer.Close() }

// Next reads one event.
func (d *Reader) Next(row *format.Row) error {
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return err
		}
		switch tok {
		case xmlscan.EOF:
			return io.EOF
		case xmlscan.Start:
			found, err := d.element(row)
			if err != nil || found {
				return err
			}
		case xmlscan.End:
			if d.inTrace && d.scan.Depth() == 1 {
				d.inTrace = false
			}
		}
	}
}

// element handles a start tag of the log or a trace; found says that row holds an event.
func (d *Reader) element(row *format.Row) (found bool, err error) {
	name := string(local(d.scan.Name))
	if d.inTrace {
		if name == "event" {
			d.events = true
			return true, d.readEvent(row)
		}
		if d.events && name != "" {
			return false, d.misplaced(name)
		}
		return false, d.attribute(ofTrace, &d.trace, 0)
	}
	switch name {
	case "trace":
		d.inTrace, d.events, d.traces = true, false, d.traces+1
		d.trace.reset()
		return false, nil
	case "event":
		return true, d.looseEvent(row)
	case "global":
		scope, _ := d.scan.Attr("scope")
		return false, d.global(string(scope))
	case "classifier":
		keys, _ := d.scan.Attr("keys")
		if len(d.notes.Classifiers) < 50 {
			d.notes.Classifiers = append(d.notes.Classifiers, string(keys))
		}
	}
	return false, d.skip()
}

func (d *Reader) misplaced(name string) error {
	return format.Damaged("xes_attribute_after_event", base.T("Ein Merkmal des Vorgangs (<%s>) steht hinter einem Ereignis; XES verlangt es davor.",
		"An attribute of the trace (<%s>) stands after an event; XES wants it before.", name), d.scan.Line(), 0)
}

// looseEvent reads an event outside a trace: it has no case of its own.
func (d *Reader) looseEvent(row *format.Row) error {
	d.trace.reset()
	return d.readEvent(row)
}

// skip reads to the end of the element just opened.
func (d *Reader) skip() error {
	depth := d.scan.Depth()
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return err
		}
		if tok == xmlscan.End && d.scan.Depth() < depth {
			return nil
		}
		if tok == xmlscan.EOF {
			return io.ErrUnexpectedEOF
		}
	}
}

// readEvent reads the attributes of the event just opened and fills row.
func (d *Reader) readEvent(row *format.Row) error {
	line := d.scan.Line()
	depth := d.scan.Depth()
	d.event.reset()
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return err
		}
		if tok == xmlscan.End && d.scan.Depth() < depth {
			break
		}
		if tok == xmlscan.Start {
			if err := d.attribute(ofEvent, &d.event, 0); err != nil {
				return err
			}
		}
	}
	d.number++
	d.fill(row, line)
	return nil
}

func (d *Reader) fill(row *format.Row, line int64) {
	for len(d.cells) < len(d.columns) {
		d.cells, d.kinds = append(d.cells, nil), append(d.kinds, d.columns[len(d.kinds)].Kind)
	}
	clear(d.cells)
	for _, v := range []*values{&d.trace, &d.event} {
		for _, it := range v.items {
			d.cells[it.column] = v.arena[it.from:it.to:it.to]
		}
	}
	for key, value := range d.defaults {
		if c, ok := d.index[ofEvent][key]; ok && d.cells[c] == nil {
			d.cells[c] = value
			d.notes.Defaults++
		}
	}
	row.Number, row.Line, row.Cells, row.Kinds, row.Fields = d.number, line, d.cells, d.kinds, len(d.cells)
}
