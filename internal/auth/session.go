package auth

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// How long a session lives without use and at all, and how often its use is written.
const (
	sessionIdle  = 12 * time.Hour
	sessionLife  = 14 * 24 * time.Hour
	sessionTouch = 5 * time.Minute
)

// Session is a signed-in browser. Token travels in the cookie, CSRF in a header of every changing request.
type Session struct {
	Token   string
	CSRF    string
	Expires time.Time
}

// fingerprint is what the database keeps of a token: whoever reads the file cannot use it.
func fingerprint(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func badSignIn() error {
	return base.Fail(base.Unauthenticated, "bad_sign_in", base.T("E-Mail-Adresse oder Kennwort stimmen nicht.",
		"E-mail address or password are not right.")).
		WithHint(base.T("Haben Sie Ihr Kennwort vergessen, bitten Sie Ihre Administration um einen Link zum Zurücksetzen.",
			"If you forgot your password, ask your administrator for a reset link."))
}

// SignIn checks a password and begins a session. Unknown, disabled and wrong answer alike and take equally long.
func (s *Service) SignIn(ctx context.Context, email, password string) (Account, Session, error) {
	if err := s.try(ctx, email); err != nil {
		return Account{}, Session{}, err
	}
	var id, hash string
	err := s.db.Read().QueryRowContext(ctx, `SELECT id, password_hash FROM account WHERE email = ? AND disabled = 0`,
		strings.TrimSpace(email)).Scan(&id, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Account{}, Session{}, err
	}
	if hash == "" {
		checkPassword(decoy, password)
		return Account{}, Session{}, badSignIn()
	}
	if !checkPassword(hash, password) {
		return Account{}, Session{}, badSignIn()
	}
	s.tryWorked(ctx, email)
	session, err := s.begin(ctx, id)
	if err != nil {
		return Account{}, Session{}, err
	}
	a, err := s.Account(ctx, id)
	return a, session, err
}

func (s *Service) begin(ctx context.Context, account string) (Session, error) {
	now := s.clock()
	out := Session{Token: base.NewSecret(), CSRF: base.NewSecret(), Expires: now.Add(sessionLife)}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		stamp := database.Stamp(now)
		if _, err := tx.Exec(`DELETE FROM session WHERE expires_at < ? OR used_at < ?`, stamp, database.Stamp(now.Add(-sessionIdle))); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE account SET last_seen_at = ? WHERE id = ?`, stamp, account); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO session(token_hash, account_id, csrf, created_at, used_at, expires_at) VALUES (?,?,?,?,?,?)`,
			fingerprint(out.Token), account, out.CSRF, stamp, stamp, database.Stamp(out.Expires))
		return err
	})
	return out, err
}

// BySession finds who a session cookie belongs to, with the value its changing requests must carry. An unknown, idle or
// expired one answers the zero Principal without error.
func (s *Service) BySession(ctx context.Context, token string) (p Principal, csrf string, err error) {
	now, hash := s.clock(), fingerprint(token)
	var account, used string
	err = s.db.Read().QueryRowContext(ctx, `SELECT account_id, csrf, used_at FROM session
		WHERE token_hash = ? AND expires_at > ? AND used_at > ?`, hash, database.Stamp(now), database.Stamp(now.Add(-sessionIdle))).
		Scan(&account, &csrf, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return Principal{}, "", nil
	}
	if err != nil {
		return Principal{}, "", err
	}
	a, err := s.Account(ctx, account)
	if err != nil || a.Disabled {
		return Principal{}, "", err
	}
	if now.Sub(database.ParseStamp(used)) > sessionTouch {
		if err := s.touch(ctx, hash, account, now); err != nil {
			return Principal{}, "", err
		}
	}
	return a.principal(hash), csrf, nil
}

func (s *Service) touch(ctx context.Context, session, account string, now time.Time) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE session SET used_at = ? WHERE token_hash = ?`, database.Stamp(now), session); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE account SET last_seen_at = ? WHERE id = ?`, database.Stamp(now), account)
		return err
	})
}

// CSRF is the value that changing requests of the session behind p must carry, "" when p came without a session.
func (s *Service) CSRF(ctx context.Context, p Principal) (csrf string, err error) {
	if p.session == "" {
		return "", nil
	}
	err = s.db.Read().QueryRowContext(ctx, `SELECT csrf FROM session WHERE token_hash = ?`, p.session).Scan(&csrf)
	return csrf, err
}

// SignOut ends the session that carried the request; everywhere ends all sessions and tokens of the account.
func (s *Service) SignOut(ctx context.Context, p Principal, everywhere bool) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if everywhere {
			return signOut(tx, p.ID)
		}
		_, err := tx.Exec(`DELETE FROM session WHERE token_hash = ?`, p.session)
		return err
	})
}

// SetPassword changes the password of p after checking the old one; every other session and token ends.
func (s *Service) SetPassword(ctx context.Context, p Principal, old, password string) error {
	if err := refused(passwordFields("new", password)); err != nil {
		return err
	}
	if err := s.try(ctx, p.Email); err != nil {
		return err
	}
	var hash string
	if err := s.db.Read().QueryRowContext(ctx, `SELECT password_hash FROM account WHERE id = ?`, p.ID).Scan(&hash); err != nil {
		return base.AsError(err)
	}
	if !checkPassword(hash, old) {
		return refused([]base.FieldError{{Field: "old", Text: base.T("stimmt nicht", "is not right")}})
	}
	s.tryWorked(ctx, p.Email)
	hash = hashPassword(password)
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.Exec(`UPDATE account SET password_hash = ? WHERE id = ?`, hash, p.ID); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM token WHERE account_id = ?`, p.ID); err != nil {
			return err
		}
		_, err := tx.Exec(`DELETE FROM session WHERE account_id = ? AND token_hash <> ?`, p.ID, p.session)
		return err
	})
}

// SetPreferences keeps language and colour scheme of an account.
func (s *Service) SetPreferences(ctx context.Context, p Principal, lang, scheme string) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE account SET lang = ?, scheme = ? WHERE id = ?`, lang, scheme, p.ID)
		return err
	})
}

// NewToken makes an API token for an account; it is shown once.
func (s *Service) NewToken(ctx context.Context, account string) (string, error) {
	token := base.NewSecret()
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`INSERT INTO token(token_hash, account_id, created_at) VALUES (?,?,?)`,
			fingerprint(token), account, database.Stamp(s.clock()))
		return err
	})
	return token, err
}

// ByToken finds who an API token belongs to; the zero Principal when it is unknown or the account is disabled.
func (s *Service) ByToken(ctx context.Context, token string) (Principal, error) {
	var account string
	err := s.db.Read().QueryRowContext(ctx, `SELECT account_id FROM token WHERE token_hash = ?`, fingerprint(token)).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		return Principal{}, nil
	}
	if err != nil {
		return Principal{}, err
	}
	a, err := s.Account(ctx, account)
	if err != nil || a.Disabled {
		return Principal{}, err
	}
	return a.principal(""), nil
}
