package rest

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzhttp"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Identities finds out who a request comes from.
type Identities interface {
	BySession(ctx context.Context, token string) (p auth.Principal, csrf string, err error)
	ByToken(ctx context.Context, token string) (auth.Principal, error)
}

// Options are what a Server needs beside its operations.
type Options struct {
	Identities   Identities
	Operations   []operation.Operation
	Pages        http.Handler // the web app, everything outside /api
	Ready        func(ctx context.Context) error
	Version      string
	MetricsToken string         // for /metrics from elsewhere, "" for loopback only
	Proxies      []netip.Prefix // whose X-Forwarded-For is believed
	Logger       *slog.Logger
}

// Server is the HTTP face of an instance.
type Server struct {
	options    Options
	identities Identities
	log        *slog.Logger
	handler    http.Handler
	mux        *http.ServeMux
	document   func() document // written at the first question
	counters   counters
	tries      throttle
	sameOrigin *http.CrossOriginProtection
	streams    map[string]bool // patterns of the mux
	throttled  map[string]bool
}

// New builds the server. It panics when operations contradict each other, which only a programmer can cause.
func New(o Options) *Server {
	s := &Server{options: o, identities: o.Identities, log: o.Logger, mux: http.NewServeMux(),
		sameOrigin: http.NewCrossOriginProtection(), streams: map[string]bool{}, throttled: map[string]bool{}}
	for _, op := range o.Operations {
		d := op.Describe()
		pattern := d.Method + " " + Prefix + d.Path
		_, raw := op.(operation.Raw)
		s.streams[pattern], s.throttled[pattern] = raw, d.Throttled
	}
	api := newAPI(s.mux, o.Version, o.Logger, o.Operations)
	s.document = sync.OnceValue(func() document { // megabytes that commands and most servers never ask for
		d, err := newDocument(api, o.Operations)
		if err != nil {
			panic(err)
		}
		return d
	})
	s.handler = s.chain()
	return s
}

// chain reads from outside to inside.
func (s *Server) chain() http.Handler {
	root := http.NewServeMux()
	root.HandleFunc("GET /healthz", s.health)
	root.HandleFunc("GET /readyz", s.ready)
	root.HandleFunc("GET /metrics", s.metrics)
	root.HandleFunc("GET /api/openapi.json", s.serveDocument("application/json", func() []byte { return s.document().json }))
	root.HandleFunc("GET /api/openapi.yaml", s.serveDocument("application/yaml", func() []byte { return s.document().yaml }))
	root.Handle("/api/", noStore(s.limitTries(s.identify(http.HandlerFunc(s.route)))))
	root.Handle("/", s.options.Pages)
	zip, err := gzhttp.NewWrapper(gzhttp.MinSize(1400), gzhttp.RandomJitter(32, 0, false))
	if err != nil {
		panic(err)
	}
	return limitTime(secure(zip(s.observe(root))), s.isStream)
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// OpenAPI is the description of all operations as JSON.
func (s *Server) OpenAPI() []byte { return s.document().json }

// route answers an operation; a path without one is 401 to strangers and 404 or 405 to others.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if _, pattern := s.mux.Handler(r); pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	if auth.From(r.Context()).ID == "" {
		writeProblem(w, r, s.log, notSignedIn())
		return
	}
	if allow := s.methods(r); len(allow) > 0 {
		w.Header().Set("Allow", strings.Join(allow, ", "))
		writeProblem(w, r, s.log, base.Fail(base.Usage, "wrong_method", base.T("Diese Adresse kennt %s nicht.",
			"This address does not know %s.", r.Method)))
		return
	}
	writeProblem(w, r, s.log, base.Fail(base.NotFound, "no_such_address", base.T("Diese Adresse gibt es nicht.",
		"This address does not exist.")).WithHint(base.T("Alle Adressen stehen in /api/openapi.json.",
		"All addresses are listed in /api/openapi.json.")))
}

// methods lists what a path would answer to.
func (s *Server) methods(r *http.Request) []string {
	var out []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = m
		if _, pattern := s.mux.Handler(other); pattern != "" {
			out = append(out, m)
		}
	}
	return out
}

func notSignedIn() error { return auth.Check(context.Background(), auth.Self) }

func (s *Server) isStream(r *http.Request) bool {
	_, pattern := s.mux.Handler(r)
	return s.streams[pattern]
}

func (s *Server) isThrottled(r *http.Request) bool {
	_, pattern := s.mux.Handler(r)
	return s.throttled[pattern]
}

func (s *Server) serveDocument(mime string, body func() []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mime)
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(body())
	}
}

func (s *Server) health(w http.ResponseWriter, _ *http.Request) { writeState(w, http.StatusOK, "ok") }

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.options.Ready(r.Context()); err != nil {
		s.log.Error("not ready", "error", err)
		writeState(w, http.StatusServiceUnavailable, "not ready")
		return
	}
	writeState(w, http.StatusOK, "ready")
}

func writeState(w http.ResponseWriter, status int, state string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"status": state})
}
