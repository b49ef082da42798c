package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/demo"
	"lotse.dev/lotse/internal/transport/cli"
)

func init() {
	cli.Register(cli.Command{Name: "demo", Usage: base.T("Musterfirma anlegen", "make the demo company"), Creates: true, Run: runDemo})
}

func runDemo(ctx context.Context, env *cli.Env, args []string) error {
	flags := env.Flags("demo --data DIR [--seed 1] [--scale 1] [--until YYYY-MM] [--files DIR] [--accounts]")
	seed := flags.Uint64("seed", 1, base.T("gleicher Wert, gleiche Daten", "same value, same data").In(env.Lang))
	scale := flags.Float64("scale", 1, base.T("Menge, 1 sind etwa 300.000 Ereignisse", "volume, 1 is about 300,000 events").In(env.Lang))
	until := flags.String("until", "", base.T("letzter Monat, JJJJ-MM; sonst der letzte volle", "last month, YYYY-MM; otherwise the last full one").In(env.Lang))
	files := flags.String("files", "", base.T("nur die Dateien und truth.json in diesen Ordner schreiben", "only write the files and truth.json into this folder").In(env.Lang))
	accounts := flags.Bool("accounts", false, base.T("nur die Konten der Musterfirma zeigen", "only show the accounts of the demo company").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	if *accounts {
		return printAccounts(env, nil)
	}
	config, err := demoConfig(*seed, *scale, *until)
	if err != nil {
		return err
	}
	if *files != "" {
		return demoFiles(ctx, env, config, *files)
	}
	dir, err := os.MkdirTemp("", "lotse-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	loaded, err := demo.Install(ctx, demoClient{env}, config, dir)
	if err != nil {
		return err
	}
	return printAccounts(env, loaded)
}

func demoConfig(seed uint64, scale float64, until string) (demo.Config, error) {
	config := demo.Config{Seed: seed, Scale: scale, Until: demo.LastFullMonth(time.Now())}
	if !(scale >= demo.LeastScale && scale <= demo.MostScale) {
		return config, base.Fail(base.Usage, "wrong_scale", base.T("--scale liegt zwischen %s und %s.", "--scale lies between %s and %s.",
			demo.LeastScale, float64(demo.MostScale)))
	}
	if until == "" {
		return config, nil
	}
	month, err := demo.ParseMonth(until)
	if err != nil {
		return config, base.Fail(base.Usage, "wrong_month", base.T("--until ist ein Monat JJJJ-MM zwischen 1975 und 2199, nicht „%s“.",
			"--until is a month YYYY-MM between 1975 and 2199, not “%s”.", until))
	}
	config.Until = month
	return config, nil
}

func demoFiles(ctx context.Context, env *cli.Env, config demo.Config, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	files, err := demo.Generate(ctx, config, dir, nil)
	if err != nil {
		return err
	}
	return env.Print(files, func(w io.Writer) {
		for _, t := range files.Tables {
			fmt.Fprintf(w, "%s  %s\n", strings.Join(t.Paths, " "), base.FormatInt(t.Rows, env.Lang))
		}
	})
}

// demoAnswer is the JSON of the command.
type demoAnswer struct {
	Company  string         `json:"company"`
	Loaded   []demo.Loaded  `json:"loaded"`
	Accounts []demo.Account `json:"accounts"`
}

func printAccounts(env *cli.Env, loaded []demo.Loaded) error {
	answer := demoAnswer{Company: demo.Company, Loaded: append([]demo.Loaded{}, loaded...), Accounts: demo.Accounts()}
	return env.Print(answer, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Konten der Musterfirma %s (alle Daten sind simuliert):", "Accounts of the demo company %s (all data are simulated):", demo.Company).In(env.Lang))
		for _, a := range answer.Accounts {
			fmt.Fprintf(w, "  %-42s %-20s %s\n", a.Email, a.Password, strings.Join(a.Roles, ", "))
		}
	})
}

// demoClient lets the demo speak to the instance of a command.
type demoClient struct{ *cli.Env }

func (c demoClient) Call(ctx context.Context, method, path string, in, out any) error {
	return c.Env.Call(ctx, method, path, in, out)
}

func (c demoClient) Replace(ctx context.Context, path string, version int, in any) error {
	return c.Env.Call(ctx, http.MethodPut, path, in, nil, cli.IfMatch(version))
}
