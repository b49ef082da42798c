package intake_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

// now is the time of every test: later than all shared data.
var now = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

// house is an instance with nothing but the intake.
type house struct {
	t    testing.TB
	db   *database.DB
	dir  string
	lake *duckdb.Store
	jobs *job.Pool
	in   *intake.Service
	ctx  context.Context
	time atomic.Pointer[time.Time]
}

// at sets the clock of the house.
func (h *house) at(t time.Time) { h.time.Store(&t) }

func (h *house) clock() time.Time { return *h.time.Load() }

func newHouse(t testing.TB) *house {
	t.Helper()
	h, err := openHouse(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h.t = t
	t.Cleanup(h.close)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// job runs a kind of the intake on a file and reads its output.
func (h *house) job(kind, path string, plan convert.Plan, out any) error {
	h.t.Helper()
	f, err := os.Open(path)
	h.must(err)
	defer f.Close()
	u, err := h.in.Receive(h.ctx, filepath.Base(path), f)
	if err != nil {
		return err
	}
	defer h.in.Discard(h.ctx, u.ID)
	return h.run(kind, map[string]any{"upload": u.ID, "plan": plan, "by": "cli"}, out)
}

func (h *house) run(kind string, input, out any) error {
	h.t.Helper()
	info, err := h.jobs.Submit(h.ctx, job.Request{Kind: kind, Key: "test", By: "cli", Input: input})
	h.must(err)
	info, err = h.jobs.Wait(h.ctx, info.ID)
	h.must(err)
	if info.State != job.Done {
		if info.Error == nil {
			return errors.New(string(info.State))
		}
		e := base.Fail(base.ParseKind(info.Error.Kind), info.Error.Code, info.Error.Text).WithHint(info.Error.Hint).At(info.Error.Place)
		e.Fields = info.Error.Fields
		return e
	}
	return json.Unmarshal(info.Output, out)
}

func (h *house) load(path string, plan convert.Plan) (*intake.Loaded, error) {
	h.t.Helper()
	plan.Auto = true
	out := &intake.Loaded{}
	return out, h.job("load", path, plan, out)
}

func (h *house) mustLoad(path string, plan convert.Plan) *intake.Loaded {
	h.t.Helper()
	out, err := h.load(path, plan)
	h.must(err)
	return out
}

func (h *house) dryRun(path string, plan convert.Plan) *intake.DryRun {
	h.t.Helper()
	plan.Auto = true
	out := &intake.DryRun{}
	h.must(h.job("dry_run", path, plan, out))
	return out
}

func (h *house) undo(load int64) {
	h.t.Helper()
	h.must(h.run("undo", map[string]any{"load": load, "by": "cli"}, &intake.Undone{}))
}

// table returns every row of a dataset as text, sorted: columns by name, then rows.
func (h *house) table(d lake.Dataset) []string {
	h.t.Helper()
	info, err := h.lake.Dataset(h.ctx, d)
	h.must(err)
	var cols []string
	for _, c := range info.Schema {
		cols = append(cols, c.Name)
	}
	return h.query(d, selectAll(cols))
}

func selectAll(cols []string) string {
	var parts []string
	for _, c := range sorted(cols) {
		parts = append(parts, `coalesce(CAST("`+c+`" AS VARCHAR), '∅')`)
	}
	return `SELECT '` + strings.Join(sorted(cols), "|") + `' || ': ' || concat_ws('|', ` + strings.Join(parts, ", ") + `) AS row FROM t ORDER BY 1`
}

func (h *house) query(d lake.Dataset, sql string) []string {
	h.t.Helper()
	rows, err := h.lake.Query(h.ctx, lake.Query{SQL: sql, Tables: map[string]lake.Dataset{"t": d}})
	h.must(err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		s, _ := rows.Values()[0].(string)
		out = append(out, s)
	}
	h.must(rows.Err())
	return out
}

// nothing fails the test when anything of a load is left: a dataset, a load, a file.
func (h *house) nothing() {
	h.t.Helper()
	datasets, err := h.lake.Datasets(h.ctx)
	h.must(err)
	_, total, err := h.in.Loads(h.ctx, 10, 0)
	h.must(err)
	if len(datasets) > 0 || total > 0 {
		h.t.Errorf("%d datasets, %d loads left", len(datasets), total)
	}
	h.must(filepath.WalkDir(h.dir, func(path string, d os.DirEntry, err error) error {
		rel, _ := filepath.Rel(h.dir, path)
		if err == nil && !d.IsDir() && !strings.HasPrefix(rel, "lotse.db") && !strings.HasPrefix(rel, "keys") && !strings.HasSuffix(rel, ".lock") && rel != "lock" {
			h.t.Errorf("left behind: %s", rel)
		}
		return err
	}))
}

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// unpacked returns the text of a shared file.
func unpacked(t testing.TB, path string) string {
	t.Helper()
	src, err := format.Find(path, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	r, err := src.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func events(process string) convert.Plan {
	return convert.Plan{Table: mapping.Events, Process: process}
}
func eventData(process string) lake.Dataset {
	return lake.Dataset{Table: mapping.Events, Process: process}
}

func sorted(s []string) []string {
	out := append([]string(nil), s...)
	for i := range out {
		for j := i; j > 0 && out[j] < out[j-1]; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

func codeOf(err error) string {
	var e *base.Error
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (h *house) analyse(upload string) *intake.Analysis {
	h.t.Helper()
	a, err := h.in.Analyse(h.ctx, upload, intake.Reading{}, "", "")
	h.must(err)
	return a
}

// refused fetches the refused rows of a load through its operation.
func (h *house) refused(load int64) string {
	h.t.Helper()
	for _, o := range h.in.Operations() {
		raw, ok := o.(operation.Raw)
		if !ok || raw.ID != "load_refused" {
			continue
		}
		r := httptest.NewRequestWithContext(h.ctx, "GET", "/", nil)
		r.SetPathValue("id", strconv.FormatInt(load, 10))
		w := httptest.NewRecorder()
		h.must(raw.Run(w, r))
		return w.Body.String()
	}
	h.t.Fatal("no such operation")
	return ""
}

func lakeData(p convert.Plan) lake.Dataset { return lake.Dataset{Table: p.Table, Process: p.Process} }
