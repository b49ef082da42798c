package sheet

import (
	"encoding/json"
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base"
)

// cellText is the longest text that a cell of a spreadsheet holds.
const cellText = 32_767

// xlsxWriter writes the table on the first sheet and what stands beside it on the second. Rows are kept in a file
// beside the memory once they are many.
type xlsxWriter struct {
	w       io.Writer
	file    *excelize.File
	out     *excelize.StreamWriter
	columns []Column
	o       Options
	styles  map[string]int
	row     int
}

func newXLSX(w io.Writer, columns []Column, o Options) (*xlsxWriter, error) {
	x := &xlsxWriter{w: w, file: excelize.NewFile(), columns: columns, o: o, row: 1}
	if err := x.begin(); err != nil {
		return nil, errors.Join(err, x.file.Close())
	}
	return x, nil
}

func (x *xlsxWriter) begin() error {
	name := base.T("Tabelle", "Table").In(x.o.Lang)
	if err := x.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	var err error
	if x.styles, err = newStyles(x.file, x.o.Lang); err != nil {
		return err
	}
	if x.out, err = x.file.NewStreamWriter(name); err != nil {
		return err
	}
	panes := excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := errors.Join(x.out.SetColWidth(1, len(x.columns), 18), x.out.SetPanes(&panes)); err != nil {
		return err
	}
	cells := make([]any, len(x.columns))
	for i, c := range x.columns {
		cells[i] = excelize.Cell{StyleID: x.styles["header"], Value: cut(Disarm(c.Title))}
	}
	return x.out.SetRow("A1", cells)
}

func newStyles(f *excelize.File, lang base.Lang) (map[string]int, error) {
	date, at := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	if lang == base.German {
		date, at = "dd.mm.yyyy", "dd.mm.yyyy hh:mm:ss"
	}
	whole, number, percent, text := "#,##0", "#,##0.00", "0.0%", "@"
	out := map[string]int{}
	for name, style := range map[string]*excelize.Style{
		"header":  {Font: &excelize.Font{Bold: true}},
		"text":    {CustomNumFmt: &text},
		"integer": {CustomNumFmt: &whole},
		"number":  {CustomNumFmt: &number},
		"percent": {CustomNumFmt: &percent},
		"date":    {CustomNumFmt: &date},
		"time":    {CustomNumFmt: &at},
	} {
		id, err := f.NewStyle(style)
		if err != nil {
			return nil, err
		}
		out[name] = id
	}
	return out, nil
}

// style of a number format of its own.
func (x *xlsxWriter) style(format string) (int, error) {
	key := "format " + format
	if id, known := x.styles[key]; known {
		return id, nil
	}
	id, err := x.file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	x.styles[key] = id
	return id, err
}

// Row writes one row.
func (x *xlsxWriter) Row(values []any) error {
	x.row++
	cells := make([]any, len(values))
	for i, v := range values {
		c, err := x.cell(v, x.columns[i].Type)
		if err != nil {
			return err
		}
		cells[i] = c
	}
	at, err := excelize.CoordinatesToCellName(1, x.row)
	if err != nil {
		return err
	}
	return x.out.SetRow(at, cells)
}

// Close writes the file.
func (x *xlsxWriter) Close() error {
	defer x.file.Close()
	if err := x.out.Flush(); err != nil {
		return err
	}
	if err := x.notes(); err != nil {
		return err
	}
	return x.file.Write(x.w)
}

func (x *xlsxWriter) cell(v any, kind string) (excelize.Cell, error) {
	switch v := v.(type) {
	case Typed:
		return x.typed(v)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return excelize.Cell{StyleID: x.styles[kind], Value: n}, nil
		}
		if n, err := v.Float64(); err == nil {
			return excelize.Cell{StyleID: x.styles[kind], Value: n}, nil
		}
		return x.text(v.String())
	case bool:
		return excelize.Cell{Value: yesNo(v, x.o.Lang)}, nil
	case string:
		if at, ok := parseDay(v, kind); ok && at.Year() >= 1900 { // earlier days do not exist in spreadsheets
			return excelize.Cell{StyleID: x.styles[kind], Value: at}, nil
		}
		return x.text(v)
	}
	return excelize.Cell{}, nil
}

// firstDay is the first one that all spreadsheets count alike.
var firstDay = time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)

func (x *xlsxWriter) typed(v Typed) (excelize.Cell, error) {
	if v.Number != nil {
		id, err := x.style(v.Format)
		return excelize.Cell{StyleID: id, Value: *v.Number}, err
	}
	if at, ok := parseDay(v.Day, "date"); ok && !at.Before(firstDay) {
		return excelize.Cell{StyleID: x.styles["date"], Value: at}, nil
	}
	return x.text(v.Text)
}

func (x *xlsxWriter) text(s string) (excelize.Cell, error) {
	s = Disarm(s)
	if n := utf8.RuneCountInString(s); x.o.Exact && n > cellText {
		return excelize.Cell{}, base.Fail(base.TooLarge, "cell_too_long", base.T("Ein Text hat %s Zeichen, eine Zelle fasst %s.", "A text has %s characters, a cell holds %s.", n, cellText)).
			At(base.Place{Line: int64(x.row)}).WithHint(base.T("Als CSV passt er ganz hinein.", "As CSV it fits in whole."))
	}
	return excelize.Cell{StyleID: x.styles["text"], Value: cut(s)}, nil
}

// cut shortens text to what a cell holds.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= cellText {
		return s
	}
	return string([]rune(s)[:cellText-1]) + "…"
}

func (x *xlsxWriter) notes() error {
	lang, m := x.o.Lang, x.o.Meta
	sheet := base.T("Hinweise", "Notes").In(lang)
	if _, err := x.file.NewSheet(sheet); err != nil {
		return err
	}
	rows := [][2]string{
		{base.T("Titel", "Title").In(lang), m.Title},
		{base.T("Quelle", "Source").In(lang), m.Source},
		{base.T("Stand", "As of").In(lang), x.o.Now.UTC().Format("2006-01-02 15:04 UTC")},
	}
	for _, r := range m.Remarks {
		rows = append(rows, [2]string{base.T("Hinweis", "Remark").In(lang), r})
	}
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := x.file.SetSheetRow(sheet, at, &[]string{cut(r[0]), cut(Disarm(r[1]))}); err != nil {
			return err
		}
	}
	return x.file.SetColWidth(sheet, "A", "B", 24)
}
