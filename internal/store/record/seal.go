package record

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math/big"
	"os"
	"sync"

	"lotse.dev/lotse/internal/base"
)

// The seal keeps, outside the database, what the heads of all chains add up to: per kind the number of records and
// the sum modulo 2^256 of HMAC-SHA256(key, kind ‖ id ‖ version ‖ hash), a multiset hash (Clarke et al., Incremental
// Multiset Hash Functions, ASIACRYPT 2003, MSet-Add-Hash), so that each write costs the records it touches and not all.
// A line is written and synced before the transaction commits; it also says up to where the database was committed
// then. New sums are made from the signed ones, never from those in the database: whoever changes the database alone can
// neither match the sums, nor put old rows back, nor cut its end, and the next write does not cover it up.
type seal struct {
	dir    string
	mu     sync.Mutex
	key    []byte
	log    *os.File
	ledger ledger
	size   int64 // of the file after the newest line

	tx        *sql.Tx // of the newest line
	committed int64   // where the database stood before that transaction
}

// change is what a transaction does to the sum of a kind.
type change struct {
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

var modulus = new(big.Int).Lsh(big.NewInt(1), 256)

func element(key []byte, kind, id string, version int, hash string) *big.Int {
	m := hmac.New(sha256.New, key)
	for _, part := range []string{kind, id, fmt.Sprint(version), hash} {
		fmt.Fprintf(m, "%d:%s", len(part), part)
	}
	return new(big.Int).SetBytes(m.Sum(nil))
}

// write signs the sums of the touched kinds in the transaction and answers its number.
func (s *seal) write(st *Store, tx *sql.Tx, delta map[string]change) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.refresh(); err != nil {
		return 0, err
	}
	if err := s.open(context.Background(), st.db.Read()); err != nil {
		return 0, err
	}
	var have int64
	if err := tx.QueryRow(`SELECT coalesce(max(seq), 0) FROM record_seal`).Scan(&have); err != nil {
		return 0, err
	}
	if tx != s.tx { // the first line of this transaction: what it sees is committed
		s.tx, s.committed = tx, have
	}
	line := sealLine{Seq: have + 1, Committed: s.committed, Kinds: map[string]kindTotal{}}
	var err error
	if have == 0 && s.ledger.lines == 0 { // the seal begins with everything that is there
		line.All = true
		line.Kinds, err = s.totals(tx)
	} else {
		err = s.next(line.Kinds, have, delta)
	}
	if err != nil {
		return 0, err
	}
	for kind, total := range line.Kinds {
		_, err = tx.Exec(`INSERT INTO record_seal(kind, count, sum, seq) VALUES (?,?,?,?)
			ON CONFLICT(kind) DO UPDATE SET count = excluded.count, sum = excluded.sum, seq = excluded.seq`, kind, total.Count, total.Sum, line.Seq)
		if err != nil {
			return 0, err
		}
	}
	return line.Seq, s.append(line, true)
}

// next adds what a transaction did to what was signed last.
func (s *seal) next(into map[string]kindTotal, have int64, delta map[string]change) error {
	signed, _ := s.ledger.at(have)
	for kind, c := range delta {
		t := signed[kind]
		sum, ok := new(big.Int).SetString("0"+t.Sum, 16)
		if !ok {
			return sealBroken(base.T("Eine Summe in %s ist keine Zahl.", "A sum in %s is no number.", logName), nil)
		}
		for _, h := range c.heads {
			if h.before.version > 0 {
				sum.Sub(sum, element(s.key, kind, h.id, h.before.version, h.before.hash))
			} else {
				t.Count++
			}
			sum.Add(sum, element(s.key, kind, h.id, h.now.version, h.now.hash))
		}
		t.Sum = hexSum(sum)
		into[kind] = t
	}
	return nil
}

func hexSum(sum *big.Int) string { return sum.Mod(sum, modulus).Text(16) }

// confirm notes that a transaction was committed, so that its loss is found even when it was the last one. It need not
// reach the disk.
func (s *seal) confirm(seq int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.log != nil && s.ledger.committed < seq {
		_ = s.append(sealLine{Seq: seq, Committed: seq}, false) // without it the next line says so
	}
}

type rowsOf interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// totals adds up the heads of all kinds.
func (s *seal) totals(db rowsOf) (map[string]kindTotal, error) {
	rows, err := db.QueryContext(context.Background(), `SELECT r.kind, r.id, r.version, h.hash FROM record r
		JOIN record_history h ON h.kind = r.kind AND h.id = r.id AND h.version = r.version ORDER BY r.kind`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var sums adder
	for rows.Next() {
		var kind, id, hash string
		var version int
		if err := rows.Scan(&kind, &id, &version, &hash); err != nil {
			return nil, err
		}
		sums.add(kind, element(s.key, kind, id, version, hash))
	}
	return sums.totals(), rows.Err()
}

// adder sums up elements by kind.
type adder struct {
	sums   map[string]*big.Int
	counts map[string]int
}

func (a *adder) add(kind string, element *big.Int) {
	if a.sums == nil {
		a.sums, a.counts = map[string]*big.Int{}, map[string]int{}
	}
	if a.sums[kind] == nil {
		a.sums[kind] = new(big.Int)
	}
	a.sums[kind].Add(a.sums[kind], element)
	a.counts[kind]++
}

func (a *adder) totals() map[string]kindTotal {
	out := map[string]kindTotal{}
	for kind, sum := range a.sums {
		out[kind] = kindTotal{a.counts[kind], hexSum(sum)}
	}
	return out
}

// beginSeal seals a database that holds records from before there was a seal.
func (s *Store) beginSeal(ctx context.Context) error {
	var unsealed bool
	err := s.db.Read().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM record) AND NOT EXISTS (SELECT 1 FROM record_seal)`).Scan(&unsealed)
	if err != nil || !unsealed {
		return err
	}
	s.seal.mu.Lock()
	err = s.seal.open(ctx, s.db.Read())
	begun := s.seal.ledger.lines > 0
	s.seal.mu.Unlock()
	if err != nil || begun { // somebody emptied the table: that is for Verify to find
		return err
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := s.seal.write(s, tx, nil)
		return err
	})
}

func keptTotals(ctx context.Context, db rowsOf) (map[string]kindTotal, int64, error) {
	rows, err := db.QueryContext(ctx, `SELECT kind, count, sum, seq FROM record_seal`)
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
