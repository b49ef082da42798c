package auth

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Principal is the person or program that asks.
type Principal struct {
	ID    string // of the account; "cli" for the operator
	Email string
	Name  string
	Roles []Role
	CLI   bool // the operator at the machine: may what admin and officer may, never approves or signs

	Person string // own record of kind person, "" when it is not joined yet

	session string // token hash of the session that carried the request, "" otherwise
}

// Operator is who works at the machine itself, by the command line without --as.
func Operator() Principal {
	return Principal{ID: "cli", Name: "cli", Roles: []Role{Admin, Officer}, CLI: true}
}

// By is the name that records and history keep: the e-mail address, or "cli".
func (p Principal) By() string {
	if p.CLI {
		return "cli"
	}
	return p.Email
}

// Has says whether the person holds a role.
func (p Principal) Has(r Role) bool { return slices.Contains(p.Roles, r) }

// May says whether one of the roles allows what is named.
func (p Principal) May(permission operation.Permission) bool {
	return p.ID != "" && slices.ContainsFunc(p.Roles, func(r Role) bool { return slices.Contains(table[r], permission) })
}

type principalKey struct{}

// With puts the one who asks into a context.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, principalKey{}, p)
}

// From is the one who asks; the zero Principal, who may nothing, when nobody is signed in.
func From(ctx context.Context) Principal {
	p, _ := ctx.Value(principalKey{}).(Principal)
	return p
}

// Check answers nil when the one who asks may do what is named, Unauthenticated when nobody is signed in, and
// Forbidden otherwise.
func Check(ctx context.Context, permission operation.Permission) error {
	p := From(ctx)
	switch {
	case p.ID == "":
		return base.Fail(base.Unauthenticated, "sign_in",
			base.T("Sie sind nicht angemeldet.", "You are not signed in.")).
			WithHint(base.T("Bitte melden Sie sich an.", "Please sign in."))
	case !p.May(permission):
		return base.Fail(base.Forbidden, "not_allowed",
			base.T("Ihre Rolle erlaubt das nicht.", "Your role does not allow this.")).
			WithHint(base.T("Bitten Sie eine Administratorin oder einen Administrator um die Rolle %s.",
				"Ask an administrator for the role %s.", allowing(permission)))
	}
	return nil
}
