package xlsx

import (
	"strconv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// readCell reads the cell just opened; an empty one leaves no span.
func (d *Reader) readCell(col int) error {
	typ, style := attr(d.scan, "t"), numberFormat{}
	if i, err := strconv.Atoi(attr(d.scan, "s")); err == nil && i >= 0 && i < len(d.book.styles) {
		style = d.book.styles[i]
	}
	d.value, d.inline = d.value[:0], d.inline[:0]
	formula, err := d.readContent()
	if err != nil {
		return err
	}
	if len(d.value) == 0 && len(d.inline) == 0 {
		if formula && typ != "str" {
			d.notes.FormulasNoValue++
		}
		return nil
	}
	from := len(d.arena)
	kind, err := d.appendValue(typ, style.style)
	if err != nil {
		return err
	}
	if len(d.arena) > from {
		d.spans = append(d.spans, cellSpan{col, from, len(d.arena), kind, style.unit})
	}
	return nil
}

// readContent gathers the texts of value and inline string up to the end of the cell.
func (d *Reader) readContent() (formula bool, err error) {
	depth, inside, phonetic := d.scan.Depth(), "", 0
	for {
		tok, err := d.scan.Next()
		if err != nil {
			return false, inPart(err, d.sheet.part)
		}
		switch tok {
		case xmlscan.EOF:
			return formula, nil
		case xmlscan.Start:
			switch inside = local(d.scan.Name); inside {
			case "f":
				formula = true
			case "rPh":
				phonetic++
			}
		case xmlscan.Text:
			switch {
			case inside == "v":
				d.value = append(d.value, d.scan.Text...)
			case inside == "t" && phonetic == 0:
				d.inline = append(d.inline, d.scan.Text...)
			}
		case xmlscan.End:
			if d.scan.Depth() < depth {
				return formula, nil
			}
			if local(d.scan.Name) == "rPh" {
				phonetic--
			}
			inside = ""
		}
	}
}

// appendValue writes the canonical text of the current cell.
func (d *Reader) appendValue(typ string, style cellStyle) (format.Kind, error) {
	switch typ {
	case "s":
		i, err := strconv.Atoi(string(d.value))
		text, ok := d.book.strings.get(i)
		if err != nil || !ok {
			return format.Text, format.Damaged("xlsx_damaged", base.T("Eine Zelle verweist auf einen Text, den es nicht gibt.",
				"A cell refers to a text that does not exist."), d.row, 0)
		}
		d.arena = appendText(d.arena, text)
		return format.Text, nil
	case "inlineStr":
		d.arena = appendText(d.arena, d.inline)
		return format.Text, nil
	case "str":
		d.arena = appendText(d.arena, d.value)
		return format.Text, nil
	case "b":
		d.arena = append(d.arena, map[bool]string{true: "true", false: "false"}[string(d.value) == "1" || string(d.value) == "true"]...)
		return format.Boolean, nil
	case "e":
		d.arena = append(d.arena, d.value...)
		return format.Fault, nil
	case "d":
		d.arena = append(d.arena, d.value...)
		return format.Time, nil
	}
	return d.appendNumber(style), nil
}

func (d *Reader) appendNumber(style cellStyle) format.Kind {
	f, err := strconv.ParseFloat(string(d.value), 64)
	if err != nil {
		d.arena = append(d.arena, d.value...)
		return format.Text
	}
	if style != plain {
		out, isDate := appendDate(d.arena, f, style, d.book.Date1904)
		if len(out) > len(d.arena) {
			d.arena = out
			switch {
			case !isDate:
				return format.Text
			case style == dateStyle:
				return format.Date
			}
			return format.Time
		}
	}
	// Excel keeps 15 digits; what is stored beyond them is the binary form of the number.
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	d.arena = strconv.AppendFloat(d.arena, rounded, 'f', -1, 64)
	return format.Number
}
