package auth

import (
	"context"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// Side is a person of the demo company whose side somebody can try.
type Side struct {
	Email string `json:"email"`
	Name  string `json:"name"`
	Roles []Role `json:"roles"`
}

// SideList is everybody of the demo company who has an account.
type SideList struct {
	Items []Side `json:"items"`
}

type switchInput struct {
	Body struct {
		Email string `json:"email" maxLength:"200"`
	}
}

// sides lists the accounts of the demo company; an instance of its own has none.
func (d *Door) sides(ctx context.Context, _ *none) (*SideList, error) {
	out := &SideList{Items: []Side{}}
	demo, err := d.inDemo(ctx)
	if err != nil || !demo {
		return out, err
	}
	accounts, err := d.Service.Accounts(ctx)
	for _, a := range accounts {
		if !a.Disabled && d.isSide(a.Email) {
			out.Items = append(out.Items, Side{a.Email, a.Name, a.Roles})
		}
	}
	return out, err
}

// switchTo signs in as another account of the demo company, without its password. That is for trying each side of
// simulated figures; in an instance of its own it is refused, and so it is for accounts that are not the demo's.
func (d *Door) switchTo(ctx context.Context, in *switchInput) (*Status, error) {
	demo, err := d.inDemo(ctx)
	if err != nil {
		return nil, err
	}
	if !demo || From(ctx).CLI || From(ctx).session == "" {
		return nil, base.Fail(base.Forbidden, "demo_only", base.T("Die Person wechseln kann nur, wer in der Musterfirma angemeldet ist.",
			"Only who is signed in to the demo company can change the person."))
	}
	a, err := d.Service.ByName(ctx, in.Body.Email)
	if err != nil {
		return nil, err
	}
	if a.ID == "" || a.Disabled || !d.isSide(a.Email) {
		return nil, base.Fail(base.NotFound, "account_not_found", base.T("Dieses Konto gibt es in der Musterfirma nicht.", "The demo company has no such account."))
	}
	session, err := d.Service.begin(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	if err := d.Service.SignOut(ctx, From(ctx), false); err != nil {
		return nil, err
	}
	return d.enter(ctx, a, session)
}

func (d *Door) inDemo(ctx context.Context) (bool, error) {
	instance, err := d.Instance(ctx)
	return instance.Demo, err
}

func (d *Door) isSide(email string) bool {
	return slices.ContainsFunc(d.DemoAccounts, func(demo string) bool { return strings.EqualFold(demo, email) })
}
