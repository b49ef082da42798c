package register

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/record"
)

// Imports is what the import of a file needs: it runs as a job, so that it goes on when the person leaves and can be
// cancelled and repeated.
type Imports struct {
	Jobs     job.Manager
	Files    *blob.Store                                                  // of files on their way
	Who      func(ctx context.Context, by string) (auth.Principal, error) // whose rights hold when the job begins
	Currency func(ctx context.Context) (string, error)                    // of amounts without one
}

// importJob is the kind of the job.
const importJob = "record_import"

// fileLife is how long the file of an import that did not come to its end waits to be repeated.
const fileLife = 48 * time.Hour

// Imports offers the import of files; without jobs a register has none.
func (s *Service) Imports(needs Imports) error {
	s.imports = needs
	if needs.Jobs == nil {
		return nil
	}
	needs.Jobs.Register(importJob, s.workImport)
	needs.Jobs.Private(importJob)
	return needs.Files.Expire(s.clock().Add(-fileLife))
}

// importTask is the input of the job.
type importTask struct {
	Kind string      `json:"kind"`
	File string      `json:"file"`
	New  string      `json:"new"` // what the ids of the new records follow from, so that a repetition knows them again
	By   string      `json:"by"`
	Lang string      `json:"lang"`
	How  ImportInput `json:"how"`
}

func (s *Service) startImport(d *record.Def) func(w http.ResponseWriter, req *http.Request) error {
	return func(w http.ResponseWriter, req *http.Request) error {
		ctx := req.Context()
		how, err := importInput(req.URL.Query())
		if err != nil {
			return err
		}
		if err := s.imports.Files.Expire(s.clock().Add(-fileLife)); err != nil { // a server may run for months
			return err
		}
		file, err := s.keepFile(req.Body)
		if err != nil {
			return err
		}
		by := auth.From(ctx).By()
		info, err := s.imports.Jobs.Submit(ctx, job.Request{Kind: importJob, Key: importJob, By: by,
			Title: base.T("%s einlesen", "Import %s", d.Many),
			Input: importTask{Kind: d.Name, File: file, New: base.NewID(s.clock()), By: by, Lang: base.LangOf(ctx).String(), How: how}})
		if err != nil {
			return err
		}
		return answer(ctx, w, http.StatusAccepted, &info)
	}
}

// keepFile keeps a file for its job. Each one begins with a word of its own, since the same file may be on its way twice
// and the job that ends first takes its own away.
func (s *Service) keepFile(body io.Reader) (string, error) {
	own := base.NewSecret()[:ownWord]
	file, size, err := s.imports.Files.Put(io.MultiReader(strings.NewReader(own), body), importBytes+ownWord)
	if err != nil {
		return "", err
	}
	if size == ownWord {
		return "", errors.Join(base.Fail(base.Refused, "empty_file", base.T("Die Datei ist leer.", "The file is empty.")), s.imports.Files.Remove(file))
	}
	return file, nil
}

// ownWord is how many bytes stand before a kept file.
const ownWord = 16

// workImport checks every row while others go on writing, and then writes all of them in one transaction or none.
func (s *Service) workImport(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var t importTask
	if err := json.Unmarshal(input, &t); err != nil {
		return nil, err
	}
	d, ok := s.records.Def(t.Kind)
	if !ok {
		return nil, base.Fail(base.NotFound, "kind_not_found", base.T("Das Register „%s“ gibt es nicht.", "There is no register “%s”.", t.Kind))
	}
	who, err := s.imports.Who(ctx, t.By)
	if err != nil {
		return nil, err
	}
	ctx = base.WithLang(auth.With(ctx, who), base.ParseLang(t.Lang))
	file, err := s.imports.Files.Get(t.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if _, err := file.Seek(ownWord, io.SeekStart); err != nil {
		return nil, err
	}
	run.Progress(base.T("liest die Datei", "reading the file"), 0, 0)
	i, err := s.begin(ctx, d, t.How, t.New, file)
	if err != nil {
		return nil, err
	}
	checking := base.T("prüft die Zeilen", "checking the rows")
	if err := i.rehearse(ctx, func(rows int) { run.Progress(checking, int64(rows), int64(len(i.drafts))) }); err != nil {
		return nil, err
	}
	// progress is a row of the same database: within the transaction it would wait for itself
	run.Progress(base.T("schreibt die Einträge", "writing the records"), 0, 0)
	events, err := i.write(ctx)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		s.tell(ctx, e)
	}
	return i.done(events), s.imports.Files.Remove(t.File)
}

func (i *importing) done(events []Event) *ImportDone {
	out := &ImportDone{Counts: i.counts(), Items: []BulkChange{}, Errors: i.sorted(), Found: i.found}
	for _, e := range events {
		before := 0
		if e.Before != nil {
			before = e.Before.Version
		}
		out.Items = append(out.Items, BulkChange{e.After.ID, before, e.After.Version})
	}
	return out
}
