package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// Limits of a workbook.
const (
	maxPart    = 16 << 30  // unpacked bytes of a sheet
	maxRatio   = 400       // unpacked to packed bytes of a part beyond ratioFrom
	ratioFrom  = 256 << 20 //
	maxStrings = 256 << 20 // bytes of the shared strings
	maxSheets  = 1000
)

// Sheet is one sheet of a workbook. Rows comes from the sheet's own note of its size and may be 0 when there is none.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   int64
	cols   int
	part   string
}

// Workbook is an opened file. Several sheets can be read one after the other.
type Workbook struct {
	Sheets   []Sheet
	Date1904 bool
	file     *os.File
	temp     bool
	parts    map[string]*zip.File
	strings  sharedStrings
	styles   []numberFormat
	loaded   bool
}

// Open reads the structure of the workbook in a file.
func Open(name string) (*Workbook, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	w := &Workbook{file: f}
	if err := w.open(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

// Close closes the file.
func (w *Workbook) Close() error {
	err := w.file.Close()
	if w.temp {
		err = errors.Join(err, os.Remove(w.file.Name()))
	}
	return err
}

// RemoveOnClose makes Close delete the file as well; for an unpacked copy.
func (w *Workbook) RemoveOnClose() { w.temp = true }

func damaged(err error) error {
	return base.Fail(base.Refused, "xlsx_damaged", base.T("Die Excel-Datei ist beschädigt oder keine Excel-Datei.", "The Excel file is damaged or not an Excel file.")).
		WithHint(base.T("Öffnen Sie sie in Excel und speichern Sie sie neu als .xlsx, oder geben Sie sie als CSV aus.",
			"Open it in Excel and save it again as .xlsx, or export it as CSV.")).Because(err)
}

func (w *Workbook) open() error {
	st, err := w.file.Stat()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(w.file, st.Size())
	if err != nil {
		return damaged(err)
	}
	w.parts = map[string]*zip.File{}
	for _, p := range z.File {
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(p.Name, "\\", "/"), "/"))] = p
	}
	book := "xl/workbook.xml"
	if target := w.related("_rels/.rels", "", "/officeDocument"); len(target) > 0 {
		for _, t := range target {
			book = t
		}
	}
	if _, ok := w.parts[strings.ToLower(book)]; !ok {
		return damaged(errors.New("no workbook part"))
	}
	if err := w.readBook(book); err != nil {
		return err
	}
	if len(w.Sheets) == 0 {
		return base.Fail(base.Refused, "xlsx_no_sheet", base.T("Die Excel-Datei hat kein Tabellenblatt.", "The Excel file has no sheet."))
	}
	for i := range w.Sheets {
		w.measure(&w.Sheets[i])
	}
	return nil
}

// part opens a part within limits.
func (w *Workbook) part(name string, limit int64) (io.ReadCloser, error) {
	p, ok := w.parts[strings.ToLower(name)]
	if !ok {
		return nil, damaged(errors.New("part missing: " + name))
	}
	r, err := p.Open()
	if err != nil {
		return nil, damaged(err)
	}
	packed := int64(p.CompressedSize64)
	return &partReader{r: r, limit: min(limit, max(ratioFrom, maxRatio*packed))}, nil
}

type partReader struct {
	r     io.ReadCloser
	n     int64
	limit int64
}

func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.n += int64(n)
	if p.n > p.limit {
		return 0, base.Fail(base.TooLarge, "unpacks_too_large", base.T("Die Excel-Datei ergibt ausgepackt ungewöhnlich viel (über %s MB); sie wird nicht gelesen.",
			"The Excel file unpacks to unusually much (over %s MB); it is not read.", base.Number{Value: float64(p.limit >> 20)})).
			WithHint(base.T("Geben Sie die Daten als CSV aus.", "Export the data as CSV."))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, damaged(err)
	}
	return n, err
}

func (p *partReader) Close() error { return p.r.Close() }

// scan opens a part as XML.
func (w *Workbook) scan(name string, limit int64) (*xmlscan.Scanner, io.Closer, error) {
	r, err := w.part(name, limit)
	if err != nil {
		return nil, nil, err
	}
	cs, err := format.NewCharset(r, "")
	if err != nil {
		return nil, nil, errors.Join(err, r.Close())
	}
	s := xmlscan.New(cs)
	s.KeepSpace = true
	return s, r, nil
}

