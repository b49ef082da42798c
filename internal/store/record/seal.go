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
	"math/big"
	"os"
	"path/filepath"
	"sync"

	"lotse.dev/lotse/internal/base"
)

// The seal keeps, outside the database, what the heads of all chains add up to: per kind the number of records and
// the sum modulo 2^256 of HMAC-SHA256(key, kind ‖ id ‖ version ‖ hash), a multiset hash (Clarke et al., Incremental
// Multiset Hash Functions, ASIACRYPT 2003, MSet-Add-Hash), so that each write costs the records it touches and not all.
// A line is written and synced before the transaction commits; it also says up to where the database was committed
// then. Whoever changes the database alone can neither match the sums nor cut its end.
const (
	keyName = "keys/seal.key"
	logName = "seal.log"
)

type seal struct {
	dir string
	mu  sync.Mutex
	key []byte
	log *os.File
}

// change is what a transaction does to the sum of a kind.
type change struct {
	count int
	sum   *big.Int
	heads []headPair
}

type headPair struct {
	id          string
	before, now current
}

func (b *Batch) note(kind, id string, before, now current) {
	c := b.delta[kind]
	c.heads = append(c.heads, headPair{id, before, now})
	b.delta[kind] = c
}

type sealLine struct {
	Seq       int64                `json:"seq"`
	Committed int64                `json:"committed"` // what the database had committed when this line was written
	Kinds     map[string]kindTotal `json:"kinds"`     // of the kinds that changed
	MAC       string               `json:"mac"`
}

type kindTotal struct {
	Count int    `json:"count"`
	Sum   string `json:"sum"` // hex
}

var modulus = new(big.Int).Lsh(big.NewInt(1), 256)

func (s *seal) element(kind, id string, version int, hash string) *big.Int {
	m := hmac.New(sha256.New, s.key)
	for _, part := range []string{kind, id, fmt.Sprint(version), hash} {
		fmt.Fprintf(m, "%d:%s", len(part), part)
	}
	return new(big.Int).SetBytes(m.Sum(nil))
}

func (s *seal) sign(l sealLine) string {
	l.MAC = ""
	raw, _ := json.Marshal(l) // keys of a map are sorted
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte("line"))
	m.Write(raw)
	return hex.EncodeToString(m.Sum(nil))
}

