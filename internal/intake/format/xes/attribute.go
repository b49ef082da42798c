package xes

import (
	"bytes"
	"io"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// attribute reads the attribute element just opened, with everything nested in it.
func (d *Reader) attribute(scope int, into *values, depth int) error {
	kind, known := kindOf(local(d.scan.Name))
	if !known {
		return d.skip()
	}
	key, hasKey := d.scan.Attr("key")
	if !hasKey && string(local(d.scan.Name)) != "values" {
		return format.Damaged("xes_key_missing", base.T("Einem Merkmal (<%s>) fehlt sein Name (key).", "An attribute (<%s>) lacks its name (key).",
			string(d.scan.Name)), d.scan.Line(), 0)
	}
	mark := len(d.path)
	if depth > 0 && hasKey {
		d.path = append(d.path, '/')
	}
	d.path = append(d.path, key...)
	if value, ok := d.scan.Attr("value"); ok && depth <= maxNesting {
		if err := d.keep(scope, into, kind, value); err != nil {
			return err
		}
	}
	err := d.nested(scope, into, depth)
	d.path = d.path[:mark]
	return err
}

func (d *Reader) nested(scope int, into *values, depth int) error {
	level := d.scan.Depth()
	for {
		tok, err := d.scan.Next()
		switch {
		case err != nil:
			return err
		case tok == xmlscan.EOF:
			return io.ErrUnexpectedEOF
		case tok == xmlscan.End && d.scan.Depth() < level:
			return nil
		case tok == xmlscan.Start:
			if err := d.attribute(scope, into, depth+1); err != nil {
				return err
			}
		}
	}
}

func kindOf(element []byte) (format.Kind, bool) {
	switch string(element) {
	case "string", "id", "list", "container", "values":
		return format.Text, true
	case "date":
		return format.Time, true
	case "int", "float":
		return format.Number, true
	case "boolean":
		return format.Boolean, true
	}
	return format.Text, false
}

// keep stores a value under the column of the current path. Of several values of one key the last counts.
func (d *Reader) keep(scope int, into *values, kind format.Kind, value []byte) error {
	c, err := d.column(scope, kind)
	if err != nil {
		return err
	}
	if len(into.arena)+len(value) > maxTrace {
		return format.TooLarge("xes_attributes_too_long", base.T("Die Merkmale eines Vorgangs oder Ereignisses sind zusammen länger als %s MB.",
			"The attributes of a case or event are together longer than %s MB.", base.Number{Value: maxTrace >> 20}), d.scan.Line())
	}
	from := len(into.arena)
	into.arena = append(into.arena, value...)
	into.items = append(into.items, item{c, from, len(into.arena)})
	return nil
}

// column finds or makes the column of the current path.
func (d *Reader) column(scope int, kind format.Kind) (int, error) {
	if c, ok := d.index[scope][string(d.path)]; ok {
		if d.columns[c].Kind != kind {
			d.columns[c].Kind = format.Text
			if c < len(d.kinds) {
				d.kinds[c] = format.Text
			}
		}
		return c, nil
	}
	if len(d.columns) >= format.MaxColumns {
		return 0, format.TooManyColumns(len(d.columns)+1, d.scan.Line())
	}
	col := format.Column{Name: string(d.path), Kind: kind}
	if scope == ofTrace {
		col = format.Column{Name: "case:" + string(d.path), Kind: kind, Case: true}
	}
	for d.taken(col.Name) {
		col.Name += "_"
	}
	d.index[scope][string(d.path)] = len(d.columns)
	d.columns = append(d.columns, col)
	return len(d.columns) - 1, nil
}

// taken says whether a name is used: an event attribute may be called "case:…" as well.
func (d *Reader) taken(name string) bool {
	if key, ok := bytes.CutPrefix([]byte(name), []byte("case:")); ok {
		if _, used := d.index[ofTrace][string(key)]; used {
			return true
		}
	}
	c, used := d.index[ofEvent][name]
	return used && d.columns[c].Name == name
}

// global reads the declared attributes of all events. Only texts that name a real value become defaults; dates,
// numbers and words such as UNKNOWN are mere examples of the type.
func (d *Reader) global(scope string) error {
	level := d.scan.Depth()
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return err
		}
		if tok == xmlscan.End && d.scan.Depth() < level {
			return nil
		}
		if tok != xmlscan.Start || d.scan.Depth() != level+1 || scope != "event" || string(local(d.scan.Name)) != "string" {
			continue
		}
		key, _ := d.scan.Attr("key")
		value, ok := d.scan.Attr("value")
		if ok && !placeholder(string(key), string(bytes.ToLower(value))) && len(d.defaults) < 64 {
			d.defaults[string(key)] = bytes.Clone(value)
		}
	}
}

// placeholder says whether the value of a global attribute only stands for its type. The activity never has a default:
// an event without a name is an event without a name.
func placeholder(key, value string) bool {
	switch value {
	case "", "unknown", "__invalid__", "invalid", "string", "default", "undefined", "name", "resource", "transition", "role", "group", "empty", "none", "null", "-":
		return true
	}
	return key == "concept:name" || key == value
}
