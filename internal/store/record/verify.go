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

// Verify recomputes every chain and answers how many entries hold; the first that does not is the error, with code
// chain_broken. Then references must point at live records (link_broken) and the sums of all heads must be those that
// were signed outside the database (seal_broken).
func (s *Store) Verify(ctx context.Context) (entries int, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT kind, id, version, action, at, by, note, salt, payload, payload_hash, previous, hash
		FROM record_history ORDER BY kind, id, version`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var last link
	var lastHash string
	for rows.Next() {
		var l link
		var salt, payload sql.NullString
		var hash string
		if err := rows.Scan(&l.kind, &l.id, &l.version, &l.action, &l.at, &l.by, &l.note, &salt, &payload, &l.payloadHash, &l.previous, &hash); err != nil {
			return entries, err
		}
		want, wantVersion := "", 1
		if l.kind == last.kind && l.id == last.id {
			want, wantVersion = lastHash, last.version+1
		}
		intact := l.previous == want && l.version == wantVersion && l.hash() == hash &&
			(!payload.Valid || payloadHash(salt.String, payload.String) == l.payloadHash)
		if !intact {
			return entries, broken(l)
		}
		last, lastHash = l, hash
		entries++
	}
	if err := rows.Err(); err != nil {
		return entries, err
	}
	if err := s.verifyHeads(ctx); err != nil {
		return entries, err
	}
	if err := s.verifyLinks(ctx); err != nil {
		return entries, err
	}
	return entries, s.seal.verify(ctx, s)
}

// verifyHeads compares each record with the newest entry of its chain, so that neither can change or vanish alone.
func (s *Store) verifyHeads(ctx context.Context) error {
	var l link
	err := s.db.Read().QueryRowContext(ctx, `SELECT kind, id, version FROM record r WHERE NOT EXISTS (
		SELECT 1 FROM record_history h WHERE h.kind = r.kind AND h.id = r.id AND h.version = r.version
		AND (h.payload = r.payload OR (h.payload IS NULL AND r.payload = 'null'))
		AND NOT EXISTS (SELECT 1 FROM record_history n WHERE n.kind = r.kind AND n.id = r.id AND n.version > r.version))
		LIMIT 1`).Scan(&l.kind, &l.id, &l.version)
	if err == sql.ErrNoRows {
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

// verifyLinks finds the first reference that points at nothing, and the first that its record does not hold.
func (s *Store) verifyLinks(ctx context.Context) error {
	var l reference
	var kind, id string
	err := s.db.Read().QueryRowContext(ctx, `SELECT l.kind, l.id, l.field, l.to_kind, l.to_id FROM record_link l WHERE NOT EXISTS (
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
