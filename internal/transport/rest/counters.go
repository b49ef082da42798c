package rest

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"lotse.dev/lotse/internal/auth"
)

// counters are what /metrics shows.
type counters struct {
	mu       sync.Mutex
	requests map[series]*tally
}

type series struct {
	operation string
	status    int
}

type tally struct {
	count   int64
	seconds float64
}

func (c *counters) count(operation string, status int, d time.Duration) {
	if operation == "" {
		operation = "other"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.requests == nil {
		c.requests = map[series]*tally{}
	}
	t := c.requests[series{operation, status}]
	if t == nil {
		t = &tally{}
		c.requests[series{operation, status}] = t
	}
	t.count++
	t.seconds += d.Seconds()
}

// write prints the Prometheus text format.
func (c *counters) write(w io.Writer, version string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := slices.SortedFunc(maps.Keys(c.requests), func(a, b series) int {
		if a.operation != b.operation {
			return map[bool]int{true: -1, false: 1}[a.operation < b.operation]
		}
		return a.status - b.status
	})
	fmt.Fprintf(w, "# TYPE lotse_build_info gauge\nlotse_build_info{version=%q} 1\n", version)
	fmt.Fprint(w, "# HELP lotse_requests_total Requests by operation and status.\n# TYPE lotse_requests_total counter\n")
	for _, k := range keys {
		fmt.Fprintf(w, "lotse_requests_total{operation=%q,status=\"%d\"} %d\n", k.operation, k.status, c.requests[k].count)
	}
	fmt.Fprint(w, "# HELP lotse_request_seconds_total Time spent on requests.\n# TYPE lotse_request_seconds_total counter\n")
	for _, k := range keys {
		fmt.Fprintf(w, "lotse_request_seconds_total{operation=%q,status=\"%d\"} %g\n", k.operation, k.status, c.requests[k].seconds)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(w, "# TYPE go_memstats_heap_inuse_bytes gauge\ngo_memstats_heap_inuse_bytes %d\n", m.HeapInuse)
	fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
}

// metrics serves /metrics to the machine itself and to whoever knows the token.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	_, inside := r.Context().Value(insideKey{}).(auth.Principal)
	bearer := equal(r.Header.Get("Authorization"), "Bearer "+s.options.MetricsToken) && s.options.MetricsToken != ""
	if !inside && !bearer && !loopback(r) {
		writeProblem(w, r, s.log, notSignedIn())
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	s.counters.write(w, s.options.Version)
}
