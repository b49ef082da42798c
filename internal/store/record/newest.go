package record

import (
	"context"
	"database/sql"
	"time"

	"lotse.dev/lotse/internal/store/database"
)

// Newest is the instant of the newest step in the history of all records, the zero time when there is none.
func (s *Store) Newest(ctx context.Context) (time.Time, error) {
	var at sql.NullString
	err := s.db.Read().QueryRowContext(ctx, `SELECT max(at) FROM record_history`).Scan(&at)
	if err != nil || !at.Valid {
		return time.Time{}, err
	}
	return database.ParseStamp(at.String), nil
}
