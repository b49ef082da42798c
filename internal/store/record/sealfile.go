package record

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"lotse.dev/lotse/internal/base"
)

const (
	keyName = "keys/seal.key"
	logName = "seal.log"
)

// SealLog is the seal's file in the data folder. CutSeal copies it as it was when a copy of the database was made: lines
// written later would say that the copy was cut.
const SealLog = logName

// longestLine bounds a line: some hundred kinds of 150 bytes.
const longestLine = 1 << 20

// compactAt is the size from which the file is written anew with one line when it is opened.
const compactAt = 1 << 20

func (s *seal) sign(l sealLine) string {
	l.MAC = ""
	raw, _ := json.Marshal(l) // keys of a map are sorted
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte("line"))
	m.Write(raw)
	return hex.EncodeToString(m.Sum(nil))
}

func (s *seal) signed(l sealLine) ([]byte, error) {
	l.MAC = s.sign(l)
	raw, err := json.Marshal(l)
	return append(raw, '\n'), err
}

// open reads the key, made at the first write, and the file, which it makes shorter when it has grown.
func (s *seal) open(ctx context.Context, db *sql.DB) error {
	if s.log != nil {
		return nil
	}
	if err := s.readKey(true); err != nil {
		return err
	}
	path := filepath.Join(s.dir, logName)
	kept, size, err := s.load()
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !base.IsKind(err, base.Refused) {
		return err
	}
	if err == nil && size > compactAt {
		if err := s.compact(ctx, db, kept); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	err = endLine(f)
	st, errStat := f.Stat()
	if err := errors.Join(err, errStat); err != nil {
		return errors.Join(err, f.Close())
	}
	s.log, s.ledger, s.size = f, kept, st.Size()
	return nil
}

// refresh looks at the file anew when somebody else wrote into it: the emptying of an instance does.
func (s *seal) refresh() error {
	if s.log == nil {
		return nil
	}
	st, err := s.log.Stat()
	if err == nil && st.Size() == s.size {
		return nil
	}
	err = errors.Join(err, s.log.Close())
	s.log = nil
	return err
}

// endLine ends a line that a power cut left half-written, so that the next one stands alone.
func endLine(f *os.File) error {
	st, err := f.Stat()
	if err != nil || st.Size() == 0 {
		return err
	}
	last := []byte{0}
	if _, err := f.ReadAt(last, st.Size()-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = f.Write([]byte{'\n'})
	return err
}

// load follows the whole file. A line without a valid signature is an error; what was read of the others is answered
// all the same.
func (s *seal) load() (ledger, int64, error) {
	var l ledger
	f, err := os.Open(filepath.Join(s.dir, logName))
	if err != nil {
		return l, 0, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return l, 0, err
	}
	var broken error
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		var line sealLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			continue // a line half-written by a power cut never committed
		}
		if hmac.Equal([]byte(line.MAC), []byte(s.sign(line))) {
			l.add(line)
		} else if broken == nil {
			broken = sealBroken(base.T("Zeile %d von %s trägt keine gültige Unterschrift.", "Line %d of %s bears no valid signature.", n, logName), nil)
		}
	}
	if err := lines.Err(); err != nil && broken == nil {
		broken = sealBroken(base.T("Die Datei %s ist nicht lesbar.", "The file %s is unreadable.", logName), err)
	}
	return l, st.Size(), broken
}

// compact replaces the file by one line that says the same, unless anything does not fit: that is for Verify to find.
// Killed at any point there is the old file or the new one.
func (s *seal) compact(ctx context.Context, db *sql.DB, l ledger) error {
	kept, seq, err := keptTotals(ctx, db)
	if err != nil {
		return err
	}
	signed, ok := l.at(seq)
	if !ok || l.gap != 0 || l.back != 0 || !maps.Equal(kept, signed) {
		return nil
	}
	raw, err := s.signed(sealLine{Seq: seq, Committed: seq, All: true, Kinds: signed})
	if err != nil {
		return err
	}
	path := filepath.Join(s.dir, logName)
	if err := os.Remove(path + ".new"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := writeSynced(path+".new", raw); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (s *seal) readKey(make bool) error {
	path := filepath.Join(s.dir, keyName)
	key, err := os.ReadFile(path)
	if err == nil && len(key) != 32 {
		err = base.Fail(base.Refused, "seal_broken", base.T("Die Datei %s ist beschädigt.", "The file %s is damaged.", keyName))
	}
	if errors.Is(err, fs.ErrNotExist) && make {
		key = newKey()
		if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = errors.Join(writeSynced(path, key), syncFolder(filepath.Dir(path)))
		}
	}
	if err == nil {
		s.key = key
	}
	return err
}

func newKey() []byte {
	key := make([]byte, 32)
	rand.Read(key)
	return key
}

func writeSynced(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// append writes a line; with sync it is on the disk when append returns.
func (s *seal) append(l sealLine, sync bool) error {
	raw, err := s.signed(l)
	if err != nil {
		return err
	}
	_, err = s.log.Write(raw)
	if err == nil && sync {
		err = s.log.Sync()
	}
	if err != nil { // the next write looks at the file anew
		err = errors.Join(err, s.log.Close())
		s.log = nil
		return err
	}
	s.size += int64(len(raw))
	s.ledger.add(l)
	return nil
}

// CutSeal copies the lines up to a transaction.
func CutSeal(from io.Reader, to io.Writer, seq int64) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		var l sealLine
		if json.Unmarshal(lines.Bytes(), &l) != nil || l.Seq > seq || l.Committed > seq {
			continue
		}
		if _, err := fmt.Fprintf(to, "%s\n", lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}

// SealSeq is the number of the newest sealed transaction in a database.
func SealSeq(ctx context.Context, db rowsOf) (int64, error) {
	_, seq, err := keptTotals(ctx, db)
	return seq, err
}

// emptied is the row of record_seal that keeps the number of the transaction in which an instance was emptied.
const emptied = ""

// EmptySeal begins the seal of an instance anew in the transaction that empties it; newest is the number at which the
// database stood. The tables must be empty already. Numbers go on, so that an empty database never takes the place of a
// full one.
func EmptySeal(tx *sql.Tx, dir string, newest int64) error {
	if newest == 0 {
		return nil
	}
	s := seal{dir: dir}
	if err := s.readKey(true); err != nil {
		return err
	}
	line := sealLine{Seq: newest + 1, Committed: newest, All: true, Kinds: map[string]kindTotal{emptied: {}}}
	if _, err := tx.Exec(`INSERT INTO record_seal(kind, count, sum, seq) VALUES (?, 0, '', ?)`, emptied, line.Seq); err != nil {
		return err
	}
	raw, err := s.signed(line)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, logName), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := endLine(f); err != nil {
		return errors.Join(err, f.Close())
	}
	_, err = f.Write(raw)
	return errors.Join(err, f.Sync(), f.Close())
}
