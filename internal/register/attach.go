package register

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

// largestFile is the limit of an attachment: 25 MiB.
const largestFile = 25 << 20

// FileItem is an attachment of a record.
type FileItem struct {
	ID   string    `json:"id"`
	Name string    `json:"name"`
	Size int64     `json:"size" doc:"bytes"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// FileList is every attachment, oldest first.
type FileList struct {
	Items []FileItem `json:"items"`
}

func fileItem(r record.Record[attachment]) FileItem {
	out := FileItem{ID: r.ID, Name: r.Value.Name, By: r.UpdatedBy, At: r.UpdatedAt}
	if r.Value.Size != nil {
		out.Size = int64(*r.Value.Size)
	}
	return out
}

func (s *Service) files(d *record.Def) func(context.Context, *IDInput) (*FileList, error) {
	return func(ctx context.Context, in *IDInput) (*FileList, error) {
		_, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		list, err := record.FindTyped(ctx, s.records, attachments, on(d, doc.ID, attachments))
		if err != nil {
			return nil, err
		}
		out := &FileList{Items: make([]FileItem, len(list))}
		for i, f := range list {
			out.Items[i] = fileItem(f)
		}
		return out, nil
	}
}

// AttachInput is a file; the body is its content.
type AttachInput struct {
	IDInput
	Name string `query:"name" required:"true" minLength:"1" maxLength:"255"`
}

func (s *Service) attach(d *record.Def) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, req *http.Request) error {
		ctx := req.Context()
		r, doc, err := s.lookup(ctx, d, req.PathValue("id"))
		if err != nil {
			return err
		}
		if err := r.mustChange(d, doc); err != nil {
			return err
		}
		name := path.Base(strings.ReplaceAll(strings.TrimSpace(req.URL.Query().Get("name")), `\`, "/"))
		if name == "" || name == "." || name == "/" {
			return base.Fail(base.Usage, "name_missing", base.T("Der Name der Datei fehlt.", "The name of the file is missing."))
		}
		hash, n, err := s.blobs.Put(req.Body, largestFile)
		if err != nil {
			return err
		}
		if n == 0 {
			return base.Fail(base.Refused, "file_empty", base.T("Die Datei ist leer.", "The file is empty."))
		}
		size := float64(n)
		kept, err := record.Put(ctx, s.records, attachments, "", record.New,
			attachment{Name: name, OnKind: d.Name, OnID: doc.ID, Size: &size, SHA256: hash}, r.By())
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(fileItem(kept))
	}
}

// DetachInput names an attachment.
type DetachInput struct {
	IDInput
	File string `path:"file" maxLength:"64"`
}

func (s *Service) detach(d *record.Def) func(context.Context, *DetachInput) (*struct{}, error) {
	return func(ctx context.Context, in *DetachInput) (*struct{}, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		if err := r.mustChange(d, doc); err != nil {
			return nil, err
		}
		f, err := record.Get(ctx, s.records, attachments, in.File)
		if err == nil && (f.Value.OnKind != d.Name || f.Value.OnID != doc.ID) {
			_, err = record.Get(ctx, s.records, attachments, "") // not found, in the words of the kind
		}
		if err != nil {
			return nil, err
		}
		return nil, record.Delete(ctx, s.records, attachments, f.ID, f.Version, r.By())
	}
}

// download answers the content to whoever may read the record, always as a download: nothing is shown as a page of this
// origin.
func (s *Service) download(w http.ResponseWriter, req *http.Request) error {
	ctx := req.Context()
	f, err := record.Get(ctx, s.records, attachments, req.PathValue("id"))
	if err != nil {
		return err
	}
	d, ok := s.records.Def(f.Value.OnKind)
	if !ok {
		return base.Fail(base.NotFound, "record_not_found", base.T("Den Eintrag gibt es nicht mehr.", "The record no longer exists."))
	}
	if _, _, err := s.lookup(ctx, d, f.Value.OnID); err != nil {
		return err
	}
	content, err := s.blobs.Get(f.Value.SHA256)
	if err != nil {
		return err
	}
	defer content.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Value.Name}))
	h.Set("Content-Length", strconv.FormatInt(fileItem(f).Size, 10))
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, req, "", time.Time{}, content)
	return nil
}
