package finance

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// largestFile is the most bytes of a case that are read.
const largestFile = 1 << 20

// Decode reads a case from JSON strictly: a field that a case does not have, a field given twice and a value of the
// wrong type are refused, all at once and by path. It ends with Check. testdata/self-service.json shows the form.
func Decode(r io.Reader) (Case, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return Case{}, err
	}
	if len(data) > largestFile {
		return Case{}, base.Fail(base.TooLarge, "case_too_large", base.T("Die Datei ist größer als 1 MB.", "The file is larger than 1 MB."))
	}
	if err := wellFormed(data); err != nil {
		return Case{}, err
	}
	v := &checker{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v.walk(d, "", reflect.TypeFor[Case]())
	if len(v.errors) > 0 {
		return Case{}, refused(v.errors)
	}
	var c Case
	if err := json.Unmarshal(data, &c); err != nil {
		return Case{}, err
	}
	return c, Check(c)
}

// wellFormed refuses what is not one JSON value, with the line.
func wellFormed(data []byte) error {
	var raw json.RawMessage
	err := json.Unmarshal(data, &raw)
	if err == nil {
		return nil
	}
	at := len(data)
	if s, ok := err.(*json.SyntaxError); ok {
		at = min(int(s.Offset), len(data))
	}
	line := 1 + bytes.Count(data[:at], []byte("\n"))
	return base.Fail(base.Refused, "invalid_json", base.T("Das ist kein vollständiges JSON.", "This is not complete JSON.")).
		At(base.Place{Line: int64(line)}).Because(err)
}

// walk reads one value that shall be of type t and says whether there was one. d stands before it; the input is known
// to be well-formed.
func (v *checker) walk(d *json.Decoder, path string, t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	token, err := d.Token()
	if err != nil {
		return false
	}
	switch token {
	case json.Delim('{'):
		v.object(d, path, t)
	case json.Delim('['):
		v.array(d, path, t)
	default:
		v.scalar(path, token, t)
	}
	return true
}

func (v *checker) object(d *json.Decoder, path string, t reflect.Type) {
	if t.Kind() != reflect.Struct && t.Kind() != reflect.Map {
		v.wrongType(path, t)
		t = nil
	}
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return
		}
		name := token.(string)
		below := strings.TrimPrefix(path+"."+name, ".")
		if seen[name] {
			v.refuse(below, "Das Feld steht zweimal da.", "The field stands twice.")
		}
		seen[name] = true
		field := fieldType(t, name)
		if field == nil {
			if t != nil {
				v.refuse(below, "Dieses Feld ist unbekannt.", "This field is unknown.")
			}
			var skipped json.RawMessage
			if d.Decode(&skipped) != nil {
				return
			}
			continue
		}
		if !v.walk(d, below, field) {
			return
		}
	}
	_, _ = d.Token() // the closing brace
}

// fieldType is the type of the value under a name, nil when there is none.
func fieldType(t reflect.Type, name string) reflect.Type {
	if t == nil {
		return nil
	}
	if t.Kind() == reflect.Map {
		return t.Elem()
	}
	for i := range t.NumField() {
		if f := t.Field(i); jsonName(f) == name {
			return f.Type
		}
	}
	return nil
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func (v *checker) array(d *json.Decoder, path string, t reflect.Type) {
	if t.Kind() != reflect.Slice {
		v.wrongType(path, t)
		var skipped json.RawMessage
		for d.More() && d.Decode(&skipped) == nil {
		}
	}
	for i := 0; d.More() && v.walk(d, at(path, i), t.Elem()); i++ {
	}
	_, _ = d.Token() // the closing bracket
}

func (v *checker) scalar(path string, token json.Token, t reflect.Type) {
	ok := false
	switch x := token.(type) {
	case string:
		ok = t.Kind() == reflect.String
	case bool:
		ok = t.Kind() == reflect.Bool
	case json.Number:
		_, whole := strconv.Atoi(x.String())
		_, real := x.Float64()
		ok = t.Kind() == reflect.Float64 && real == nil || t.Kind() == reflect.Int && whole == nil
	}
	if !ok {
		v.wrongType(path, t)
	}
}

func (v *checker) wrongType(path string, t reflect.Type) {
	names := map[reflect.Kind]base.Text{
		reflect.String:  base.T("ein Text", "a text"),
		reflect.Bool:    base.T("true oder false", "true or false"),
		reflect.Float64: base.T("eine Zahl", "a number"),
		reflect.Int:     base.T("eine ganze Zahl", "a whole number"),
		reflect.Slice:   base.T("eine Liste", "a list"),
	}
	name, ok := names[t.Kind()]
	if !ok {
		name = base.T("ein Objekt", "an object")
	}
	v.refuse(path, "Hier steht %s.", "Here stands %s.", name)
}
