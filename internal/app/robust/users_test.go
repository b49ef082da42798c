package robust

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// page is what a browser asks for when somebody opens a page, one request after the other, or something people write.
type page struct {
	name     string
	weight   int
	requests func(u *user) []request
}

type request struct {
	method, path string
	body         any
}

// house is what the users find in the demo company.
type house struct {
	processes, initiatives, plans []string
	metrics                       []string          // name?process=NAME
	activity                      map[string]string // one of each process
}

// pages are weighed as an officer's team would use them: mostly looking, now and then writing.
var pages = []page{
	{"overview", 18, func(u *user) []request { return gets("/overview", "/notices/count") }},
	{"metrics", 8, func(u *user) []request { return gets("/metrics") }},
	{"metric", 14, func(u *user) []request {
		name, process, _ := strings.Cut(u.one(u.metrics), "?")
		in := "/metrics/" + url.PathEscape(name)
		return gets(in+"?"+process, in+"/query?by="+u.one([]string{"day", "week", "month", "month", "quarter"})+"&"+process)
	}},
	{"process map", 10, func(u *user) []request {
		p := u.one(u.processes)
		in := "/processes/" + url.PathEscape(p)
		return gets(in+"/summary", in+"/dfg", in+"/variants?limit=20")
	}},
	{"process map, filtered", 6, func(u *user) []request {
		p := u.one(u.processes)
		return gets("/processes/" + url.PathEscape(p) + "/dfg?state=complete&activity=" + url.QueryEscape(u.activity[p]) + fmt.Sprintf("&from=202%d-%02d-01", 3+u.dice.IntN(3), 1+u.dice.IntN(12)))
	}},
	{"cases", 4, func(u *user) []request {
		return gets("/processes/" + url.PathEscape(u.one(u.processes)) + "/cases?limit=50")
	}},
	{"register", 14, func(u *user) []request {
		return gets("/records/" + u.one([]string{"initiative", "goal", "risk", "decision", "business_case", "work_item"}) + "?limit=50")
	}},
	{"record", 8, func(u *user) []request {
		in := "/records/initiative/" + u.one(u.initiatives)
		return gets(in, in+"/links", in+"/history", in+"/comments")
	}},
	{"search", 5, func(u *user) []request {
		return gets("/search?q=" + url.QueryEscape(u.one([]string{"Rechnung", "Auftrag", "Vertrieb", "Umsatz", "Bonität"})))
	}},
	{"roadmap", 3, func(u *user) []request { return gets("/roadmap") }},
	{"findings", 3, func(u *user) []request { return gets("/findings") }},
	{"effect", 4, func(u *user) []request {
		if len(u.plans) == 0 {
			return gets("/effects")
		}
		return gets("/effects", "/effects/"+u.one(u.plans))
	}},
	{"ledger", 3, func(u *user) []request { return gets("/ledger", "/ledger/calibration", "/closings/calendar") }},
	{"write a comment", 2, func(u *user) []request {
		return []request{{"POST", "/records/initiative/" + u.one(u.initiatives) + "/comments", map[string]any{"text": "Stand besprochen."}}}
	}},
	{"write a record", 2, func(u *user) []request {
		if strings.HasPrefix(u.who.email, "controller") {
			return []request{{"POST", "/records/initiative/" + u.one(u.initiatives) + "/comments", map[string]any{"text": "Zahlen geprüft."}}}
		}
		return []request{{"POST", "/records/goal", map[string]any{"title": fmt.Sprintf("Ziel %d", u.dice.IntN(1e6))}}}
	}},
}

func gets(paths ...string) []request {
	var out []request
	for _, p := range paths {
		out = append(out, request{"GET", p, nil})
	}
	return out
}

// user is one of many who work at the same time, each with a connection of their own.
type user struct {
	*house
	*server
	who  person
	dice *rand.Rand
}

func (u *user) one(of []string) string { return of[u.dice.IntN(len(of))] }

// measured collects what the users saw.
type measured struct {
	mu     sync.Mutex
	took   map[string][]time.Duration
	errors map[string]int
}

func (m *measured) note(name string, took time.Duration, wrong string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.took[name] = append(m.took[name], took)
	if wrong != "" {
		m.errors[wrong]++
	}
}

