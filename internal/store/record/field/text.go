package field

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lotse.dev/lotse/internal/base"
)

// text is words on one line, or with lines a Markdown text.
type text struct {
	longest int
	lines   bool
}

func (text) Class() Class { return Folded }

func (t text) Check(f *Field, v any, at string, e *Errors) any {
	s, ok := v.(string)
	if !ok {
		return wrong(e, at, "Ein Text wird erwartet.", "A text is expected.")
	}
	if !utf8.ValidString(s) {
		return wrong(e, at, "Der Text enthält unlesbare Zeichen.", "The text holds unreadable characters.")
	}
	s = strings.TrimSpace(norm.NFC.String(strings.ReplaceAll(s, "\r\n", "\n")))
	if unprintable(s, t.lines) {
		return wrong(e, at, "Steuerzeichen und Zeilenumbrüche sind hier nicht erlaubt.", "Control characters and line breaks are not allowed here.")
	}
	longest := t.longest
	if f.Longest > 0 {
		longest = f.Longest
	}
	if n := utf8.RuneCountInString(s); n > longest {
		e.Add(at, base.T("Höchstens %d Zeichen, das sind %d.", "At most %d characters, these are %d.", longest, n))
		return nil
	}
	if s == "" {
		return nil
	}
	return s
}

// unprintable says whether a text holds control characters, or line breaks where none may be.
func unprintable(s string, lines bool) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		if lines && (r == '\n' || r == '\t') {
			return false
		}
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

func (text) Key(_ *Field, v any) any {
	if s, _ := v.(string); s != "" {
		return Fold(s)
	}
	return nil
}

func (text) Text(f *Field, v any, w Words) string {
	s, _ := v.(string)
	if titled, ok := w.(Titled); ok && f.Names != "" && s != "" {
		return titled.Title(f.Names, s)
	}
	return s
}

func (text) Parse(_ *Field, s string, _ Words) (any, error) { return s, nil }

func (t text) Schema(f *Field) map[string]any {
	longest := t.longest
	if f.Longest > 0 {
		longest = f.Longest
	}
	return map[string]any{"type": "string", "maxLength": longest}
}

// Fold takes case and accents from a text, so that Ä sorts and matches as a, ß as ss.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ß' || r == 'ẞ':
			b.WriteString("ss")
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
