package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/transport/rest"
)

func open(t *testing.T, dir string) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), app.Options{Dir: dir, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// browser is a person's browser: it keeps the session cookie and sends the CSRF value that it was told.
type browser struct {
	t      *testing.T
	url    string
	cookie *http.Cookie
	csrf   string
	header http.Header
	match  string // If-Match of the next requests, "" for none
}

// serve answers the instance over TCP and gives a stranger's browser; operator makes it the machine's own.
func serve(t *testing.T, a *app.App, operator bool) *browser {
	t.Helper()
	handler := a.Handler()
	if operator {
		handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a.Handler().ServeHTTP(w, r.WithContext(rest.AsOperator(r.Context())))
		})
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &browser{t: t, url: server.URL, header: http.Header{}}
}

// do sends a request; path is relative to the server's root.
func (b *browser) do(method, path string, in any) (*http.Response, []byte) {
	b.t.Helper()
	var body io.Reader
	switch x := in.(type) {
	case nil:
	case []byte:
		body = bytes.NewReader(x)
	default:
		text, err := json.Marshal(in)
		if err != nil {
			b.t.Fatal(err)
		}
		body = bytes.NewReader(text)
	}
	r, err := http.NewRequest(method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header = b.header.Clone()
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	if b.match != "" {
		r.Header.Set("If-Match", b.match)
	}
	if b.csrf != "" {
		r.Header.Set("X-CSRF-Token", b.csrf)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range response.Cookies() {
		if c.Name == "lotse_session" {
			b.cookie = c
		}
	}
	return response, answer
}

// want sends a request to /api/v1, fails the test on another status, and reads the answer into out unless nil.
func (b *browser) want(status int, method, path string, in, out any) {
	b.t.Helper()
	r, body := b.do(method, rest.Prefix+path, in)
	if r.StatusCode != status {
		b.t.Fatalf("%s %s: %d, want %d: %s", method, path, r.StatusCode, status, body)
	}
	if out != nil {
		if err := json.Unmarshal(body, out); err != nil {
			b.t.Fatalf("%s: %v", body, err)
		}
	}
}

type status struct {
	User *struct {
		ID, Email   string
		Roles       []string
		Permissions []string
	}
	CSRF     string
	Instance struct{ Demo, Empty bool }
}

const password = "ein langes Kennwort"

// signIn makes a browser in which an account with roles is signed in.
func signIn(t *testing.T, a *app.App, email string, roles ...string) *browser {
	t.Helper()
	operator, b := serve(t, a, true), serve(t, a, false)
	operator.want(200, "POST", "/accounts", map[string]any{"email": email, "roles": roles, "password": password}, nil)
	var s status
	b.want(200, "POST", "/session", map[string]string{"email": email, "password": password}, &s)
	b.csrf = s.CSRF
	return b
}

func code(err error) string {
	var e *base.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestFoldersThatAreNoInstance(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "x")
	if _, err := app.Open(t.Context(), app.Options{Dir: missing}); code(err) != "no_instance" {
		t.Error(err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("looking made the folder")
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "Steuer.pdf"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), app.Options{Dir: full, Create: true}); code(err) != "folder_not_empty" {
		t.Error(err)
	}
	configured := t.TempDir()
	if err := os.WriteFile(filepath.Join(configured, "lotse.yaml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, configured)
}

func TestFirstAccountByLink(t *testing.T) {
	a := open(t, t.TempDir())
	a.SetBaseURL("http://lotse.example")
	link, err := a.FirstLink(t.Context())
	if err != nil || !strings.HasPrefix(link, "http://lotse.example/einmal/") {
		t.Fatal(link, err)
	}
	token := link[strings.LastIndexByte(link, '/')+1:]
	b := serve(t, a, false)
	var l struct {
		Purpose string
		Roles   []string
	}
	b.want(200, "GET", "/one_time/"+token, nil, &l)
	if l.Purpose != "first" || strings.Join(l.Roles, " ") != "officer admin" {
		t.Fatalf("%+v", l)
	}
	b.want(422, "POST", "/one_time/"+token, map[string]string{"email": "anna@example.com", "password": "kurz"}, nil)
	var s status
	b.want(200, "POST", "/one_time/"+token, map[string]string{"name": "Anna", "email": "anna@example.com", "password": password}, &s)
	if s.User == nil || s.User.Email != "anna@example.com" || s.CSRF == "" {
		t.Fatalf("%+v", s)
	}
	b.csrf = s.CSRF
	b.want(200, "GET", "/accounts", nil, nil)
	b.want(404, "POST", "/one_time/"+token, map[string]string{"email": "x@example.com", "password": password}, nil)
	if again, err := a.FirstLink(t.Context()); again != "" || err != nil {
		t.Fatal(again, err)
	}
}

func TestEmptyingTheDemoKeepsTheActingAccountOnly(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	b := signIn(t, a, "anna@example.com", "admin")
	signIn(t, a, "bea@example.com", "officer")
	b.want(422, "POST", "/instance/restart_empty", nil, nil)
	b.want(403, "POST", "/instance/mark_demo", nil, nil)
	serve(t, a, true).want(200, "POST", "/instance/mark_demo", nil, nil)
	settings := map[string]any{}
	b.want(200, "GET", "/settings", nil, &settings)
	value := settings["value"].(map[string]any)
	value["company_name"] = "Muster AG"
	b.header.Set("If-Match", "0")
	b.want(200, "PUT", "/settings", value, nil)
	if err := os.MkdirAll(filepath.Join(dir, "uploads", "x"), 0o700); err != nil {
		t.Fatal(err)
	}

	b.want(200, "POST", "/instance/restart_empty", nil, nil)
	var s status
	b.want(200, "GET", "/session", nil, &s)
	if s.User == nil || strings.Join(s.User.Roles, " ") != "admin officer" || s.Instance.Demo || !s.Instance.Empty {
		t.Fatalf("%+v", s)
	}
	var accounts struct{ Total int }
	b.want(200, "GET", "/accounts", nil, &accounts)
	b.want(200, "GET", "/settings", nil, &settings)
	if accounts.Total != 1 || settings["version"] != 0.0 {
		t.Fatal(accounts, settings)
	}
	if _, err := os.Stat(filepath.Join(dir, "uploads", "x")); err == nil {
		t.Error("uploads stayed")
	}
	b.want(422, "POST", "/instance/restart_empty", nil, nil)
}

func TestSecondProcessIsToldWhoHoldsTheFolder(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	_, err := app.Open(t.Context(), app.Options{Dir: dir})
	if code(err) != "instance_locked" {
		t.Fatal(err)
	}
}
