package report

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

// writeXLSX writes the table on the first sheet and what stands beside it on the second.
func writeXLSX(w io.Writer, t *Table, lang base.Lang, now time.Time) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet := base.T("Tabelle", "Table").In(lang)
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	styles, err := newStyles(f, lang)
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	panes := excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := errors.Join(out.SetColWidth(1, len(t.Columns), 18), out.SetPanes(&panes)); err != nil {
		return err
	}
	cells := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = excelize.Cell{StyleID: styles["header"], Value: cut(Disarm(c.Title))}
	}
	if err := out.SetRow("A1", cells); err != nil {
		return err
	}
	for n, row := range t.Rows {
		for i, v := range row {
			cells[i] = cell(v, t.Columns[i].Type, styles, lang)
		}
		at, err := excelize.CoordinatesToCellName(1, n+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, cells); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if err := writeNotes(f, t.Meta, lang, now); err != nil {
		return err
	}
	return f.Write(w)
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

func cell(v any, kind string, styles map[string]int, lang base.Lang) excelize.Cell {
	switch x := v.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return excelize.Cell{StyleID: styles[kind], Value: n}
		}
		if n, err := x.Float64(); err == nil {
			return excelize.Cell{StyleID: styles[kind], Value: n}
		}
		return excelize.Cell{StyleID: styles["text"], Value: cut(x.String())}
	case bool:
		return excelize.Cell{Value: yesNo(x, lang)}
	case string:
		if at, ok := parseDay(x, kind); ok && at.Year() >= 1900 { // earlier days do not exist in spreadsheets
			return excelize.Cell{StyleID: styles[kind], Value: at}
		}
		return excelize.Cell{StyleID: styles["text"], Value: cut(Disarm(x))}
	}
	return excelize.Cell{}
}

// cut shortens text to what a cell holds.
func cut(s string) string {
	if utf8.RuneCountInString(s) <= cellText {
		return s
	}
	return string([]rune(s)[:cellText-1]) + "…"
}

func writeNotes(f *excelize.File, m Meta, lang base.Lang, now time.Time) error {
	sheet := base.T("Hinweise", "Notes").In(lang)
	if _, err := f.NewSheet(sheet); err != nil {
		return err
	}
	rows := [][2]string{
		{base.T("Titel", "Title").In(lang), m.Title},
		{base.T("Quelle", "Source").In(lang), m.Source},
		{base.T("Stand", "As of").In(lang), now.UTC().Format("2006-01-02 15:04 UTC")},
	}
	for _, r := range m.Remarks {
		rows = append(rows, [2]string{base.T("Hinweis", "Remark").In(lang), r})
	}
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := f.SetSheetRow(sheet, at, &[]string{cut(r[0]), cut(Disarm(r[1]))}); err != nil {
			return err
		}
	}
	return f.SetColWidth(sheet, "A", "B", 24)
}
