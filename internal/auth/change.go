package auth

import (
	"context"
	"database/sql"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Change says what to change of an account; nil leaves a part as it is.
type Change struct {
	Email    *string `json:"email,omitempty" maxLength:"200"`
	Name     *string `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Roles    *[]Role `json:"roles,omitempty"`
	Disabled *bool   `json:"disabled,omitempty"`
}

func (c *Change) check() error {
	var fields []base.FieldError
	if c.Email != nil {
		*c.Email = strings.TrimSpace(*c.Email)
		fields = emailFields(*c.Email)
	}
	if c.Roles != nil {
		fields = append(fields, roleFields(*c.Roles)...)
	}
	return refused(fields)
}

func (c Change) of(a Account) Account {
	if c.Email != nil {
		a.Email = *c.Email
	}
	if c.Name != nil {
		a.Name = strings.TrimSpace(*c.Name)
	}
	if c.Roles != nil {
		a.Roles = *c.Roles
	}
	if c.Disabled != nil {
		a.Disabled = *c.Disabled
	}
	return a
}

// Update changes an account; disabling signs it out everywhere. The last enabled admin stays. A former e-mail address
// stays with the account, because the history of records names people by it.
func (s *Service) Update(ctx context.Context, id string, c Change) (Account, error) {
	if err := c.check(); err != nil {
		return Account{}, err
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		before, err := scanAccount(tx.QueryRow(selectAccount+` WHERE id = ?`, id))
		if err != nil {
			return err
		}
		a := c.of(before)
		if err := readdress(tx, before, a.Email); err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE account SET email = ?, name = ?, roles = ?, disabled = ? WHERE id = ?`, a.Email, a.Name, joinRoles(a.Roles), a.Disabled, id); err != nil {
			return err
		}
		if a.Disabled {
			if err := signOut(tx, id); err != nil {
				return err
			}
		}
		return needsAdmin(tx)
	})
	if err != nil {
		return Account{}, err
	}
	if c.Email == nil {
		return s.Account(ctx, id)
	}
	return s.joined(ctx, id)
}

// readdress keeps the address that an account gives up.
func readdress(tx *sql.Tx, a Account, email string) error {
	if email == a.Email {
		return nil
	}
	if err := unused(tx, email, a.ID); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM account_former WHERE email = ?`, email); err != nil { // one's own again
		return err
	}
	if strings.EqualFold(email, a.Email) {
		return nil
	}
	_, err := tx.Exec(`INSERT INTO account_former(email, account_id) VALUES (?, ?)`, a.Email, a.ID)
	return err
}

// unused refuses an e-mail address that another account has or had.
func unused(tx *sql.Tx, email, own string) error {
	var n int
	err := tx.QueryRow(`SELECT (SELECT count(*) FROM account WHERE email = ?1 AND id <> ?2) + (SELECT count(*) FROM account_former WHERE email = ?1 AND account_id <> ?2)`,
		email, own).Scan(&n)
	if err == nil && n > 0 {
		return taken(email)
	}
	return err
}

func taken(email string) error {
	return base.Fail(base.Conflict, "account_exists", base.T("Für %s gibt oder gab es schon ein Konto.", "There is or was already an account for %s.", email))
}
