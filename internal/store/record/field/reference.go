package field

import (
	"regexp"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// reference names one other record. That the record exists is checked by the store, in the same transaction.
type reference struct{}

// idForm is what an id may look like: made by Lotse, or a short name given by a person or a data file.
var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// ValidID says whether a text can be the id of a record.
func ValidID(id string) bool { return idForm.MatchString(id) }

// Target is the kind that a field names, "" when it names none.
func (f *Field) Target() string {
	switch f.Type {
	case TypePerson, TypePersons:
		return PersonKind
	case TypeReference, TypeReferences:
		return f.To
	case TypeFiles:
		return FileKind
	}
	return ""
}

func checkID(v any, at string, e *Errors) any {
	s, ok := v.(string)
	s = strings.TrimSpace(s)
	if ok && s == "" {
		return nil
	}
	if !ok || !ValidID(s) {
		return wrong(e, at, "Die Kennung eines Eintrags wird erwartet.", "The id of a record is expected.")
	}
	return s
}

func (reference) Class() Class { return Plain }

func (reference) Check(_ *Field, v any, at string, e *Errors) any { return checkID(v, at, e) }

func (reference) Key(_ *Field, v any) any { return plainKey(v) }

func (reference) Text(f *Field, v any, w Words) string {
	s, _ := v.(string)
	return w.Name(f.Target(), s)
}

func (reference) Parse(f *Field, s string, w Words) (any, error) {
	return anyOf(w.Find(f.Target(), strings.TrimSpace(s)))
}

func (reference) Schema(f *Field) map[string]any {
	return map[string]any{"type": "string", "pattern": idForm.String(), "x-kind": f.Target()}
}

// references name several other records.
type references struct{}

const mostReferences = 200

func (references) Class() Class { return Many }

func (references) Check(_ *Field, v any, at string, e *Errors) any {
	list, ok := v.([]any)
	if !ok {
		return wrong(e, at, "Eine Liste von Einträgen wird erwartet.", "A list of records is expected.")
	}
	if len(list) > mostReferences {
		e.Add(at, base.T("Höchstens %d Einträge.", "At most %d records.", mostReferences))
		return nil
	}
	out := []any{}
	for _, item := range list {
		if id := checkID(item, at, e); id != nil && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (references) Key(_ *Field, v any) any { return manyKey(v) }

func (references) Text(f *Field, v any, w Words) string {
	ids, _ := manyKey(v).([]string)
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = escape(w.Name(f.Target(), id), ";")
	}
	return strings.Join(out, "; ")
}

func (references) Parse(f *Field, s string, w Words) (any, error) {
	out := []any{}
	for _, part := range split(s, ';', -1) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		id, err := w.Find(f.Target(), part)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

func (references) Schema(f *Field) map[string]any {
	return map[string]any{"type": "array", "maxItems": mostReferences,
		"items": map[string]any{"type": "string", "pattern": idForm.String(), "x-kind": f.Target()}}
}

// escape puts a backslash before a separator and before a backslash; split takes it away again. The mark newline without a
// backslash becomes a line break.
func escape(s, separators string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\\' || strings.ContainsRune(separators, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func split(s string, separator, newline rune) []string {
	parts, escaped := []string{""}, false
	for _, r := range s {
		last := &parts[len(parts)-1]
		switch {
		case escaped:
			if r != separator && r != '\\' && r != newline {
				*last += `\`
			}
			*last += string(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == separator:
			parts = append(parts, "")
		case r == newline:
			*last += "\n"
		default:
			*last += string(r)
		}
	}
	if escaped {
		parts[len(parts)-1] += `\`
	}
	return parts
}
