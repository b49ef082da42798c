package rest

import (
	"net/http"
	"sync"
	"time"
)

// restAfter is how long nobody asks before memory is given back.
const restAfter = 3 * time.Second

// idle gives memory back once after the last of a row of requests, so that a server that is left alone overnight does
// not keep what its busiest minute took.
type idle struct {
	mu      sync.Mutex
	running int
	timer   *time.Timer
	release func() // what gives memory back
}

// watch starts with a rest, because starting took memory too.
func (i *idle) watch(next http.Handler) http.Handler {
	i.timer = time.AfterFunc(restAfter, i.release)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" || r.URL.Path == "/metrics" { // come all night and take nothing
			next.ServeHTTP(w, r)
			return
		}
		i.mu.Lock()
		i.running++
		i.timer.Stop()
		i.mu.Unlock()
		defer func() {
			i.mu.Lock()
			defer i.mu.Unlock()
			if i.running--; i.running == 0 {
				i.timer.Reset(restAfter)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (i *idle) stop() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.timer.Stop()
}
