package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Placeholder stands in index.html where the nonce of each answer goes.
const Placeholder = "__NONCE__"

// Handler serves the app from files, nil for a binary without one.
func Handler(files fs.FS) (http.Handler, error) {
	if files == nil {
		return http.HandlerFunc(notBuilt), nil
	}
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	mime.AddExtensionType(".js", "text/javascript; charset=utf-8")
	mime.AddExtensionType(".woff2", "font/woff2")
	mime.AddExtensionType(".webmanifest", "application/manifest+json")
	return &app{files: files, static: http.FileServerFS(files), index: index}, nil
}

func notBuilt(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusNotFound)
	fmt.Fprintln(w, "Die Web-App ist in diesem Programm nicht enthalten (make build). Die API steht unter /api/v1.")
	fmt.Fprintln(w, "The web app is not built into this binary (make build). The API is at /api/v1.")
}

type app struct {
	files  fs.FS
	static http.Handler
	index  []byte
}

// ServeHTTP answers a file, or the page for every path that could be one of its routes.
func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	info, err := fs.Stat(a.files, name)
	switch {
	case err == nil && !info.IsDir() && name != "index.html":
		a.file(w, r, name)
	case strings.HasPrefix(name, "assets/"), err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid):
		http.NotFound(w, r)
	default:
		a.page(w, r)
	}
}

func (a *app) file(w http.ResponseWriter, r *http.Request, name string) {
	if strings.HasPrefix(name, "assets/") { // their names change with their content
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	policy := "default-src 'none'"
	if strings.HasSuffix(name, ".js") { // a worker takes the policy of its own file
		policy = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
	}
	w.Header().Set("Content-Security-Policy", policy)
	a.static.ServeHTTP(w, r)
}

func (a *app) page(w http.ResponseWriter, r *http.Request) {
	var b [18]byte
	rand.Read(b[:])
	nonce := base64.StdEncoding.EncodeToString(b[:])
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", Policy(nonce))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	w.Write(bytes.ReplaceAll(a.index, []byte(Placeholder), []byte(nonce)))
}

// Policy is the content security policy of the page: own files and what carries the nonce, nothing inline, no eval.
func Policy(nonce string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'nonce-" + nonce + "'",
		"style-src 'self' 'nonce-" + nonce + "'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src 'self' blob:",
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}
