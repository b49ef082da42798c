package format

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"lotse.dev/lotse/internal/base"
)

// Names of encodings, as shown and as accepted.
const (
	UTF8        = "UTF-8"
	UTF16LE     = "UTF-16LE"
	UTF16BE     = "UTF-16BE"
	Windows1252 = "Windows-1252"
	Latin9      = "ISO-8859-15"
	CP850       = "CP850"
)

// Charset is a reader of UTF-8 over a file in any known encoding. While a file is plain ASCII the encoding is open; the
// first other byte decides it: valid UTF-8, or else one of the one-byte encodings. What contradicts that decision later
// is a mixture of encodings and refused with its place.
type Charset struct {
	r      io.Reader
	name   string // "" while undecided
	in     []byte // undecoded bytes: in[at:]
	at     int
	out    []byte // decoded bytes not yet handed out: out[oat:]
	oat    int
	eof    bool
	err    error
	line   int64 // lines handed out
	lastNL int64
	total  int64
	lost   int64
	table  *[256][]byte
}

const charsetBlock = 128 << 10

// NewCharset reads r. name is one of the encodings above, "" for recognition by content.
func NewCharset(r io.Reader, name string) (*Charset, error) {
	c := &Charset{r: r}
	if err := c.fill(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head := c.in
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		c.at = 3
		c.name = UTF8
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		c.wide(head[0] == 0xff, 2)
	case name == "" && zerosAt(head, 1):
		c.wide(true, 0)
	case name == "" && zerosAt(head, 0):
		c.wide(false, 0)
	}
	if c.name == "" && name != "" {
		if err := c.force(name); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Name returns the encoding, UTF-8 for pure ASCII.
func (c *Charset) Name() string {
	if c.name == "" {
		return UTF8
	}
	return c.name
}

// Replaced returns how many characters U+FFFD were read: lost by the program that wrote the file.
func (c *Charset) Replaced() int64 { return c.lost }

func (c *Charset) force(name string) error {
	switch name {
	case UTF8:
		c.name = UTF8
	case UTF16LE, UTF16BE:
		c.wide(name == UTF16LE, 0)
	case Windows1252, Latin9, CP850:
		c.single(name)
	default:
		return base.Fail(base.Usage, "encoding_unknown", base.T("Den Zeichensatz %s kennt Lotse nicht.", "Lotse does not know the encoding %s.", name)).
			WithHint(base.T("Bekannt sind UTF-8, UTF-16LE, UTF-16BE, Windows-1252, ISO-8859-15 und CP850.",
				"Known are UTF-8, UTF-16LE, UTF-16BE, Windows-1252, ISO-8859-15 and CP850."))
	}
	return nil
}

// zerosAt says whether the bytes at the odd or even places of the head are mostly NUL, as in UTF-16 without a mark.
func zerosAt(head []byte, off int) bool {
	n, zero, other := 0, 0, 0
	for i := 0; i+1 < len(head) && i < 512; i += 2 {
		n++
		if head[i+off] == 0 {
			zero++
		}
		if head[i+1-off] == 0 {
			other++
		}
	}
	return n >= 8 && zero*10 >= n*8 && other == 0
}

func (c *Charset) wide(little bool, skip int) {
	order, name := unicode.BigEndian, UTF16BE
	if little {
		order, name = unicode.LittleEndian, UTF16LE
	}
	rest := io.MultiReader(bytes.NewReader(bytes.Clone(c.in[c.at+skip:])), c.r)
	c.r = transform.NewReader(rest, unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder())
	c.in, c.at, c.name, c.eof = c.in[:0], 0, name, false
}

func (c *Charset) single(name string) {
	m := map[string]encoding.Encoding{Windows1252: charmap.Windows1252, Latin9: charmap.ISO8859_15, CP850: charmap.CodePage850}[name]
	c.name, c.table = name, new([256][]byte)
	dec := m.NewDecoder()
	for i := range 256 {
		s, err := dec.Bytes([]byte{byte(i)})
		if err == nil && !bytes.ContainsRune(s, utf8.RuneError) {
			c.table[i] = s
		}
	}
}

func (c *Charset) fill() error {
	if c.err != nil {
		return c.err
	}
	if c.at > 0 {
		c.in = append(c.in[:0], c.in[c.at:]...)
		c.at = 0
	}
	if cap(c.in)-len(c.in) < charsetBlock/2 {
		c.in = append(make([]byte, 0, charsetBlock+len(c.in)), c.in...)
	}
	n, err := io.ReadAtLeast(c.r, c.in[len(c.in):cap(c.in)], 1)
	c.in = c.in[:len(c.in)+n]
	if err != nil {
		c.err = err
		if err == io.EOF {
			c.err, c.eof = io.EOF, true
		}
	}
	return err
}

// Read hands out UTF-8.
func (c *Charset) Read(p []byte) (int, error) {
	if len(p) < utf8.UTFMax && c.oat == len(c.out) {
		return c.readSmall(p)
	}
	for c.oat == len(c.out) {
		if c.at == len(c.in) {
			if err := c.fill(); c.at == len(c.in) {
				if err == nil {
					continue
				}
				if c.eof {
					return 0, io.EOF
				}
				return 0, AtLine(err, c.line+1)
			}
		}
		if n, direct, err := c.decode(p); err != nil || direct {
			return n, err
		}
	}
	n := copy(p, c.out[c.oat:])
	c.oat += n
	c.count(p[:n])
	return n, nil
}

// readSmall serves a caller whose buffer may not hold one character.
func (c *Charset) readSmall(p []byte) (int, error) {
	var room [64]byte
	n, err := c.Read(room[:])
	c.out, c.oat = append(c.out[:0], room[:n]...), 0
	k := copy(p, c.out)
	c.oat = k
	return k, err
}

// decode moves bytes from in, straight into p when nothing has to change, otherwise into out.
func (c *Charset) decode(p []byte) (n int, direct bool, err error) {
	src := c.in[c.at:]
	if c.table != nil {
		return 0, false, c.decodeSingle(src)
	}
	src = src[:min(len(src), len(p))]
	good := validPrefix(src)
	if good == 0 && len(src) < utf8.UTFMax && !c.eof && !utf8.FullRune(src) {
		if err := c.fill(); err != nil && !c.eof {
			return 0, false, AtLine(err, c.line+1)
		}
		return 0, false, nil
	}
	if good > 0 {
		n = copy(p, src[:good])
		c.at += n
		if c.name == "" && !ascii(p[:n]) {
			c.name = UTF8
		}
		if c.name != "" {
			c.lost += int64(bytes.Count(p[:n], []byte("\ufffd")))
		}
		c.count(p[:n])
		return n, true, nil
	}
	if c.name != "" {
		return 0, false, c.mixed(src)
	}
	c.single(guessSingle(c.in[c.at:]))
	return 0, false, nil
}

func (c *Charset) decodeSingle(src []byte) error {
	c.out, c.oat = c.out[:0], 0
	src = src[:min(len(src), charsetBlock/2)]
	for i, b := range src {
		if b < 0x80 {
			c.out = append(c.out, b)
			continue
		}
		u := c.table[b]
		if u == nil || c.name == Windows1252 && b == 0xc3 && i+1 < len(src) && src[i+1] >= 0x80 && src[i+1] <= 0xbf {
			c.count(c.out)
			return c.mixed(src[i:])
		}
		c.out = append(c.out, u...)
	}
	c.at += len(src)
	return nil
}

func (c *Charset) mixed(at []byte) error {
	return Damaged("mixed_encodings", base.T("Die Zeichensätze sind gemischt: die Datei ist %s, dieses Zeichen (Byte 0x%s) nicht.",
		"The encodings are mixed: the file is %s, this character (byte 0x%s) is not.", c.Name(), hexByte(at[0])),
		c.line+1, c.total-c.lastNL+1).
		WithHint(base.T("Speichern Sie die Datei einheitlich, am besten als UTF-8.", "Save the file in one encoding, best UTF-8."))
}

func hexByte(b byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[b>>4], digits[b&15]})
}

