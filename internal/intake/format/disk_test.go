package format_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
)

// Whatever a person names as a file is read or refused with a reason; it is never an error of the program.
func TestOddFiles(t *testing.T) {
	dir := t.TempDir()
	fifo, socket := filepath.Join(dir, "fifo"), filepath.Join(dir, "socket")
	must(t, syscall.Mkfifo(fifo, 0o600))
	l, err := net.Listen("unix", socket)
	must(t, err)
	defer l.Close()
	loop := filepath.Join(dir, "loop")
	must(t, os.Symlink(loop, loop))
	for path, code := range map[string]string{
		"": "file_not_found", filepath.Join(dir, "none"): "file_not_found", loop: "file_unreadable", dir: "file_is_folder",
		"/dev/null": "file_is_special", "/dev/zero": "file_is_special", socket: "file_is_special", "/proc/self/mem": "file_unreadable",
	} {
		d, err := format.OpenDisk(t.Context(), path, path)
		if err == nil {
			_, err = io.Copy(io.Discard, d)
			d.Close()
		}
		refusedAs(t, path, err, code)
		_, err = format.Find(path, path)
		refusedAs(t, path, err, code)
	}
	_, err = format.Find(fifo, fifo)
	refusedAs(t, fifo, err, "file_is_pipe")
}

func refusedAs(t *testing.T, path string, err error, code string) {
	t.Helper()
	var e *base.Error
	if !errors.As(err, &e) || e.Kind == base.Internal || e.Code != code || e.Hint.De == "" || e.Place.File != path {
		t.Errorf("%q: %v, want %s", path, err, code)
	}
}

// A pipe is read to its end, and waiting for one that nobody writes ends with the context.
func TestPipe(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	must(t, syscall.Mkfifo(fifo, 0o600))
	go os.WriteFile(fifo, []byte("a;b"), 0o600)
	d, err := format.OpenDisk(t.Context(), fifo, "fifo")
	must(t, err)
	if b, err := io.ReadAll(d); err != nil || string(b) != "a;b" || d.Size() != -1 {
		t.Errorf("%q %v", b, err)
	}
	must(t, d.Close())
	ctx, stop := context.WithCancel(t.Context())
	go stop()
	if _, err := format.OpenDisk(ctx, fifo, "fifo"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	ctx, stop = context.WithCancel(t.Context())
	w, err := os.OpenFile(fifo, os.O_RDWR, 0)
	must(t, err)
	defer w.Close()
	d, err = format.OpenDisk(ctx, fifo, "fifo")
	must(t, err)
	go stop()
	if _, err := d.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	must(t, d.Close())
}

// A file that is cut or grows while it is read is refused; one that only vanishes from its folder is read to its end.
func TestFileThatChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	for name, c := range map[string]struct {
		meanwhile func() error
		code      string
	}{
		"cut":      {func() error { return os.Truncate(path, 3) }, "file_changed"},
		"longer":   {func() error { return os.WriteFile(path, []byte("0123456789+"), 0o600) }, "file_changed"},
		"vanished": {func() error { return os.Remove(path) }, ""},
	} {
		must(t, os.WriteFile(path, []byte("0123456789"), 0o600))
		d, err := format.OpenDisk(t.Context(), path, path)
		must(t, err)
		must(t, c.meanwhile())
		b, err := io.ReadAll(d)
		if c.code != "" {
			refusedAs(t, path, err, c.code)
		} else if err != nil || string(b) != "0123456789" {
			t.Errorf("%s: %q %v", name, b, err)
		}
		must(t, d.Close())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
