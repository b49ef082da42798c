package robust

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// maxMemory is the most that any process may take, in bytes (issue: 600 MB).
const maxMemory = 600 << 20

// binary is the program under test, program its folder, which other users may read.
var binary, program string

func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	var err error
	if program, err = os.MkdirTemp("", "lr"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(program)
	binary = filepath.Join(program, "lotse")
	out, err := exec.Command("go", "build", "-tags", "sqlite_fts5", "-o", binary, "lotse.dev/lotse/cmd/lotse").CombinedOutput()
	if err == nil {
		err = os.Chmod(program, 0o755)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s%v\n", out, err)
		return 1
	}
	return m.Run()
}

// soak says whether this is the long run of scripts/soak.sh.
func soak() bool { return os.Getenv("LOTSE_SOAK") != "" }

// times is how often something is tried: less in make test, more in make soak. The kills of imports, undos, signatures,
// jobs and backups are 50 and 500 together.
func times(test, long int) int {
	if !soak() {
		return test
	}
	if n, err := strconv.Atoi(os.Getenv("LOTSE_KILLS")); err == nil && n > 0 {
		return max(1, n*long/500)
	}
	return long
}

// folder makes an empty folder with a short path.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lr")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// result is what a command left.
type result struct {
	out, errs string
	status    int
	peak      int64 // bytes of memory at most
}

// command prepares the program with a clean environment.
func command(args ...string) *exec.Cmd {
	cmd := exec.Command(binary, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + program, "TMPDIR=" + os.TempDir()}
	return cmd
}

// lotse runs the program to its end and checks how much memory it took.
func lotse(t testing.TB, args ...string) result {
	t.Helper()
	return finish(t, command(args...))
}

func finish(t testing.TB, cmd *exec.Cmd) result {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r := result{out: out.String(), errs: errs.String(), status: cmd.ProcessState.ExitCode(), peak: peak(cmd.ProcessState)}
	if r.peak > maxMemory {
		t.Errorf("%v took %d MB", cmd.Args[1:], r.peak>>20)
	}
	return r
}

// peak is the high-water mark of an ended process (VmHWM).
func peak(s *os.ProcessState) int64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return u.Maxrss << 10
	}
	return 0
}

// must runs a command that has to succeed and returns its standard output.
func must(t testing.TB, args ...string) string {
	t.Helper()
	r := lotse(t, args...)
	if r.status != 0 {
		t.Fatalf("%v: status %d\n%s%s", args, r.status, r.out, r.errs)
	}
	return r.out
}

// problem is an error as --json prints it.
type problem struct {
	Code, Text, Hint string
	Place            struct {
		File, Column string
		Line         int64
	}
}

// problemOf reads the error of a command that ran with --json.
func problemOf(t testing.TB, r result) problem {
	t.Helper()
	var p struct{ Error problem }
	if err := json.Unmarshal([]byte(r.errs), &p); err != nil {
		t.Errorf("standard error is no JSON (status %d): %q", r.status, r.errs)
	}
	return p.Error
}

func write(t testing.TB, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// copyTree copies a data folder.
func copyTree(t testing.TB, from, to string) string {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}
