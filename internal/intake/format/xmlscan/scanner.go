package xmlscan

import (
	"bytes"
	"errors"
	"io"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
)

// Token is what Next found.
type Token uint8

// The tokens. An empty element gives Start and End.
const (
	EOF Token = iota
	Start
	End
	Text
)

// Attr is one attribute. Value has its entities resolved.
type Attr struct{ Name, Value []byte }

// MaxDepth is the deepest nesting of elements.
const MaxDepth = 128

const (
	bufferBytes = 256 << 10
	maxToken    = 8 << 20
	maxAttrs    = 256
)

// Scanner reads one document. Name, Attrs and Text are valid until the next call of Next.
type Scanner struct {
	// KeepSpace reports text of white space only as well.
	KeepSpace bool
	Name      []byte
	Attrs     []Attr
	Text      []byte

	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
	err      error
	line     int64 // lines before buf[counted]
	counted  int
	names    []byte // names of the open elements, one after the other
	starts   []int  // where each begins in names
	closing  bool   // the last Start was an empty element
	rooted   bool
}

// New scans r, which must be UTF-8 (see format.Charset and Encoding).
func New(r io.Reader) *Scanner { return &Scanner{r: r, buf: make([]byte, bufferBytes)} }

// Line returns the line at which the scanner stands; the first is 1.
func (s *Scanner) Line() int64 {
	s.line += int64(bytes.Count(s.buf[s.counted:s.pos], []byte{'\n'}))
	s.counted = s.pos
	return s.line + 1
}

// Depth returns how many elements are open.
func (s *Scanner) Depth() int { return len(s.starts) }

func (s *Scanner) fail(at int, code string, text base.Text) error {
	line := s.line + 1 + int64(bytes.Count(s.buf[s.counted:at], []byte{'\n'}))
	column := int64(at - bytes.LastIndexByte(s.buf[:at], '\n'))
	return format.Damaged(code, text, line, column)
}

func (s *Scanner) malformed(at int, de, en string, args ...any) error {
	return s.fail(at, "xml_damaged", base.T("Das XML ist fehlerhaft: "+de+".", "The XML is malformed: "+en+".", args...)).(*base.Error).
		WithHint(base.T("Geben Sie die Datei noch einmal aus dem Quellsystem aus.", "Export the file again from its system."))
}

// errMore says that the buffer ends within a token.
var errMore = errors.New("token continues")

func (s *Scanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.err != nil {
		return s.err
	}
	s.Line()
	copy(s.buf, s.buf[s.pos:s.end])
	s.end -= s.pos
	s.pos, s.counted = 0, 0
	if s.end > maxToken {
		return format.TooLarge("xml_token_too_long", base.T("Ein XML-Element ist länger als %s MB.", "An XML element is longer than %s MB.",
			base.Number{Value: maxToken >> 20}), s.Line())
	}
	if s.end > len(s.buf)/2 {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := io.ReadAtLeast(s.r, s.buf[s.end:], 1)
	s.end += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	if err != nil {
		s.err = format.AtLine(err, s.Line())
		return s.err
	}
	return nil
}

// Next returns the next token; EOF at the end of a whole document.
func (s *Scanner) Next() (Token, error) {
	if s.closing {
		s.closing = false
		s.Name = s.pop()
		return End, nil
	}
	for {
		tok, err := s.token()
		switch {
		case err == nil && tok == skipped:
		case err == nil:
			return tok, nil
		case !errors.Is(err, errMore):
			return EOF, err
		case s.eof:
			return EOF, s.malformed(s.end, "die Datei ist abgeschnitten", "the file is cut off")
		default:
			if err := s.fill(); err != nil {
				return EOF, err
			}
		}
	}
}

const skipped Token = 255

func (s *Scanner) token() (Token, error) {
	if s.pos == s.end {
		return s.atEnd()
	}
	if s.buf[s.pos] != '<' {
		return s.text()
	}
	if s.end-s.pos < 2 {
		return EOF, errMore
	}
	switch s.buf[s.pos+1] {
	case '/':
		return s.endTag()
	case '?':
		return s.skipTo("?>", 2)
	case '!':
		return s.declaration()
	}
	return s.startTag()
}

func (s *Scanner) atEnd() (Token, error) {
	if !s.eof {
		return EOF, errMore
	}
	if len(s.starts) > 0 {
		return EOF, s.malformed(s.end, "die Datei endet mitten im Element <%s>", "the file ends within the element <%s>", string(s.top()))
	}
	if !s.rooted {
		return EOF, s.malformed(s.end, "kein Element gefunden", "no element found")
	}
	return EOF, nil
}

func (s *Scanner) skipTo(mark string, from int) (Token, error) {
	if s.end-s.pos < from {
		return EOF, errMore
	}
	i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark))
	if i < 0 {
		return EOF, errMore
	}
	s.pos += from + i + len(mark)
	return skipped, nil
}

