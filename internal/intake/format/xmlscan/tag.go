package xmlscan

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
)

// nameEnd marks the bytes that end a name.
var nameEnd, badInName = func() (end, bad [256]bool) {
	for _, b := range []byte(" \t\r\n=/>") {
		end[b] = true
	}
	for b := range 256 {
		bad[b] = b < 0x21 || bytes.IndexByte([]byte("<>&\"'`;,!#$%()*+?@[]^{|}~\\"), byte(b)) >= 0
	}
	return end, bad
}()

func space(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// name returns the end of the name that begins at p.
func (s *Scanner) name(p int) (int, error) {
	q := p
	for q < s.end && !nameEnd[s.buf[q]] {
		if badInName[s.buf[q]] {
			return 0, s.malformed(q, "unerlaubtes Zeichen in einem Namen", "character not allowed in a name")
		}
		q++
	}
	if q == s.end {
		return 0, errMore
	}
	if q == p || s.buf[p] >= '0' && s.buf[p] <= '9' || s.buf[p] == '-' || s.buf[p] == '.' {
		return 0, s.malformed(p, "ein Name fehlt", "a name is missing")
	}
	return q, nil
}

// startTag reads a start or empty tag. Nothing changes unless the whole tag is in the buffer.
func (s *Scanner) startTag() (Token, error) {
	from := s.pos + 1
	p, err := s.name(from)
	if err != nil {
		return EOF, err
	}
	to := p
	s.Attrs = s.Attrs[:0]
	for {
		gap := p
		for p < s.end && space(s.buf[p]) {
			p++
		}
		if p == s.end {
			return EOF, errMore
		}
		switch s.buf[p] {
		case '>':
			return s.open(from, to, p+1, false)
		case '/':
			if p+1 == s.end {
				return EOF, errMore
			}
			if s.buf[p+1] != '>' {
				return EOF, s.malformed(p, "nach / fehlt >", "> is missing after /")
			}
			return s.open(from, to, p+2, true)
		}
		if p == gap {
			return EOF, s.malformed(p, "zwischen zwei Attributen fehlt ein Leerzeichen", "a blank is missing between two attributes")
		}
		if p, err = s.attribute(p); err != nil {
			return EOF, err
		}
	}
}

// attribute reads one attribute beginning at p; its value keeps its entities until the tag is complete.
func (s *Scanner) attribute(p int) (int, error) {
	q, err := s.name(p)
	if err != nil {
		return 0, err
	}
	name := s.buf[p:q]
	for q < s.end && space(s.buf[q]) {
		q++
	}
	if q < s.end && s.buf[q] != '=' {
		return 0, s.malformed(q, "nach einem Attribut fehlt =", "= is missing after an attribute")
	}
	q++
	for q < s.end && space(s.buf[q]) {
		q++
	}
	if q >= s.end {
		return 0, errMore
	}
	quote := s.buf[q]
	if quote != '"' && quote != '\'' {
		return 0, s.malformed(q, "ein Attributwert steht nicht in Anführungszeichen", "an attribute value is not quoted")
	}
	i := bytes.IndexByte(s.buf[q+1:s.end], quote)
	if i < 0 {
		return 0, errMore
	}
	value := s.buf[q+1 : q+1+i]
	if k := bytes.IndexByte(value, '<'); k >= 0 {
		return 0, s.malformed(q+1+k, "< in einem Attributwert", "< in an attribute value")
	}
	if len(s.Attrs) == maxAttrs {
		return 0, s.malformed(p, "zu viele Attribute in einem Element", "too many attributes in an element")
	}
	for _, a := range s.Attrs {
		if bytes.Equal(a.Name, name) {
			return 0, s.malformed(p, "das Attribut %s steht doppelt", "the attribute %s stands twice", string(name[:min(len(name), 60)]))
		}
	}
	s.Attrs = append(s.Attrs, Attr{name, value})
	return q + 1 + i + 1, nil
}

// open completes a start tag.
func (s *Scanner) open(from, to, next int, empty bool) (Token, error) {
	if len(s.starts) == 0 && s.rooted {
		return EOF, s.malformed(from, "ein zweites Wurzelelement", "a second root element")
	}
	if len(s.starts) >= MaxDepth {
		return EOF, s.fail(from, "xml_too_deep", base.T("Das XML ist tiefer als %s Ebenen verschachtelt.", "The XML is nested deeper than %s levels.", base.Number{Value: MaxDepth}))
	}
	for i := range s.Attrs {
		a := &s.Attrs[i]
		v, err := s.resolve(a.Value, s.offset(a.Value))
		if err != nil {
			return EOF, err
		}
		a.Value = v
	}
	s.rooted = true
	s.starts = append(s.starts, len(s.names))
	s.names = append(s.names, s.buf[from:to]...)
	s.Name = s.buf[from:to]
	s.pos, s.closing = next, empty
	return Start, nil
}

// offset returns where a slice of the buffer begins.
func (s *Scanner) offset(p []byte) int { return cap(s.buf) - cap(p) }

// Attr returns the value of an attribute of the start tag.
func (s *Scanner) Attr(name string) ([]byte, bool) {
	for i := range s.Attrs {
		if string(s.Attrs[i].Name) == name {
			return s.Attrs[i].Value, true
		}
	}
	return nil, false
}

// control returns the place of a control character that XML does not allow, −1 for none.
func control(p []byte) int {
	i := 0
	for ; i+8 <= len(p); i += 8 {
		w := binary.LittleEndian.Uint64(p[i:])
		if (w-0x2020202020202020)&^w&0x8080808080808080 != 0 {
			break
		}
	}
	for ; i < len(p); i++ {
		if b := p[i]; b < 0x20 && b != '\t' && b != '\n' && b != '\r' {
			return i
		}
	}
	return -1
}

// resolve replaces entities in place. at is where raw begins in the buffer.
func (s *Scanner) resolve(raw []byte, at int) ([]byte, error) {
	if i := control(raw); i >= 0 {
		return nil, s.malformed(at+i, "unerlaubtes Steuerzeichen", "control character not allowed")
	}
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 {
		return raw, nil
	}
	n := amp
	for i := amp; i < len(raw); {
		if raw[i] != '&' {
			raw[n] = raw[i]
			n, i = n+1, i+1
			continue
		}
		semi := bytes.IndexByte(raw[i:min(len(raw), i+14)], ';')
		if semi < 2 {
			return nil, s.malformed(at+i, "ein & steht allein", "an & stands alone")
		}
		r, ok := entity(raw[i+1 : i+semi])
		if !ok {
			return nil, s.malformed(at+i, "die Entität &%s; ist unbekannt", "the entity &%s; is unknown", string(raw[i+1:i+semi]))
		}
		n += utf8.EncodeRune(raw[n:n+4:n+4], r)
		i += semi + 1
	}
	return raw[:n], nil
}

func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "apos":
		return '\'', true
	case "quot":
		return '"', true
	}
	if name[0] != '#' || len(name) < 2 {
		return 0, false
	}
	digits, radix := name[1:], 10
	if digits[0] == 'x' {
		digits, radix = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), radix, 32)
	if err != nil || n > utf8.MaxRune || n < 0x20 && n != '\t' && n != '\n' && n != '\r' || n >= 0xd800 && n < 0xe000 || n == 0xfffe || n == 0xffff {
		return 0, false
	}
	return rune(n), true
}

// Encoding returns the encoding that the XML declaration at the beginning of head names, "" for none, as a name of
// package format; unknown ones are returned as written.
func Encoding(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl, _, _ := bytes.Cut(head, []byte("?>"))
	_, rest, found := bytes.Cut(decl, []byte("encoding"))
	if !found {
		return ""
	}
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	i := bytes.IndexByte(rest[1:], rest[0])
	if i < 0 {
		return ""
	}
	name := string(bytes.ToUpper(rest[1 : 1+i]))
	switch name {
	case "UTF-8", "UTF8", "US-ASCII", "ASCII":
		return format.UTF8
	case "ISO-8859-1", "LATIN1", "WINDOWS-1252", "CP1252":
		return format.Windows1252
	case "ISO-8859-15":
		return format.Latin9
	case "UTF-16":
		return ""
	}
	return name
}
