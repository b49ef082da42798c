package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/transport/cli"
)

// shell runs commands as a person at the machine does.
type shell struct {
	t   *testing.T
	env map[string]string
	in  string
}

// run returns standard output, standard error and the exit status.
func (s shell) run(args ...string) (out, errs string, status int) {
	s.t.Helper()
	var o, e bytes.Buffer
	status = cli.Main(s.t.Context(), s.program(&o, &e, args))
	return o.String(), e.String(), status
}

func (s shell) program(o, e io.Writer, args []string) cli.Program {
	return cli.Program{Version: "test", Open: app.OpenFor, Args: args, In: strings.NewReader(s.in), Out: o, Err: e,
		Getenv: func(name string) string { return s.env[name] }}
}

// background is output that a test may read while a command writes it.
type background struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *background) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *background) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// serveCommand runs lotse serve until stop is called, which returns the exit status.
func serveCommand(t *testing.T, dir string) (url string, output *background, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	output = &background{}
	ended := make(chan int, 1)
	args := []string{"serve", "--data", dir, "--listen", "127.0.0.1:0"}
	go func() { ended <- cli.Main(ctx, shell{t: t}.program(output, output, args)) }()
	stop = sync.OnceValue(func() int { cancel(); return <-ended })
	t.Cleanup(func() { stop() })
	for range 400 {
		if m := regexp.MustCompile(`msg=ready address=(\S+)`).FindStringSubmatch(output.String()); m != nil {
			return m[1], output, stop
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("not ready: " + output.String())
	return "", nil, nil
}

func TestExitStatusAndWhereMessagesGo(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none")
	full := t.TempDir()
	os.WriteFile(filepath.Join(full, "x.txt"), nil, 0o600)
	s := shell{t: t}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"version"}, 0, ""},
		{[]string{"help"}, 0, ""},
		{[]string{"user", "list", "--help"}, 0, ""},
		{[]string{"nonsense"}, 2, "nonsense"},
		{[]string{"user"}, 2, "user add"},
		{[]string{"version", "--nonsense"}, 2, "--nonsense"},
		{[]string{"version", "more"}, 2, "more"},
		{[]string{"user", "list", "--data", missing}, 3, missing},
		{[]string{"check", "--data", full}, 3, full},
		{[]string{"serve", "--data", full, "--listen", "127.0.0.1:0"}, 4, "x.txt"},
		{[]string{"serve", "--data", missing, "--listen", "nonsense"}, 2, "nonsense"},
		{[]string{"user", "list", "--as", "anna@example.com", "--data", missing}, 2, "LOTSE_TOKEN"},
		{[]string{"version", "--lang", "fr"}, 2, "fr"},
	} {
		out, errs, status := s.run(c.args...)
		if status != c.status || !strings.Contains(errs, c.says) || (status == 0) != (errs == "") || status != 0 && out != "" {
			t.Errorf("%v: %d\nout: %s\nerr: %s", c.args, status, out, errs)
		}
	}
	_, errs, _ := s.run("user", "list", "--data", missing, "--json", "--lang", "en")
	var e struct {
		Error struct {
			Code, Text string
			Place      struct{ File string }
		}
	}
	if err := json.Unmarshal([]byte(errs), &e); err != nil || e.Error.Code != "no_instance" || e.Error.Place.File != missing ||
		e.Error.Text != "There is no instance of Lotse in this folder." {
		t.Errorf("%s %v", errs, err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("a command that only looks made a folder")
	}
}