// write brings the sums of the touched kinds up to date in the transaction and writes the line.
func (s *seal) write(st *Store, tx *sql.Tx, delta map[string]change) error {
	if len(delta) == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(); err != nil {
		return err
	}
	var seq, committed int64
	if err := tx.QueryRow(`SELECT coalesce(max(seq), 0) + 1 FROM record_seal`).Scan(&seq); err != nil {
		return err
	}
	if err := st.db.Read().QueryRow(`SELECT coalesce(max(seq), 0) FROM record_seal`).Scan(&committed); err != nil {
		return err
	}
	line := sealLine{Seq: seq, Committed: committed, Kinds: map[string]kindTotal{}}
	for kind, c := range delta {
		total, err := s.begin(tx, kind, c)
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO record_seal(kind, count, sum, seq) VALUES (?,?,?,?)
			ON CONFLICT(kind) DO UPDATE SET count = excluded.count, sum = excluded.sum, seq = excluded.seq`, kind, total.Count, total.Sum, seq)
		if err != nil {
			return err
		}
		line.Kinds[kind] = total
	}
	return s.append(line)
}

// begin is the new total of a kind; the first time all its heads are added up.
func (s *seal) begin(tx *sql.Tx, kind string, c change) (kindTotal, error) {
	var t kindTotal
	err := tx.QueryRow(`SELECT count, sum FROM record_seal WHERE kind = ?`, kind).Scan(&t.Count, &t.Sum)
	if errors.Is(err, sql.ErrNoRows) {
		return s.total(tx, kind)
	}
	if err != nil {
		return t, err
	}
	sum, ok := new(big.Int).SetString(t.Sum, 16)
	if !ok {
		return t, broken(link{kind: kind})
	}
	for _, h := range c.heads {
		if h.before.version > 0 {
			sum.Sub(sum, s.element(kind, h.id, h.before.version, h.before.hash))
		} else {
			t.Count++
		}
		sum.Add(sum, s.element(kind, h.id, h.now.version, h.now.hash))
	}
	t.Sum = sum.Mod(sum, modulus).Text(16)
	return t, nil
}

type rowsOf interface {
	Query(text string, args ...any) (*sql.Rows, error)
}

// total adds up every head of a kind.
func (s *seal) total(db rowsOf, kind string) (kindTotal, error) {
	rows, err := db.Query(`SELECT r.id, r.version, h.hash FROM record r
		JOIN record_history h ON h.kind = r.kind AND h.id = r.id AND h.version = r.version WHERE r.kind = ?`, kind)
	if err != nil {
		return kindTotal{}, err
	}
	defer rows.Close()
	sum, count := new(big.Int), 0
	for rows.Next() {
		var id, hash string
		var version int
		if err := rows.Scan(&id, &version, &hash); err != nil {
			return kindTotal{}, err
		}
		sum.Add(sum, s.element(kind, id, version, hash))
		count++
	}
	return kindTotal{Count: count, Sum: sum.Mod(sum, modulus).Text(16)}, rows.Err()
}

// open reads the key, made at the first write, and opens the file.
func (s *seal) open() error {
	if s.log != nil {
		return nil
	}
	if err := s.readKey(true); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(s.dir, logName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	s.log = f
	return nil
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
			err = writeSynced(path, key)
		}
	}
	s.key = key
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

func (s *seal) append(l sealLine) error {
	l.MAC = s.sign(l)
	raw, err := json.Marshal(l)
	if err != nil {
		return err
	}
	if _, err := s.log.Write(append(raw, '\n')); err != nil {
		return err
	}
	return s.log.Sync()
}

// verify compares the sums of the database with what was signed outside of it.
func (s *seal) verify(ctx context.Context, st *Store) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, seq, err := s.keptTotals(ctx, st)
	if err != nil {
		return err
	}
	if err := s.readKey(false); err != nil {
		if errors.Is(err, fs.ErrNotExist) && seq == 0 {
			return nil // nothing was ever sealed
		}
		return sealBroken(base.T("Die Datei %s fehlt oder ist nicht lesbar.", "The file %s is missing or unreadable.", keyName), err)
	}
	for kind, t := range kept {
		now, err := s.total(st.db.Read(), kind)
		if err != nil {
			return err
		}
		if now.Count != t.Count {
			return sealBroken(base.T("%s: %d Einträge statt %d.", "%s: %d records instead of %d.", st.titleOf(kind), now.Count, t.Count), nil)
		}
		if now.Sum != t.Sum {
			return sealBroken(base.T("%s: die Einträge sind andere als versiegelt.", "%s: the records are others than sealed.", st.titleOf(kind)), nil)
		}
	}
	signed, err := s.signedTotals(seq)
	if err != nil {
		return err
	}
	for kind, t := range kept {
		if signed[kind] != t {
			return sealBroken(base.T("%s: die Summe in der Datenbank ist nicht die unterschriebene.", "%s: the sum in the database is not the signed one.", st.titleOf(kind)), nil)
		}
	}
	for kind := range signed {
		if _, there := kept[kind]; !there {
			return sealBroken(base.T("%s: alle Einträge fehlen.", "%s: all records are missing.", st.titleOf(kind)), nil)
		}
	}
	return nil
}

func (s *Store) titleOf(kind string) base.Text {
	if d, ok := s.Def(kind); ok && !d.Many.IsZero() {
		return d.Many
	}
	return base.T(kind, kind)
}

func sealBroken(text base.Text, cause error) error {
	return base.Fail(base.Refused, "seal_broken", base.T("Das Siegel passt nicht. %s", "The seal does not fit. %s", text)).
		WithHint(base.T("Die Datenbank wurde außerhalb von Lotse geändert. Spielen Sie eine Sicherung ein.",
			"The database was changed outside of Lotse. Restore a backup.")).Because(cause)
}

func (s *seal) keptTotals(ctx context.Context, st *Store) (map[string]kindTotal, int64, error) {
	rows, err := st.db.Read().QueryContext(ctx, `SELECT kind, count, sum, seq FROM record_seal`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	out, newest := map[string]kindTotal{}, int64(0)
	for rows.Next() {
		var kind string
		var t kindTotal
		var seq int64
		if err := rows.Scan(&kind, &t.Count, &t.Sum, &seq); err != nil {
			return nil, 0, err
		}
		out[kind], newest = t, max(newest, seq)
	}
	return out, newest, rows.Err()
}

// SealLog is the seal's file in the data folder. CutSeal copies it as it was when a copy of the database was made: lines
// written later would say that the copy was cut.
const SealLog = logName

// CutSeal copies the lines up to a transaction.
func CutSeal(from io.Reader, to io.Writer, seq int64) error {
	scanner := bufio.NewScanner(from)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var l sealLine
		if json.Unmarshal(scanner.Bytes(), &l) != nil || l.Seq > seq || l.Committed > seq {
			continue
		}
		if _, err := to.Write(append(scanner.Bytes(), '\n')); err != nil {
			return err
		}
	}
	return scanner.Err()
}

// SealSeq is the number of the newest sealed transaction in a database.
func SealSeq(ctx context.Context, db *sql.DB) (int64, error) {
	var seq int64
	err := db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM record_seal`).Scan(&seq)
	return seq, err
}

// signedTotals reads the file up to a transaction. A line whose transaction was rolled back is followed by another of
// the same number, which counts. The database may lack the last written line, never one that was known as committed.
func (s *seal) signedTotals(seq int64) (map[string]kindTotal, error) {
	f, err := os.Open(filepath.Join(s.dir, logName))
	if err != nil {
		return nil, sealBroken(base.T("Die Datei %s fehlt oder ist nicht lesbar.", "The file %s is missing or unreadable.", logName), err)
	}
	defer f.Close()
	lines, committed := map[int64]sealLine{}, int64(0)
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<20)
	for n := 1; scanner.Scan(); n++ {
		var l sealLine
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			continue // a line half-written by a power cut never committed
		}
		if !hmac.Equal([]byte(l.MAC), []byte(s.sign(l))) {
			return nil, sealBroken(base.T("Zeile %d von %s trägt keine gültige Unterschrift.", "Line %d of %s bears no valid signature.", n, logName), nil)
		}
		if l.Committed == 0 && l.Seq == 1 {
			clear(lines) // the instance began anew
			committed = 0
		}
		lines[l.Seq], committed = l, max(committed, l.Committed)
	}
	if err := scanner.Err(); err != nil {
		return nil, err
	}
	if _, there := lines[seq]; seq < committed || seq > 0 && !there {
		return nil, sealBroken(base.T("Die Datenbank steht bei %d, unterschrieben ist %d.", "The database stands at %d, signed is %d.", seq, committed), nil)
	}
	out := map[string]kindTotal{}
	for n := int64(1); n <= seq; n++ {
		for kind, t := range lines[n].Kinds {
			out[kind] = t
		}
	}
	return out, nil
}
