package auth

import (
	"context"
	"database/sql"
	"errors"
	"net/mail"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// Service keeps accounts, sessions, tokens and one-time links of one instance.
type Service struct {
	db      *database.DB
	clock   base.Clock
	tries   tries
	persons Persons
}

// NewService keeps identities in db.
func NewService(db *database.DB, clock base.Clock) *Service { return &Service{db: db, clock: clock} }

// Account is a person who can sign in.
type Account struct {
	ID         string     `json:"id"`
	Email      string     `json:"email"`
	Name       string     `json:"name"`
	Roles      []Role     `json:"roles"`
	Disabled   bool       `json:"disabled"`
	Lang       string     `json:"lang" enum:"de,en"`
	Scheme     string     `json:"scheme" enum:"auto,light,dark"`
	CreatedAt  time.Time  `json:"created_at"`
	LastSeenAt *time.Time `json:"last_seen_at"`
	Person     string     `json:"person" doc:"record of kind person that is the owner"`
}

func (a Account) principal(session string) Principal {
	return Principal{ID: a.ID, Email: a.Email, Name: a.Name, Roles: a.Roles, Person: a.Person, session: session}
}

// Principal is the owner of the account, as if they asked.
func (a Account) Principal() Principal { return a.principal("") }

const selectAccount = `SELECT id, email, name, roles, disabled, lang, scheme, created_at, last_seen_at, person FROM account`

func scanAccount(row interface{ Scan(...any) error }) (Account, error) {
	var a Account
	var roles, createdAt string
	var seen sql.NullString
	err := row.Scan(&a.ID, &a.Email, &a.Name, &roles, &a.Disabled, &a.Lang, &a.Scheme, &createdAt, &seen, &a.Person)
	if errors.Is(err, sql.ErrNoRows) {
		return a, base.Fail(base.NotFound, "account_not_found", base.T("Dieses Konto gibt es nicht.", "This account does not exist."))
	}
	a.Roles, a.CreatedAt, a.LastSeenAt = splitRoles(roles), database.ParseStamp(createdAt), database.ParseStampPtr(seen)
	return a, err
}

func splitRoles(s string) []Role {
	out := []Role{}
	for part := range strings.SplitSeq(s, ",") {
		if part != "" {
			out = append(out, Role(part))
		}
	}
	return out
}

func joinRoles(roles []Role) string {
	var parts []string
	for _, r := range Roles() { // in one order, each once
		if slices.Contains(roles, r) {
			parts = append(parts, string(r))
		}
	}
	return strings.Join(parts, ",")
}

// Accounts lists everybody by e-mail address.
func (s *Service) Accounts(ctx context.Context) ([]Account, error) {
	rows, err := s.db.Read().QueryContext(ctx, selectAccount+` ORDER BY email`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Account{}
	for rows.Next() {
		a, err := scanAccount(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// Account returns one by id.
func (s *Service) Account(ctx context.Context, id string) (Account, error) {
	return scanAccount(s.db.Read().QueryRowContext(ctx, selectAccount+` WHERE id = ?`, id))
}

// NewAccount is what a new account needs. Without a password nobody can sign in with it until a reset link is used.
type NewAccount struct {
	Email    string `json:"email" maxLength:"200"`
	Name     string `json:"name,omitempty" maxLength:"200"`
	Roles    []Role `json:"roles" maxItems:"7"`
	Password string `json:"password,omitempty" maxLength:"200"`
}

func (n *NewAccount) check() error {
	n.Email, n.Name = strings.TrimSpace(n.Email), strings.TrimSpace(n.Name)
	fields := append(emailFields(n.Email), roleFields(n.Roles)...)
	if n.Password != "" {
		fields = append(fields, passwordFields("password", n.Password)...)
	}
	if n.Name == "" {
		n.Name, _, _ = strings.Cut(n.Email, "@")
	}
	return refused(fields)
}

func emailFields(email string) []base.FieldError {
	if a, err := mail.ParseAddress(email); err == nil && a.Address == email && len(email) <= 200 {
		return nil
	}
	return []base.FieldError{{Field: "email", Text: base.T("ist keine E-Mail-Adresse", "is not an e-mail address")}}
}

func roleFields(roles []Role) []base.FieldError {
	for _, r := range roles {
		if !slices.Contains(Roles(), r) {
			return []base.FieldError{{Field: "roles", Text: base.T("Rolle „%s“ gibt es nicht (%s)",
				"role “%s” does not exist (%s)", string(r), strings.ReplaceAll(joinRoles(Roles()), ",", ", "))}}
		}
	}
	if len(roles) == 0 {
		return []base.FieldError{{Field: "roles", Text: base.T("mindestens eine Rolle", "at least one role")}}
	}
	return nil
}

func refused(fields []base.FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = fields
	return e
}

// Add makes an account.
func (s *Service) Add(ctx context.Context, n NewAccount) (Account, error) {
	if err := n.check(); err != nil {
		return Account{}, err
	}
	hash := ""
	if n.Password != "" {
		hash = hashPassword(n.Password)
	}
	var id string
	err := s.db.Write(ctx, func(tx *sql.Tx) (err error) {
		id, err = s.insert(tx, n, hash)
		return err
	})
	if err != nil {
		return Account{}, err
	}
	return s.joined(ctx, id)
}

func (s *Service) insert(tx *sql.Tx, n NewAccount, hash string) (string, error) {
	if err := unused(tx, n.Email, ""); err != nil {
		return "", err
	}
	now := s.clock()
	id := base.NewID(now)
	_, err := tx.Exec(`INSERT INTO account(id, email, name, roles, password_hash, created_at) VALUES (?,?,?,?,?,?)`,
		id, n.Email, n.Name, joinRoles(n.Roles), hash, database.Stamp(now))
	return id, err
}

func needsAdmin(tx *sql.Tx) error {
	var n int
	err := tx.QueryRow(`SELECT count(*) FROM account WHERE disabled = 0 AND (',' || roles || ',') LIKE '%,admin,%'`).Scan(&n)
	if err == nil && n == 0 {
		err = base.Fail(base.Conflict, "last_admin", base.T("Das letzte Konto mit der Rolle Administration muss bleiben.",
			"The last account with the role administrator must stay."))
	}
	return err
}

func signOut(tx *sql.Tx, account string) error {
	for _, q := range []string{`DELETE FROM session WHERE account_id = ?`, `DELETE FROM token WHERE account_id = ?`} {
		if _, err := tx.Exec(q, account); err != nil {
			return err
		}
	}
	return nil
}
