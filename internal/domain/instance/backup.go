package instance

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake/catalogue"
	"lotse.dev/lotse/internal/store/record"
)

// A backup is a tar file: the database as it was at one moment, the files that it names, the keys, and at the end
// manifest.json with the size and hash of each. An archive without its manifest was cut off.
const manifestName = "manifest.json"

// Manifest lists what a backup holds.
type Manifest struct {
	Format    int            `json:"format"`
	Version   string         `json:"version" doc:"of the program that wrote it"`
	CreatedAt time.Time      `json:"created_at"`
	Files     []ManifestFile `json:"files"`
}

// ManifestFile is one file of a backup.
type ManifestFile struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const manifestFormat = 1

// keptFolders are copied whole beside the files that the database names.
var keptFolders = []string{"keys", "refused", "blob"}

// backup streams a backup to the operator at the machine: it holds everything, keys included.
func (s *Service) backup(w http.ResponseWriter, r *http.Request) error {
	if !auth.From(r.Context()).CLI {
		return base.Fail(base.Forbidden, "operator_only", base.T("Das geht nur mit lotse backup an der Maschine selbst.",
			"Only lotse backup at the machine itself can do this."))
	}
	tmp, err := os.MkdirTemp(filepath.Join(s.db.Dir(), "tmp"), "backup-")
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(filepath.Join(s.db.Dir(), "tmp"), 0o700); err == nil {
			tmp, err = os.MkdirTemp(filepath.Join(s.db.Dir(), "tmp"), "backup-")
		}
	}
	if err != nil {
		return database.Translate(err)
	}
	defer os.RemoveAll(tmp)
	b, err := s.collect(r.Context(), tmp)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/x-tar")
	return b.write(r.Context(), w)
}

// collection is what goes into a backup: paths inside the archive and where they lie now.
type collection struct {
	manifest Manifest
	files    []collected
}

type collected struct{ name, from string }

// tries is how often a backup begins again because files that its copy of the database names were merged meanwhile.
const tries = 5

func (s *Service) collect(ctx context.Context, tmp string) (*collection, error) {
	for try := 1; ; try++ {
		b, err := s.collectOnce(ctx, filepath.Join(tmp, fmt.Sprint(try)))
		if err == nil || !errors.Is(err, fs.ErrNotExist) || try == tries {
			return b, database.Translate(err)
		}
	}
}

func (s *Service) collectOnce(ctx context.Context, tmp string) (*collection, error) {
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return nil, err
	}
	copied := filepath.Join(tmp, database.FileName)
	if err := s.db.Snapshot(ctx, copied); err != nil {
		return nil, err
	}
	db, err := database.OpenCopy(copied)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	b := &collection{manifest: Manifest{Format: manifestFormat, Version: s.version, CreatedAt: s.clock().UTC()}}
	b.files = append(b.files, collected{database.FileName, copied})
	named, err := catalogue.Paths(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(named)) { // linked, so that a merge that removes them cannot take them away
		link := filepath.Join(tmp, "lake", filepath.FromSlash(name))
		if err := hold(filepath.Join(s.db.Dir(), "lake", filepath.FromSlash(name)), link); err != nil {
			return nil, err
		}
		b.files = append(b.files, collected{path.Join("lake", name), link})
	}
	for _, folder := range keptFolders {
		if err := b.folder(s.db.Dir(), folder, tmp); err != nil {
			return nil, err
		}
	}
	return b, s.sealFile(ctx, db, tmp, b)
}

// hold keeps a file reachable under a second name, by a link or where that cannot be by a copy.
func hold(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Link(from, to); err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// folder holds every file of a folder but those still being written, whose names begin with a point. What is removed
// meanwhile was removed before the backup.
func (b *collection) folder(dir, folder, tmp string) error {
	return filepath.WalkDir(filepath.Join(dir, folder), func(p string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		name, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		link := filepath.Join(tmp, name)
		if err := hold(p, link); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		b.files = append(b.files, collected{filepath.ToSlash(name), link})
		return nil
	})
}

// sealFile takes the seal as it was when the database was copied.
func (s *Service) sealFile(ctx context.Context, db *sql.DB, tmp string, b *collection) error {
	seq, err := record.SealSeq(ctx, db)
	if err != nil || seq == 0 {
		return err
	}
	in, err := os.Open(filepath.Join(s.db.Dir(), record.SealLog))
	if err != nil {
		return fmt.Errorf("seal: %v", err) // no retry: it does not come back
	}
	defer in.Close()
	cut := filepath.Join(tmp, record.SealLog)
	out, err := os.OpenFile(cut, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	b.files = append(b.files, collected{record.SealLog, cut})
	return errors.Join(record.CutSeal(in, out, seq), out.Close())
}

func (b *collection) write(ctx context.Context, w io.Writer) error {
	out := tar.NewWriter(w)
	for _, f := range b.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		kept, err := b.one(out, f)
		if err != nil {
			return err
		}
		b.manifest.Files = append(b.manifest.Files, kept)
	}
	raw, err := json.MarshalIndent(b.manifest, "", " ")
	if err != nil {
		return err
	}
	if err := out.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(raw)), ModTime: b.manifest.CreatedAt}); err != nil {
		return err
	}
	if _, err := out.Write(raw); err != nil {
		return err
	}
	return out.Close()
}

func (b *collection) one(out *tar.Writer, f collected) (ManifestFile, error) {
	kept := ManifestFile{Path: f.name}
	in, err := os.Open(f.from)
	if err != nil {
		return kept, err
	}
	defer in.Close()
	st, err := in.Stat()
	if err != nil {
		return kept, err
	}
	kept.Size = st.Size()
	if err := out.WriteHeader(&tar.Header{Name: f.name, Mode: 0o600, Size: kept.Size, ModTime: b.manifest.CreatedAt}); err != nil {
		return kept, err
	}
	h := sha256.New()
	_, err = io.CopyN(io.MultiWriter(out, h), in, kept.Size)
	kept.SHA256 = hex.EncodeToString(h.Sum(nil))
	return kept, err
}
