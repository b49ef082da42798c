// Package visit keeps when a person last looked at the leader's page, one row each and no history.
package visit

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lotse.dev/lotse/internal/store/database"
)

// pause is how long somebody stays away until coming back is another visit.
const pause = time.Hour

// step is how much a visit goes on before that is kept, so that looking again and again writes little.
const step = 5 * time.Minute

// Store keeps visits.
type Store struct{ db *database.DB }

// New makes the store.
func New(db *database.DB) *Store { return &Store{db} }

// Look notes that somebody looks now and answers when the visit before this one ended; the zero time at their first.
func (s *Store) Look(ctx context.Context, account string, now time.Time) (time.Time, error) {
	var seenText, beforeText string
	err := s.db.Read().QueryRowContext(ctx, `SELECT seen, before FROM visit WHERE account = ?`, account).Scan(&seenText, &beforeText)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, err
	}
	before := database.ParseStamp(beforeText)
	switch seen := database.ParseStamp(seenText); {
	case err != nil: // the first look
	case now.Sub(seen) > pause:
		before = seen
	case now.Sub(seen) < step:
		return before, nil
	}
	kept := ""
	if !before.IsZero() {
		kept = database.Stamp(before)
	}
	return before, s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO visit(account, seen, before) VALUES (?, ?, ?)
			ON CONFLICT(account) DO UPDATE SET seen = excluded.seen, before = excluded.before`, account, database.Stamp(now), kept)
		return err
	})
}
