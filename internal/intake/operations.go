package intake

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/lake"
)

// ByUpload names an upload in a path.
// ByUpload names an upload in a path.
type ByUpload struct {
	ID string `path:"id" maxLength:"40"`
}

type analysisQuery struct {
	ByUpload
	Reading
	Table   string `query:"table" maxLength:"100" doc:"propose for this table"`
	Process string `query:"process" maxLength:"200"`
}

type analysisStart struct {
	ByUpload
	Body Reading `required:"false"`
}

type planInput struct {
	ByUpload
	Body convert.Plan
}

// ByLoad names a load in a path.
type ByLoad struct {
	ID int64 `path:"id" minimum:"1"`
}

// Page is a part of a list.
// Page is a part of a list.
type Page struct {
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"100"`
	Offset int `query:"offset" minimum:"0"`
}

type loadList struct {
	Items   []LoadInfo   `json:"items" nullable:"false"`
	Total   int          `json:"total"`
	Remarks base.Remarks `json:"remarks" nullable:"false"`
}

type datasetList struct {
	Items   []DatasetInfo `json:"items" nullable:"false"`
	Total   int           `json:"total"`
	Remarks base.Remarks  `json:"remarks" nullable:"false"`
}

// ByDataset names a dataset in a path.
type ByDataset struct {
	Table   string `path:"table" maxLength:"100"`
	Process string `path:"process" maxLength:"200" doc:"- for a table without process"`
}

func (b ByDataset) dataset() lake.Dataset {
	if b.Process == "-" {
		b.Process = ""
	}
	return lake.Dataset{Table: lake.Name(b.Table), Process: lake.Name(b.Process)}
}

type renameInput struct {
	ByDataset
	Body struct {
		Name string `json:"name" minLength:"1" maxLength:"200"`
	}
}

type deleteInput struct {
	ByDataset
	Confirm bool `query:"confirm" doc:"must be true"`
}

type rowsInput struct {
	ByDataset
	Page
}

// Operations are what people and programs can do with files, loads and datasets.
func (s *Service) Operations() []operation.Operation {
	return append(s.uploadOperations(), s.loadOperations()...)
}

func def(id string, kind operation.Kind, method, path string, may operation.Permission, summary base.Text) operation.Def {
	return operation.Def{ID: id, Kind: kind, Method: method, Path: path, Tag: "intake", Permission: may, Summary: summary}
}

func (s *Service) uploadOperations() []operation.Operation {
	receive := def("upload_create", operation.Stream, http.MethodPost, "/uploads", auth.FactsWrite, base.T("Eine Datei übertragen", "Transfer a file"))
	receive.MaxBody, receive.Status = maxUpload, http.StatusCreated
	return []operation.Operation{
		operation.NewStreamOf[struct {
			Name string `query:"name" maxLength:"1000"`
		}, Upload](receive, s.receive),
		operation.New(def("upload_delete", operation.Command, http.MethodDelete, "/uploads/{id}", auth.FactsWrite, base.T("Eine übertragene Datei verwerfen", "Discard a transferred file")),
			func(ctx context.Context, in *ByUpload) (*struct{}, error) { return &struct{}{}, s.Discard(ctx, in.ID) }),
		operation.New(def("analysis_start", operation.Job, http.MethodPost, "/uploads/{id}/analysis", auth.FactsWrite, base.T("Eine Datei untersuchen", "Analyse a file")),
			func(ctx context.Context, in *analysisStart) (*job.Info, error) {
				return s.submit(ctx, "analysis", in.ID, base.T("Datei untersuchen", "Analyse file"), analysisInput{in.ID, in.Body})
			}),
		operation.New(def("analysis_get", operation.Query, http.MethodGet, "/uploads/{id}/analysis", auth.FactsWrite, base.T("Untersuchung und Vorschlag zeigen", "Show analysis and proposal")),
			func(ctx context.Context, in *analysisQuery) (*Analysis, error) {
				return s.Analyse(ctx, in.ID, in.Reading, in.Table, in.Process)
			}),
		operation.New(def("dry_run_start", operation.Job, http.MethodPost, "/uploads/{id}/dry_run", auth.FactsWrite, base.T("Probelauf", "Dry run")),
			func(ctx context.Context, in *planInput) (*job.Info, error) {
				return s.submit(ctx, "dry_run", in.ID, base.T("Probelauf", "Dry run"), loadInput{in.ID, in.Body, auth.From(ctx).By()})
			}),
		operation.New(def("load_start", operation.Job, http.MethodPost, "/uploads/{id}/load", auth.FactsWrite, base.T("Laden", "Load")),
			func(ctx context.Context, in *planInput) (*job.Info, error) {
				return s.submit(ctx, "load", in.ID, base.T("Laden", "Load"), loadInput{in.ID, in.Body, auth.From(ctx).By()})
			}),
	}
}

// submit starts a job on an upload; loads into one dataset wait for each other.
func (s *Service) submit(ctx context.Context, kind, upload string, title base.Text, input any) (*job.Info, error) {
	u, err := s.upload(ctx, upload)
	if err != nil {
		return nil, err
	}
	key := kind + ":" + upload
	if l, ok := input.(loadInput); ok && kind == "load" {
		plan := l.Plan.Named()
		key = "load:" + plan.Table + "/" + plan.Process
	}
	info, err := s.Jobs.Submit(ctx, job.Request{Kind: kind, Key: key, Title: base.T("%s: %s", "%s: %s", title, u.Name), By: auth.From(ctx).By(), Input: input})
	return &info, err
}

func (s *Service) receive(w http.ResponseWriter, r *http.Request) error {
	u, err := s.Receive(r.Context(), r.URL.Query().Get("name"), r.Body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	return json.NewEncoder(w).Encode(u)
}

func (s *Service) loadOperations() []operation.Operation {
	refused := def("load_refused", operation.Stream, http.MethodGet, "/loads/{id}/refused", auth.FactsWrite, base.T("Zurückgewiesene Zeilen als CSV", "Refused rows as CSV"))
	refused.Media = []string{"text/csv"}
	return []operation.Operation{
		operation.New(def("load_list", operation.Query, http.MethodGet, "/loads", auth.FactsRead, base.T("Ladungen auflisten", "List loads")),
			func(ctx context.Context, in *Page) (*loadList, error) {
				items, total, err := s.Loads(ctx, in.Limit, in.Offset)
				return &loadList{items, total, base.Remarks{}}, err
			}),
		operation.New(def("load_get", operation.Query, http.MethodGet, "/loads/{id}", auth.FactsRead, base.T("Eine Ladung zeigen", "Show a load")),
			func(ctx context.Context, in *ByLoad) (*LoadInfo, error) { return s.Load(ctx, in.ID) }),
		operation.New(def("load_dependents", operation.Query, http.MethodGet, "/loads/{id}/dependents", auth.FactsRead, base.T("Was an einer Ladung hängt", "What hangs on a load")), s.loadDependents),
		operation.New(def("load_undo", operation.Job, http.MethodPost, "/loads/{id}/undo", auth.FactsWrite, base.T("Eine Ladung zurücknehmen", "Undo a load")), s.undo),
		operation.NewStreamOf[ByLoad, struct{}](refused, s.refused),
		operation.New(def("dataset_list", operation.Query, http.MethodGet, "/datasets", auth.FactsRead, base.T("Tabellen auflisten", "List datasets")),
			func(ctx context.Context, _ *struct{}) (*datasetList, error) {
				items, err := s.Datasets(ctx)
				return &datasetList{items, len(items), base.Remarks{}}, err
			}),
		operation.New(def("dataset_dependents", operation.Query, http.MethodGet, "/datasets/{table}/{process}/dependents", auth.FactsRead, base.T("Was an einer Tabelle hängt", "What hangs on a dataset")), s.dependents),
		operation.New(def("dataset_rows", operation.Query, http.MethodGet, "/datasets/{table}/{process}/rows", auth.FactsRead, base.T("Zeilen einer Tabelle", "Rows of a dataset")),
			func(ctx context.Context, in *rowsInput) (*Preview, error) {
				return s.Rows(ctx, in.dataset(), in.Limit, in.Offset)
			}),
		operation.New(def("dataset_rename", operation.Command, http.MethodPatch, "/datasets/{table}/{process}", auth.FactsWrite, base.T("Eine Tabelle umbenennen", "Rename a dataset")),
			func(ctx context.Context, in *renameInput) (*lake.Dataset, error) {
				return s.Rename(ctx, in.dataset(), in.Body.Name)
			}),
		operation.New(def("dataset_delete", operation.Command, http.MethodDelete, "/datasets/{table}/{process}", auth.FactsWrite, base.T("Eine Tabelle löschen", "Delete a dataset")), s.delete),
	}
}

func (s *Service) undo(ctx context.Context, in *ByLoad) (*job.Info, error) {
	l, err := s.undoable(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	info, err := s.Jobs.Submit(ctx, job.Request{Kind: "undo", Key: "load:" + l.Table + "/" + l.Process, By: auth.From(ctx).By(), Input: undoInput{in.ID, auth.From(ctx).By()},
		Title: base.T("Ladung %s zurücknehmen", "Undo load %s", strconv.FormatInt(in.ID, 10))})
	return &info, err
}

func (s *Service) delete(ctx context.Context, in *deleteInput) (*struct{}, error) {
	if !in.Confirm {
		return nil, base.Fail(base.Refused, "confirm_missing", base.T("Das Löschen ist nicht bestätigt.", "The deletion is not confirmed.")).
			WithHint(base.T("Senden Sie confirm=true, nachdem Sie gesehen haben, was an der Tabelle hängt.", "Send confirm=true after looking at what hangs on the dataset."))
	}
	return &struct{}{}, s.Delete(ctx, in.dataset())
}

// refused streams the refused rows of a load.
func (s *Service) refused(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return base.Fail(base.NotFound, "load_not_found", base.T("Diese Ladung gibt es nicht.", "There is no such load."))
	}
	l, err := s.Load(r.Context(), id)
	if err != nil {
		return err
	}
	f, err := os.Open(s.refusedPath(id))
	if errors.Is(err, os.ErrNotExist) {
		return base.Fail(base.NotFound, "nothing_refused", base.T("Diese Ladung hat keine zurückgewiesenen Zeilen.", "This load has no refused rows."))
	}
	if err != nil {
		return err
	}
	defer f.Close()
	gz, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+asciiName(processName(l.File))+`-zurueckgewiesen.csv"`)
	_, err = io.Copy(w, gz)
	return err
}

// asciiName keeps letters, digits, dots, hyphens and underscores of a file name.
func asciiName(name string) string {
	out := make([]byte, 0, len(name))
	for _, b := range []byte(name) {
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_' {
			out = append(out, b)
		}
	}
	return string(out)
}