func TestServeAndCommandsThroughItsSocket(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("ein langer Name ", 8), "data") // longer than the address of a socket
	url, output, stop := serveCommand(t, dir)
	if !strings.Contains(output.String(), url+"/einmal/") {
		t.Fatal("no link to the first account: " + output.String())
	}
	info, err := os.Stat(filepath.Join(dir, "lotse.sock"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info, err)
	}
	for path, status := range map[string]int{"/healthz": 200, "/readyz": 200, "/api/v1/accounts": 401} {
		r, err := http.Get(url + path)
		if err != nil || r.StatusCode != status {
			t.Fatal(path, r, err)
		}
		r.Body.Close()
	}
	s := shell{t: t, in: password + "\n"}
	if out, errs, status := s.run("user", "add", "anna@example.com", "--role", "viewer", "--password-stdin", "--data", dir); status != 0 {
		t.Fatal(out, errs)
	}
	out, _, _ := s.run("user", "list", "--data", dir, "--json")
	if !strings.Contains(out, "anna@example.com") {
		t.Fatal(out)
	}
	asAnna(t, dir)
	if _, errs, status := s.run("serve", "--data", dir, "--listen", "127.0.0.1:0"); status != 1 || !strings.Contains(errs, dir) {
		t.Fatal("a second server:", status, errs)
	}
	if status := stop(); status != 0 {
		t.Fatal("serve ended with", status, output.String())
	}
	if out, errs, status := s.run("check", "--data", dir, "--json"); status != 0 || !strings.Contains(out, `"ok": true`) {
		t.Fatal(out, errs)
	}
	if out, _, _ = s.run("user", "list", "--data", dir); !strings.Contains(out, "anna@example.com") {
		t.Fatal("without server:", out)
	}
}

// asAnna uses an API token: the command has exactly the rights of that person.
func asAnna(t *testing.T, dir string) {
	t.Helper()
	token, errs, status := shell{t: t}.run("user", "token", "anna@example.com", "--data", dir)
	if status != 0 {
		t.Fatal(errs)
	}
	anna := shell{t: t, env: map[string]string{"LOTSE_TOKEN": strings.TrimSpace(token)}}
	if _, errs, status := anna.run("user", "list", "--as", "anna@example.com", "--data", dir); status != 5 {
		t.Fatal(status, errs)
	}
	if _, errs, status := anna.run("user", "list", "--as", "bea@example.com", "--data", dir); status != 5 || !strings.Contains(errs, "bea@example.com") {
		t.Fatal(status, errs)
	}
	anna.env["LOTSE_TOKEN"] = "wrong"
	if _, errs, status := anna.run("user", "list", "--as", "anna@example.com", "--data", dir); status != 5 {
		t.Fatal(status, errs)
	}
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := filepath.Join(t.TempDir(), "data")
	_, errs, status := shell{t: t}.run("serve", "--data", dir, "--listen", l.Addr().String())
	if status != 1 || !strings.Contains(errs, l.Addr().String()) || !strings.Contains(errs, "--listen") {
		t.Fatal(status, errs)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a server that cannot start made an instance")
	}
}

func TestMovedFolderIsTheSameInstance(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	s := shell{t: t, in: password + "\n"}
	_, _, stop := serveCommand(t, dir)
	stop()
	if _, errs, status := s.run("user", "add", "anna@example.com", "--role", "admin", "--password-stdin", "--data", dir); status != 0 {
		t.Fatal(errs)
	}
	moved := filepath.Join(t.TempDir(), "b c")
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	if out, errs, status := s.run("user", "list", "--data", moved); status != 0 || !strings.Contains(out, "anna@example.com") {
		t.Fatal(out, errs, status)
	}
}

func TestWrongFlagsAreExplainedInTheLanguageAsked(t *testing.T) {
	for _, c := range []struct {
		want string
		args []string
	}{
		{"Die Option --bogus gibt es hier nicht.", []string{"metric", "list", "--bogus"}},
		{"Die Option -q gibt es hier nicht.", []string{"metric", "list", "-q"}},
		{"There is no option --bogus here.", []string{"metric", "list", "--bogus", "--lang", "en"}},
		{"Der Option --process fehlt ihr Wert.", []string{"metric", "list", "--process"}},
		{"„x“ ist kein Wert für --top.", []string{"process", "summary", "p", "--top", "x"}},
	} {
		if _, errs, status := (shell{t: t}).run(c.args...); status != 2 || !strings.Contains(errs, c.want) {
			t.Errorf("%v: status %d, %s", c.args, status, errs)
		}
	}
}

func TestHelpOfAGroup(t *testing.T) {
	out, errs, status := shell{t: t}.run("metric", "-h")
	if status != 0 || errs != "" || !strings.Contains(out, "metric query") || strings.Contains(out, "import") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	if _, _, status := (shell{t: t}).run("nothing", "-h"); status != 2 {
		t.Errorf("unknown group: status %d", status)
	}
}
