package format

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"lotse.dev/lotse/internal/base"
)

// Disk is a file of the machine while it is read from beginning to end. What the machine says against that comes as a
// refusal: nothing that a person names as a file is an error of the program.
type Disk struct {
	f    *os.File
	ctx  context.Context
	stop func() bool
	name string
	size int64 // −1 when only the end tells
	read int64
}

// OpenDisk opens a file or a pipe; folders, devices and sockets are refused. Waiting for data ends with the context.
func OpenDisk(ctx context.Context, path, name string) (*Disk, error) {
	return openDisk(ctx, path, name, true)
}

func openDisk(ctx context.Context, path, name string, pipes bool) (*Disk, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, diskFailure(err, name)
	}
	pipe := info.Mode().Type() == fs.ModeNamedPipe
	if !pipe && !info.Mode().IsRegular() {
		return nil, noFile(info.Mode(), name)
	}
	if pipe && !pipes {
		return nil, onlyOnce(name)
	}
	f, err := openWaiting(ctx, path)
	if err != nil {
		return nil, diskFailure(err, name)
	}
	d := &Disk{f: f, ctx: ctx, name: name, size: info.Size()}
	if pipe || d.size == 0 { // files of the system tell no size
		d.size = -1
	}
	d.stop = context.AfterFunc(ctx, func() { f.Close() })
	return d, nil
}

// openWaiting opens a file; a pipe waits for its other end, and gives up with the context.
func openWaiting(ctx context.Context, path string) (*os.File, error) {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.Open(path)
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		return o.f, o.err
	case <-ctx.Done():
		go func() {
			if o := <-done; o.f != nil {
				o.f.Close()
			}
		}()
		return nil, context.Cause(ctx)
	}
}

// Size is the number of bytes, −1 when only the end tells.
func (d *Disk) Size() int64 { return d.size }

// Read reads on. A file that becomes shorter or longer meanwhile is refused.
func (d *Disk) Read(p []byte) (int, error) {
	n, err := d.f.Read(p)
	d.read += int64(n)
	switch {
	case d.ctx.Err() != nil:
		return 0, context.Cause(d.ctx)
	case d.size >= 0 && (d.read > d.size || errors.Is(err, io.EOF) && d.read < d.size):
		return 0, base.Fail(base.Refused, "file_changed", base.T("Die Datei hat sich während des Lesens geändert.", "The file changed while it was read.")).
			WithHint(base.T("Lesen Sie sie ein, wenn niemand mehr hineinschreibt.", "Load it when nobody writes into it any more.")).At(base.Place{File: d.name})
	case err != nil && !errors.Is(err, io.EOF):
		return n, diskFailure(err, d.name)
	}
	return n, err
}

// Close ends the reading.
func (d *Disk) Close() error {
	if !d.stop() {
		return nil // closed with the context
	}
	return d.f.Close()
}

func noFile(mode fs.FileMode, name string) error {
	at := base.Place{File: name}
	if mode.IsDir() {
		return base.Fail(base.Refused, "file_is_folder", base.T("Das ist ein Ordner, keine Datei.", "This is a folder, not a file.")).
			WithHint(base.T("Nennen Sie eine Datei des Ordners.", "Name a file of the folder.")).At(at)
	}
	return base.Fail(base.Refused, "file_is_special", base.T("Das ist ein Gerät oder ein Anschluss, keine Datei.", "This is a device or a socket, not a file.")).
		WithHint(base.T("Speichern Sie die Daten in eine Datei und nennen Sie diese.", "Save the data into a file and name that.")).At(at)
}

// onlyOnce refuses a pipe where a file is read several times.
func onlyOnce(name string) error {
	return base.Fail(base.Refused, "file_is_pipe", base.T("Das ist eine Leitung, die nur einmal gelesen werden kann.", "This is a pipe, which can be read only once.")).
		WithHint(base.T("Speichern Sie die Daten in eine Datei und nennen Sie diese.", "Save the data into a file and name that.")).At(base.Place{File: name})
}

// diskFailure says why a file cannot be opened or read.
func diskFailure(err error, name string) error {
	at := base.Place{File: name}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return base.Fail(base.NotFound, "file_not_found", base.T("Diese Datei gibt es nicht.", "This file does not exist.")).
			WithHint(base.T("Prüfen Sie Namen und Ordner der Datei.", "Check name and folder of the file.")).At(at).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return base.Fail(base.Refused, "file_unreadable", base.T("Diese Datei darf nicht gelesen werden.", "This file may not be read.")).
			WithHint(base.T("Geben Sie Leserecht auf die Datei.", "Grant read permission on the file.")).At(at).Because(err)
	}
	return base.Fail(base.Refused, "file_unreadable", base.T("Diese Datei kann nicht gelesen werden: Der Datenträger oder das System verweigert es.",
		"This file cannot be read: the disk or the system refuses it.")).
		WithHint(base.T("Kopieren Sie die Daten in eine gewöhnliche Datei und nennen Sie diese.", "Copy the data into an ordinary file and name that.")).At(at).Because(err)
}
