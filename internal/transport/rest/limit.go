package rest

import (
	"crypto/subtle"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"lotse.dev/lotse/internal/base"
)

// How often a stranger may try what is throttled: a burst, then one every few seconds, by address.
const (
	tryBurst  = 30
	tryEvery  = 3 * time.Second
	maxCaller = 10_000 // addresses remembered at once
)

// throttle counts attempts by address.
type throttle struct {
	mu      sync.Mutex
	callers map[string]*rate.Limiter
}

// allow says whether one more attempt of an address is fine.
func (t *throttle) allow(address string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.callers[address]
	if l == nil {
		if t.callers == nil || len(t.callers) >= maxCaller {
			t.callers = map[string]*rate.Limiter{} // forget everybody rather than grow without bound
		}
		l = rate.NewLimiter(rate.Every(tryEvery), tryBurst)
		t.callers[address] = l
	}
	return l.Allow()
}

// limitTries refuses a stranger who tries throttled operations again and again.
func (s *Server) limitTries(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.isThrottled(r) && !s.tries.allow(s.caller(r)) {
			writeProblem(w, r, s.log, base.Fail(base.Unavailable, "too_many",
				base.T("Zu viele Versuche.", "Too many attempts.")).
				WithHint(base.T("Bitte warten Sie eine Minute.", "Please wait a minute.")))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// equal compares secrets in constant time.
func equal(a, b string) bool {
	return b != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