// work opens pages and thinks in between, until the time is over.
func (u *user) work(until time.Time, think time.Duration, m *measured) {
	sum := 0
	for _, p := range pages {
		sum += p.weight
	}
	for {
		time.Sleep(think/4 + time.Duration(u.dice.Int64N(int64(think)*3/2)))
		if time.Now().After(until) {
			return
		}
		n := u.dice.IntN(sum)
		i := slices.IndexFunc(pages, func(p page) bool { n -= p.weight; return n < 0 })
		start, wrong := time.Now(), ""
		for _, r := range pages[i].requests(u) {
			if status, body := u.try(u.who, r.method, r.path, "", r.body); status/100 != 2 {
				said, _, _ := strings.Cut(string(body), `"reference"`)
				wrong = fmt.Sprintf("%s %s: %d %.300s", r.method, r.path, status, said)
			}
		}
		m.note(pages[i].name, time.Since(start), wrong)
	}
}

// TestUsers lets LOTSE_USERS people work on the demo company for LOTSE_USERS_FOR (five minutes without it), with eight
// seconds between two pages on average, and writes down how long they wait and what memory the server takes. Run it by
// LOTSE_USERS=100 go test -run TestUsers -v ./internal/app/robust.
func TestUsers(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("LOTSE_USERS"))
	if n < 1 {
		t.Skip("LOTSE_USERS says how many")
	}
	length, err := time.ParseDuration(os.Getenv("LOTSE_USERS_FOR"))
	if err != nil {
		length = 5 * time.Minute
	}
	dir := filepath.Join(folder(t), "d")
	must(t, "demo", "--data", dir)
	s := serve(t, dir)
	found := look(t, s)
	users := make([]*user, n)
	for i := range users {
		role := []string{"officer", "officer", "controller", "leader"}[i%4]
		who := account(s, fmt.Sprintf("%s%d@example.com", role, i), role)
		tcp := *s
		tcp.client = &http.Client{Transport: &http.Transport{DialContext: dialer(s.address)}, Timeout: 2 * time.Minute}
		users[i] = &user{house: found, server: &tcp, who: who, dice: rand.New(rand.NewPCG(uint64(i), 6))}
	}
	m := &measured{took: map[string][]time.Duration{}, errors: map[string]int{}}
	until := time.Now().Add(length)
	var group sync.WaitGroup
	for _, u := range users {
		group.Go(func() { u.work(until, 8*time.Second, m) })
	}
	memory := []int64{s.memory()}
	for range 4 {
		time.Sleep(length / 4)
		memory = append(memory, s.memory())
	}
	group.Wait()
	m.report(t, length)
	t.Logf("memory in MB at the start, after each quarter, at most: %d, %d", inMB(memory), s.peak()>>20)
	if s.peak() > maxMemory {
		t.Errorf("the server took %d MB", s.peak()>>20)
	}
	for wrong, times := range m.errors {
		t.Errorf("%d times: %s", times, wrong)
	}
	whole(t, s)
}

// report prints what each page took.
func (m *measured) report(t *testing.T, length time.Duration) {
	var all []time.Duration
	for _, p := range pages {
		took := m.took[p.name]
		all = append(all, took...)
		line(t, p.name, took)
	}
	line(t, "all", all)
	t.Logf("%.1f pages a second for %v, %d kinds of errors, load of the machine: %s", float64(len(all))/length.Seconds(), length, len(m.errors), load())
}

func line(t *testing.T, name string, took []time.Duration) {
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[min(len(took)-1, int(share*float64(len(took))))].Round(time.Millisecond)
	}
	t.Logf("%-22s %6d pages, p50 %7v, p95 %7v, p99 %7v, longest %7v", name, len(took), at(0.5), at(0.95), at(0.99), at(1))
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}

func inMB(bytes []int64) []int64 {
	out := make([]int64, len(bytes))
	for i, b := range bytes {
		out[i] = b >> 20
	}
	return out
}

// look finds what there is to open.
func look(t *testing.T, s *server) *house {
	t.Helper()
	h := &house{activity: map[string]string{}}
	var list struct {
		Items []struct{ ID, Name, Plan, Process string }
	}
	names := func(path string) (out []string) {
		list.Items = nil
		s.get(path, &list)
		for _, i := range list.Items {
			out = append(out, i.ID+i.Name+i.Plan)
		}
		return out
	}
	h.processes, h.initiatives, h.plans = names("/processes"), names("/records/initiative?limit=200"), names("/effects")
	s.get("/metrics", &list)
	for _, m := range list.Items {
		h.metrics = append(h.metrics, m.Name+"?process="+url.QueryEscape(m.Process))
	}
	for _, p := range h.processes {
		var dfg struct {
			Activities []struct{ Name string }
		}
		s.get("/processes/"+url.PathEscape(p)+"/dfg", &dfg)
		h.activity[p] = dfg.Activities[len(dfg.Activities)/2].Name
	}
	return h
}
