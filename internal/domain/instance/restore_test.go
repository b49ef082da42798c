package instance_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/instance"
)

// part is one entry of an archive made by hand.
type part struct {
	name, content string
	header        tar.Header
}

// archive writes parts and a manifest of the regular ones; change may spoil the manifest.
func archive(t *testing.T, parts []part, change func(m *instance.Manifest)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	m := instance.Manifest{Format: 1, Version: "test"}
	for _, p := range parts {
		h := p.header
		h.Name, h.Mode = p.name, 0o600
		if h.Typeflag == 0 || h.Typeflag == tar.TypeReg {
			h.Size = int64(len(p.content))
		}
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := w.Write([]byte(p.content)); err != nil {
				t.Fatal(err)
			}
		}
		sum := sha256.Sum256([]byte(p.content))
		m.Files = append(m.Files, instance.ManifestFile{Path: p.name, Size: h.Size, SHA256: hex.EncodeToString(sum[:])})
	}
	if change != nil {
		change(&m)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteHeader(&tar.Header{Name: "manifest.json", Mode: 0o600, Size: int64(len(raw))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var good = []part{{name: "lotse.db", content: "a database"}, {name: "keys/seal.key", content: "a key"}, {name: "lake/t/1.parquet", content: "facts"}, {name: "seal.log", content: "lines"}}

func fine(context.Context, string) error { return nil }

// Whatever does not fit is refused, and a refused restore leaves nothing: not in the folder, not beside it.
func TestABadBackupLeavesNothing(t *testing.T) {
	whole := archive(t, good, nil)
	with := func(p part) []byte { return archive(t, append(good[:len(good):len(good)], p), nil) }
	changed := bytes.Replace(whole, []byte("a database"), []byte("b database"), 1)
	for name, raw := range map[string][]byte{
		"nothing": nil, "no archive": []byte(strings.Repeat("x", 2000)), "cut off in a file": whole[:600], "cut off before the manifest": whole[:4*1024], "a changed byte": changed,
		"a path out of the folder": with(part{name: "../x", content: "x"}), "a path from the root": with(part{name: "/etc/x", content: "x"}), "a path with a way up inside": with(part{name: "lake/../../x", content: "x"}),
		"a path of Windows": with(part{name: `lake\..\x`, content: "x"}), "a foreign file": with(part{name: "autorun.sh", content: "x"}), "a foreign folder": with(part{name: "bin/x", content: "x"}),
		"a symlink":   with(part{name: "lake/x", header: tar.Header{Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}}),
		"a hard link": with(part{name: "lake/x", header: tar.Header{Typeflag: tar.TypeLink, Linkname: "lotse.db"}}), "a folder": with(part{name: "lake/x/", header: tar.Header{Typeflag: tar.TypeDir}}),
		"a device": with(part{name: "lake/x", header: tar.Header{Typeflag: tar.TypeChar}}), "a file twice": with(part{name: "lotse.db", content: "another"}),
		"a file that is not listed":  archive(t, good, func(m *instance.Manifest) { m.Files = m.Files[1:] }),
		"a file that is not there":   archive(t, good[1:], func(m *instance.Manifest) { m.Files = append(m.Files, instance.ManifestFile{Path: "lotse.db"}) }),
		"another hash":               archive(t, good, func(m *instance.Manifest) { m.Files[0].SHA256 = strings.Repeat("0", 64) }),
		"a newer format":             archive(t, good, func(m *instance.Manifest) { m.Format = 99 }),
		"a manifest beyond all size": archive(t, good, func(m *instance.Manifest) { m.Version = strings.Repeat("v", 65<<20) }),
	} {
		t.Run(name, func(t *testing.T) {
			up := t.TempDir()
			_, err := instance.Restore(t.Context(), bytes.NewReader(raw), filepath.Join(up, "new", "instance"), fine)
			if !base.IsKind(err, base.Refused) {
				t.Error(err)
			}
			if _, err := instance.VerifyBackup(t.Context(), bytes.NewReader(raw)); !base.IsKind(err, base.Refused) {
				t.Error(err)
			}
			left, _ := filepath.Glob(filepath.Join(up, "new", "*"))
			hidden, _ := filepath.Glob(filepath.Join(up, "new", ".*"))
			if len(left)+len(hidden) > 0 {
				t.Error("left", left, hidden)
			}
			if _, err := os.Stat(filepath.Join(up, "x")); err == nil {
				t.Error("a file got out of the folder")
			}
		})
	}
}

func TestRestoreIntoANewFolder(t *testing.T) {
	raw := archive(t, good, nil)
	up := t.TempDir()
	dir := filepath.Join(up, "instance")
	if _, err := instance.Restore(t.Context(), bytes.NewReader(raw), dir, func(context.Context, string) error { return errors.New("does not hold") }); err == nil {
		t.Fatal("what does not verify was restored")
	}
	m, err := instance.Restore(t.Context(), bytes.NewReader(raw), dir, fine)
	if err != nil || len(m.Files) != len(good) {
		t.Fatal(m, err)
	}
	for _, p := range good {
		if got, err := os.ReadFile(filepath.Join(dir, p.name)); err != nil || string(got) != p.content {
			t.Error(p.name, string(got), err)
		}
	}
	if _, err := instance.Restore(t.Context(), bytes.NewReader(raw), dir, fine); !base.IsKind(err, base.Refused) {
		t.Error("an instance was overwritten", err)
	}
	if entries, err := os.ReadDir(up); err != nil || len(entries) != 1 {
		t.Error(entries, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := instance.Restore(ctx, bytes.NewReader(raw), filepath.Join(up, "other"), fine); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
