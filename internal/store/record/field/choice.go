package field

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lotse.dev/lotse/internal/base"
)

// choice is one value of an enumeration.
type choice struct{}

// OptionTitle is the name of an option as people read it, the value itself when there is none.
func (f *Field) OptionTitle(value string, l base.Lang) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Title.In(l)
		}
	}
	return value
}

func (f *Field) values() []string {
	out := make([]string, len(f.Options))
	for i, o := range f.Options {
		out[i] = o.Value
	}
	return out
}

func checkOption(f *Field, v any, at string, e *Errors) any {
	s, ok := v.(string)
	switch {
	case ok && s == "":
		return nil
	case !ok || !slices.Contains(f.values(), s):
		e.Add(at, base.T("Erlaubt ist eines von: %s.", "Allowed is one of: %s.", strings.Join(f.values(), ", ")))
		return nil
	}
	return s
}

// parseOption reads the title of an option, first in the language of the reader, or its value.
func parseOption(f *Field, s string, l base.Lang) (string, error) {
	s = strings.TrimSpace(s)
	for _, same := range []func(o Option) bool{
		func(o Option) bool { return s == o.Title.In(l) },
		func(o Option) bool { return s == o.Value },
		func(o Option) bool { return strings.EqualFold(s, o.Title.De) || strings.EqualFold(s, o.Title.En) },
	} {
		if i := slices.IndexFunc(f.Options, same); i >= 0 {
			return f.Options[i].Value, nil
		}
	}
	return "", base.Fail(base.Refused, "no_option", base.T("„%s“ gehört nicht zur Auswahl.", "“%s” is none of the options.", s))
}

func (choice) Class() Class { return Plain }

func (choice) Check(f *Field, v any, at string, e *Errors) any { return checkOption(f, v, at, e) }

func (choice) Key(_ *Field, v any) any { return plainKey(v) }

func (choice) Text(f *Field, v any, w Words) string {
	s, _ := v.(string)
	return f.OptionTitle(s, w.Lang())
}

func (choice) Parse(f *Field, s string, w Words) (any, error) {
	return anyOf(parseOption(f, s, w.Lang()))
}

func (choice) Schema(f *Field) map[string]any {
	return map[string]any{"type": "string", "enum": f.values()}
}

// choices are several values of an enumeration, or free words where the field has no options.
type choices struct{}

const (
	mostChoices = 50
	longestWord = 100
)

func (choices) Class() Class { return Many }

func (choices) Check(f *Field, v any, at string, e *Errors) any {
	list, ok := v.([]any)
	if !ok {
		return wrong(e, at, "Eine Liste wird erwartet.", "A list is expected.")
	}
	if len(list) > mostChoices {
		e.Add(at, base.T("Höchstens %d Werte.", "At most %d values.", mostChoices))
		return nil
	}
	out := []any{}
	for _, item := range list {
		var one any
		if len(f.Options) > 0 {
			one = checkOption(f, item, at, e)
		} else {
			one = checkWord(item, at, e)
		}
		if one != nil && !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func checkWord(v any, at string, e *Errors) any {
	s, ok := v.(string)
	ok = ok && utf8.ValidString(s)
	s = strings.TrimSpace(norm.NFC.String(s))
	if !ok || strings.ContainsAny(s, ",;") || unprintable(s, false) || utf8.RuneCountInString(s) > longestWord {
		e.Add(at, base.T("Ein Wort ohne Komma und Semikolon mit höchstens %d Zeichen wird erwartet.",
			"A word without comma and semicolon of at most %d characters is expected.", longestWord))
		return nil
	}
	if s == "" {
		return nil
	}
	return s
}

func (choices) Key(_ *Field, v any) any { return manyKey(v) }

func manyKey(v any) any {
	list, _ := v.([]any)
	out := []string{}
	for _, item := range list {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (choices) Text(f *Field, v any, w Words) string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	titled, _ := w.(Titled)
	for i, item := range list {
		s, _ := item.(string)
		if out[i] = f.OptionTitle(s, w.Lang()); f.Names != "" && titled != nil {
			out[i] = titled.Title(f.Names, s)
		}
	}
	return strings.Join(out, "; ")
}

func (choices) Parse(f *Field, s string, w Words) (any, error) {
	out := []any{}
	for part := range strings.SplitSeq(s, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if len(f.Options) > 0 {
			value, err := parseOption(f, part, w.Lang())
			if err != nil {
				return nil, err
			}
			part = value
		}
		out = append(out, part)
	}
	return out, nil
}

func (choices) Schema(f *Field) map[string]any {
	item := map[string]any{"type": "string", "maxLength": longestWord}
	if len(f.Options) > 0 {
		item = map[string]any{"type": "string", "enum": f.values()}
	}
	return map[string]any{"type": "array", "items": item, "maxItems": mostChoices}
}
