package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// History returns every version of a record, oldest first. NotFound when the record never existed. An erased version
// has the zero value.
func History[T any](ctx context.Context, s *Store, kind Kind[T], id string) ([]Entry[T], error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT version, action, at, by, payload, hash FROM record_history
		WHERE kind = ? AND id = ? ORDER BY version`, kind.Name, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Entry[T]{}
	for rows.Next() {
		var e Entry[T]
		var at string
		var payload sql.NullString
		if err := rows.Scan(&e.Version, &e.Action, &at, &e.By, &payload, &e.Hash); err != nil {
			return nil, err
		}
		e.At = database.ParseStamp(at)
		if payload.Valid {
			if err := json.Unmarshal([]byte(payload.String), &e.Value); err != nil {
				return nil, err
			}
		}
		out = append(out, e)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, kind.notFound(id)
	}
	return out, nil
}

// Erase removes the content of every version of a deleted record (Art. 17 GDPR); the chain still verifies.
func (s *Store) Erase(ctx context.Context, kind, id string) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		r, err := tx.Exec(`UPDATE record SET payload = 'null' WHERE kind = ? AND id = ? AND deleted = 1`, kind, id)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return base.Fail(base.Conflict, "not_deleted", base.T("Nur Gelöschtes lässt sich endgültig entfernen.",
				"Only what is deleted can be erased.")).Because(err)
		}
		_, err = tx.Exec(`UPDATE record_history SET payload = NULL, salt = NULL WHERE kind = ? AND id = ?`, kind, id)
		return err
	})
}

// Verify recomputes every chain and answers how many entries hold; the first that does not is the error, with code
// chain_broken.
func (s *Store) Verify(ctx context.Context) (entries int, err error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT kind, id, version, action, at, by, salt, payload, payload_hash, previous, hash
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
		if err := rows.Scan(&l.kind, &l.id, &l.version, &l.action, &l.at, &l.by, &salt, &payload, &l.payloadHash, &l.previous, &hash); err != nil {
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
	return entries, s.verifyHeads(ctx)
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
