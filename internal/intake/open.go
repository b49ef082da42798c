package intake

import (
	"context"
	"errors"
	"io"
	"os"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/csv"
	"lotse.dev/lotse/internal/intake/format/xes"
	"lotse.dev/lotse/internal/intake/format/xlsx"
	"lotse.dev/lotse/internal/store/database"
)

// Format is how a file is written, as found or as told.
type Format struct {
	Kind       string  `json:"kind" enum:"csv,xlsx,xes"`
	Compressed bool    `json:"compressed"`
	Encoding   string  `json:"encoding"`
	Delimiter  string  `json:"delimiter"`
	Quote      string  `json:"quote"`
	Decimal    string  `json:"decimal" doc:"decimal mark of most numbers: point or comma"`
	Sheet      string  `json:"sheet"`
	Sheets     []Sheet `json:"sheets" nullable:"false"`
	HeaderRow  int64   `json:"header_row" doc:"line of the header, 0 for none"`
	// HeaderReason says why, empty for a format that names its columns otherwise.
	HeaderReason base.Text `json:"header_reason"`
	Dates        Dates     `json:"dates"`
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	Hidden bool   `json:"hidden"`
}

// Dates is the order of day and month in a file.
type Dates struct {
	Order     string `json:"order" enum:"dmy,mdy,ymd," doc:"empty when the file has no dates or allows both orders"`
	Ambiguous bool   `json:"ambiguous"`
	Example   string `json:"example"`
}

// openTable opens a file for reading rows. The format is complete at the end of the file.
func openTable(ctx context.Context, src *format.Source, plan convert.Plan) (format.Reader, *Format, error) {
	r, f, err := openFormat(ctx, src, plan)
	if err != nil {
		return nil, nil, format.InFile(err, src.Name)
	}
	return &named{Reader: r, name: src.Name, returned: returned(r.Columns())}, f, nil
}

func openFormat(ctx context.Context, src *format.Source, plan convert.Plan) (format.Reader, *Format, error) {
	f := &Format{Kind: string(src.Type), Compressed: src.Gzip, Sheets: []Sheet{}}
	if src.Type == format.XLSX {
		return openXLSX(ctx, src, plan, f)
	}
	raw, err := src.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	if src.Type == format.XES {
		r, err := xes.Open(raw)
		if err != nil {
			return nil, nil, err
		}
		f.Encoding = r.Encoding()
		return r, f, nil
	}
	r, err := csv.Open(raw, csv.Options{Encoding: plan.Encoding, Delimiter: plan.Delimiter, HeaderRow: plan.HeaderRow})
	if err != nil {
		return nil, nil, err
	}
	d := r.Dialect()
	f.Encoding, f.Delimiter, f.Quote, f.HeaderRow, f.HeaderReason = d.Encoding, d.Delimiter, d.Quote, d.HeaderRow, r.HeaderReason()
	return r, f, nil
}

func openXLSX(ctx context.Context, src *format.Source, plan convert.Plan, f *Format) (format.Reader, *Format, error) {
	path, temp := src.Path, false
	if src.Gzip {
		var err error
		if path, err = unpacked(ctx, src); err != nil {
			return nil, nil, err
		}
		temp = true
	}
	w, err := xlsx.Open(path)
	if err != nil {
		if temp {
			os.Remove(path)
		}
		return nil, nil, err
	}
	if temp {
		w.RemoveOnClose()
	}
	for _, s := range w.Sheets {
		f.Sheets = append(f.Sheets, Sheet{s.Name, s.Rows, s.Hidden})
	}
	r, err := xlsx.NewReader(w, xlsx.Options{Sheet: plan.Sheet, HeaderRow: plan.HeaderRow})
	if err != nil {
		return nil, nil, errors.Join(err, w.Close())
	}
	f.Sheet, f.HeaderRow, f.HeaderReason = r.Sheet().Name, r.HeaderRow(), r.HeaderReason()
	return r, f, nil
}

// maxUnpackedXLSX is the most bytes of a workbook that was packed once more as .gz.
const maxUnpackedXLSX = 1 << 30

// unpacked writes the content of a packed workbook, which has to be read from several places, beside the source.
func unpacked(ctx context.Context, src *format.Source) (string, error) {
	r, err := src.Open(ctx)
	if err != nil {
		return "", err
	}
	defer r.Close()
	f, err := os.CreateTemp(src.Tmp, "lotse-*.xlsx")
	if err != nil {
		return "", database.Translate(err)
	}
	n, err := io.Copy(f, io.LimitReader(r, maxUnpackedXLSX+1))
	if err == nil && n > maxUnpackedXLSX {
		err = base.Fail(base.TooLarge, "unpacks_too_large", base.T("Die Excel-Datei ist ausgepackt größer als 1 GB.", "The unpacked Excel file is larger than 1 GB."))
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", database.Translate(err)
	}
	return f.Name(), nil
}

// named adds the file's name to errors of a reader, and takes back what kept refused rows from being formulas.
type named struct {
	format.Reader
	name     string
	returned bool // the file holds refused rows
	columns  []format.Column
}

// Columns are those of the file, or of the file whose rows were refused.
func (n *named) Columns() []format.Column {
	columns := n.Reader.Columns()
	if !n.returned {
		return columns
	}
	if len(n.columns) != len(columns) {
		n.columns = rearmed(columns)
	}
	return n.columns
}

// Next reads one row.
func (n *named) Next(row *format.Row) error {
	err := n.Reader.Next(row)
	if err != nil && !errors.Is(err, io.EOF) {
		return format.InFile(err, n.name)
	}
	if n.returned && err == nil {
		for i, v := range row.Cells {
			row.Cells[i] = rearm(v)
		}
	}
	return err
}

// Notes are those of the reader.
func (n *named) Notes() format.Notes {
	if r, ok := n.Reader.(format.Noter); ok {
		return r.Notes()
	}
	return format.Notes{}
}

// encoding of a reader, final at the end of the file.
func encodingOf(r format.Reader) string {
	if n, ok := r.(*named); ok {
		r = n.Reader
	}
	switch r := r.(type) {
	case *csv.Reader:
		return r.Dialect().Encoding
	case *xes.Reader:
		return r.Encoding()
	}
	return ""
}
