package robust

import (
	"context"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// startUpload sends the head and half of the body of an upload through the operator's socket and returns the open
// connection; the other half never comes.
func startUpload(t *testing.T, s *server, chunked bool) net.Conn {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(s.dir, "lotse.sock"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	half := strings.Repeat("V1;Schritt;13.01.2025 08:00:00\n", 40_000)
	head := fmt.Sprintf("Content-Length: %d\r\n\r\n", 2*len(half))
	if chunked {
		head = fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n", 2*len(half))
	}
	if _, err := io.WriteString(conn, "POST /api/v1/uploads?name=a.csv HTTP/1.1\r\nHost: lotse\r\nContent-Type: application/octet-stream\r\n"+head+half); err != nil {
		t.Fatal(err)
	}
	for count(s.dir, "uploads/*") == 0 {
		time.Sleep(time.Millisecond)
	}
	return conn
}

func TestBrowserClosedDuringUpload(t *testing.T) {
	s := serve(t, filepath.Join(folder(t), "d"))
	for _, chunked := range []bool{false, true} {
		startUpload(t, s, chunked).Close()
		for i := 0; count(s.dir, "uploads/*") > 0; i++ {
			if i > 5000 {
				t.Fatal("the half file stays")
			}
			time.Sleep(2 * time.Millisecond)
		}
	}
	if jobs := s.jobs(); len(jobs) > 0 {
		t.Error(jobs)
	}
	s.stop()
	nothingHalf(t, s.dir)
}

func TestKillServerDuringUpload(t *testing.T) {
	dir := filepath.Join(folder(t), "d")
	s := serve(t, dir)
	startUpload(t, s, false)
	s.kill()
	if count(dir, "lotse.sock") != 1 {
		t.Fatal("a killed server removed its socket, so this test shows nothing")
	}
	if out := must(t, "load", "list", "--data", dir, "--json"); !strings.Contains(out, `"total": 0`) {
		t.Error(out)
	}
	nothingHalf(t, dir)
	serve(t, dir).stop() // in the place of the stale socket
}

// A server that is told to end breaks off what runs; the job is repeatable at the next start.
func TestServerEndsDuringLoad(t *testing.T) {
	dir := folder(t)
	file := logFile(t, filepath.Join(dir, "a.csv"), 0, 20_000, 0)
	data := filepath.Join(dir, "d")
	s := serve(t, data)
	ended := make(chan result, 1)
	go func() {
		ended <- lotse(t, "import", file, "--data", data, "--table", "events", "--process", "p", "--json")
	}()
	for count(data, "uploads/*") == 0 || len(s.jobs()) == 0 {
		time.Sleep(time.Millisecond)
	}
	if status := s.stop(); status != 0 {
		t.Errorf("serve ended with %d: %s", status, s.errs)
	}
	r := <-ended
	s = serve(t, data)
	jobs := s.settled()
	for _, j := range jobs {
		if j.Kind != "load" {
			continue
		}
		switch {
		case j.State == "done" && r.status == 0: // it was faster than the signal
		case j.State == "interrupted" && r.status == 1:
			if e := problemOf(t, r); e.Text == "" || e.Hint == "" || e.Code == "internal" {
				t.Errorf("%+v", e)
			}
			if again := s.repeat(j.ID); again.State != "done" {
				t.Errorf("%+v %+v", again, again.Error)
			}
		default:
			t.Errorf("job %s, import %d: %s", j.State, r.status, r.errs)
		}
	}
	s.stop()
	if n := lakeRows(t, data); n != 20_000*steps {
		t.Errorf("%d rows", n)
	}
	nothingHalf(t, data)
}

// The command that waits for a job of the server is killed: the job goes on, as it does when a browser is closed.
func TestKillClientOfServer(t *testing.T) {
	dir := folder(t)
	file := logFile(t, filepath.Join(dir, "a.csv"), 0, 4000, 0)
	data := filepath.Join(dir, "d")
	s := serve(t, data)
	cmd := command("import", file, "--data", data, "--table", "events", "--process", "p")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for len(s.jobs()) == 0 {
		time.Sleep(time.Millisecond)
	}
	cmd.Process.Kill()
	cmd.Wait()
	for _, j := range s.settled() {
		if j.State != "done" {
			t.Errorf("%+v", j)
		}
	}
	s.stop()
	if n := lakeRows(t, data); n != 4000*steps {
		t.Errorf("%d rows", n)
	}
	nothingHalf(t, data)
}

// Killed while the instance is being made: the next command makes it.
func TestKillFirstImport(t *testing.T) {
	dir := folder(t)
	file := logFile(t, filepath.Join(dir, "a.csv"), 0, 200, 0)
	args := func(data string) []string {
		return []string{"import", file, "--data", data, "--table", "events", "--process", "p"}
	}
	start := time.Now()
	must(t, args(filepath.Join(dir, "whole"))...)
	duration := time.Since(start)
	points := times(8, 40)
	for i := range points {
		data := filepath.Join(dir, fmt.Sprint(i))
		ctx, cancel := context.WithTimeout(t.Context(), duration*time.Duration(2*i+1)/time.Duration(2*points))
		cmd := command(args(data)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() { <-ctx.Done(); cmd.Process.Kill() }()
		cmd.Wait()
		cancel()
		must(t, args(data)...)
		if n := lakeRows(t, data); n != 200*steps {
			t.Errorf("point %d: %d rows", i, n)
		}
		must(t, "check", "--data", data)
		nothingHalf(t, data)
	}
}
