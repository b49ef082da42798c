package auth

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// Purpose of a one-time link.
type Purpose string

// The purposes.
const (
	First  Purpose = "first"  // the first account of an instance
	Invite Purpose = "invite" // a new account with given roles
	Reset  Purpose = "reset"  // a new password
)

// linkLife is how long each kind of link can be used.
var linkLife = map[Purpose]time.Duration{First: 24 * time.Hour, Invite: 7 * 24 * time.Hour, Reset: 24 * time.Hour}

// OneTime is what a link is for.
type OneTime struct {
	Purpose   Purpose   `json:"purpose" enum:"first,invite,reset"`
	Email     string    `json:"email" doc:"empty for the first account"`
	Roles     []Role    `json:"roles"`
	ExpiresAt time.Time `json:"expires_at"`
}

// NeedsFirst says whether the instance has no account yet.
func (s *Service) NeedsFirst(ctx context.Context) (bool, error) {
	var n int
	err := s.db.Read().QueryRowContext(ctx, `SELECT count(*) FROM account`).Scan(&n)
	return n == 0, err
}

// FirstLink makes the link to the first account; earlier ones stop working.
func (s *Service) FirstLink(ctx context.Context) (token string, l OneTime, err error) {
	return s.link(ctx, OneTime{Purpose: First, Roles: []Role{Admin, Officer}}, Operator().By())
}

// InviteLink makes a link by which a person gets an account with roles.
func (s *Service) InviteLink(ctx context.Context, email string, roles []Role, by string) (token string, l OneTime, err error) {
	email = strings.TrimSpace(email)
	if err := refused(append(emailFields(email), roleFields(roles)...)); err != nil {
		return "", l, err
	}
	if a, err := s.ByName(ctx, email); err != nil {
		return "", l, err
	} else if a.ID != "" {
		return "", l, taken(email)
	}
	return s.link(ctx, OneTime{Purpose: Invite, Email: email, Roles: roles}, by)
}

// ResetLink makes a link by which the owner of an account sets a new password.
func (s *Service) ResetLink(ctx context.Context, account, by string) (token string, l OneTime, err error) {
	a, err := s.Account(ctx, account)
	if err != nil {
		return "", l, err
	}
	return s.link(ctx, OneTime{Purpose: Reset, Email: a.Email, Roles: a.Roles}, by)
}

func (s *Service) link(ctx context.Context, l OneTime, by string) (string, OneTime, error) {
	now, token := s.clock(), base.NewSecret()
	l.ExpiresAt = now.Add(linkLife[l.Purpose])
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`DELETE FROM one_time WHERE (purpose = ? AND email = ?) OR expires_at < ?`, l.Purpose, l.Email, database.Stamp(now))
		if err != nil {
			return err
		}
		_, err = tx.Exec(`INSERT INTO one_time(token_hash, purpose, email, roles, created_by, created_at, expires_at) VALUES (?,?,?,?,?,?,?)`,
			fingerprint(token), l.Purpose, l.Email, joinRoles(l.Roles), by, database.Stamp(now), database.Stamp(l.ExpiresAt))
		return err
	})
	return token, l, err
}

// Look tells what a link is for, NotFound/link_unknown when it was used, has expired or never existed.
func (s *Service) Look(ctx context.Context, token string) (OneTime, error) {
	return scanLink(s.db.Read().QueryRowContext(ctx, selectLink, fingerprint(token), database.Stamp(s.clock())))
}

const selectLink = `SELECT purpose, email, roles, expires_at FROM one_time WHERE token_hash = ? AND expires_at > ?`

func scanLink(row *sql.Row) (OneTime, error) {
	var l OneTime
	var roles, expires string
	err := row.Scan(&l.Purpose, &l.Email, &roles, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return l, linkUnknown()
	}
	l.Roles, l.ExpiresAt = splitRoles(roles), database.ParseStamp(expires)
	return l, err
}

func linkUnknown() error {
	return base.Fail(base.NotFound, "link_unknown", base.T("Dieser Link ist abgelaufen oder wurde schon benutzt.",
		"This link has expired or was used already.")).
		WithHint(base.T("Bitten Sie Ihre Administration um einen neuen.", "Ask your administrator for a new one."))
}

// Use spends a link: it makes the account or sets the password, and begins a session. Name and email count for new
// accounts only; the e-mail address of an invitation is fixed.
func (s *Service) Use(ctx context.Context, token, name, email, password string) (Account, Session, error) {
	l, err := s.Look(ctx, token)
	if err != nil {
		return Account{}, Session{}, err
	}
	n := NewAccount{Email: l.Email, Name: name, Roles: l.Roles, Password: password}
	if l.Purpose == First {
		n.Email = email
	}
	if err := refused(passwordFields("password", password)); err != nil {
		return Account{}, Session{}, err
	}
	if err := n.check(); err != nil {
		return Account{}, Session{}, err
	}
	hash := hashPassword(password)
	var id string
	err = s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		id, err = s.spend(tx, fingerprint(token), n, hash)
		return err
	})
	if err != nil {
		return Account{}, Session{}, err
	}
	session, err := s.begin(ctx, id)
	if err != nil {
		return Account{}, Session{}, err
	}
	a, err := s.joined(ctx, id)
	return a, session, err
}

func (s *Service) spend(tx *sql.Tx, hash string, n NewAccount, password string) (id string, err error) {
	l, err := scanLink(tx.QueryRow(selectLink, hash, database.Stamp(s.clock())))
	if err != nil {
		return "", err
	}
	if _, err := tx.Exec(`DELETE FROM one_time WHERE token_hash = ?`, hash); err != nil {
		return "", err
	}
	if l.Purpose == First {
		if err := noAccount(tx); err != nil {
			return "", err
		}
	}
	if l.Purpose != Reset {
		return s.insert(tx, n, password)
	}
	err = tx.QueryRow(`UPDATE account SET password_hash = ? WHERE email = ? AND disabled = 0 RETURNING id`, password, l.Email).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", linkUnknown()
	}
	if err != nil {
		return "", err
	}
	return id, signOut(tx, id)
}

// noAccount refuses the link to the first account once there is one, however it came to be.
func noAccount(tx *sql.Tx) error {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM account`).Scan(&n)
	if err == nil && n > 0 {
		err = linkUnknown()
	}
	return err
}
