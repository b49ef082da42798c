package robust

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is a running lotse serve, asked through the operator's socket.
type server struct {
	t       testing.TB
	dir     string
	address string // of the public listener, http://…
	cmd     *exec.Cmd
	errs    *output
	client  *http.Client
	stop    func() int // ends it with SIGTERM and returns its exit status
}

// output is what a process writes while it runs.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

var ready = regexp.MustCompile(`msg=ready address=(\S+)`)

// serve starts the server of a data folder and waits until it is ready.
func serve(t testing.TB, dir string) *server {
	t.Helper()
	s := &server{t: t, dir: dir, errs: &output{}, cmd: command("serve", "--data", dir, "--listen", "127.0.0.1:0")}
	s.cmd.Stderr = s.errs
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { s.cmd.Wait(); close(ended) }()
	s.stop = sync.OnceValue(func() int {
		s.cmd.Process.Signal(syscall.SIGTERM)
		<-ended
		return s.cmd.ProcessState.ExitCode()
	})
	t.Cleanup(func() { s.stop() })
	s.client = &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", filepath.Join(dir, "lotse.sock"))
	}}}
	for {
		if m := ready.FindStringSubmatch(s.errs.String()); m != nil {
			s.address = m[1]
			return s
		}
		select {
		case <-ended:
			t.Fatalf("serve ended with %d: %s", s.cmd.ProcessState.ExitCode(), s.errs)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// dialer connects to the public listener, whatever host a request names.
func dialer(address string) func(ctx context.Context, _, _ string) (net.Conn, error) {
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", strings.TrimPrefix(address, "http://"))
	}
}

// kill ends the server without a chance to clean up.
func (s *server) kill() {
	s.cmd.Process.Kill()
	s.stop()
}

// peak is the most memory that the running server took, memory what it takes now.
func (s *server) peak() int64   { return s.status("VmHWM:") }
func (s *server) memory() int64 { return s.status("VmRSS:") }

func (s *server) status(of string) int64 {
	s.t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	var kb int64
	_, rest, _ := strings.Cut(string(b), of)
	fmt.Sscan(rest, &kb)
	return kb << 10
}

// send asks the API as the operator and returns status and body.
func (s *server) send(method, path string, in any) (int, []byte) {
	s.t.Helper()
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			s.t.Fatal(err)
		}
		body = bytes.NewReader(b)
	}
	r, err := http.NewRequest(method, "http://lotse/api/v1"+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := s.client.Do(r)
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", method, path, err, s.errs)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, b
}

// get reads an answer that has to be there.
func (s *server) get(path string, out any) {
	s.t.Helper()
	status, body := s.send("GET", path, nil)
	if status != 200 {
		s.t.Fatalf("GET %s: %d %s", path, status, body)
	}
	if err := json.Unmarshal(body, out); err != nil {
		s.t.Fatalf("GET %s: %v: %s", path, err, body)
	}
}

// task is a job as the API tells it.
type task struct {
	ID, Kind, State string
	EndedAt         *time.Time `json:"ended_at"`
	Error           *problem
}

func (s *server) jobs() []task {
	s.t.Helper()
	var list struct{ Items []task }
	s.get("/jobs?limit=500", &list)
	return list.Items
}

// settled waits until nothing runs or waits and returns the jobs.
func (s *server) settled() []task {
	s.t.Helper()
	for {
		jobs, open := s.jobs(), false
		for _, j := range jobs {
			open = open || j.EndedAt == nil
		}
		if !open {
			return jobs
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// repeat runs a job again to its end.
func (s *server) repeat(id string) task {
	s.t.Helper()
	status, body := s.send("POST", "/jobs/"+id+"/repeat", nil)
	var j task
	if err := json.Unmarshal(body, &j); err != nil || status >= 300 {
		s.t.Fatalf("repeat: %d %s", status, body)
	}
	for _, x := range s.settled() {
		if x.ID == j.ID {
			return x
		}
	}
	s.t.Fatal("the repeated job is gone")
	return j
}
