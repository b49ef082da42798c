package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// History returns every version of a record, oldest first. NotFound when the record never existed. An erased version
// has the zero value.
func History[T any](ctx context.Context, s *Store, kind Kind[T], id string) ([]Entry[T], error) {
	rows, err := s.db.Read().QueryContext(ctx, `SELECT version, action, at, by, note, payload, hash FROM record_history
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
		if err := rows.Scan(&e.Version, &e.Action, &at, &e.By, &e.Note, &payload, &e.Hash); err != nil {
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
		return nil, (&Def{Name: kind.Name, Title: kind.Title}).notFound(id)
	}
	return out, nil
}

// An erasure is a last version of its own: content that is missing without one was taken away behind Lotse's back.
const (
	erasedPayload = "null"
	erasedNote    = "Art. 17 DSGVO/GDPR"
)

// Erase removes the content of every version of a deleted record (Art. 17 GDPR); the chain still verifies.
func (s *Store) Erase(ctx context.Context, kind, id, by string) error {
	d, ok := s.Def(kind)
	if !ok {
		d = &Def{Name: kind}
	}
	return s.Write(ctx, func(b *Batch) error {
		have, err := b.head(kind, id)
		if err != nil {
			return err
		}
		if !have.deleted || have.payload == erasedPayload {
			return base.Fail(base.Conflict, "not_deleted", base.T("Nur Gelöschtes lässt sich endgültig entfernen.",
				"Only what is deleted can be erased."))
		}
		if _, err := b.write(d, id, have, step{action: "delete", by: by, note: erasedNote, content: content{raw: []byte(erasedPayload)}}); err != nil {
			return err
		}
		_, err = b.tx.Exec(`UPDATE record_history SET payload = NULL, salt = NULL WHERE kind = ? AND id = ?`, kind, id)
		return err
	})
}

// Versions returns every version of a record of a register, oldest first, NotFound when it never existed. An erased
// version has no value.
func (s *Store) Versions(ctx context.Context, d *Def, id string) ([]Entry[map[string]any], error) {
	return History(ctx, s, Kind[map[string]any]{Name: d.Name, Title: d.Title}, id)
}

// At returns the document of one version, for comparison and for going back to it.
func (s *Store) At(ctx context.Context, d *Def, id string, version int) (map[string]any, error) {
	var payload sql.NullString
	err := s.db.Read().QueryRowContext(ctx, `SELECT payload FROM record_history WHERE kind = ? AND id = ? AND version = ?`, d.Name, id, version).Scan(&payload)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !payload.Valid {
		return nil, base.Fail(base.NotFound, "version_not_found", base.T("Die Version %d gibt es nicht oder nicht mehr.", "Version %d does not exist or no longer does.", version))
	}
	if err != nil {
		return nil, err
	}
	return decodeObject([]byte(payload.String))
}