func (c *Charset) count(p []byte) {
	if n := bytes.Count(p, []byte{'\n'}); n > 0 {
		c.line += int64(n)
		c.lastNL = c.total + int64(bytes.LastIndexByte(p, '\n')) + 1
	}
	c.total += int64(len(p))
}

func ascii(p []byte) bool {
	for len(p) >= 8 {
		if binary.LittleEndian.Uint64(p)&0x8080808080808080 != 0 {
			return false
		}
		p = p[8:]
	}
	for _, b := range p {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

// validPrefix returns the length of the longest prefix that is valid UTF-8.
func validPrefix(p []byte) int {
	if utf8.Valid(p) {
		return len(p)
	}
	i := 0
	for i < len(p) {
		if p[i] < 0x80 {
			i++
			continue
		}
		r, n := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
	return i
}

// guessSingle decides between Windows-1252 and the DOS code page 850 by where umlauts would stand.
func guessSingle(p []byte) string {
	dos, win := 0, 0
	for i := range p {
		if (i == 0 || !letter(p[i-1])) && (i+1 >= len(p) || !letter(p[i+1])) {
			continue
		}
		switch p[i] {
		case 0x81, 0x84, 0x94, 0xe1, 0x8e, 0x99, 0x9a:
			dos++
		case 0xe4, 0xf6, 0xfc, 0xdf, 0xc4, 0xd6, 0xdc, 0xe9:
			win++
		}
	}
	if dos > win {
		return CP850
	}
	return Windows1252
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
