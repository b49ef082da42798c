package register_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
)

// The rows that do not fit come back as a file that needs no mapping: corrected, it loads, and the rows that were loaded
// before stand in it no more.
func TestRefusedRowsAreCorrectedAndLoadedAgain(t *testing.T) {
	for lang, words := range map[base.Lang]struct{ head, hours, day, why string }{
		base.German:  {"Bezeichnung;Nummer;Stunden;Termin;Frei", "1,5", "24.12.2026", "Warum nicht gelesen"},
		base.English: {"Label;Number;Hours;Due;Free", "1.5", "2026-12-24", "Why not imported"},
	} {
		h := openHouse(t)
		file := []byte(words.head + "\nGut;N-1;" + words.hours + ";" + words.day + ";x\n=Schlecht;N-2;viele;bald;y\n")
		w, err := h.raw(officer, lang, "sample_import_refused", nil, file)
		if err != nil {
			t.Fatal(err)
		}
		back := w.Body.String()
		if !strings.Contains(back, "Schlecht") || strings.Contains(back, "Gut") || !strings.Contains(back, words.why) || strings.Count(strings.TrimSpace(back), "\n") != 1 {
			t.Fatalf("%q", back)
		}
		if len(h.all()) != 0 {
			t.Fatal("asking for the rows wrote some")
		}
		if out := h.load(officer, lang, url.Values{"allow_refused": {"1"}}, file); out.Counts.Create != 1 || out.Counts.Refused != 1 {
			t.Fatalf("%+v", out.Counts)
		}
		corrected := strings.Replace(strings.Replace(back, "viele", words.hours, 1), "bald", words.day, 1)
		if out := h.load(officer, lang, nil, []byte(corrected)); out.Counts.Create != 1 || out.Counts.Refused != 0 {
			t.Fatalf("%q: %+v", corrected, out.Counts)
		}
		names := map[any]any{}
		for _, doc := range h.all() {
			names[doc["name"]] = fmt.Sprint(doc["code"], doc["hours"], doc["due"])
		}
		if fmt.Sprint(names) != "map[=Schlecht:N-21.52026-12-24 Gut:N-11.52026-12-24]" {
			t.Error(names)
		}
	}
}

// start begins an import without waiting for it.
func (h *house) start(body []byte) job.Info {
	h.t.Helper()
	h.people[officer.By()] = officer
	w, err := h.raw(officer, base.German, "sample_import", nil, body)
	if err != nil {
		h.t.Fatal(err)
	}
	var out job.Info
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		h.t.Fatal(err)
	}
	return out
}

func (h *house) ended(id string) job.Info {
	h.t.Helper()
	info, err := h.jobs.Wait(auth.With(base.WithLang(h.t.Context(), base.German), officer), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return info
}

// waitingFiles counts what lies in the folder of files on their way.
func waitingFiles(t *testing.T, dir string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return n
}

// A cancelled import keeps nothing, neither while it waits nor while it checks, and can be repeated from its file.
func TestACancelledImportKeepsNothingAndCanBeRepeated(t *testing.T) {
	h := openHouse(t)
	long := []byte("Bezeichnung\n" + strings.Repeat("Eintrag\n", 15_000))
	running, behind := h.start(long), h.start([]byte("Bezeichnung\nKurz\n"))
	for _, id := range []string{behind.ID, running.ID} {
		if _, err := h.jobs.Cancel(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{running.ID, behind.ID} {
		if info := h.ended(id); info.State != job.Cancelled {
			t.Fatalf("%+v", info)
		}
	}
	if n := len(h.all()); n != 0 || h.told != 0 {
		t.Fatal("a cancelled import kept records:", n)
	}
	again, err := h.jobs.Repeat(t.Context(), behind.ID, officer.By())
	if err != nil {
		t.Fatal(err)
	}
	if info := h.ended(again.ID); info.State != job.Done || len(h.all()) != 1 {
		t.Fatalf("%+v", info)
	}
}

// The same file loaded twice at once is two jobs: the one that ends first leaves the other its file. Nothing is left.
func TestTheSameFileTwiceAtOnce(t *testing.T) {
	h := openHouse(t)
	file := []byte("Bezeichnung;Nummer\nEins;N-1\n")
	first, second := h.start(file), h.start(file)
	var same int
	for _, id := range []string{first.ID, second.ID} {
		info := h.ended(id)
		if info.State != job.Done {
			t.Fatalf("%+v", info)
		}
		if strings.Contains(string(info.Output), `"same":1`) {
			same++
		}
	}
	if len(h.all()) != 1 || same != 1 {
		t.Fatal(h.all(), same)
	}
	if n := waitingFiles(t, filepath.Join(h.dir, "imports")); n != 0 {
		t.Error("files left behind:", n)
	}
	var e *base.Error
	if _, err := h.raw(officer, base.German, "sample_import", nil, nil); !errors.As(err, &e) || e.Code != "empty_file" {
		t.Error(err)
	}
	if n := waitingFiles(t, filepath.Join(h.dir, "imports")); n != 0 {
		t.Error("an empty file was kept:", n)
	}
}

// A file that is gone when its job is repeated is said in words.
func TestAnImportWhoseFileIsGone(t *testing.T) {
	h := openHouse(t)
	first := h.start([]byte("Bezeichnung;Stunden\nEins;viele\n"))
	if info := h.ended(first.ID); info.State != job.Failed {
		t.Fatalf("%+v", info)
	}
	if err := os.RemoveAll(filepath.Join(h.dir, "imports")); err != nil {
		t.Fatal(err)
	}
	again, err := h.jobs.Repeat(t.Context(), first.ID, officer.By())
	if err != nil {
		t.Fatal(err)
	}
	var e *base.Error
	if info := h.ended(again.ID); info.State != job.Failed || !errors.As(info.Failure(), &e) || e.Code != "file_missing" {
		t.Fatalf("%+v", info)
	}
}
