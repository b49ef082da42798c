package record

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"lotse.dev/lotse/internal/base"
)

// Verify recomputes everything at one moment, while others may go on writing, and answers how many entries of the
// history hold. The first thing that does not is the error: a chain or a record that differs from its newest entry
// (chain_broken), what stands beside the records of a register (link_broken, index_broken), or the sums of all heads
// against those that were signed outside the database (seal_broken).
func (s *Store) Verify(ctx context.Context) (entries int, err error) {
	conn, err := s.db.Read().Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if err := forTemporary(ctx, conn); err != nil {
		return 0, err
	}
	defer notTemporary(conn)
	v := &verifier{s: s}
	if err := v.begin(ctx, conn); err != nil {
		return 0, err
	}
	defer v.tx.Rollback()
	for _, step := range []func(context.Context) error{v.chains, v.orphans, v.links, v.beside, v.sums} {
		if err := step(ctx); err != nil {
			return v.entries, err
		}
	}
	return v.entries, nil
}

// forTemporary lets a reading connection make temporary tables; the database stays read-only.
func forTemporary(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `PRAGMA query_only = off`)
	return err
}

func notTemporary(conn *sql.Conn) {
	_, _ = conn.ExecContext(context.Background(), `PRAGMA query_only = on`)
}

// verifier looks at one moment of the database.
type verifier struct {
	s       *Store
	tx      *sql.Tx
	entries int

	seq    int64
	kept   map[string]kindTotal // as the database says
	ledger ledger               // as signed
	key    []byte
	sealed error // what is wrong with the seal's files
	heads  adder // as computed
}

// begin takes the seal's file and the database as they are at one moment: no line is written meanwhile.
func (v *verifier) begin(ctx context.Context, conn *sql.Conn) (err error) {
	seal := &v.s.seal
	seal.mu.Lock()
	defer seal.mu.Unlock()
	if v.tx, err = conn.BeginTx(ctx, nil); err != nil {
		return err
	}
	if v.kept, v.seq, err = keptTotals(ctx, v.tx); err != nil {
		return errors.Join(err, v.tx.Rollback())
	}
	v.ledger, v.sealed = seal.read()
	v.key = seal.key
	return nil
}

// entry is one row of the history with the record beside it when it is the newest.
type entry struct {
	link
	hash                                          string
	salt, payload                                 sql.NullString
	now                                           sql.NullString // payload of the record
	deleted                                       sql.NullBool
	approved                                      sql.NullInt64
	state, created, createdBy, updated, updatedBy sql.NullString
}

const selectEntries = `SELECT h.kind, h.id, h.version, h.action, h.at, h.by, h.note, h.salt, h.payload, h.payload_hash, h.previous, h.hash,
		r.payload, r.deleted, r.approved_version, r.state, r.created_at, r.created_by, r.updated_at, r.updated_by
	FROM record_history h LEFT JOIN record r ON r.kind = h.kind AND r.id = h.id AND r.version = h.version
	ORDER BY h.kind, h.id, h.version`

