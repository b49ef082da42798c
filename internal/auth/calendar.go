package auth

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// Reach is what a calendar feed holds.
type Reach string

// The reaches.
const (
	Own       Reach = "own" // what concerns the person
	AllToRead Reach = "all" // everything that the person may read
)

// Calendar is a person's feed; its secret address is shown once.
type Calendar struct {
	Reach     Reach
	CreatedAt time.Time
}

// NewCalendar makes the secret of a person's feed; an earlier one stops working.
func (s *Service) NewCalendar(ctx context.Context, p Principal, reach Reach) (token string, err error) {
	token = base.NewSecret()
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO calendar(account_id, token_hash, reach, created_at) VALUES (?,?,?,?)
			ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, reach = excluded.reach, created_at = excluded.created_at`,
			p.ID, fingerprint(token), reach, database.Stamp(s.clock()))
		return err
	})
	return token, err
}

// EndCalendar withdraws the feed of a person.
func (s *Service) EndCalendar(ctx context.Context, p Principal) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM calendar WHERE account_id = ?`, p.ID)
		return err
	})
}

// CalendarOf tells of the feed of a person, nil when there is none.
func (s *Service) CalendarOf(ctx context.Context, p Principal) (*Calendar, error) {
	var c Calendar
	var at string
	err := s.db.Read().QueryRowContext(ctx, `SELECT reach, created_at FROM calendar WHERE account_id = ?`, p.ID).Scan(&c.Reach, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	c.CreatedAt = database.ParseStamp(at)
	return &c, err
}

// ByCalendar finds whose feed a secret opens, and in which language the person reads. It is NotFound when the secret is
// unknown or the account is disabled.
func (s *Service) ByCalendar(ctx context.Context, token string) (Principal, Reach, base.Lang, error) {
	var id string
	var reach Reach
	err := s.db.Read().QueryRowContext(ctx, `SELECT account_id, reach FROM calendar WHERE token_hash = ?`, fingerprint(token)).Scan(&id, &reach)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Principal{}, "", base.German, err
	}
	if err == nil {
		a, err := s.Account(ctx, id)
		if err == nil && !a.Disabled {
			return a.principal(""), reach, base.ParseLang(a.Lang), nil
		}
		if err != nil && !base.IsKind(err, base.NotFound) {
			return Principal{}, "", base.German, err
		}
	}
	return Principal{}, "", base.German, base.Fail(base.NotFound, "calendar_unknown", base.T("Diesen Kalender gibt es nicht.", "This calendar does not exist."))
}
