package field

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lotse.dev/lotse/internal/base"
)

// deepest is how far a document from outside may nest: a table of rows of money is four.
const deepest = 8

// Decode reads one JSON object. Numbers become float64; a name given twice, a second value, deeper nesting than any
// field has and anything that is no object are refused with Usage/malformed_document.
func Decode(raw []byte) (map[string]any, error) {
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
		return nil, base.Fail(base.Usage, "malformed_document",
			base.T("Die Angaben sind kein lesbares JSON-Objekt.", "The values are no readable JSON object.")).Because(err)
	}
	return doc, nil
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
	out := make(map[string]any, len(doc))
	for name := range doc {
		if f, known := Find(fields, name); !known {
			e.Add(at+name, unknown)
		} else if f.Computed && !computed && doc[name] != nil {
			e.Add(at+name, readOnly)
		}
	}
	for i := range fields {
		f := &fields[i]
		if f.Computed && !computed {
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

// wrong says that a value has another shape than its type.
func wrong(e *Errors, at string, de, en string) any {
	e.Add(at, base.T(de, en))
	return nil
}
