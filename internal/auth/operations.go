package auth

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Instance is what the sign-in page and the banner need to know of the company's instance.
type Instance struct {
	Name     string `json:"name"`
	Demo     bool   `json:"demo"`
	Empty    bool   `json:"empty" doc:"no facts are loaded"`
	Version  string `json:"version"`
	Zone     string `json:"zone"`
	Currency string `json:"currency"`
	Lang     string `json:"lang" enum:"de,en"`
}

// Door is what the operations need besides the Service.
type Door struct {
	Service  *Service
	Instance func(ctx context.Context) (Instance, error)
	BaseURL  func() string // of the web app, without trailing slash, for links
	Secure   bool          // cookies travel over HTTPS only

	DemoAccounts []string // e-mail addresses of the demo company; as which one may sign in there without password
}

// CookieName is the name of the session cookie.
const CookieName = "lotse_session"

// User is who is signed in.
type User struct {
	ID          string                 `json:"id"`
	Email       string                 `json:"email"`
	Name        string                 `json:"name"`
	Roles       []Role                 `json:"roles"`
	Permissions []operation.Permission `json:"permissions"`
	Lang        string                 `json:"lang" enum:"de,en"`
	Scheme      string                 `json:"scheme" enum:"auto,light,dark"`
}

// Status answers who is signed in to what.
type Status struct {
	User     *User    `json:"user"`
	CSRF     string   `json:"csrf" doc:"value of the header X-CSRF-Token of changing requests, empty without session"`
	Instance Instance `json:"instance"`
}

type none struct{}

type accountByID struct {
	ID string `path:"id" maxLength:"40"`
}

type tokenInput struct {
	Token string `path:"token" maxLength:"100"`
}

type signInInput struct {
	Body struct {
		Email    string `json:"email" maxLength:"200"`
		Password string `json:"password" maxLength:"200"`
	}
}

type preferencesInput struct {
	Body struct {
		Lang   string `json:"lang" enum:"de,en"`
		Scheme string `json:"scheme" enum:"auto,light,dark"`
	}
}

type passwordInput struct {
	Body struct {
		Old string `json:"old" maxLength:"200"`
		New string `json:"new" maxLength:"200"`
	}
}

type useInput struct {
	Token string `path:"token" maxLength:"100"`
	Body  struct {
		Name     string `json:"name,omitempty" maxLength:"200"`
		Email    string `json:"email,omitempty" maxLength:"200"`
		Password string `json:"password" maxLength:"200"`
	}
}

// AccountList is everybody.
type AccountList struct {
	Items []Account `json:"items"`
	Total int       `json:"total"`
}

type newAccountInput struct{ Body NewAccount }

type inviteInput struct {
	Body struct {
		Email string `json:"email" maxLength:"200"`
		Roles []Role `json:"roles" maxItems:"7"`
	}
}

type changeInput struct {
	ID   string `path:"id" maxLength:"40"`
	Body Change
}

