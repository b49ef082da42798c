package auth

import (
	"context"
	"database/sql"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// Persons keeps a record of everybody who has an account.
type Persons interface {
	// Person answers the record of an account's owner: have when it is still there, otherwise the one with the e-mail
	// address, otherwise a new one. The record takes over the e-mail address.
	Person(ctx context.Context, have, email, name string) (id string, err error)
}

// Join lets every account have its record of a person, those that there are first.
func (s *Service) Join(ctx context.Context, persons Persons) error {
	s.persons = persons
	accounts, err := s.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if err := s.join(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// joined answers an account that has its record.
func (s *Service) joined(ctx context.Context, id string) (Account, error) {
	a, err := s.Account(ctx, id)
	if err != nil {
		return a, err
	}
	if err := s.join(ctx, a); err != nil {
		return a, err
	}
	return s.Account(ctx, id)
}

func (s *Service) join(ctx context.Context, a Account) error {
	if s.persons == nil {
		return nil
	}
	person, err := s.persons.Person(ctx, a.Person, a.Email, a.Name)
	if err != nil || person == a.Person {
		return err
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE account SET person = ? WHERE id = ?`, person, a.ID)
		return err
	})
}

// NamesOf lists the names under which the history knows some persons: e-mail addresses, former ones too.
func (s *Service) NamesOf(ctx context.Context, persons []string) ([]string, error) {
	var out []string
	for _, p := range persons {
		rows, err := s.db.Read().QueryContext(ctx, `SELECT email FROM account WHERE person = ?1
			UNION SELECT f.email FROM account_former f JOIN account a ON a.id = f.account_id WHERE a.person = ?1`, p)
		if err != nil {
			return nil, err
		}
		out, err = appendText(out, rows)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func appendText(out []string, rows *sql.Rows) ([]string, error) {
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, rows.Err()
}

// ByName finds the account that the history knows under a name; the zero account when there is none.
func (s *Service) ByName(ctx context.Context, name string) (Account, error) {
	a, err := scanAccount(s.db.Read().QueryRowContext(ctx, selectAccount+` WHERE email = ?1 OR id = (SELECT account_id FROM account_former WHERE email = ?1)`, name))
	if base.IsKind(err, base.NotFound) {
		return Account{}, nil
	}
	return a, err
}

// Approvers lists those who can sign in and whose roles let them approve records of a policy.
func (s *Service) Approvers(ctx context.Context, policy string) ([]Principal, error) {
	return s.those(ctx, func(p Principal) bool { return p.MayRecord(policy, Approve, Relation{}) })
}

// Having lists those who can sign in and have a role.
func (s *Service) Having(ctx context.Context, role Role) ([]Principal, error) {
	return s.those(ctx, func(p Principal) bool { return p.Has(role) })
}

func (s *Service) those(ctx context.Context, fit func(Principal) bool) ([]Principal, error) {
	accounts, err := s.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var out []Principal
	for _, a := range accounts {
		if p := a.Principal(); !a.Disabled && fit(p) {
			out = append(out, p)
		}
	}
	return slices.Clip(out), nil
}
