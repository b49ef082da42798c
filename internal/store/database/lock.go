package database

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"lotse.dev/lotse/internal/base"
)

// LockName is the name of the lock file inside the data folder.
const LockName = "lotse.lock"

// Lock is the instance's lock: one process works on a data folder at a time. The kernel gives it back when the
// process ends in any way.
type Lock struct{ file *os.File }

// TakeLock takes the lock of a folder or fails with Unavailable/instance_locked, naming the process that holds it.
func TakeLock(dir string) (*Lock, error) {
	path := filepath.Join(dir, LockName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, placed(Translate(err), dir)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, locked(dir, Holder(dir))
		}
		return nil, placed(Translate(err), dir)
	}
	l := &Lock{file: f}
	if err := l.sign(); err != nil {
		l.Release()
		return nil, placed(Translate(err), dir)
	}
	return l, nil
}

// sign writes who holds the lock, for the message of the next one.
func (l *Lock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(fmt.Appendf(nil, "%d %s\n", os.Getpid(), command()), 0)
	return err
}

func command() string {
	args := append([]string{filepath.Base(os.Args[0])}, os.Args[1:]...)
	if len(args) > 2 {
		args = args[:2] // the name of the command is enough, arguments may be private
	}
	return strings.Join(args, " ")
}

// Holder says which process signed the lock file last, as "1234 lotse serve"; "" when nobody did.
func Holder(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, LockName))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Close() }

func locked(dir, holder string) *base.Error {
	if holder == "" {
		holder = "?"
	}
	return base.Fail(base.Unavailable, "instance_locked",
		base.T("Mit diesem Datenordner arbeitet gerade ein anderer Prozess (%s).",
			"Another process is working on this data folder (%s).", holder)).
		WithHint(base.T("Warten Sie, bis er fertig ist, oder beenden Sie ihn.", "Wait until it is done, or end it.")).
		At(base.Place{File: dir})
}
