package base

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Lang is a language of the user interface.
type Lang uint8

// The languages that Lotse speaks. German is the zero value and therefore the default everywhere.
const (
	German Lang = iota
	English
)

// ParseLang reads a language tag such as "de", "en-GB" or an Accept-Language header and returns the first language
// that Lotse speaks, German when there is none.
func ParseLang(tag string) Lang {
	for part := range strings.SplitSeq(strings.ToLower(tag), ",") {
		part, _, _ = strings.Cut(strings.TrimSpace(part), ";")
		switch {
		case strings.HasPrefix(part, "de"):
			return German
		case strings.HasPrefix(part, "en"):
			return English
		}
	}
	return German
}

// String returns the language tag, "de" or "en".
func (l Lang) String() string {
	if l == English {
		return "en"
	}
	return "de"
}

// Text is one sentence in both languages. It is written where it is said, so that neither language can be forgotten;
// it encodes as a JSON string in the language chosen by Localize, German by default.
type Text struct {
	De, En string
	lang   Lang
}

// T makes a text of the two sentences. With args both are formatted by Sprintf; an argument that is an int, int64,
// float64 or Number is written in the number format of the language, a Text in its language.
func T(de, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{De: de, En: en}
	}
	return Text{De: ended(fmt.Sprintf(de, localArgs(German, args)...)), En: ended(fmt.Sprintf(en, localArgs(English, args)...))}
}

// ended ends a sentence with one full stop where its last word has one of its own, as "Std." has.
func ended(s string) string {
	if strings.HasSuffix(s, "..") && !strings.HasSuffix(s, "...") {
		return s[:len(s)-1]
	}
	return s
}

// In returns the sentence in a language.
func (t Text) In(l Lang) string {
	if l == English && t.En != "" {
		return t.En
	}
	return t.De
}

// String returns the sentence in the language set by Localize.
func (t Text) String() string { return t.In(t.lang) }

// IsZero says whether there is no text.
func (t Text) IsZero() bool { return t.De == "" && t.En == "" }

// MarshalText encodes the text in the language set by Localize.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads one string as the sentence of both languages.
func (t *Text) UnmarshalText(b []byte) error {
	t.De, t.En = string(b), string(b)
	return nil
}

// Localize sets the language of every Text reachable from the pointer v through structs, pointers, slices and
// interfaces holding pointers. Texts that are map values cannot be set and stay German: do not put them there.
func Localize(v any, l Lang) {
	localize(reflect.ValueOf(v), l, 0)
}

var textType = reflect.TypeFor[Text]()

func localize(v reflect.Value, l Lang, depth int) {
	if depth > 24 {
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			localize(v.Elem(), l, depth+1)
		}
	case reflect.Slice, reflect.Array:
		if !mayHoldText(v.Type().Elem()) {
			return
		}
		for i := range v.Len() {
			localize(v.Index(i), l, depth+1)
		}
	case reflect.Struct:
		if v.Type() == textType {
			if v.CanAddr() && v.Addr().CanInterface() {
				v.Addr().Interface().(*Text).lang = l
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				localize(v.Field(i), l, depth+1)
			}
		}
	}
}

func mayHoldText(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Array, reflect.Struct:
		return true
	}
	return false
}

// Number is a number that T writes with a fixed count of decimals in the format of each language.
type Number struct {
	Value    float64
	Decimals int
}

func localArgs(l Lang, args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch x := a.(type) {
		case int:
			out[i] = written(FormatInt(int64(x), l))
		case int64:
			out[i] = written(FormatInt(x, l))
		case float64:
			out[i] = written(FormatFloat(x, -1, l))
		case Number:
			out[i] = written(FormatFloat(x.Value, x.Decimals, l))
		case Text:
			out[i] = x.In(l)
		default:
			out[i] = a
		}
	}
	return out
}

// written is a number in the format of a language; it prints the same by every verb, %d as well as %s.
type written string

// Format prints the number.
func (w written) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(w)) }

// FormatInt writes a whole number with the thousands separator of the language: 1.234 or 1,234.
func FormatInt(n int64, l Lang) string { return group(strconv.FormatInt(n, 10), l) }

// FormatFloat writes a number in the format of the language with a count of decimals, −1 for as many as needed.
func FormatFloat(f float64, decimals int, l Lang) string {
	return group(strconv.FormatFloat(f, 'f', decimals, 64), l)
}

func group(s string, l Lang) string {
	sep, point := ".", ","
	if l == English {
		sep, point = ",", "."
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	whole, frac, hasFrac := strings.Cut(s, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	if hasFrac {
		b.WriteString(point + frac)
	}
	return b.String()
}
