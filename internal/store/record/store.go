package record

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// Store keeps the records of one instance.
type Store struct {
	db    *database.DB
	clock base.Clock
}

// NewStore keeps records in db.
func NewStore(db *database.DB, clock base.Clock) *Store { return &Store{db: db, clock: clock} }

// AnyVersion as ifVersion writes whatever version is there. New as ifVersion demands that there is none.
const (
	AnyVersion = -1
	New        = 0
)

// Put writes a value: it creates the record when ifVersion is New, otherwise it must find exactly that version
// (Conflict/stale_version when somebody was faster). An empty id gets a new one. Field errors of the kind answer
// Refused/invalid_fields.
func Put[T any](ctx context.Context, s *Store, kind Kind[T], id string, ifVersion int, value T, by string) (Record[T], error) {
	var out Record[T]
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		out, err = PutIn(tx, s, kind, id, ifVersion, value, by)
		return err
	})
	return out, err
}

// PutIn is Put inside a transaction that the caller holds.
func PutIn[T any](tx *sql.Tx, s *Store, kind Kind[T], id string, ifVersion int, value T, by string) (Record[T], error) {
	var none Record[T]
	if err := kind.validate(&value); err != nil {
		return none, err
	}
	payload, err := json.Marshal(value)
	if err != nil {
		return none, err
	}
	if id == "" {
		id = base.NewID(s.clock())
	}
	have, err := head(tx, kind.Name, id)
	if err != nil {
		return none, err
	}
	if err := kind.matches(have, id, ifVersion); err != nil {
		return none, err
	}
	action := "update"
	switch {
	case have.version == 0:
		action = "create"
	case have.deleted:
		action = "restore"
	}
	return write(tx, s, kind, id, have, action, payload, value, by)
}

// Get returns the current version, NotFound when there is none or it is deleted.
func Get[T any](ctx context.Context, s *Store, kind Kind[T], id string) (Record[T], error) {
	r, err := scan[T](s.db.Read().QueryRowContext(ctx, selectRecord+` WHERE kind = ? AND id = ? AND deleted = 0`, kind.Name, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, kind.notFound(id)
	}
	return r, err
}

// List returns every record that is not deleted, by id.
func List[T any](ctx context.Context, s *Store, kind Kind[T]) ([]Record[T], error) {
	rows, err := s.db.Read().QueryContext(ctx, selectRecord+` WHERE kind = ? AND deleted = 0 ORDER BY id`, kind.Name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Record[T]{}
	for rows.Next() {
		r, err := scan[T](rows)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Delete hides a record; its history stays and Restore brings it back. ifVersion as in Put.
func Delete[T any](ctx context.Context, s *Store, kind Kind[T], id string, ifVersion int, by string) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := turn(tx, s, kind, id, ifVersion, by, "delete")
		return err
	})
}

// Restore brings a deleted record back with the value that it had.
func Restore[T any](ctx context.Context, s *Store, kind Kind[T], id string, ifVersion int, by string) (Record[T], error) {
	var out Record[T]
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		out, err = turn(tx, s, kind, id, ifVersion, by, "restore")
		return err
	})
	return out, err
}

func turn[T any](tx *sql.Tx, s *Store, kind Kind[T], id string, ifVersion int, by, action string) (Record[T], error) {
	var none Record[T]
	have, err := head(tx, kind.Name, id)
	if err != nil {
		return none, err
	}
	if have.version == 0 || have.deleted != (action == "restore") {
		return none, kind.notFound(id)
	}
	if ifVersion != AnyVersion && ifVersion != have.version {
		return none, kind.stale(id, have.version)
	}
	var value T
	if err := json.Unmarshal([]byte(have.payload), &value); err != nil {
		return none, err
	}
	return write(tx, s, kind, id, have, action, []byte(have.payload), value, by)
}

const selectRecord = `SELECT id, version, payload, deleted, updated_at, updated_by FROM record`

func scan[T any](row interface{ Scan(...any) error }) (Record[T], error) {
	var r Record[T]
	var payload, at string
	if err := row.Scan(&r.ID, &r.Version, &payload, &r.Deleted, &at, &r.UpdatedBy); err != nil {
		return r, err
	}
	r.UpdatedAt = database.ParseStamp(at)
	return r, json.Unmarshal([]byte(payload), &r.Value)
}

// current is the newest version of a record as kept, version 0 when there is none.
type current struct {
	version int
	payload string
	deleted bool
	hash    string
}

func head(tx *sql.Tx, kind, id string) (current, error) {
	var c current
	err := tx.QueryRow(`SELECT r.version, r.payload, r.deleted, h.hash FROM record r
		JOIN record_history h ON h.kind = r.kind AND h.id = r.id AND h.version = r.version
		WHERE r.kind = ? AND r.id = ?`, kind, id).Scan(&c.version, &c.payload, &c.deleted, &c.hash)
	if errors.Is(err, sql.ErrNoRows) {
		return current{}, nil
	}
	return c, err
}

func write[T any](tx *sql.Tx, s *Store, kind Kind[T], id string, have current, action string, payload []byte, value T, by string) (Record[T], error) {
	at := s.clock()
	stamp := database.Stamp(at)
	version := have.version + 1
	deleted := action == "delete"
	var salt [16]byte
	rand.Read(salt[:])
	e := link{kind: kind.Name, id: id, version: version, action: action, at: stamp, by: by, previous: have.hash,
		payloadHash: payloadHash(hex.EncodeToString(salt[:]), string(payload))}
	_, err := tx.Exec(`INSERT INTO record(kind, id, version, payload, deleted, updated_at, updated_by) VALUES (?,?,?,?,?,?,?)
		ON CONFLICT(kind, id) DO UPDATE SET version = excluded.version, payload = excluded.payload,
		deleted = excluded.deleted, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
		kind.Name, id, version, string(payload), deleted, stamp, by)
	if err != nil {
		return Record[T]{}, err
	}
	_, err = tx.Exec(`INSERT INTO record_history(kind, id, version, action, at, by, salt, payload, payload_hash, previous, hash)
		VALUES (?,?,?,?,?,?,?,?,?,?,?)`, kind.Name, id, version, action, stamp, by,
		hex.EncodeToString(salt[:]), string(payload), e.payloadHash, e.previous, e.hash())
	if err != nil {
		return Record[T]{}, err
	}
	return Record[T]{ID: id, Version: version, Value: value, UpdatedAt: database.ParseStamp(stamp), UpdatedBy: by, Deleted: deleted}, nil
}

// link is what one entry of the chain seals.
type link struct {
	kind, id                              string
	version                               int
	action, at, by, payloadHash, previous string
}

func (l link) hash() string {
	h := sha256.New()
	for _, part := range []string{l.previous, l.kind, l.id, fmt.Sprint(l.version), l.action, l.at, l.by, l.payloadHash} {
		fmt.Fprintf(h, "%d:%s", len(part), part) // the length keeps neighbours from running into each other
	}
	return hex.EncodeToString(h.Sum(nil))
}

// payloadHash is H(salt ‖ payload): without salt and payload it tells nothing, and the chain still verifies.
func payloadHash(salt, payload string) string {
	sum := sha256.Sum256([]byte(salt + payload))
	return hex.EncodeToString(sum[:])
}
