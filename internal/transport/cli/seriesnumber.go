package cli

import (
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format/table"
	"lotse.dev/lotse/internal/intake/value"
)

// numbers reads a column by one decimal mark; nil stands for empty.
func (s *seriesFile) numbers(t *table.Table, rows []seriesRow, column int) ([]*float64, error) {
	mark := s.decimalMark(rows, column)
	out := make([]*float64, len(rows))
	for i, r := range rows {
		text := strings.TrimSpace(r.row.Cells[column].Text)
		if empty(text) {
			continue
		}
		if shape := value.ShapeOf([]byte(text)); mark == '.' && !shape.Point || mark == ',' && !shape.Comma {
			return nil, s.refuse("value_unreadable", r.line, t.Columns[column], base.T("„%s“ ist keine Zahl oder anders geschrieben als die anderen.", "“%s” is no number or written differently from the others.", text)).
				WithHint(base.T("Berichtigen Sie den Wert oder lassen Sie das Feld leer.", "Correct the value or leave the field empty."))
		}
		x, ok := value.Float([]byte(text), mark)
		if !ok {
			return nil, s.refuse("value_unreadable", r.line, t.Columns[column], base.T("„%s“ ist zu groß für eine Zahl.", "“%s” is too large for a number.", text))
		}
		out[i] = &x
	}
	return out, nil
}

// decimalMark is the one that most numbers of the column need. Where none needs one, because all have three digits after
// a single mark, it separates thousands if there are whole numbers below a thousand beside them, otherwise decimals; a
// remark says so.
func (s *seriesFile) decimalMark(rows []seriesRow, column int) byte {
	points, commas, small, example := 0, 0, false, ""
	for _, r := range rows {
		text := strings.TrimSpace(r.row.Cells[column].Text)
		shape := value.ShapeOf([]byte(text))
		switch {
		case shape.Whole:
			small = small || shape.Digits <= 3
		case shape.Point && !shape.Comma:
			points++
		case shape.Comma && !shape.Point:
			commas++
		case shape.Point && shape.Comma:
			example = text
		}
	}
	if points != commas || example == "" {
		if commas > points {
			return ','
		}
		return '.'
	}
	mark := byte('.')
	if strings.ContainsRune(example, ',') != small {
		mark = ','
	}
	if x, ok := value.Float([]byte(example), mark); ok {
		s.remarks.Add("numbers_ambiguous", base.T("„%s“ ist als %s gelesen.", "“%s” is read as %s.", example, x))
	}
	return mark
}

// empty says whether a cell holds nothing: blank or an empty marker.
func empty(text string) bool { return text == "" || value.WideMarker([]byte(text)) }
