// Package pseudonym replaces names of people by keyed pseudonyms: the same person has the same pseudonym over all loads
// of an instance, and without the key, which lies outside the lake, no pseudonym leads back to a name.
package pseudonym

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"hash"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"lotse.dev/lotse/internal/base"
)

// Maker makes pseudonyms with one key. It is safe for concurrent use.
type Maker struct {
	mu    sync.Mutex
	mac   hash.Hash
	known map[string]string
	sum   []byte
}

const (
	keyBytes = 32
	maxKnown = 200_000
)

var encoding = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Throwaway makes pseudonyms with a key that is never kept.
func Throwaway() *Maker {
	key := make([]byte, keyBytes)
	rand.Read(key)
	return newMaker(key)
}

// Open reads the key of an instance from keys/pseudonym.key in its data folder and makes it at the first call.
func Open(dir string) (*Maker, error) {
	path := filepath.Join(dir, "keys", "pseudonym.key")
	key, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		key, err = create(path)
	}
	if err != nil {
		return nil, err
	}
	if len(key) != keyBytes {
		return nil, base.Fail(base.Unavailable, "pseudonym_key_damaged", base.T("Der Schlüssel für Pseudonyme (%s) ist beschädigt.", "The key of the pseudonyms (%s) is damaged.", path)).
			WithHint(base.T("Stellen Sie die Datei aus einer Sicherung wieder her.", "Restore the file from a backup."))
	}
	return newMaker(key), nil
}

// create writes a new key so that a kill leaves either none or a whole one.
func create(path string) ([]byte, error) {
	key := make([]byte, keyBytes)
	rand.Read(key)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	tmp := path + ".tmp"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(key)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, err
	}
	return key, os.Rename(tmp, path)
}

func newMaker(key []byte) *Maker {
	return &Maker{mac: hmac.New(sha256.New, key), known: map[string]string{}}
}

var shape = regexp.MustCompile(`^P-[0-9A-HJKMNP-TV-Z]{8}$`)

// Pseudonym appends the pseudonym of a name to dst: P- and eight characters, 40 bits of HMAC-SHA256. What already is a
// pseudonym stays as it is, so that corrected rows can be loaded again.
func (m *Maker) Pseudonym(dst, name []byte) []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	if p, ok := m.known[string(name)]; ok {
		return append(dst, p...)
	}
	if len(name) == 10 && shape.Match(name) {
		return append(dst, name...)
	}
	m.mac.Reset()
	m.mac.Write(name)
	m.sum = m.mac.Sum(m.sum[:0])
	p := "P-" + encoding.EncodeToString(m.sum[:5])
	if len(m.known) < maxKnown {
		m.known[string(name)] = p
	}
	return append(dst, p...)
}
