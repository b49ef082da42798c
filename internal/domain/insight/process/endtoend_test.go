package process_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/transport/cli"
)

// lotse runs a command on an instance and returns its JSON.
func lotse[T any](t *testing.T, dir string, args ...string) T {
	t.Helper()
	var out, errs bytes.Buffer
	status := cli.Main(t.Context(), cli.Program{Open: app.OpenFor, Args: append(args, "--json", "--data", dir), Out: &out, Err: &errs,
		In: strings.NewReader(""), Getenv: func(string) string { return "" }})
	var v T
	if status != 0 {
		t.Fatalf("%q: %d: %s", args, status, errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Every shared log, loaded by the intake, equals the reference and the same file read without an instance.
func TestLoadedEqualsFileAndReference(t *testing.T) {
	dir := t.TempDir()
	for _, want := range references(t) {
		t.Run(want["file"], func(t *testing.T) {
			path := basetest.SharedData(t, "eventlogs", want["file"])
			reading := []string{}
			if strings.HasPrefix(want["file"], "hospital") { // one row has no case
				reading = []string{"--allow-refused", "1"}
				want["cases"], want["events"] = "9999", "49950"
			}
			lotse[map[string]any](t, dir, append([]string{"import", path, "--table", "events", "--process", want["file"]}, reading...)...)
			loaded := lotse[process.Variants](t, dir, "process", "variants", "--process", want["file"])
			file := lotse[process.Variants](t, dir, append([]string{"process", "variants", path}, reading...)...)
			if !reflect.DeepEqual(loaded.Variants, file.Variants) {
				t.Error("variants of file and process differ")
			}
			s := lotse[process.Summary](t, dir, "process", "summary", "--process", want["file"])
			for field, got := range map[string]any{"cases": s.Cases, "events": s.Events, "activities": s.Activities,
				"first": s.FirstEvent.Format("2006-01-02T15:04:05Z"), "last": s.LastEvent.Format("2006-01-02T15:04:05Z")} {
				if fmt.Sprint(got) != want[field] {
					t.Errorf("%s is %v, want %s", field, got, want[field])
				}
			}
			if len(reading) == 0 && fmt.Sprint(len(loaded.Variants)) != want["variants"] {
				t.Errorf("%d variants, want %s", len(loaded.Variants), want["variants"])
			}
		})
	}
}

// api asks an instance over HTTP as a person at the machine.
type api struct {
	t       *testing.T
	handler http.Handler
}

func (a api) get(path string, into any) {
	a.t.Helper()
	r := httptest.NewRequestWithContext(auth.With(a.t.Context(), auth.Operator()), http.MethodGet, "/api/v1"+path, nil)
	w := httptest.NewRecorder()
	a.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		a.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		a.t.Fatal(err)
	}
}

// From the map over a path to a case and its rows in the file, as a person clicks, over HTTP on the receipt log.
func TestDrillFromMapToLine(t *testing.T) {
	dir := t.TempDir()
	path := basetest.SharedData(t, "eventlogs", "receipt.csv.gz")
	lotse[map[string]any](t, dir, "import", path, "--table", "events", "--process", "Bau/Antrag")
	lotse[process.Summary](t, dir, "process", "summary", "--process", "Bau/Antrag") // the derivation has ended when this starts anew
	opened, err := app.Open(t.Context(), app.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	a := api{t, opened.Handler()}
	at := "/processes/" + url.PathEscape("Bau/Antrag")
	filter := "?attr=" + url.QueryEscape("channel=Desk")
	var m process.Map
	a.get(at+"/dfg"+filter, &m)
	e := m.Edges[0]
	var p process.Path
	a.get(at+"/edges/"+url.PathEscape(e.From)+"/"+url.PathEscape(e.To)+filter, &p)
	if m.Cases != 109 || p.Count != e.Count || p.Median != e.Median || p.With.Cases+p.Without.Cases != 109 || len(p.Longest) == 0 {
		t.Fatalf("map %+v path %+v", e, p)
	}
	var c process.Timeline
	a.get(at+"/cases/"+url.PathEscape(p.Longest[0].CaseID), &c)
	lines := linesOf(t, path)
	for _, event := range c.Events {
		line := lines[event.Line-1]
		if event.File != "receipt.csv.gz" || !strings.Contains(line, c.CaseID) || !strings.Contains(line, event.Activity) {
			t.Errorf("%s line %d: %s", event.File, event.Line, line)
		}
	}
	if c.Attributes["channel"] != "Desk" || *c.Duration != p.Longest[0].Duration {
		t.Errorf("%+v", c)
	}
}

func linesOf(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(all), "\n")
}
