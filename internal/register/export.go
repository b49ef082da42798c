package register

import (
	"context"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/store/record"
)

// ExportInput asks for a register as a file.
type ExportInput struct {
	AskInput
	Format  string `query:"format" default:"csv" enum:"csv,xlsx"`
	Columns string `query:"columns" maxLength:"4000" doc:"fields parted by commas, in their order; id, version, state, created_at, created_by, updated_at and updated_by as well; without them those that a table shows at first"`
}

// mostFilters is how many conditions one question may have.
const mostFilters = 30

func exportInput(q url.Values) (ExportInput, error) {
	in := ExportInput{Format: q.Get("format"), Columns: q.Get("columns")}
	in.Filter, in.Search, in.Sort, in.Deleted = q["filter"], q.Get("q"), q.Get("sort"), q.Get("deleted") == "true"
	if in.Format == "" {
		in.Format = sheet.CSV
	}
	if in.Format != sheet.CSV && in.Format != sheet.XLSX {
		return in, base.Fail(base.Usage, "wrong_query", base.T("„%s“ ist kein Format; möglich sind csv und xlsx.", "“%s” is no format; there are csv and xlsx.", in.Format))
	}
	if len(in.Filter) > mostFilters || len(in.Search) > 200 || len(in.Sort) > 200 || len(in.Columns) > 4000 {
		return in, base.Fail(base.Usage, "wrong_query", base.T("Die Abfrage ist zu lang.", "The query is too long."))
	}
	return in, nil
}

// export writes every record of a question that the reader may read, as the table shows it.
func (s *Service) export(d *record.Def) func(w http.ResponseWriter, req *http.Request) error {
	return func(w http.ResponseWriter, req *http.Request) error {
		ctx := req.Context()
		in, err := exportInput(req.URL.Query())
		if err != nil {
			return err
		}
		columns, err := tableColumns(d, in.Columns)
		if err != nil {
			return err
		}
		r, err := s.reader(ctx)
		if err != nil {
			return err
		}
		q, err := s.query(r, d, in.AskInput)
		if err != nil {
			return err
		}
		q.Limit = record.MaxPage
		page, err := s.records.Find(ctx, d, q) // what is wrong with the question shows before the first byte
		if err != nil {
			return err
		}
		lang := base.LangOf(ctx)
		name := sheet.FileName(d.Many.In(lang)+" "+s.clock().Format("2006-01-02")) + "." + in.Format
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
		w.Header().Set("Content-Type", sheet.ContentType(in.Format))
		w.Header().Set("Cache-Control", "private, no-store")
		heads := make([]sheet.Column, len(columns))
		for i, title := range titlesOf(columns, lang) {
			heads[i] = sheet.Column{Title: title, Type: "text"}
		}
		out, err := sheet.New(w, in.Format, heads, sheet.Options{Lang: lang, Now: s.clock(), Meta: sheet.Meta{Title: d.Many.In(lang), Source: "Lotse"}, Exact: true})
		if err != nil {
			return err
		}
		e := exporter{s: s, r: r, d: d, columns: columns, w: s.words(ctx, r), out: out}
		if err := e.pages(ctx, q, page); err != nil {
			return err
		}
		return out.Close()
	}
}

// exporter writes records to a file.
type exporter struct {
	s       *Service
	r       reader
	d       *record.Def
	columns []tableColumn
	w       *words
	out     sheet.Writer
}

func (e *exporter) pages(ctx context.Context, q record.Query, page record.Page) (err error) {
	for {
		for _, doc := range page.Items {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := e.out.Row(e.row(doc)); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
		if page, err = e.s.records.Find(ctx, e.d, q); err != nil {
			return err
		}
	}
}

func (e *exporter) row(doc record.Doc) []any {
	shown := e.r.shown(e.d, doc.Value)
	out := make([]any, len(e.columns))
	for i, c := range e.columns {
		switch {
		case c.name == "version":
			n := float64(doc.Version)
			out[i] = sheet.Typed{Text: strconv.Itoa(doc.Version), Number: &n, Format: "0"}
		case c.field == nil:
			out[i] = systemText(c.name, doc)
		case shown[c.name] != nil:
			out[i] = typedValue(c.field, shown[c.name], e.w)
		}
	}
	return out
}
