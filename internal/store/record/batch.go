package record

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record/field"
)

// Batch writes records in one transaction: all of them or none, sealed once.
type Batch struct {
	s     *Store
	tx    *sql.Tx
	delta map[string]change // by kind
}

// Write runs fn in a transaction of its own.
func (s *Store) Write(ctx context.Context, fn func(b *Batch) error) error {
	var seq int64
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		seq, err = s.in(tx, fn)
		return err
	})
	if err == nil && seq > 0 {
		s.seal.confirm(seq)
	}
	return err
}

// In runs fn in a transaction that the caller holds.
func (s *Store) In(tx *sql.Tx, fn func(b *Batch) error) error {
	_, err := s.in(tx, fn)
	return err
}

// in answers the number of the seal, 0 when nothing was written.
func (s *Store) in(tx *sql.Tx, fn func(b *Batch) error) (int64, error) {
	b := &Batch{s: s, tx: tx, delta: map[string]change{}}
	if err := fn(b); err != nil || len(b.delta) == 0 {
		return 0, err
	}
	return s.seal.write(s, tx, b.delta)
}

// content is what one version of a record holds.
type content struct {
	raw []byte         // canonical payload
	doc map[string]any // nil for kinds that are no registers
}

// kept is a written version.
type kept struct {
	Doc
	raw []byte
}

// Put writes a document of a register, checked by all rules of its kind; id, ifVersion and errors as in the function
// Put. References to missing records and values that must be unique answer Refused/invalid_fields.
func (b *Batch) Put(d *Def, id string, ifVersion int, doc map[string]any, by string) (Doc, error) {
	clean, raw, err := d.Check(doc)
	if err != nil {
		return Doc{}, err
	}
	if id != "" && !field.ValidID(id) {
		return Doc{}, invalid([]base.FieldError{{Field: "id", Text: base.T("Eine Kennung hat höchstens 64 Buchstaben, Ziffern, Punkte und Striche.",
			"An id has at most 64 letters, digits, dots and dashes.")}})
	}
	out, err := b.put(d, id, ifVersion, content{raw, clean}, by)
	return out.Doc, err
}

func (b *Batch) put(d *Def, id string, ifVersion int, c content, by string) (kept, error) {
	if id == "" {
		id = base.NewID(b.s.clock())
	}
	have, err := b.head(d.Name, id)
	if err != nil {
		return kept{}, err
	}
	if err := d.matches(have, id, ifVersion); err != nil {
		return kept{}, err
	}
	if have.version > 0 && !have.deleted && have.payload == string(c.raw) && d.Fields != nil {
		out := have.kept(id, c) // nothing changed, nothing to remember
		return out, nil
	}
	if err := d.Changeable(have.approved); err != nil {
		return kept{}, err
	}
	action := "update"
	switch {
	case have.version == 0:
		action = "create"
	case have.deleted:
		action = "restore"
	}
	return b.write(d, id, have, step{action: action, by: by, content: c})
}

// turn deletes or restores.
func (b *Batch) turn(d *Def, id string, ifVersion int, by, action string) (kept, error) {
	have, err := b.head(d.Name, id)
	switch {
	case err != nil:
		return kept{}, err
	case have.version == 0 || have.deleted != (action == "restore"):
		return kept{}, d.notFound(id)
	case ifVersion != AnyVersion && ifVersion != have.version:
		return kept{}, d.stale(have.version)
	case have.payload == erasedPayload:
		return kept{}, base.Fail(base.Conflict, "erased", base.T("%s wurde endgültig entfernt und kommt nicht zurück.", "%s was erased for good and does not come back.", d.title()))
	}
	if err := d.Changeable(have.approved); err != nil {
		return kept{}, err
	}
	c, err := d.content(have.payload)
	if err != nil {
		return kept{}, err
	}
	if action == "delete" {
		if err := b.unreferenced(d, id); err != nil {
			return kept{}, err
		}
	}
	return b.write(d, id, have, step{action: action, by: by, content: c})
}

// Delete hides a record of a register, Restore brings it back; see the functions of that name.
func (b *Batch) Delete(d *Def, id string, ifVersion int, by string) (Doc, error) {
	out, err := b.turn(d, id, ifVersion, by, "delete")
	return out.Doc, err
}

// Restore brings a deleted record of a register back.
func (b *Batch) Restore(d *Def, id string, ifVersion int, by string) (Doc, error) {
	out, err := b.turn(d, id, ifVersion, by, "restore")
	return out.Doc, err
}

func (d *Def) content(payload string) (content, error) {
	c := content{raw: []byte(payload)}
	if d.Fields == nil {
		return c, nil
	}
	doc, err := decodeObject(c.raw)
	c.doc = doc
	return c, err
}

