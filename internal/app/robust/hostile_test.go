package robust

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// tries is how often the hostile questions are asked at the same moment, largest the most that an answer may have.
const (
	tries   = 36
	largest = 64 << 20
)

// hostile is a question that nobody who means well asks.
type hostile struct {
	name string
	ask  request
	code string // the refusal that must come, "" where a bounded answer is as good
}

// manyProducts writes orders of n products, one each, spread over three years.
func manyProducts(t *testing.T, path string, n int) string {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "order_id;time;product_id;net")
	first := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(w, "A%d;%s;P%06d;%d.50\n", i, first.AddDate(0, 0, i%1096).Format("2006-01-02"), i, i%1000)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return path
}

// questions are the hostile questions about the instance of TestHostileQuestions.
func questions() []hostile {
	everything := url.Values{"attr": {}, "activity": {}}
	for i := range 50 {
		everything.Add("attr", fmt.Sprintf("betrag=%d.5", i))
		everything.Add("activity", fmt.Sprintf("Schritt %d", i%steps))
	}
	wide := map[string]any{"name": "breit", "format": "csv", "columns": []any{}, "rows": []any{}}
	for i := range 3000 {
		wide["columns"] = append(wide["columns"].([]any), map[string]any{"title": fmt.Sprint("Spalte ", i), "type": "text"})
	}
	sorts := "-updated_at,title,-created_at,updated_by,created_by"
	return []hostile{
		{"every product by day", request{"GET", "/metrics/revenue/query?by=day&dim=product_id", nil}, "too_many_points"},
		{"rows of a metric from far behind", request{"GET", "/metrics/revenue/rows?limit=500&offset=9500&from=2023-01-01&to=2026-12-31", nil}, ""},
		{"process filter over everything", request{"GET", "/processes/p/dfg?" + everything.Encode(), nil}, ""},
		{"cases under a filter over everything", request{"GET", "/processes/p/cases?limit=500&" + everything.Encode(), nil}, ""},
		{"variants", request{"GET", "/processes/p/variants?limit=500&state=open", nil}, ""},
		{"records by every order", request{"GET", "/records/goal?limit=1000&sort=" + sorts, nil}, ""},
		{"records by a part of a word", request{"GET", "/records/goal?limit=1000&q=z", nil}, ""},
		{"export of 3,000 columns", request{"POST", "/export/table", wide}, "any"},
	}
}

// Questions that are too large, one by one and 36 at once, end with a clear refusal or a bounded answer, while the server
// goes on to answer others within its memory.
func TestHostileQuestions(t *testing.T) {
	dir := folder(t)
	data := filepath.Join(dir, "d")
	must(t, "import", manyProducts(t, filepath.Join(dir, "a.csv"), 100_000), "--data", data, "--table", "orders")
	must(t, "import", logFile(t, filepath.Join(dir, "b.csv"), 0, 20_000, 0), "--data", data, "--table", "events", "--process", "p")
	goals := write(t, filepath.Join(dir, "c.csv"), "Ziel\n"+numbered("Ziel", times(2000, 100_000)))
	must(t, "record", "goal", "import", goals, "--data", data)
	s := serve(t, data)
	stop := make(chan struct{})
	waited := watch(t, s, stop)
	for _, q := range questions() {
		start := time.Now()
		status, size, wrong := s.bounded(q)
		t.Logf("%s: %d, %d kB after %v", q.name, status, size>>10, time.Since(start).Round(time.Millisecond))
		if wrong != "" {
			t.Errorf("%s: %s", q.name, wrong)
		}
	}
	var group sync.WaitGroup
	for i := range tries {
		q := questions()[i%len(questions())]
		group.Go(func() {
			if _, _, wrong := s.bounded(q); wrong != "" {
				t.Errorf("%d at once: %s: %s", tries, q.name, wrong)
			}
		})
	}
	group.Wait()
	close(stop)
	t.Logf("/healthz answered after %v at the latest; the server took %d MB at most, %d MB in the end; load of the machine: %s", <-waited, s.peak()>>20, s.memory()>>20, load())
	if s.peak() > maxMemory {
		t.Errorf("the server took %d MB", s.peak()>>20)
	}
	whole(t, s)
}

func numbered(what string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s %d\n", what, (i*7919)%n)
	}
	return b.String()
}

// bounded asks and says what is wrong with the answer.
func (s *server) bounded(q hostile) (status int, size int64, wrong string) {
	var body io.Reader
	if q.ask.body != nil {
		b, err := json.Marshal(q.ask.body)
		if err != nil {
			return 0, 0, err.Error()
		}
		body = strings.NewReader(string(b))
	}
	r, err := http.NewRequest(q.ask.method, "http://lotse/api/v1"+q.ask.path, body)
	if err != nil {
		return 0, 0, err.Error()
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, 0, err.Error()
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(io.LimitReader(answer.Body, largest+1))
	if err != nil {
		return answer.StatusCode, int64(len(b)), err.Error()
	}
	var p struct {
		Code, Text, Hint string
		Fields           []struct{ Field, Text string }
	}
	switch {
	case len(b) > largest:
		wrong = "the answer has no bound"
	case answer.StatusCode == 200 && q.code == "":
	case answer.StatusCode == 200:
		wrong = "it was answered"
	case json.Unmarshal(b, &p) != nil || p.Text == "" || p.Code == "internal":
		wrong = fmt.Sprintf("%d %.300s", answer.StatusCode, b)
	case q.code != "" && q.code != "any" && p.Code != q.code, p.Hint == "" && len(p.Fields) == 0:
		wrong = fmt.Sprintf("%d %+v", answer.StatusCode, p)
	}
	return answer.StatusCode, int64(len(b)), wrong
}

// watch asks /healthz on the public listener again and again and hands over the longest time that an answer took.
func watch(t *testing.T, s *server, stop <-chan struct{}) <-chan time.Duration {
	t.Helper()
	out := make(chan time.Duration, 1)
	client := &http.Client{Timeout: 20 * time.Second}
	go func() {
		var longest time.Duration
		defer func() { out <- longest.Round(time.Millisecond) }()
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
			start := time.Now()
			answer, err := client.Get(s.address + "/healthz")
			if err != nil {
				t.Error(err)
				return
			}
			answer.Body.Close()
			if answer.StatusCode != 200 {
				t.Errorf("/healthz: %d", answer.StatusCode)
			}
			longest = max(longest, time.Since(start))
		}
	}()
	return out
}
