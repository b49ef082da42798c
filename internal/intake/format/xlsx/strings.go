package xlsx

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// sharedStrings are the texts that cells refer to by number.
type sharedStrings struct {
	part  string
	arena []byte
	ends  []int
}

func (t *sharedStrings) get(i int) ([]byte, bool) {
	if i < 0 || i >= len(t.ends) {
		return nil, false
	}
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.arena[from:t.ends[i]:t.ends[i]], true
}

// loadStrings reads the shared strings once; phonetic readings are left out.
func (w *Workbook) loadStrings() error {
	if w.loaded || w.strings.part == "" {
		return nil
	}
	w.loaded = true
	s, c, err := w.scan(w.strings.part, 2*maxStrings)
	if err != nil {
		return err
	}
	defer c.Close()
	inText, phonetic := false, 0
	for {
		tok, err := s.Next()
		if err != nil {
			return inPart(err, w.strings.part)
		}
		switch tok {
		case xmlscan.EOF:
			return nil
		case xmlscan.Start:
			switch local(s.Name) {
			case "t":
				inText = phonetic == 0
			case "rPh":
				phonetic++
			}
		case xmlscan.Text:
			if inText {
				w.strings.arena = append(w.strings.arena, s.Text...)
			}
		case xmlscan.End:
			switch local(s.Name) {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				w.strings.ends = append(w.strings.ends, len(w.strings.arena))
			}
		}
		if len(w.strings.arena) > maxStrings || len(w.strings.ends) > maxStrings/16 {
			return format.TooLarge("xlsx_strings_too_large", base.T("Die Texte der Excel-Datei sind zusammen größer als %s MB.",
				"The texts of the Excel file are together larger than %s MB.", base.Number{Value: maxStrings >> 20}), 0).
				WithHint(base.T("Geben Sie die Daten als CSV aus.", "Export the data as CSV."))
		}
	}
}
