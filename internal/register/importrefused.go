package register

import (
	"io"
	"mime"
	"net/http"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// refusedImport answers the rows of a file that do not fit, each with the reason behind it, to be corrected and imported
// again.
func (s *Service) refusedImport(d *record.Def) func(w http.ResponseWriter, req *http.Request) error {
	return func(w http.ResponseWriter, req *http.Request) error {
		i, err := s.rehearsed(req, d)
		if err != nil {
			return err
		}
		lang := base.LangOf(req.Context())
		name := sheet.FileName(base.T("%s nicht passend", "%s not fitting", d.Many).In(lang)) + ".csv"
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		w.Header().Set("Content-Type", sheet.ContentType(sheet.CSV))
		w.Header().Set("Cache-Control", "private, no-store")
		return i.writeRefused(w, lang)
	}
}

// writeRefused writes the columns by the titles of their fields, so that the file needs no mapping when it comes back;
// the reasons stand in a column that belongs to no field.
func (i *importing) writeRefused(w io.Writer, lang base.Lang) error {
	numbers := base.ParseLang(i.Numbers)
	heads := make([]sheet.Column, len(i.columns), len(i.columns)+1)
	for n, c := range i.columns {
		heads[n] = sheet.Column{Title: c.Name, Type: "text"}
		if c.Field != "" {
			columns, err := tableColumns(i.d, c.Field)
			if err != nil {
				return err
			}
			heads[n].Title = titlesOf(columns, numbers)[0]
		}
	}
	heads = append(heads, sheet.Column{Title: base.T("Warum nicht gelesen", "Why not imported").In(lang), Type: "text"})
	out, err := sheet.New(w, sheet.CSV, heads, sheet.Options{Lang: numbers, Now: i.s.clock(), Exact: true})
	if err != nil {
		return err
	}
	for _, d := range i.drafts {
		if !d.refused {
			continue
		}
		if err := out.Row(i.refusedRow(d, lang)); err != nil {
			return err
		}
	}
	return out.Close()
}

func (i *importing) refusedRow(d *draft, lang base.Lang) []any {
	row := make([]any, len(i.columns), len(i.columns)+1)
	for n, c := range i.columns {
		f, _ := field.Find(i.d.Fields, c.Field)
		row[n] = cellText(f, d.row.Cells[n], i.w.Lang())
	}
	var why []string
	for _, text := range d.why {
		why = append(why, text.In(lang))
	}
	return append(row, strings.Join(why, " "))
}
