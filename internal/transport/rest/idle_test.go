package rest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// TestMemoryIsGivenBackOnceWhenNobodyAsks: after the start, after a row of requests, never during one and not for probes.
func TestMemoryIsGivenBackOnceWhenNobodyAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		times := 0
		i := idle{release: func() { times++ }}
		long := make(chan struct{})
		handler := i.watch(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/long" {
				<-long
			}
		}))
		ask := func(path string) { handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil)) }
		want := func(n int, when string) {
			t.Helper()
			synctest.Wait()
			if times != n {
				t.Fatalf("%s: given back %d times, want %d", when, times, n)
			}
		}
		time.Sleep(2 * restAfter)
		want(1, "after the start")
		time.Sleep(time.Hour)
		want(1, "an hour without a request")
		for range 5 {
			ask("/api/v1/metrics")
			time.Sleep(restAfter / 2)
		}
		want(1, "while people ask")
		time.Sleep(restAfter)
		want(2, "after a row of requests")
		ask("/healthz")
		time.Sleep(2 * restAfter)
		want(2, "after a probe")
		go ask("/long")
		synctest.Wait()
		ask("/")
		time.Sleep(time.Minute)
		want(2, "while a long request runs")
		close(long)
		time.Sleep(2 * restAfter)
		want(3, "after a long request")
		ask("/")
		i.stop()
		time.Sleep(time.Minute)
		want(3, "after the end")
	})
}