func (v *verifier) chains(ctx context.Context) error {
	rows, err := v.tx.QueryContext(ctx, selectEntries)
	if err != nil {
		return err
	}
	defer rows.Close()
	c := chain{}
	for rows.Next() {
		var e entry
		if err := rows.Scan(&e.kind, &e.id, &e.version, &e.action, &e.at, &e.by, &e.note, &e.salt, &e.payload, &e.payloadHash, &e.previous, &e.hash,
			&e.now, &e.deleted, &e.approved, &e.state, &e.created, &e.createdBy, &e.updated, &e.updatedBy); err != nil {
			return err
		}
		if e.kind != c.last.kind || e.id != c.last.id {
			if err := v.finish(&c); err != nil {
				return err
			}
			c = chain{}
		}
		if !c.add(e) {
			return broken(e.link)
		}
		v.entries++
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return v.finish(&c)
}

// chain follows the history of one record.
type chain struct {
	last      entry
	blank     int // first version whose content is missing without an erasure so far
	state     string
	approved  int
	createdAt string
	createdBy string
}

func (c *chain) add(e entry) bool {
	if e.previous != c.last.hash || e.version != c.last.version+1 || e.link.hash() != e.hash || c.last.now.Valid {
		return false
	}
	if e.payload.Valid && payloadHash(e.salt.String, e.payload.String) != e.payloadHash {
		return false
	}
	if !e.payload.Valid && c.blank == 0 {
		c.blank = e.version
	}
	if e.action == "delete" && e.note == erasedNote {
		c.blank = 0
	}
	if next, step := nextState[e.action]; step {
		c.state = next.to
	} else {
		c.state = nextOf(c.state, e.action)
	}
	if e.action == "approve" {
		c.approved = e.version
	}
	if e.version == 1 {
		c.createdAt, c.createdBy = e.at, e.by
	}
	c.last = e
	return true
}

// finish compares a record with its history.
func (v *verifier) finish(c *chain) error {
	e := c.last
	if e.version == 0 {
		return nil
	}
	if c.blank > 0 {
		e.version = c.blank
		return broken(e.link)
	}
	payload := e.payload.String
	if !e.payload.Valid {
		payload = erasedPayload
	}
	same := e.now.Valid && e.now.String == payload && e.deleted.Bool == (e.action == "delete") && e.state.String == c.state && int(e.approved.Int64) == c.approved &&
		e.created.String == c.createdAt && e.createdBy.String == c.createdBy && e.updated.String == e.at && e.updatedBy.String == e.by
	if !same {
		return broken(e.link)
	}
	v.heads.add(e.kind, element(v.key, e.kind, e.id, e.version, e.hash))
	return nil
}

// orphans finds a record that has no history.
func (v *verifier) orphans(ctx context.Context) error {
	var l link
	err := v.tx.QueryRowContext(ctx, `SELECT kind, id, version FROM record r WHERE NOT EXISTS (
		SELECT 1 FROM record_history h WHERE h.kind = r.kind AND h.id = r.id AND h.version = r.version) LIMIT 1`).Scan(&l.kind, &l.id, &l.version)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return broken(l)
}

func broken(l link) error {
	at := fmt.Sprintf("%s/%s, %d", l.kind, l.id, l.version)
	return base.Fail(base.Refused, "chain_broken", base.T("Die Historie passt nicht mehr zusammen: %s.",
		"The history no longer fits together: %s.", at)).
		WithHint(base.T("Die Datenbank wurde außerhalb von Lotse geändert. Spielen Sie eine Sicherung ein.",
			"The database was changed outside of Lotse. Restore a backup."))
}

// links finds the first reference that points at nothing.
func (v *verifier) links(ctx context.Context) error {
	var l reference
	var kind, id string
	err := v.tx.QueryRowContext(ctx, `SELECT l.kind, l.id, l.field, l.to_kind, l.to_id FROM record_link l WHERE NOT EXISTS (
			SELECT 1 FROM record r WHERE r.kind = l.to_kind AND r.id = l.to_id AND r.deleted = 0)
		OR NOT EXISTS (SELECT 1 FROM record r WHERE r.kind = l.kind AND r.id = l.id AND r.deleted = 0) LIMIT 1`).
		Scan(&kind, &id, &l.path, &l.kind, &l.id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return base.Fail(base.Refused, "link_broken", base.T("%s/%s, Feld %s: der Verweis auf %s/%s führt ins Leere.",
		"%s/%s, field %s: the reference to %s/%s leads nowhere.", kind, id, l.path, l.kind, l.id))
}

// link is what one entry of the chain seals.
type link struct {
	kind, id                                    string
	version                                     int
	action, at, by, note, payloadHash, previous string
}

func (l link) hash() string {
	h := sha256.New()
	parts := []string{l.previous, l.kind, l.id, fmt.Sprint(l.version), l.action, l.at, l.by, l.payloadHash}
	if l.note != "" { // entries without a note hash as they did before there were notes
		parts = append(parts, l.note)
	}
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part) // the length keeps neighbours from running into each other
	}
	return hex.EncodeToString(h.Sum(nil))
}

// payloadHash is H(salt ‖ payload): without salt and payload it tells nothing, and the chain still verifies.
func payloadHash(salt, payload string) string {
	sum := sha256.Sum256([]byte(salt + payload))
	return hex.EncodeToString(sum[:])
}
