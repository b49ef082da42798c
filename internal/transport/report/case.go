package report

import (
	"context"
	"mime"
	"net/http"
	"strconv"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/sheet"
)

// Cases offers business cases as workbooks with living formulas.
type Cases struct {
	// Case is a version of a case that the reader may read, 0 the newest.
	Case func(ctx context.Context, id string, version int) (*businesscase.Assessed, error)
}

type caseInput struct {
	ID      string `path:"id" maxLength:"64"`
	Version int    `query:"version" minimum:"0" maximum:"1000000" doc:"0 or absent: the newest"`
}

// Operations are the export.
func (c Cases) Operations() []operation.Operation {
	return []operation.Operation{
		operation.NewStreamOf[caseInput, struct{}](operation.Def{ID: "business_case_workbook", Kind: operation.Stream, Method: http.MethodGet,
			Path: "/business_cases/{id}/export", Tag: "business_case", Permission: auth.RegisterRead, Media: []string{sheet.ContentType(sheet.XLSX)},
			Summary: base.T("Business Case als Tabelle mit Formeln", "Business case as a workbook with formulas")}, c.export),
	}
}

func (c Cases) export(w http.ResponseWriter, r *http.Request) error {
	version := 0
	if text := r.URL.Query().Get("version"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return base.Fail(base.Usage, "wrong_version", base.T("„%s“ ist keine Version.", "“%s” is no version.", text))
		}
		version = n
	}
	a, err := c.Case(r.Context(), r.PathValue("id"), version)
	if err != nil {
		return err
	}
	f, err := CaseBook(a, base.LangOf(r.Context()))
	if err != nil {
		return err
	}
	defer f.Close()
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": sheet.FileName(a.Case.Name) + ".xlsx"}))
	w.Header().Set("Content-Type", sheet.ContentType("xlsx"))
	return f.Write(w)
}
