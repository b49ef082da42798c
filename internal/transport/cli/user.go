package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
)

func init() {
	register(Command{Name: "user add", Usage: base.T("Konto anlegen oder einladen", "add or invite an account"), Run: userAdd})
	register(Command{Name: "user list", Usage: base.T("Konten auflisten", "list accounts"), Run: userList})
	register(Command{Name: "user reset", Usage: base.T("Link zum Zurücksetzen des Kennworts", "link to reset a password"), Run: userReset})
	register(Command{Name: "user token", Usage: base.T("API-Schlüssel ausstellen", "make an API token"), Run: userToken})
}

// roleNames lists the roles that there are.
func roleNames() string {
	var names []string
	for _, r := range auth.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

func userAdd(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("user add EMAIL [--role ROLE]… [--name NAME] [--password-stdin]")
	roles := flags.StringSlice("role", []string{string(auth.Viewer)}, base.T("`ROLLE` mehrfach möglich: %s", "`ROLE` may be repeated: %s", roleNames()).In(env.Lang))
	name := flags.String("name", "", base.T("`NAME` Name der Person, sonst der Teil der Adresse vor dem @", "`NAME` name of the person, otherwise the part of the address before the @").In(env.Lang))
	fromStdin := flags.Bool("password-stdin", false, base.T("Kennwort von der Standardeingabe; ohne das entsteht ein Einladungslink",
		"password from standard input; without it a link to invite is made").In(env.Lang))
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	body := map[string]any{"email": rest[0], "roles": *roles}
	if !*fromStdin {
		var link auth.Link
		if err := env.Call(ctx, http.MethodPost, "/accounts/invitations", body, &link); err != nil {
			return err
		}
		return env.printLink(ctx, link)
	}
	password, err := bufio.NewReader(io.LimitReader(env.In, 1<<10)).ReadString('\n')
	if err != nil && err != io.EOF {
		return err
	}
	body["name"], body["password"] = *name, strings.TrimRight(password, "\r\n")
	var a auth.Account
	if err := env.Call(ctx, http.MethodPost, "/accounts", body, &a); err != nil {
		return err
	}
	return env.Print(a, func(w io.Writer) { fmt.Fprintln(w, a.Email) })
}

func (e *Env) printLink(ctx context.Context, link auth.Link) error {
	if err := e.useInstanceZone(ctx); err != nil {
		return err
	}
	return e.Print(link, func(w io.Writer) {
		fmt.Fprintln(w, link.Link)
		e.Say(base.T("gültig bis %s (%s)", "valid until %s (%s)", e.minute(link.ExpiresAt), e.zone.String()))
	})
}

func userList(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("user list"), args, 0, 0); err != nil {
		return err
	}
	var list auth.AccountList
	if err := env.Call(ctx, http.MethodGet, "/accounts", nil, &list); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, a := range list.Items {
			state := ""
			if a.Disabled {
				state = base.T("gesperrt", "disabled").In(env.Lang)
			}
			fmt.Fprintf(t, "%s\t%s\t%v\t%s\n", a.Email, a.Name, a.Roles, state)
		}
		t.Flush()
	})
}

// account finds an account by its e-mail address.
func (e *Env) account(ctx context.Context, email string) (auth.Account, error) {
	var list auth.AccountList
	if err := e.Call(ctx, http.MethodGet, "/accounts", nil, &list); err != nil {
		return auth.Account{}, err
	}
	for _, a := range list.Items {
		if strings.EqualFold(a.Email, email) {
			return a, nil
		}
	}
	return auth.Account{}, base.Fail(base.NotFound, "account_not_found", base.T("Für %s gibt es kein Konto.",
		"There is no account for %s.", email))
}

func userReset(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("user reset EMAIL"), args, 1, 1)
	if err != nil {
		return err
	}
	a, err := env.account(ctx, rest[0])
	if err != nil {
		return err
	}
	var link auth.Link
	if err := env.Call(ctx, http.MethodPost, "/accounts/"+a.ID+"/reset", nil, &link); err != nil {
		return err
	}
	return env.printLink(ctx, link)
}

func userToken(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("user token EMAIL"), args, 1, 1)
	if err != nil {
		return err
	}
	id, err := env.ownerOfToken(ctx, rest[0])
	if err != nil {
		return err
	}
	var token auth.Token
	if err := env.Call(ctx, http.MethodPost, "/accounts/"+id+"/token", nil, &token); err != nil {
		return err
	}
	return env.Print(token, func(w io.Writer) { fmt.Fprintln(w, token.Token) })
}

// ownerOfToken is the account that a token is for: anybody's for the operator, with --as one's own only.
func (e *Env) ownerOfToken(ctx context.Context, email string) (string, error) {
	if e.as == "" {
		a, err := e.account(ctx, email)
		return a.ID, err
	}
	var status auth.Status
	if err := e.Call(ctx, http.MethodGet, "/session", nil, &status); err != nil {
		return "", err
	}
	if status.User == nil || !strings.EqualFold(status.User.Email, email) {
		return "", base.Fail(base.Forbidden, "operator_only", base.T("Einen API-Schlüssel stellt jede Person nur für sich selbst aus.",
			"People make API tokens in their own name only."))
	}
	return status.User.ID, nil
}
