package portfolio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lotse.dev/lotse/internal/base"
)

// value is a JSON value as it stands in the file, with every key, so that each error can name its place.
type value struct {
	kind byte // 'o' object, 'a' array, 's' string, 'n' number, 'b' true or false, '0' null
	text string
	keys []string
	kids []*value
}

const (
	maxValues = 1_000_000
	maxDepth  = 8
)

// tree parses one JSON value and nothing after it.
func tree(data []byte) (*value, error) {
	if len(data) > MaxBytes {
		return nil, base.Fail(base.TooLarge, "problem_too_large", base.T("Die Datei ist größer als %d MB.", "The file is larger than %d MB.", MaxBytes>>20))
	}
	p := &parser{d: json.NewDecoder(bytes.NewReader(data)), data: data}
	p.d.UseNumber()
	v, err := p.value(0)
	if err != nil {
		return nil, p.fail(err)
	}
	if _, err := p.d.Token(); !errors.Is(err, io.EOF) {
		return nil, p.fail(errors.New("data after the value"))
	}
	return v, nil
}

type parser struct {
	d    *json.Decoder
	data []byte
	n    int
}

var errTooMany = errors.New("too many values")

func (p *parser) fail(err error) error {
	if errors.Is(err, errTooMany) {
		return base.Fail(base.TooLarge, "problem_too_large", base.T("Die Datei enthält mehr als %d Werte oder ist zu tief geschachtelt.",
			"The file holds more than %d values or is nested too deeply.", maxValues)).Because(err)
	}
	at := p.d.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = syntax.Offset
	}
	at = min(at, int64(len(p.data)))
	line := 1 + bytes.Count(p.data[:at], []byte("\n"))
	column := int(at) - bytes.LastIndexByte(p.data[:at], '\n')
	return base.Fail(base.Refused, "not_json", base.T("Die Datei ist kein gültiges JSON.", "The file is not valid JSON.")).
		At(base.Place{Line: int64(line), Column: fmt.Sprint(column)}).Because(err)
}

func (p *parser) value(depth int) (*value, error) {
	if p.n++; p.n > maxValues || depth > maxDepth {
		return nil, errTooMany
	}
	t, err := p.d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		return p.children(t, depth)
	case string:
		return &value{kind: 's', text: t}, nil
	case json.Number:
		return &value{kind: 'n', text: t.String()}, nil
	case bool:
		return &value{kind: 'b', text: fmt.Sprint(t)}, nil
	}
	return &value{kind: '0'}, nil
}

func (p *parser) children(open json.Delim, depth int) (*value, error) {
	v := &value{kind: 'a'}
	if open == '{' {
		v.kind = 'o'
	}
	for p.d.More() {
		if v.kind == 'o' {
			t, err := p.d.Token()
			if err != nil {
				return nil, err
			}
			key, _ := t.(string)
			v.keys = append(v.keys, key)
		}
		kid, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		v.kids = append(v.kids, kid)
	}
	_, err := p.d.Token()
	return v, err
}
