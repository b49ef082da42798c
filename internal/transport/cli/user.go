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

func userAdd(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("user add EMAIL [--role admin|officer|viewer]… [--name NAME] [--password-stdin]")
	roles := flags.StringSlice("role", []string{string(auth.Viewer)}, base.T("Rolle, mehrfach möglich", "role, may be repeated").In(env.Lang))
	name := flags.String("name", "", "")
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
		return env.printLink(link)
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

func (e *Env) printLink(link auth.Link) error {
	return e.Print(link, func(w io.Writer) {
		fmt.Fprintln(w, link.Link)
		until := link.ExpiresAt.Local().Format("02.01.2006 15:04")
		e.Say(base.T("gültig bis %s", "valid until %s", until))
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
	return env.printLink(link)
}

func userToken(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("user token EMAIL"), args, 1, 1)
	if err != nil {
		return err
	}
	a, err := env.account(ctx, rest[0])
	if err != nil {
		return err
	}
	var token auth.Token
	if err := env.Call(ctx, http.MethodPost, "/accounts/"+a.ID+"/token", nil, &token); err != nil {
		return err
	}
	return env.Print(token, func(w io.Writer) { fmt.Fprintln(w, token.Token) })
}
