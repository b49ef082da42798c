package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"lotse.dev/lotse/internal/transport/web"
)

var files = fstest.MapFS{
	"index.html":          {Data: []byte(`<html><script nonce="__NONCE__"></script><meta content="__NONCE__"></html>`)},
	"assets/app-1a2b.js":  {Data: []byte("1")},
	"assets/app-1a2b.css": {Data: []byte("a{}")},
	"favicon.svg":         {Data: []byte("<svg/>")},
}

func get(t *testing.T, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	h, err := web.Handler(files)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	return w
}

func TestPageCarriesAFreshNonceAndAStrictPolicy(t *testing.T) {
	seen := map[string]bool{}
	for _, path := range []string{"/", "/prozesse/Kreditantrag", "/index.html", "/einmal/abc", "/../../etc/passwd"} {
		w := get(t, "GET", path)
		nonce := regexp.MustCompile(`nonce="([^"]+)"`).FindStringSubmatch(w.Body.String())
		if w.Code != 200 || nonce == nil || strings.Contains(w.Body.String(), web.Placeholder) || seen[nonce[1]] {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		seen[nonce[1]] = true
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "script-src 'self' 'nonce-"+nonce[1]+"'") || strings.Contains(policy, "unsafe") ||
			!strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%s: %s", path, policy)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Error("the page may be cached with its nonce")
		}
	}
}

func TestAssets(t *testing.T) {
	for path, want := range map[string]struct{ mime, cache string }{
		"/assets/app-1a2b.js":  {"text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"/assets/app-1a2b.css": {"text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		"/favicon.svg":         {"image/svg+xml", "no-cache"},
	} {
		w := get(t, "GET", path)
		if w.Code != 200 || w.Header().Get("Content-Type") != want.mime || w.Header().Get("Cache-Control") != want.cache {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	if w := get(t, "GET", "/assets/gone.js"); w.Code != 404 {
		t.Error("a missing asset answers", w.Code)
	}
	if w := get(t, "POST", "/"); w.Code != 405 {
		t.Error("POST answers", w.Code)
	}
	if w := get(t, "HEAD", "/"); w.Code != 200 || w.Body.Len() != 0 {
		t.Error("HEAD answers", w.Code, w.Body)
	}
}

func TestBinaryWithoutTheAppSaysSo(t *testing.T) {
	h, err := web.Handler(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != 404 || !strings.Contains(w.Body.String(), "make build") {
		t.Fatal(w.Code, w.Body)
	}
	if _, err := web.Handler(fstest.MapFS{}); err == nil {
		t.Fatal("an app without page was accepted")
	}
}
