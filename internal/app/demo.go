package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/config"
	"lotse.dev/lotse/internal/demo"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/cli"
)

// demoCommand makes the demo company or shows its accounts.
func demoCommand(clock base.Clock, kinds ...*record.Def) cli.Command {
	return cli.Command{Name: "demo", Creates: true, Usage: base.T("simulierte Musterfirma anlegen", "make the simulated demo company"),
		Run: func(ctx context.Context, env *cli.Env, args []string) error {
			own := &storyClock{present: clock}
			env.OpenBy(func(ctx context.Context, c config.Config, create bool, log *slog.Logger) (cli.Instance, error) {
				return openFor(ctx, c, create, log, own.now, kinds)
			})
			return runDemo(ctx, env, args, own)
		}}
}

// storyClock stands where the demo company is in its history; it runs on in the present.
type storyClock struct {
	present base.Clock
	at      atomic.Int64
}

func (c *storyClock) now() time.Time {
	if at := c.at.Load(); at != 0 {
		return time.Unix(at, 0).UTC()
	}
	return c.present()
}

// set goes to an instant of the past; any other is the present.
func (c *storyClock) set(to time.Time) {
	if to.IsZero() || !to.Before(c.present()) {
		c.at.Store(0)
		return
	}
	c.at.Store(to.Unix())
}

func runDemo(ctx context.Context, env *cli.Env, args []string, clock *storyClock) error {
	flags := env.Flags("demo [--data DIR] [--seed 1] [--scale 1] [--until YYYY-MM] [--files DIR] [--accounts]")
	seed := flags.Uint64("seed", 1, base.T("`N` Saat des Zufalls: gleiche Saat, gleiche Firma", "`N` seed of chance: same seed, same company").In(env.Lang))
	scale := flags.Float64("scale", 1, base.T("`N` Größe der Firma; 100 ergibt Dutzende Millionen Ereignisse", "`N` size of the company; 100 makes tens of millions of events").In(env.Lang))
	until := flags.String("until", "", base.T("`JJJJ-MM` letzter Monat, sonst der letzte volle", "`YYYY-MM` last month, otherwise the last full one").In(env.Lang))
	keep := flags.String("files", "", base.T("`ORDNER` Dateien und truth.json in diesem Ordner behalten", "`DIR` keep the files and truth.json in this folder").In(env.Lang))
	only := flags.Bool("accounts", false, base.T("nur die Konten der Musterfirma zeigen", "only show the accounts of the demo company").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if *only {
		return printAccounts(env, nil)
	}
	month := demo.LastFullMonth(clock.present())
	if *until != "" {
		var err error
		if month, err = demo.ParseMonth(*until); err != nil {
			return base.Fail(base.Usage, "bad_month", base.T("--until erwartet einen Monat wie 2026-10.", "--until expects a month such as 2026-10.")).Because(err)
		}
	}
	dir := *keep
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "lotse-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	c := demoClient{Env: env, made: map[string]string{}, clock: clock}
	loaded, err := demo.Install(ctx, c, demo.Config{Seed: *seed, Scale: *scale, Until: month}, dir)
	if err = errors.Join(err, c.withdraw(ctx)); err != nil {
		return err
	}
	return printAccounts(env, loaded)
}

// printAccounts shows who can sign in to the demo; everybody may know.
func printAccounts(env *cli.Env, loaded []demo.Loaded) error {
	accounts := demo.Accounts()
	return env.Print(map[string]any{"tables": loaded, "accounts": accounts}, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Konten der Musterfirma (alle Daten sind simuliert):", "Accounts of the demo company (all data is simulated):").In(env.Lang))
		for _, a := range accounts {
			fmt.Fprintf(w, "  %-42s %-20s %v\n", a.Email, a.Password, a.Roles)
		}
	})
}

// demoClient lets the demo speak as any client does.
type demoClient struct {
	*cli.Env
	token string            // of the account it speaks for; without one it speaks as the operator
	made  map[string]string // tokens that were made on the way, by account
	clock *storyClock
}

// Call asks the API.
func (c demoClient) Call(ctx context.Context, method, path string, in, out any) error {
	return c.Env.Call(ctx, method, path, in, out, c.options()...)
}

// Change is a request based on a version.
func (c demoClient) Change(ctx context.Context, method, path string, version int, in, out any) error {
	return c.Env.Call(ctx, method, path, in, out, append(c.options(), cli.IfMatch(version))...)
}

func (c demoClient) options() []cli.Option {
	if c.token == "" {
		return nil
	}
	return []cli.Option{func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.token) }}
}

// As makes an API token of the account; nobody else learns it, and withdraw takes it back.
func (c demoClient) As(ctx context.Context, email string) (demo.Client, error) {
	var accounts struct {
		Items []struct{ ID, Email string }
	}
	if err := c.Env.Call(ctx, http.MethodGet, "/accounts", nil, &accounts); err != nil {
		return nil, err
	}
	for _, a := range accounts.Items {
		if a.Email == email {
			var made struct{ Token string }
			err := c.Env.Call(ctx, http.MethodPost, "/accounts/"+a.ID+"/token", nil, &made)
			if err == nil {
				c.made[a.ID] = made.Token
			}
			return demoClient{c.Env, made.Token, c.made, c.clock}, err
		}
	}
	return nil, base.Fail(base.NotFound, "account_not_found", base.T("Das Konto %s gibt es nicht.", "There is no account %s.", email))
}

// withdraw ends the tokens, so that the demo leaves nothing behind that opens an account but its passwords.
func (c demoClient) withdraw(ctx context.Context) error {
	var failed error
	for _, token := range c.made {
		one := demoClient{c.Env, token, c.made, c.clock}
		failed = errors.Join(failed, one.Call(context.WithoutCancel(ctx), http.MethodPost, "/session/revoke_all", nil, nil))
	}
	return failed
}

// Travel sets the clock of the instance that this process has open; that of a server goes on.
func (c demoClient) Travel(to time.Time) { c.clock.set(to) }

// Say tells the person at the terminal.
func (c demoClient) Say(text base.Text, _, _ int) { c.Env.Say(text) }

// Replace is a PUT based on a version.
func (c demoClient) Replace(ctx context.Context, path string, version int, in any) error {
	return c.Env.Call(ctx, http.MethodPut, path, in, nil, cli.IfMatch(version))
}