func (s *Scanner) declaration() (Token, error) {
	rest := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return s.skipTo("-->", 4)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return s.cdata()
	case len(rest) < 9 && !s.eof:
		return EOF, errMore
	}
	return EOF, s.fail(s.pos, "xml_dtd_refused", base.T("Die Datei enthält eine Dokumenttyp-Deklaration (<!…>); solche Dateien werden nicht gelesen, weil sie fremde Inhalte nachladen können.",
		"The file holds a document type declaration (<!…>); such files are not read because they can pull in foreign content.")).(*base.Error).
		WithHint(base.T("Geben Sie die Datei ohne diese Deklaration aus.", "Export the file without this declaration."))
}

func (s *Scanner) cdata() (Token, error) {
	from := s.pos + 9
	i := bytes.Index(s.buf[from:s.end], []byte("]]>"))
	if i < 0 {
		return EOF, errMore
	}
	if len(s.starts) == 0 {
		return EOF, s.malformed(s.pos, "Text außerhalb des Wurzelelements", "text outside the root element")
	}
	s.Text = s.buf[from : from+i]
	if at := control(s.Text); at >= 0 {
		return EOF, s.malformed(from+at, "unerlaubtes Steuerzeichen", "control character not allowed")
	}
	s.pos = from + i + 3
	return Text, nil
}

func (s *Scanner) text() (Token, error) {
	i := bytes.IndexByte(s.buf[s.pos:s.end], '<')
	if i < 0 {
		if !s.eof {
			return EOF, errMore
		}
		i = s.end - s.pos
	}
	from := s.pos
	raw := s.buf[from : from+i]
	if blank(raw) && (!s.KeepSpace || len(s.starts) == 0) {
		s.pos += i
		return skipped, nil
	}
	if len(s.starts) == 0 {
		return EOF, s.malformed(from, "Text außerhalb des Wurzelelements", "text outside the root element")
	}
	val, err := s.resolve(raw, from)
	if err != nil {
		return EOF, err
	}
	s.Text = val
	s.pos = from + i
	return Text, nil
}

func blank(p []byte) bool {
	for _, b := range p {
		if b != ' ' && b != '\n' && b != '\t' && b != '\r' {
			return false
		}
	}
	return true
}

func (s *Scanner) top() []byte { return s.names[s.starts[len(s.starts)-1]:] }

func (s *Scanner) pop() []byte {
	name := s.top()
	s.names = s.names[:s.starts[len(s.starts)-1]]
	s.starts = s.starts[:len(s.starts)-1]
	return name
}

func (s *Scanner) endTag() (Token, error) {
	i := bytes.IndexByte(s.buf[s.pos:s.end], '>')
	if i < 0 {
		return EOF, errMore
	}
	name := bytes.TrimRight(s.buf[s.pos+2:s.pos+i], " \t\r\n")
	if len(s.starts) == 0 || !bytes.Equal(name, s.top()) {
		open := "–"
		if len(s.starts) > 0 {
			open = string(s.top())
		}
		return EOF, s.malformed(s.pos, "</%s> schließt <%s>", "</%s> closes <%s>", string(name[:min(len(name), 60)]), open)
	}
	s.Name = s.pop()
	s.pos += i + 1
	return End, nil
}