// each calls f for every start tag of a part.
func (w *Workbook) each(name string, f func(s *xmlscan.Scanner, tag string) error) error {
	s, c, err := w.scan(name, maxStrings)
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		tok, err := s.Next()
		if err != nil {
			return inPart(err, name)
		}
		if tok == xmlscan.EOF {
			return nil
		}
		if tok == xmlscan.Start {
			if err := f(s, local(s.Name)); err != nil {
				return err
			}
		}
	}
}

func inPart(err error, name string) error {
	var e *base.Error
	if errors.As(err, &e) && e.Place.Column != "" {
		e.Place.Column = name + ":" + e.Place.Column
	}
	return err
}

func local(name []byte) string {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return string(name)
}

// attr returns an attribute by its name without prefix.
func attr(s *xmlscan.Scanner, name string) string {
	for _, a := range s.Attrs {
		if local(a.Name) == name {
			return string(a.Value)
		}
	}
	return ""
}

// related reads a relationships part: id → target, of the relationships whose type ends in suffix.
func (w *Workbook) related(rels, folder, suffix string) map[string]string {
	out := map[string]string{}
	if _, ok := w.parts[strings.ToLower(rels)]; !ok {
		return out
	}
	_ = w.each(rels, func(s *xmlscan.Scanner, tag string) error { // a damaged part leaves relations missing, which is reported then
		if tag != "Relationship" || strings.EqualFold(attr(s, "TargetMode"), "External") || !strings.HasSuffix(attr(s, "Type"), suffix) {
			return nil
		}
		target := attr(s, "Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join(folder, target)
		}
		out[attr(s, "Id")] = target
		return nil
	})
	return out
}

func (w *Workbook) readBook(book string) error {
	folder := path.Dir(book)
	rels := path.Join(folder, "_rels", path.Base(book)+".rels")
	sheets := w.related(rels, folder, "/worksheet")
	err := w.each(book, func(s *xmlscan.Scanner, tag string) error {
		switch tag {
		case "workbookPr":
			v := attr(s, "date1904")
			w.Date1904 = v == "1" || v == "true"
		case "sheet":
			part, ok := sheets[attr(s, "id")]
			if ok && len(w.Sheets) < maxSheets {
				w.Sheets = append(w.Sheets, Sheet{Name: attr(s, "name"), Hidden: strings.Contains(strings.ToLower(attr(s, "state")), "hidden"), part: part})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range w.related(rels, folder, "/sharedStrings") {
		w.strings.part = t
	}
	for _, t := range w.related(rels, folder, "/styles") {
		if w.styles, err = w.readStyles(t); err != nil {
			return err
		}
	}
	return nil
}

var errEnough = errors.New("enough")

// measure takes the size of a sheet from its dimension element.
func (w *Workbook) measure(sh *Sheet) {
	_ = w.each(sh.part, func(s *xmlscan.Scanner, tag string) error { // a damaged sheet is reported when it is read
		switch tag {
		case "dimension":
			ref := attr(s, "ref")
			if _, to, ok := strings.Cut(ref, ":"); ok {
				ref = to
			}
			col, row := cellRef([]byte(ref))
			sh.Rows, sh.cols = row, col+1
			return errEnough
		case "sheetData":
			return errEnough
		}
		return nil
	})
}

// Choose returns the sheet of a name, or without one the first visible sheet that is not tiny beside the largest.
func (w *Workbook) Choose(name string) (Sheet, error) {
	if name != "" {
		for _, s := range w.Sheets {
			if s.Name == name {
				return s, nil
			}
		}
		names := make([]string, len(w.Sheets))
		for i, s := range w.Sheets {
			names[i] = s.Name
		}
		return Sheet{}, base.Fail(base.Refused, "xlsx_no_such_sheet", base.T("Das Blatt %s gibt es nicht.", "There is no sheet %s.", name)).
			WithHint(base.T("Vorhanden sind: %s.", "There are: %s.", strings.Join(names, ", ")))
	}
	largest := int64(0)
	for _, s := range w.Sheets {
		if !s.Hidden {
			largest = max(largest, s.Rows)
		}
	}
	for _, s := range w.Sheets {
		if !s.Hidden && (s.Rows*10 >= largest && s.Rows > 1 || largest <= 1) {
			return s, nil
		}
	}
	return w.Sheets[0], nil
}

// cellRef reads a reference such as AB12: column from 0, row from 1. What is missing is −1 and 0.
func cellRef(ref []byte) (col int, row int64) {
	i := 0
	for i < len(ref) && i < 4 {
		c := ref[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		col = col*26 + int(c-'a') + 1
		i++
	}
	if i < len(ref) {
		row, _ = strconv.ParseInt(string(ref[i:]), 10, 32)
	}
	return col - 1, row
}
