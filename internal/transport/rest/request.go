package rest

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// requestLimit is how long a request that is no stream may take.
const requestLimit = 60 * time.Second

// trace is what the layers of one request tell each other.
type trace struct {
	reference string
	operation string
	log       *slog.Logger
}

type traceKey struct{}

func traceOf(ctx context.Context) *trace {
	t, _ := ctx.Value(traceKey{}).(*trace)
	return t
}

func reference(ctx context.Context) string {
	if t := traceOf(ctx); t != nil {
		return t.reference
	}
	return ""
}

func loggerOf(ctx context.Context) *slog.Logger {
	if t := traceOf(ctx); t != nil {
		return t.log
	}
	return slog.Default()
}

// note says which operation the request reached.
func note(ctx context.Context, operation string) {
	if t := traceOf(ctx); t != nil {
		t.operation = operation
	}
}

// recorder remembers the status of the answer and whether it began.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// Flush passes a flush on.
func (r *recorder) Flush() {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	http.NewResponseController(r.ResponseWriter).Flush()
}

func began(w http.ResponseWriter) bool {
	r, ok := w.(*recorder)
	return ok && r.status != 0
}

// observe gives each request a reference, a language, a log line and a place in the counters; a panic becomes an
// internal error.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		t := &trace{reference: base.NewID(start), log: s.log}
		ctx := context.WithValue(r.Context(), traceKey{}, t)
		ctx = base.WithLang(ctx, language(r))
		rec := &recorder{ResponseWriter: w}
		ctx = operation.WithHeader(ctx, rec.Header())
		r = r.WithContext(ctx)
		defer func() {
			if p := recover(); p != nil {
				if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(p)
				}
				s.log.Error("panic", "reference", t.reference, "path", logged(r.URL.Path), "panic", p, "stack", string(debug.Stack()))
				if !began(rec) {
					writeProblem(rec, r, s.log, errors.New("panic"))
				}
			}
			s.counters.count(t.operation, rec.status, time.Since(start))
			level := slog.LevelDebug
			if !safe(r.Method) || rec.status >= http.StatusInternalServerError {
				level = slog.LevelInfo // what changes something can be followed in the log
			}
			s.log.Log(context.WithoutCancel(ctx), level, "request", "reference", t.reference, "method", r.Method, "path", logged(r.URL.Path),
				"operation", t.operation, "status", rec.status, "seconds", time.Since(start).Seconds())
		}()
		next.ServeHTTP(rec, r)
	})
}

func language(r *http.Request) base.Lang {
	if q := r.URL.Query().Get("lang"); q != "" {
		return base.ParseLang(q)
	}
	return base.ParseLang(r.Header.Get("Accept-Language"))
}

// logged is a path as the log shows it: the secrets of one-time links and calendars stay out, because whoever reads the
// log could use them.
func logged(path string) string {
	for _, before := range []string{Prefix + "/one_time/", "/einmal/", Prefix + "/calendar/"} {
		if strings.HasPrefix(path, before) {
			return before + "…"
		}
	}
	return path
}

// limitTime stops requests that are no streams after requestLimit.
func limitTime(next http.Handler, isStream func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		if isStream(r) {
			c.SetWriteDeadline(time.Time{}) // the connection may still have that of an earlier request
			next.ServeHTTP(w, r)
			return
		}
		c.SetReadDeadline(time.Now().Add(requestLimit)) // in-memory connections may not know deadlines
		c.SetWriteDeadline(time.Now().Add(2 * requestLimit))
		ctx, cancel := context.WithTimeout(r.Context(), requestLimit)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

type insideKey struct{}

// AsOperator marks connections that come from the machine itself: the in-memory one of the command line and the
// socket in the data folder. Requests on them act as the operator unless they carry a token.
func AsOperator(ctx context.Context) context.Context { return As(ctx, auth.Operator()) }

// As marks requests that the program itself makes for somebody; no bytes from outside can.
func As(ctx context.Context, p auth.Principal) context.Context {
	return context.WithValue(ctx, insideKey{}, p)
}

// identify finds out who asks and refuses forged requests.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p, err := s.principal(r)
		if err != nil {
			writeProblem(w, r, s.log, err)
			return
		}
		if p.ID != "" {
			r = r.WithContext(auth.With(r.Context(), p))
		}
		r = r.WithContext(auth.WithCaller(r.Context(), s.caller(r)))
		next.ServeHTTP(w, r)
	})
}

func (s *Server) principal(r *http.Request) (auth.Principal, error) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		p, err := s.identities.ByToken(r.Context(), token)
		if err == nil && p.ID == "" {
			err = base.Fail(base.Unauthenticated, "bad_token", base.T("Der API-Schlüssel gilt nicht.", "The API token is not valid."))
		}
		return p, err
	}
	if p, inside := r.Context().Value(insideKey{}).(auth.Principal); inside {
		return p, nil
	}
	if !safe(r.Method) {
		if err := s.sameOrigin.Check(r); err != nil {
			return auth.Principal{}, forged(err)
		}
	}
	cookie, err := r.Cookie(auth.CookieName)
	if err != nil {
		return auth.Principal{}, nil
	}
	p, csrf, err := s.identities.BySession(r.Context(), cookie.Value)
	if err != nil || p.ID == "" {
		return auth.Principal{}, err
	}
	signIn := r.Method == http.MethodPost && r.URL.Path == Prefix+"/session" // begins a session of its own
	if !safe(r.Method) && !signIn && !equal(r.Header.Get("X-CSRF-Token"), csrf) {
		return auth.Principal{}, forged(nil)
	}
	return p, nil
}

func forged(cause error) error {
	return base.Fail(base.Forbidden, "csrf", base.T("Die Anfrage kam nicht von einer Seite dieser Anwendung.",
		"The request did not come from a page of this application.")).
		WithHint(base.T("Laden Sie die Seite neu und wiederholen Sie den Schritt.", "Reload the page and repeat the step.")).Because(cause)
}

func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// loopback says whether the request came from the machine itself and not through a proxy.
func loopback(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}
