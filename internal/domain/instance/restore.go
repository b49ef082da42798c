package instance

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// largestManifest bounds what is read into memory.
const largestManifest = 64 << 20

// Restore unpacks a backup into a folder that is missing or empty. Every file is compared with the manifest, then
// verify looks at the unpacked instance, and only then the folder gets its name: a restore that fails leaves nothing.
func Restore(ctx context.Context, from io.Reader, dir string, verify func(ctx context.Context, dir string) error) (*Manifest, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := vacant(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, database.Translate(err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".restore-")
	if err != nil {
		return nil, database.Translate(err)
	}
	defer os.RemoveAll(tmp)
	manifest, err := unpack(ctx, from, func(name string) (io.WriteCloser, error) { return create(tmp, name) })
	if err != nil {
		return nil, err
	}
	if err := verify(ctx, tmp); err != nil {
		return nil, err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, database.Translate(err)
	}
	return manifest, database.Translate(os.Rename(tmp, dir))
}

func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return database.Translate(err)
	}
	if len(entries) > 0 {
		return base.Fail(base.Refused, "not_empty", base.T("Der Ordner %s ist nicht leer.", "The folder %s is not empty.", dir)).
			WithHint(base.T("Nennen Sie mit --data einen neuen Ordner; Lotse überschreibt keine Instanz.", "Name a new folder by --data; Lotse overwrites no instance."))
	}
	return nil
}

func damaged(cause error, text base.Text) error {
	return base.Fail(base.Refused, "backup_damaged", base.T("Die Sicherung ist beschädigt. %s", "The backup is damaged. %s", text)).Because(cause)
}

// VerifyBackup reads a backup from beginning to end and compares every file with the manifest.
func VerifyBackup(ctx context.Context, from io.Reader) (*Manifest, error) {
	return unpack(ctx, from, func(string) (io.WriteCloser, error) { return nowhere{io.Discard}, nil })
}

type nowhere struct{ io.Writer }

func (nowhere) Close() error { return nil }

// synced is a file that is on the disk when it is closed.
type synced struct{ *os.File }

func (f synced) Close() error { return errors.Join(f.Sync(), f.File.Close()) }

func create(dir, name string) (io.WriteCloser, error) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	return synced{f}, err
}

func unpack(ctx context.Context, from io.Reader, to func(name string) (io.WriteCloser, error)) (*Manifest, error) {
	in := tar.NewReader(from)
	found := map[string]ManifestFile{}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil, damaged(nil, base.T("Ihr Ende fehlt.", "Its end is missing."))
		}
		if err != nil {
			return nil, damaged(err, base.T("Das ist kein lesbares tar.", "This is no readable tar."))
		}
		if h.Name == manifestName {
			return compare(io.LimitReader(in, largestManifest), found)
		}
		if _, twice := found[h.Name]; twice || h.Typeflag != tar.TypeReg || sparse(h) || !allowed(h.Name) {
			return nil, damaged(nil, base.T("„%s“ gehört nicht hinein.", "“%s” does not belong in there.", h.Name))
		}
		if found[h.Name], err = extract(in, h.Name, to); err != nil {
			return nil, err
		}
	}
}

// sparse says whether a file claims to be larger than what the archive holds of it.
func sparse(h *tar.Header) bool {
	for name := range h.PAXRecords {
		if strings.HasPrefix(name, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// allowed says whether a path may be written: inside the folder, and a place that a backup uses.
func allowed(name string) bool {
	if !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, `\`) {
		return false
	}
	top, _, below := strings.Cut(name, "/")
	return !below && (name == database.FileName || name == "seal.log") || below && (top == "lake" || slices.Contains(keptFolders, top))
}

func extract(in io.Reader, name string, to func(name string) (io.WriteCloser, error)) (ManifestFile, error) {
	f := ManifestFile{Path: name}
	out, err := to(name)
	if err != nil {
		return f, database.Translate(err)
	}
	h := sha256.New()
	f.Size, err = io.Copy(io.MultiWriter(out, h), in)
	f.SHA256 = hex.EncodeToString(h.Sum(nil))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		out.Close()
		return f, damaged(err, base.T("Ihr Ende fehlt.", "Its end is missing."))
	}
	return f, database.Translate(errors.Join(err, out.Close()))
}

func compare(in io.Reader, found map[string]ManifestFile) (*Manifest, error) {
	var m Manifest
	if err := json.NewDecoder(in).Decode(&m); err != nil {
		return nil, damaged(err, base.T("Ihr Verzeichnis ist unlesbar.", "Its manifest is unreadable."))
	}
	if m.Format > manifestFormat {
		return nil, base.Fail(base.Refused, "newer_version", base.T("Die Sicherung stammt von einer neueren Fassung (%s).", "The backup is from a newer version (%s).", m.Version))
	}
	for _, f := range m.Files {
		if found[f.Path] != f {
			return nil, damaged(nil, base.T("„%s“ ist nicht, was gesichert wurde.", "“%s” is not what was backed up.", f.Path))
		}
		delete(found, f.Path)
	}
	for name := range found {
		return nil, damaged(nil, base.T("„%s“ steht nicht im Verzeichnis.", "“%s” is not in the manifest.", name))
	}
	return &m, nil
}