func decodeObject(raw []byte) (map[string]any, error) {
	if string(raw) == erasedPayload {
		return map[string]any{}, nil
	}
	return field.Decode(raw)
}

// current is the newest version of a record as kept, version 0 when there is none.
type current struct {
	version            int
	payload            string
	deleted            bool
	hash               string
	state              string
	approved           int
	createdAt, created string
	updatedAt, updated string
}

func (c current) kept(id string, with content) kept {
	return kept{raw: with.raw, Doc: Doc{ID: id, Version: c.version, Value: with.doc, State: c.state, ApprovedVersion: c.approved, Deleted: c.deleted,
		CreatedAt: database.ParseStamp(c.createdAt), CreatedBy: c.created, UpdatedAt: database.ParseStamp(c.updatedAt), UpdatedBy: c.updated}}
}

const selectHead = `SELECT r.version, r.payload, r.deleted, h.hash, r.state, r.approved_version, r.created_at, r.created_by, r.updated_at, r.updated_by
		FROM record r JOIN record_history h ON h.kind = r.kind AND h.id = r.id AND h.version = r.version
		WHERE r.kind = ? AND r.id = ?`

func (b *Batch) head(kind, id string) (current, error) {
	return scanHead(b.tx.QueryRow(selectHead, kind, id))
}

// headOf is head outside a transaction.
func (s *Store) headOf(ctx context.Context, kind, id string) (current, error) {
	return scanHead(s.db.Read().QueryRowContext(ctx, selectHead, kind, id))
}

func scanHead(row *sql.Row) (current, error) {
	var c current
	err := row.Scan(&c.version, &c.payload, &c.deleted, &c.hash, &c.state, &c.approved, &c.createdAt, &c.created, &c.updatedAt, &c.updated)
	if errors.Is(err, sql.ErrNoRows) {
		return current{}, nil
	}
	return c, err
}

// step is what one new version brings.
type step struct {
	action, by, note string
	content
	state    *string // new state of approval, nil when the step leaves it
	changed  bool    // a step of approval that fills managed fields
	approved bool    // this version is the approved one
}

func (b *Batch) write(d *Def, id string, have current, st step) (kept, error) {
	now := b.s.clock()
	note, err := b.marked(now, st.note)
	if err != nil {
		return kept{}, err
	}
	stamp := database.Stamp(now)
	next := have
	next.version, next.payload, next.deleted = have.version+1, string(st.raw), st.action == "delete"
	next.updatedAt, next.updated = stamp, st.by
	if have.version == 0 {
		next.createdAt, next.created = stamp, st.by
	}
	switch {
	case st.state != nil:
		next.state = *st.state
	default:
		next.state = nextOf(have.state, st.action)
	}
	if st.approved {
		next.approved = next.version
	}
	salt := newSalt()
	e := link{kind: d.Name, id: id, version: next.version, action: st.action, at: stamp, by: st.by, note: note, previous: have.hash,
		payloadHash: payloadHash(salt, next.payload)}
	next.hash = e.hash()
	keys, err := d.keys(st.doc)
	if err != nil {
		return kept{}, err
	}
	_, err = b.tx.Exec(`INSERT INTO record(kind, id, version, payload, deleted, updated_at, updated_by, keys, state, approved_version, created_at, created_by)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT(kind, id) DO UPDATE SET version = excluded.version, payload = excluded.payload, deleted = excluded.deleted,
		updated_at = excluded.updated_at, updated_by = excluded.updated_by, keys = excluded.keys, state = excluded.state,
		approved_version = excluded.approved_version`,
		d.Name, id, next.version, next.payload, next.deleted, stamp, st.by, keys, next.state, next.approved, next.createdAt, next.created)
	if err != nil {
		return kept{}, err
	}
	_, err = b.tx.Exec(`INSERT INTO record_history(kind, id, version, action, at, by, note, salt, payload, payload_hash, previous, hash)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, d.Name, id, next.version, st.action, stamp, st.by, note, salt, next.payload, e.payloadHash, e.previous, next.hash)
	if err != nil {
		return kept{}, err
	}
	b.note(d.Name, id, have, next)
	if d.Fields != nil && (st.changed || changes(st.action)) {
		if err := b.relate(d, id, next.deleted, st.doc); err != nil {
			return kept{}, err
		}
	}
	return next.kept(id, st.content), nil
}

// changes says whether an action touches what stands beside the record: links and words. Steps of approval alone do not.
func changes(action string) bool {
	return strings.Contains(" create update delete restore ", " "+action+" ")
}

func newSalt() string {
	var salt [16]byte
	rand.Read(salt[:])
	return hex.EncodeToString(salt[:])
}
