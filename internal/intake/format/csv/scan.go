package csv

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
)

// maxRecord is the most bytes of one record; a quote that stays open longer is reported as never closed.
const maxRecord = 16 << 20

// syntax is what the scanner must know.
type syntax struct {
	delimiter byte
	quote     byte // 0 for none
	escape    byte // '\\' when quotes are escaped by it, otherwise 0
	crOnly    bool // records end with a carriage return
}

// scanner cuts UTF-8 text into records. Cells point into its buffer.
type scanner struct {
	r   io.Reader
	syn syntax
	buf []byte
	pos int // start of the next record
	end int // end of valid bytes
	eof bool
	err error

	line  int64 // line of the next record
	cells [][]byte
	spans []span
	stray int64
}

type span struct {
	from, to int
	unescape bool
}

func newScanner(r io.Reader, size int) *scanner {
	return &scanner{r: r, buf: make([]byte, size), line: 1}
}

// fill reads more bytes behind end, moving the unread ones to the front and growing the buffer when it is full.
func (s *scanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.err != nil {
		return s.err
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if len(s.buf)-s.end < 4096 {
		grown := make([]byte, 2*len(s.buf))
		copy(grown, s.buf[:s.end])
		s.buf = grown
	}
	n, err := io.ReadAtLeast(s.r, s.buf[s.end:len(s.buf)-8], 1)
	s.end += n
	switch {
	case err == nil:
		return nil
	case err == io.EOF:
		s.eof = true
		return io.EOF
	}
	s.err = err
	return err
}

// errMore says that the buffer ends before the record does.
var errMore = errors.New("record continues")

// next returns the cells of the next record and the line where it begins; io.EOF at the end.
func (s *scanner) next() ([][]byte, int64, error) {
	for {
		line := s.line
		if s.pos < s.end {
			err := s.record()
			if err == nil {
				return s.cells, line, nil
			}
			if !errors.Is(err, errMore) {
				return nil, line, err
			}
		} else if s.eof {
			return nil, line, io.EOF
		}
		if s.end-s.pos > maxRecord {
			return nil, line, s.tooLong()
		}
		if err := s.fill(); err != nil && !errors.Is(err, io.EOF) {
			return nil, line, format.AtLine(err, line)
		}
	}
}

func (s *scanner) tooLong() error {
	if at, ok := s.openQuote(); ok {
		return s.neverClosed(at)
	}
	return format.TooLarge("record_too_long", base.T("Eine Zeile ist länger als %s MB.", "A line is longer than %s MB.",
		base.Number{Value: maxRecord >> 20}), s.line).
		WithHint(base.T("Prüfen Sie, ob die Datei eine Tabelle ist und ihre Zeilen mit einem Umbruch enden.", "Check that the file is a table and its lines end with a line break."))
}

// openQuote finds the opening of the quote in which the buffer ends.
func (s *scanner) openQuote() (int, bool) {
	p := s.pos
	for p < s.end {
		if s.buf[p] == s.syn.quote && s.syn.quote != 0 {
			to, _, state := s.quoted(p)
			if state == quoteOpen {
				return p, true
			}
			p = to
		}
		for p < s.end && s.buf[p] != s.syn.delimiter && s.buf[p] != '\n' {
			p++
		}
		p++
	}
	return 0, false
}

func (s *scanner) place(at int) (line, column int64) {
	before := s.buf[s.pos:at]
	line = s.line + int64(bytes.Count(before, []byte{'\n'}))
	if s.syn.crOnly {
		line = s.line + int64(bytes.Count(before, []byte{'\r'}))
	}
	from := bytes.LastIndexByte(before, '\n') + 1
	return line, int64(len([]rune(string(before[from:])))) + 1
}

func (s *scanner) neverClosed(at int) error {
	line, column := s.place(at)
	return format.Damaged("quote_not_closed", base.T("Ein Anführungszeichen wird geöffnet und bis zum Ende der Datei nicht geschlossen.",
		"A quote is opened and not closed until the end of the file."), line, column).
		WithHint(base.T("Schließen oder verdoppeln Sie das Anführungszeichen an dieser Stelle.", "Close or double the quote at this place."))
}

func (s *scanner) afterQuote(at int) error {
	line, column := s.place(at)
	return format.Damaged("quote_damaged", base.T("Nach einem schließenden Anführungszeichen folgt Text statt eines Trennzeichens.",
		"A closing quote is followed by text instead of a delimiter."), line, column).
		WithHint(base.T("Verdoppeln Sie Anführungszeichen, die zum Text gehören.", "Double quotes that belong to the text."))
}

func (s *scanner) nul(at int) error {
	line, column := s.place(at)
	return format.Damaged("nul_bytes", base.T("Die Datei enthält NUL-Bytes; sie ist beschädigt oder keine Textdatei.",
		"The file holds NUL bytes; it is damaged or not a text file."), line, column).
		WithHint(base.T("Geben Sie die Daten noch einmal aus dem Quellsystem aus.", "Export the data again from its system."))
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// zero marks (at least) the lowest zero byte of x; marks above it may be false.
func zero(x uint64) uint64 { return (x - ones) &^ x & highs }

// record cuts one record beginning at pos. It leaves pos untouched unless the record is complete.
func (s *scanner) record() error {
	s.spans = s.spans[:0]
	buf, p, start := s.buf, s.pos, s.pos
	delims, feeds, returns, quotes := ones*uint64(s.syn.delimiter), ones*uint64('\n'), ones*uint64('\r'), ones*uint64(s.syn.quote)
	if s.syn.quote != 0 && buf[p] == s.syn.quote {
		done, next, err := s.quotedField(p)
		if done || err != nil {
			return err
		}
		p, start = next, next
	}
	stray := int64(0)
	for p < s.end {
		w := binary.LittleEndian.Uint64(buf[p:]) // the buffer has eight bytes to spare
		m := zero(w^delims) | zero(w^feeds) | zero(w^returns) | zero(w^quotes) | zero(w)
		if m == 0 {
			p += 8
			continue
		}
		p += bits.TrailingZeros64(m) >> 3
		if p >= s.end {
			break
		}
		switch b := buf[p]; {
		case b == s.syn.delimiter:
			s.spans = append(s.spans, span{start, p, false})
			p++
			start = p
			if p < s.end && s.syn.quote != 0 && buf[p] == s.syn.quote {
				done, next, err := s.quotedField(p)
				if done || err != nil {
					return err
				}
				p, start = next, next
			} else if p == s.end && !s.eof {
				return errMore
			}
		case b == '\n':
			s.stray += stray
			s.finish(start, p, p+1)
			return nil
		case b == '\r':
			if p+1 == s.end && !s.eof {
				return errMore
			}
			if s.syn.crOnly && !(p+1 < s.end && buf[p+1] == '\n') {
				s.stray += stray
				s.finish(start, p, p+1)
				return nil
			}
			if p+1 < s.end && buf[p+1] == '\n' {
				s.stray += stray
				s.finish(start, p, p+2)
				return nil
			}
			p++
		case b == 0:
			return s.nul(p)
		default: // a quote inside an unquoted value, or a false mark
			if b == s.syn.quote && b != 0 {
				stray++
			}
			p++
		}
	}
	if !s.eof {
		return errMore
	}
	s.stray += stray
	s.finish(start, s.end, s.end)
	return nil
}

// quotedField takes the quoted value that opens at p. done says that it ended the record, next is otherwise the start
// of the following value.
func (s *scanner) quotedField(p int) (done bool, next int, err error) {
	for {
		to, unescape, state := s.quoted(p)
		if state == quoteOpen {
			if s.eof {
				return false, 0, s.neverClosed(p)
			}
			return false, 0, errMore
		}
		if k := bytes.IndexByte(s.buf[p:to], 0); k >= 0 {
			return false, 0, s.nul(p + k)
		}
		after := to + 1
		for after < s.end && s.buf[after] == ' ' {
			after++
		}
		if after == s.end {
			if !s.eof {
				return false, 0, errMore
			}
			s.spans = append(s.spans, span{p + 1, to, unescape})
			s.close(s.end)
			return true, 0, nil
		}
		switch s.buf[after] {
		case s.syn.delimiter:
			s.spans = append(s.spans, span{p + 1, to, unescape})
			next = after + 1
			if next == s.end && !s.eof {
				return false, 0, errMore
			}
			if next < s.end && s.buf[next] == s.syn.quote {
				p = next
				continue
			}
			return false, next, nil
		case '\n':
			s.spans = append(s.spans, span{p + 1, to, unescape})
			s.close(after + 1)
			return true, 0, nil
		case '\r':
			if after+1 == s.end && !s.eof {
				return false, 0, errMore
			}
			s.spans = append(s.spans, span{p + 1, to, unescape})
			if after+1 < s.end && s.buf[after+1] == '\n' {
				after++
			}
			s.close(after + 1)
			return true, 0, nil
		}
		return false, 0, s.afterQuote(after)
	}
}

const (
	quoteClosed = iota
	quoteOpen
)

// quoted finds the closing quote of the value that opens at p.
func (s *scanner) quoted(p int) (to int, unescape bool, state int) {
	i := p + 1
	for i < s.end {
		k := bytes.IndexByte(s.buf[i:s.end], s.syn.quote)
		if k < 0 {
			return s.end, unescape, quoteOpen
		}
		if s.syn.escape != 0 && s.escaped(i, i+k) {
			unescape = true
			i += k + 1
			continue
		}
		i += k + 1
		if i < s.end && s.buf[i] == s.syn.quote {
			unescape = true
			i++
			continue
		}
		if i == s.end && !s.eof {
			return s.end, unescape, quoteOpen
		}
		return i - 1, unescape, quoteClosed
	}
	return s.end, unescape, quoteOpen
}

// escaped says whether the quote at p has an odd number of escapes before it, not reaching back beyond from.
func (s *scanner) escaped(from, p int) bool {
	n := 0
	for p-1-n >= from && s.buf[p-1-n] == s.syn.escape {
		n++
	}
	return n%2 == 1
}

func (s *scanner) finish(start, to, next int) {
	s.spans = append(s.spans, span{start, to, false})
	s.close(next)
}

// close completes a record: cells from spans, lines counted, pos moved on.
func (s *scanner) close(next int) {
	s.cells = s.cells[:0]
	for _, f := range s.spans {
		c := s.buf[f.from:f.to]
		if f.unescape {
			c = s.unescape(c)
		}
		s.cells = append(s.cells, c)
	}
	if s.syn.crOnly {
		s.line += int64(bytes.Count(s.buf[s.pos:next], []byte{'\r'}))
	} else {
		s.line += int64(bytes.Count(s.buf[s.pos:next], []byte{'\n'}))
	}
	s.pos = next
}

// unescape removes doubled quotes and escapes in place.
func (s *scanner) unescape(c []byte) []byte {
	n := 0
	for i := 0; i < len(c); i++ {
		if i+1 < len(c) && c[i+1] == s.syn.quote && (c[i] == s.syn.quote || c[i] == s.syn.escape && s.syn.escape != 0) {
			i++
		}
		c[n] = c[i]
		n++
	}
	return c[:n]
}
