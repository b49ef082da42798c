package field

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
)

// deepest is how far a document from outside may nest: a table of rows of money is four.
const deepest = 8

// Decode reads one JSON object. Numbers become float64; a name given twice, a second value, deeper nesting than any
// field has, bytes that are no UTF-8 and anything that is no object are refused with Usage/malformed_document.
func Decode(raw []byte) (map[string]any, error) {
	if !utf8.Valid(raw) {
		return nil, malformed(errors.New("no UTF-8"))
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	v, err := decodeValue(d, 0)
	if err == nil {
		if _, end := d.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	doc, ok := v.(map[string]any)
	if err != nil || !ok {
		return nil, malformed(err)
	}
	return doc, nil
}

func malformed(cause error) error {
	return base.Fail(base.Usage, "malformed_document",
		base.T("Die Angaben sind kein lesbares JSON-Objekt.", "The values are no readable JSON object.")).Because(cause)
}

func decodeValue(d *json.Decoder, depth int) (any, error) {
	if depth > deepest {
		return nil, errors.New("nested too deep")
	}
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch x := t.(type) {
	case json.Delim:
		if x == '[' {
			return decodeList(d, depth)
		}
		return decodeObject(d, depth)
	case json.Number:
		n, err := x.Float64()
		if err != nil {
			return nil, err
		}
		return n, nil
	}
	return t, nil
}

func decodeList(d *json.Decoder, depth int) (any, error) {
	out := []any{}
	for d.More() {
		v, err := decodeValue(d, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := d.Token()
	return out, err
}

func decodeObject(d *json.Decoder, depth int) (any, error) {
	out := map[string]any{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, ok := t.(string)
		if !ok {
			return nil, errors.New("a name was expected")
		}
		if _, twice := out[name]; twice {
			return nil, fmt.Errorf("%q stands twice", name)
		}
		if out[name], err = decodeValue(d, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := d.Token()
	return out, err
}

// Check returns the canonical form of a document; all errors go to e. Computed fields are refused unless computed is
// true, as it is when the kind itself filled them.
func Check(fields []Field, doc map[string]any, at string, computed bool, e *Errors) map[string]any {
	out := make(map[string]any, len(fields))
	strangers(fields, doc, at, e)
	for i := range fields {
		f := &fields[i]
		if f.Computed && !computed {
			if doc[f.Name] != nil {
				e.Add(at+f.Name, readOnly)
			}
			continue
		}
		before := len(e.list)
		var v any
		if given := doc[f.Name]; given != nil {
			v = f.Of().Check(f, given, at+f.Name, e)
		}
		if v != nil {
			out[f.Name] = v
		} else if f.Required && len(e.list) == before {
			e.Add(at+f.Name, missing)
		}
	}
	return out
}

// longestName is how much of a name that no field has is said back.
const longestName = 64

// strangers refuses names that no field has, in the order of the alphabet.
func strangers(fields []Field, doc map[string]any, at string, e *Errors) {
	var names []string
	for name := range doc {
		if _, known := Find(fields, name); !known {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if r := []rune(name); len(r) > longestName {
			name = string(r[:longestName]) + "…"
		}
		e.Add(at+name, unknown)
	}
}

// wrong says that a value has another shape than its type.
func wrong(e *Errors, at string, de, en string) any {
	e.Add(at, base.T(de, en))
	return nil
}
