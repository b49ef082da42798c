// Package blob keeps attachments as files named by the SHA-256 of their content, so that the same content lies there
// once and none changes. Who may read one belongs to the register.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Store keeps files below a folder.
type Store struct{ dir string }

// Open keeps files in the folder blob of a data folder.
func Open(dataDir string) *Store { return &Store{filepath.Join(dataDir, "blob")} }

// OpenIn keeps files in another folder of a data folder: those that are needed for a while only.
func OpenIn(dataDir, folder string) *Store { return &Store{filepath.Join(dataDir, folder)} }

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (s *Store) path(hash string) string { return filepath.Join(s.dir, hash[:2], hash) }

// Put keeps what r holds, at most largest bytes (TooLarge/file_too_large), and answers its hash. The file is on the
// disk when Put returns.
func (s *Store) Put(r io.Reader, largest int64) (hash string, size int64, err error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", 0, err
	}
	tmp, err := os.CreateTemp(s.dir, ".new-")
	if err != nil {
		return "", 0, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(tmp, h), io.LimitReader(r, largest+1))
	if err != nil {
		return "", 0, err
	}
	if size > largest {
		return "", 0, base.Fail(base.TooLarge, "file_too_large", base.T("Die Datei ist größer als %d MB.", "The file is larger than %d MB.", int(largest>>20)))
	}
	hash = hex.EncodeToString(h.Sum(nil))
	if err := errors.Join(tmp.Sync(), tmp.Close(), os.MkdirAll(filepath.Dir(s.path(hash)), 0o700)); err != nil {
		return "", 0, err
	}
	return hash, size, os.Rename(tmp.Name(), s.path(hash))
}

// Get opens a kept file; NotFound/file_missing when it is not there.
func (s *Store) Get(hash string) (*os.File, error) {
	if !hashForm.MatchString(hash) {
		return nil, missing(nil)
	}
	f, err := os.Open(s.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(err)
	}
	return f, err
}

// Remove takes a file away; one that is not there is no error.
func (s *Store) Remove(hash string) error {
	if !hashForm.MatchString(hash) {
		return missing(nil)
	}
	if err := os.Remove(s.path(hash)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Expire takes away every file that was kept before a moment.
func (s *Store) Expire(before time.Time) error {
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.ModTime().Before(before) {
			err = os.Remove(path)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Verify compares a kept file with its name.
func (s *Store) Verify(hash string) error {
	f, err := s.Get(hash)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != hash {
		return base.Fail(base.Refused, "file_changed", base.T("Der Inhalt der Datei %s wurde verändert.", "The content of the file %s was changed.", hash))
	}
	return nil
}

func missing(cause error) error {
	return base.Fail(base.NotFound, "file_missing", base.T("Die Datei ist nicht mehr da.", "The file is no longer there.")).Because(cause)
}
