package intake

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/store/database"
)

// Upload is a file that was brought and waits to be loaded.
type Upload struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Size      int64     `json:"size"`
	SHA256    string    `json:"sha256"`
	ExpiresAt time.Time `json:"expires_at"`
}

const (
	uploadLife = 48 * time.Hour
	maxUpload  = 64 << 30
	maxName    = 200
)

// Receive writes the bytes of r into the instance. Nothing stays when it breaks off.
func (s *Service) Receive(ctx context.Context, name string, r io.Reader) (*Upload, error) {
	if err := s.expire(ctx); err != nil { // a server may run for months
		return nil, err
	}
	name = cleanName(name)
	now := s.Clock()
	u := &Upload{ID: base.NewID(now), Name: name, ExpiresAt: now.Add(uploadLife)}
	path := filepath.Join(s.uploadDir(), u.ID)
	if err := s.store(ctx, path, r, u); err != nil {
		os.Remove(path)
		return nil, err
	}
	err := s.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO upload(id, name, size, sha256, created_by, created_at, expires_at) VALUES (?,?,?,?,?,?,?)`,
			u.ID, u.Name, u.Size, u.SHA256, auth.From(ctx).By(), database.Stamp(now), database.Stamp(u.ExpiresAt))
		return err
	})
	if err != nil {
		os.Remove(path)
		return nil, err
	}
	return u, nil
}

func (s *Service) store(ctx context.Context, path string, r io.Reader, u *Upload) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return database.Translate(err)
	}
	h := sha256.New()
	from := &bodyReader{ctx: ctx, r: r}
	u.Size, err = io.CopyBuffer(io.MultiWriter(f, h), from, make([]byte, 1<<20))
	switch {
	case err != nil && from.err != nil:
		err = brokenOff(from.err)
	case err == nil && u.Size == 0:
		err = base.Fail(base.Refused, "empty_file", base.T("Die Datei ist leer.", "The file is empty.")).At(base.Place{File: u.Name}).
			WithHint(base.T("Geben Sie die Daten noch einmal aus dem Quellsystem aus.", "Export the data again from its system."))
	}
	u.SHA256 = hex.EncodeToString(h.Sum(nil))
	return database.Translate(errors.Join(err, f.Close()))
}

// bodyReader remembers an error of the reading side, so that a broken connection and a full disk are told apart.
type bodyReader struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (b *bodyReader) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		b.err = err
		return 0, err
	}
	n, err := b.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}

func brokenOff(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return base.Fail(base.TooLarge, "upload_too_large", base.T("Die Datei ist größer als %s GB.", "The file is larger than %s GB.", base.Number{Value: maxUpload >> 30}))
	}
	return base.Fail(base.Unavailable, "upload_broken_off", base.T("Die Übertragung wurde abgebrochen; es ist nichts gespeichert.", "The transfer was broken off; nothing is stored.")).
		WithHint(base.T("Übertragen Sie die Datei noch einmal.", "Transfer the file again.")).Because(err)
}

// cleanName keeps the last part of a path without control characters.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[len(name)-maxName:], "")
	}
	if name == "" {
		return "datei"
	}
	return strings.ToValidUTF8(name, "")
}

// upload finds an upload that has not expired.
func (s *Service) upload(ctx context.Context, id string) (*Upload, error) {
	u := &Upload{ID: id}
	var expires string
	err := s.DB.Read().QueryRowContext(ctx, `SELECT name, size, sha256, expires_at FROM upload WHERE id = ?`, id).Scan(&u.Name, &u.Size, &u.SHA256, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, base.Fail(base.NotFound, "upload_not_found", base.T("Die übertragene Datei gibt es nicht mehr.", "The transferred file is gone.")).
			WithHint(base.T("Übertragen Sie sie noch einmal.", "Transfer it again."))
	}
	if err != nil {
		return nil, database.Translate(err)
	}
	u.ExpiresAt = database.ParseStamp(expires)
	return u, nil
}

// source opens the file of an upload.
func (s *Service) source(u *Upload) (*format.Source, error) {
	src, err := format.Find(filepath.Join(s.uploadDir(), u.ID), u.Name)
	if err == nil {
		src.Tmp = s.tmpDir()
	}
	return src, err
}

// Discard removes an upload.
func (s *Service) Discard(ctx context.Context, id string) error {
	if _, err := s.upload(ctx, id); err != nil {
		return err
	}
	if err := s.forget(ctx, id); err != nil {
		return err
	}
	return nil
}

func (s *Service) forget(ctx context.Context, id string) error {
	err := s.DB.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM upload WHERE id = ?`, id)
		return err
	})
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(s.uploadDir(), id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return database.Translate(err)
	}
	return nil
}

// expire removes uploads whose time is over.
func (s *Service) expire(ctx context.Context) error {
	rows, err := s.DB.Read().QueryContext(ctx, `SELECT id FROM upload WHERE expires_at < ?`, database.Stamp(s.Clock()))
	if err != nil {
		return database.Translate(err)
	}
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			rows.Close()
			return err
		}
		ids = append(ids, id)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.forget(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