// Link is a one-time link to hand over.
type Link struct {
	Link      string    `json:"link"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Token is a new API token.
type Token struct {
	Token string `json:"token" doc:"shown this once"`
}

func def(id string, kind operation.Kind, method, path string, may operation.Permission, de, en string) operation.Def {
	return operation.Def{ID: id, Kind: kind, Method: method, Path: path, Tag: "account", Permission: may, Summary: base.T(de, en)}
}

func public(d operation.Def) operation.Def {
	d.Public, d.Throttled = true, d.Method != http.MethodGet || strings.HasPrefix(d.Path, "/one_time")
	return d
}

func throttled(d operation.Def) operation.Def {
	d.Throttled = true
	return d
}

// Operations are signing in and out, one-time links and the administration of accounts.
func (d *Door) Operations() []operation.Operation {
	const get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	return []operation.Operation{
		operation.New(public(def("session_get", operation.Query, get, "/session", "", "Anmeldung zeigen", "Show the session")), d.status),
		operation.New(public(def("session_begin", operation.Command, post, "/session", "", "Anmelden", "Sign in")), d.signIn),
		operation.New(def("session_end", operation.Command, del, "/session", Self, "Abmelden", "Sign out"), d.signOut),
		operation.New(def("session_revoke_all", operation.Command, post, "/session/revoke_all", Self, "Überall abmelden", "Sign out everywhere"), d.revokeAll),
		operation.New(def("session_preferences", operation.Command, put, "/session/preferences", Self, "Sprache und Farben wählen", "Choose language and colours"), d.preferences),
		operation.New(throttled(def("session_password", operation.Command, put, "/session/password", Self, "Kennwort ändern", "Change the password")), d.password),
		operation.New(def("session_sides", operation.Query, get, "/session/sides", Self, "Personen der Musterfirma auflisten", "List the people of the demo company"), d.sides),
		operation.New(def("session_switch", operation.Command, post, "/session/switch", Self, "Person wechseln (nur in der Musterfirma)", "Change the person (demo company only)"), d.switchTo),
		operation.New(public(def("one_time_get", operation.Query, get, "/one_time/{token}", "", "Einmal-Link ansehen", "Look at a one-time link")), d.look),
		operation.New(public(def("one_time_use", operation.Command, post, "/one_time/{token}", "", "Einmal-Link einlösen", "Use a one-time link")), d.use),
		operation.New(def("account_list", operation.Query, get, "/accounts", AccountManage, "Konten auflisten", "List accounts"), d.list),
		operation.New(def("account_add", operation.Command, post, "/accounts", AccountManage, "Konto anlegen", "Add an account"), d.add),
		operation.New(def("account_invite", operation.Command, post, "/accounts/invitations", AccountManage, "Einladen", "Invite"), d.invite),
		operation.New(def("account_update", operation.Command, patch, "/accounts/{id}", AccountManage, "Konto ändern", "Change an account"), d.update),
		operation.New(def("account_reset", operation.Command, post, "/accounts/{id}/reset", AccountManage, "Link zum Zurücksetzen ausstellen", "Make a reset link"), d.reset),
		operation.New(def("account_token", operation.Command, post, "/accounts/{id}/token", Self, "API-Schlüssel für das eigene Konto ausstellen", "Make an API token of one's own account"), d.token),
	}
}

func (d *Door) status(ctx context.Context, _ *none) (*Status, error) {
	p := From(ctx)
	instance, err := d.Instance(ctx)
	if err != nil {
		return nil, err
	}
	out := &Status{Instance: instance}
	switch {
	case p.CLI:
		out.User = user(Account{ID: p.ID, Name: p.Name, Roles: p.Roles, Lang: base.LangOf(ctx).String(), Scheme: "auto"})
	case p.ID != "":
		a, err := d.Service.Account(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		out.User = user(a)
		if out.CSRF, err = d.Service.CSRF(ctx, p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func user(a Account) *User {
	u := &User{ID: a.ID, Email: a.Email, Name: a.Name, Roles: a.Roles, Lang: a.Lang, Scheme: a.Scheme, Permissions: []operation.Permission{}}
	for _, r := range a.Roles {
		for _, may := range table[r] {
			if !slices.Contains(u.Permissions, may) {
				u.Permissions = append(u.Permissions, may)
			}
		}
	}
	return u
}

func (d *Door) signIn(ctx context.Context, in *signInInput) (*Status, error) {
	a, session, err := d.Service.SignIn(ctx, in.Body.Email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return d.enter(ctx, a, session)
}

func (d *Door) use(ctx context.Context, in *useInput) (*Status, error) {
	a, session, err := d.Service.Use(ctx, in.Token, in.Body.Name, in.Body.Email, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return d.enter(ctx, a, session)
}

func (d *Door) enter(ctx context.Context, a Account, s Session) (*Status, error) {
	instance, err := d.Instance(ctx)
	d.cookie(ctx, s.Token, s.Expires)
	return &Status{User: user(a), CSRF: s.CSRF, Instance: instance}, err
}

func (d *Door) cookie(ctx context.Context, token string, expires time.Time) {
	c := http.Cookie{Name: CookieName, Value: token, Path: "/", Expires: expires, HttpOnly: true, Secure: d.Secure, SameSite: http.SameSiteStrictMode}
	if token == "" {
		c.MaxAge = -1
	}
	operation.AddHeader(ctx, "Set-Cookie", c.String())
}

func (d *Door) signOut(ctx context.Context, _ *none) (*struct{}, error) {
	d.cookie(ctx, "", time.Time{})
	return nil, d.Service.SignOut(ctx, From(ctx), false)
}

func (d *Door) revokeAll(ctx context.Context, _ *none) (*struct{}, error) {
	d.cookie(ctx, "", time.Time{})
	return nil, d.Service.SignOut(ctx, From(ctx), true)
}

func (d *Door) preferences(ctx context.Context, in *preferencesInput) (*struct{}, error) {
	return nil, d.Service.SetPreferences(ctx, From(ctx), in.Body.Lang, in.Body.Scheme)
}

func (d *Door) password(ctx context.Context, in *passwordInput) (*struct{}, error) {
	if From(ctx).CLI {
		return nil, operatorHasNone()
	}
	return nil, d.Service.SetPassword(ctx, From(ctx), in.Body.Old, in.Body.New)
}

func operatorHasNone() error {
	return base.Fail(base.Refused, "operator_account", base.T("An der Maschine selbst gibt es kein Konto.",
		"The operator at the machine has no account.")).
		WithHint(base.T("Nennen Sie mit --as ein Konto.", "Name an account by --as."))
}

func (d *Door) look(ctx context.Context, in *tokenInput) (*OneTime, error) {
	l, err := d.Service.Look(ctx, in.Token)
	return &l, err
}

func (d *Door) list(ctx context.Context, _ *none) (*AccountList, error) {
	items, err := d.Service.Accounts(ctx)
	return &AccountList{Items: items, Total: len(items)}, err
}

// add makes an account at once; a password may come along from the machine itself only.
func (d *Door) add(ctx context.Context, in *newAccountInput) (*Account, error) {
	if in.Body.Password != "" && !From(ctx).CLI {
		return nil, base.Fail(base.Forbidden, "password_by_owner", base.T("Kennwörter setzen die Personen selbst.",
			"People set their passwords themselves.")).
			WithHint(base.T("Senden Sie eine Einladung.", "Send an invitation."))
	}
	a, err := d.Service.Add(ctx, in.Body)
	return &a, err
}

func (d *Door) update(ctx context.Context, in *changeInput) (*Account, error) {
	a, err := d.Service.Update(ctx, in.ID, in.Body)
	return &a, err
}

func (d *Door) invite(ctx context.Context, in *inviteInput) (*Link, error) {
	return d.linked(d.Service.InviteLink(ctx, in.Body.Email, in.Body.Roles, From(ctx).By()))
}

func (d *Door) reset(ctx context.Context, in *accountByID) (*Link, error) {
	return d.linked(d.Service.ResetLink(ctx, in.ID, From(ctx).By()))
}

func (d *Door) linked(token string, l OneTime, err error) (*Link, error) {
	return &Link{Link: d.URL(token), ExpiresAt: l.ExpiresAt}, err
}

// URL is the page of the web app where a one-time link is used.
func (d *Door) URL(token string) string { return d.BaseURL() + "/einmal/" + token }

// token makes a token in the name of the one who asks; for others only the operator at the machine does, because
// whoever holds it acts as that person.
func (d *Door) token(ctx context.Context, in *accountByID) (*Token, error) {
	if p := From(ctx); !p.CLI && p.ID != in.ID {
		return nil, base.Fail(base.Forbidden, "operator_only", base.T("Einen API-Schlüssel stellt jede Person nur für sich selbst aus.",
			"People make API tokens in their own name only.")).
			WithHint(base.T("An der Maschine selbst geht es mit lotse user token.", "At the machine itself lotse user token does it."))
	}
	if _, err := d.Service.Account(ctx, in.ID); err != nil {
		return nil, err
	}
	token, err := d.Service.NewToken(ctx, in.ID)
	return &Token{Token: token}, err
}
