package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/app/newkind"
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/rest"
)

// newHouse serves the new kind beside the organisation and answers programs of an officer, a controller and a viewer.
func newHouse(t *testing.T) (officer, controller, viewer somebody) {
	t.Helper()
	h := &house{t: t}
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	h.records, h.auth = record.NewStore(db, base.SystemClock), auth.NewService(db, base.SystemClock)
	people := organisation.NewPeople(h.records, h.auth, base.SystemClock)
	kinds := append(organisation.Kinds(), newkind.Parcel.Def())
	registers, err := register.New(t.Context(), h.records, blob.Open(db.Dir()), people, base.SystemClock, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.auth.Join(t.Context(), people); err != nil {
		t.Fatal(err)
	}
	h.handler = rest.New(rest.Options{Identities: h.auth, Operations: registers.Operations(), Pages: http.NotFoundHandler(),
		Ready: func(context.Context) error { return nil }, Logger: slog.New(slog.DiscardHandler)})
	h.url = h.listen(h.handler)
	h.somebody("admin@example.com", auth.Admin)
	return h.somebody("officer@example.com", auth.Officer), h.somebody("controller@example.com", auth.Controller), h.somebody("viewer@example.com", auth.Viewer)
}

// kept is a record as the API answers it.
type kept struct {
	ID      string
	Version int
	State   string
	Value   map[string]any
	May     []string
}

// matching sends a request with If-Match, "" for none, and answers status and record.
func (b *browser) matching(method, path, match string, in any) (int, kept) {
	b.t.Helper()
	b.header.Del("If-Match")
	if match != "" {
		b.header.Set("If-Match", match)
	}
	r, body := b.do(method, rest.Prefix+path, in)
	b.header.Del("If-Match")
	var out kept
	_ = json.Unmarshal(body, &out)
	if r.StatusCode >= 500 {
		b.t.Errorf("%s %s: %s", method, path, body)
	}
	return r.StatusCode, out
}

var full = map[string]any{"title": "Großes Paket", "note": "**Vorsicht**", "fragile": true, "weight": 12.5, "share": 0.25, "journey": 3600.0, "price": map[string]any{"amount": "12.00", "currency": "EUR"},
	"due": "2026-12-01", "time": map[string]any{"from": "2026-01-01", "to": "2026-02-01"}, "sort": "big", "tags": []any{"rot", "blau"}, "loss": map[string]any{"min": 1.0, "likely": 2.0, "max": 3.0},
	"contents": []any{map[string]any{"name": "Schrauben", "count": 7.0}}, "secret": "Tresor"}

// The new kind is one struct with the struct of its rows, the rule of its computed field, and one line; nobody else in
// the product knows its name.
func TestANewKindIsOneStructAndOneLine(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("newkind", "parcel.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = append(names, d.Name.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
				case *ast.ValueSpec:
					names = append(names, s.Names[0].Name)
				}
			}
		}
	}
	if fmt.Sprint(names) != "[parcel item double Parcel]" {
		t.Error("the new kind takes more edits than one struct and one line:", names)
	}
	root := filepath.Join("..", "..")
	for _, part := range []string{"internal", "cmd", filepath.Join("web", "src"), filepath.Join("web", "messages"), "api"} {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || d.IsDir() && d.Name() != "newkind" && d.Name() != "dist" && d.Name() != "node_modules":
				return err
			case d.IsDir():
				return fs.SkipDir
			case strings.HasSuffix(path, "_test.go") || !slices.Contains([]string{".go", ".ts", ".tsx", ".json"}, filepath.Ext(path)):
				return nil
			}
			text, err := os.ReadFile(path)
			if err == nil && (strings.Contains(string(text), `"parcel"`) || strings.Contains(string(text), "newkind")) {
				t.Errorf("%s knows the new kind", path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A new kind is good the moment it is declared: the walk over HTTP of one that nobody wrote another line for.
func TestANewKindOverHTTP(t *testing.T) {
	officer, controller, viewer := newHouse(t)
	var kinds struct {
		Items []struct {
			Name   string
			Fields []struct{ Type string }
		}
	}
	officer.want(200, "GET", "/records", nil, &kinds)
	i := slices.IndexFunc(kinds.Items, func(k struct {
		Name   string
		Fields []struct{ Type string }
	}) bool {
		return k.Name == "parcel"
	})
	if i < 0 || len(kinds.Items[i].Fields) != 21 {
		t.Fatal(kinds)
	}
	var a kept
	officer.want(201, "POST", "/records/parcel?id=a", full, &a)
	if a.Version != 1 || a.Value["double"] != 25.0 || a.Value["secret"] != "Tresor" {
		t.Fatal(a)
	}
	officer.want(201, "POST", "/records/parcel?id=b", map[string]any{"title": "Kleines Paket", "parent": "a", "others": []string{"a"}, "weight": 1, "sort": "small"}, nil)
	var page struct {
		Items []kept
		Total int
	}
	officer.want(200, "GET", "/records/parcel?filter=weight:gt:5&filter=tags:has:rot&q=Schraube&sort=-due", nil, &page)
	if page.Total != 1 || page.Items[0].ID != "a" {
		t.Error(page)
	}
	var groups struct {
		Items []struct {
			Title string
			Count int
			Sums  []struct{ Value float64 }
		}
	}
	officer.want(200, "GET", "/records/parcel/groups?by=sort&sum=weight", nil, &groups)
	if fmt.Sprint(groups.Items) != "[{groß 1 [{12.5}]} {klein 1 [{1}]}]" {
		t.Error(groups)
	}
	var seen kept
	viewer.want(200, "GET", "/records/parcel/a", nil, &seen)
	if seen.Value["secret"] != nil || slices.Contains(seen.May, "update") {
		t.Error("a viewer sees or may too much", seen)
	}
	if status, _ := viewer.matching("PATCH", "/records/parcel/a", "*", map[string]any{"weight": 1}); status != 403 {
		t.Error(status)
	}
	walkVersions(t, officer)
	walkApproval(t, officer, controller)
	walkBulk(t, officer)
	var links struct{ Items []struct{ ID, Field string } }
	officer.want(200, "GET", "/records/parcel/a/links", nil, &links)
	if len(links.Items) < 2 {
		t.Error(links)
	}
	if status, _ := officer.matching("DELETE", "/records/parcel/a", "*", nil); status != 409 {
		t.Error("a parcel with another inside went", status)
	}
	if r, body := officer.do("GET", rest.Prefix+"/records/parcel/export?format=csv&columns=title,weight", nil); r.StatusCode != 200 || !strings.Contains(string(body), "Kleines Paket") {
		t.Error(r.Status, string(body[:min(len(body), 200)]))
	}
}

// walkVersions: two people edit the same record and lose nothing, an old version comes back.
func walkVersions(t *testing.T, officer somebody) {
	t.Helper()
	for match, want := range map[string]int{"": 428, `"7"`: 412, "nonsense": 428} {
		if status, _ := officer.matching("PATCH", "/records/parcel/b", match, map[string]any{"weight": 2}); status != want {
			t.Errorf("If-Match %q: %d, want %d", match, status, want)
		}
	}
	status, first := officer.matching("PATCH", "/records/parcel/b", `"1"`, map[string]any{"weight": 2})
	if status != 200 || first.Version != 2 {
		t.Fatal(status, first)
	}
	if status, _ := officer.matching("PATCH", "/records/parcel/b", `"1"`, map[string]any{"note": "von jemand anderem"}); status != 412 {
		t.Error("the second of two people wrote over the first", status)
	}
	if status, both := officer.matching("PATCH", "/records/parcel/b", `"2"`, map[string]any{"note": "danach"}); status != 200 || both.Value["weight"] != 2.0 || both.Value["note"] != "danach" {
		t.Error(status, both)
	}
	var history struct {
		Items []struct {
			Version int
			Changes []struct{ Field, Before, After string }
		}
	}
	officer.want(200, "GET", "/records/parcel/b/history", nil, &history)
	if len(history.Items) != 3 || fmt.Sprint(history.Items[1].Changes) != "[{weight 1\u00a0kg 2\u00a0kg} {double 2 4}]" {
		t.Error(history)
	}
	if status, back := officer.matching("POST", "/records/parcel/b/versions/1/restore", `"3"`, nil); status != 200 || back.Version != 4 || back.Value["weight"] != 1.0 || back.Value["note"] != nil {
		t.Error(status, back)
	}
}

func walkApproval(t *testing.T, officer, controller somebody) {
	t.Helper()
	for _, s := range []struct {
		who   somebody
		step  string
		want  int
		state string
	}{{controller, "approve", 409, ""}, {officer, "propose", 200, "proposed"}, {officer, "approve", 403, ""}, {controller, "refuse", 422, ""}, {controller, "approve", 200, "approved"}} {
		if status, doc := s.who.matching("POST", "/records/parcel/b/decide", "*", map[string]any{"step": s.step}); status != s.want || doc.State != s.state {
			t.Errorf("%s: %d %q", s.step, status, doc.State)
		}
	}
}

// walkBulk changes two records at once and takes it back; one stale record stops both.
func walkBulk(t *testing.T, officer somebody) {
	t.Helper()
	var a, b kept
	officer.want(200, "GET", "/records/parcel/a", nil, &a)
	officer.want(200, "GET", "/records/parcel/b", nil, &b)
	records := []map[string]any{{"id": "a", "version": a.Version}, {"id": "b", "version": b.Version + 1}}
	if status := officer.statusOf("POST", "/records/parcel/bulk", map[string]any{"records": records, "action": "change", "value": map[string]any{"sort": "small"}}); status != 412 && status != 409 {
		t.Error(status)
	}
	records[1]["version"] = b.Version
	var done struct {
		Items []struct {
			ID            string
			Before, After int
		}
	}
	officer.want(200, "POST", "/records/parcel/bulk", map[string]any{"records": records, "action": "change", "value": map[string]any{"due": "2027-01-01"}}, &done)
	undo := []map[string]any{}
	for _, d := range done.Items {
		undo = append(undo, map[string]any{"id": d.ID, "version": d.After, "to": d.Before})
	}
	officer.want(200, "POST", "/records/parcel/bulk", map[string]any{"records": undo, "action": "back"}, nil)
	var again kept
	officer.want(200, "GET", "/records/parcel/a", nil, &again)
	if fmt.Sprint(again.Value) != fmt.Sprint(a.Value) {
		t.Error(again.Value, a.Value)
	}
}

// Each wrong field is named at once, by its path.
func TestANewKindNamesEveryWrongField(t *testing.T) {
	officer, _, _ := newHouse(t)
	r, body := officer.do("POST", rest.Prefix+"/records/parcel", map[string]any{"note": 1, "fragile": "x", "weight": -1, "share": "x", "journey": -1, "price": map[string]any{"amount": "x"}, "due": "x", "time": map[string]any{"to": "2026-01-01"},
		"sort": "x", "tags": "x", "parent": "../x", "others": []any{1}, "owner": 1, "helpers": "x", "loss": map[string]any{"min": 1}, "contents": []any{map[string]any{"count": "x"}}, "papers": "x", "secret": []any{}, "double": 1, "stranger": 1})
	var problem struct{ Fields []struct{ Field string } }
	if err := json.Unmarshal(body, &problem); err != nil || r.StatusCode != 422 {
		t.Fatal(r.Status, string(body))
	}
	named := map[string]bool{}
	for _, f := range problem.Fields {
		named[f.Field] = true
	}
	for _, want := range []string{"title", "note", "fragile", "weight", "share", "journey", "price.amount", "due", "time.from", "sort", "tags", "parent", "others", "owner", "helpers", "loss.likely", "loss.max", "contents[0].count", "contents[0].name",
		"papers", "secret", "double", "stranger"} {
		if !named[want] {
			t.Errorf("%s is not named: %s", want, body)
		}
	}
	for _, bad := range []string{`{"title":"x","title":"y"}`, `[]`, `{`, "{\"title\":\"\xff\"}", `{"title":1e999}`, strings.Repeat("[", 100_000)} {
		if r, body := officer.do("POST", rest.Prefix+"/records/parcel", []byte(bad)); r.StatusCode != 400 && r.StatusCode != 422 {
			t.Errorf("%.30q: %s %s", bad, r.Status, body)
		}
	}
	if status := officer.statusOf("POST", "/records/parcel", map[string]any{"title": "x", "stage": "zwei"}); status != 422 {
		t.Error("a managed field was written from outside", status)
	}
}

// What stands beside a record: comments, files that come down as downloads only, views of one's own.
func TestANewKindsNeighbours(t *testing.T) {
	officer, controller, viewer := newHouse(t)
	officer.want(201, "POST", "/records/parcel?id=a", map[string]any{"title": "A"}, nil)
	officer.want(201, "POST", "/records/parcel?id=b", map[string]any{"title": "B"}, nil)
	var said struct{ ID string }
	controller.want(201, "POST", "/records/parcel/a/comments", map[string]any{"text": "Gut so"}, &said)
	if status := officer.statusOf("DELETE", "/records/parcel/b/comments/"+said.ID, nil); status != 404 {
		t.Error("a comment of another record", status)
	}
	if status := viewer.statusOf("POST", "/records/parcel/a/comments", map[string]any{"text": "Hallo"}); status != 403 {
		t.Error(status)
	}
	r, body := officer.do("POST", rest.Prefix+"/records/parcel/a/files?name=..%2F..%2Fa%22%0d%0ab.html", []byte("<script>alert(1)</script>"))
	var file struct{ ID, Name string }
	if err := json.Unmarshal(body, &file); err != nil || r.StatusCode != 201 && r.StatusCode != 422 {
		t.Fatal(r.Status, string(body))
	}
	officer.want(201, "POST", "/records/parcel/a/files?name=..%2F..%2Fseite.html", []byte("<script>alert(1)</script>"), &file)
	if file.Name != "seite.html" {
		t.Error(file)
	}
	r, body = viewer.do("GET", rest.Prefix+"/files/"+file.ID, nil)
	h := r.Header
	if string(body) != "<script>alert(1)</script>" || h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Error(r.Status, h)
	}
	if status := officer.statusOf("DELETE", "/records/parcel/b/files/"+file.ID, nil); status != 404 {
		t.Error("a file of another record", status)
	}
	if status := viewer.statusOf("POST", "/records/parcel/a/files?name=x", []byte("x")); status != 403 {
		t.Error(status)
	}
	if status := officer.statusOf("POST", "/records/parcel/a/files?name=x", make([]byte, 25<<20+1)); status != 413 {
		t.Error("a file beyond the limit", status)
	}
	var view kept
	officer.want(201, "POST", "/views", map[string]any{"kind": "parcel", "name": "Meine", "shared": false, "state": "sort=due"}, &view)
	var views struct{ Items []kept }
	if viewer.want(200, "GET", "/views?kind=parcel", nil, &views); len(views.Items) != 0 {
		t.Error("a view of somebody else", views)
	}
	if status, _ := controller.matching("DELETE", "/views/"+view.ID, "*", nil); status == 204 || status == 200 {
		t.Error("somebody else's view was deleted")
	}
}
