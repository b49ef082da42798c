package cli

import (
	"context"
	"fmt"
	"net"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/transport/rest"
)

func init() {
	register(Command{Name: "serve", Creates: true, Usage: base.T("Server mit Web-App starten", "start the server with the web app"), Run: serve})
}

func serve(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("serve [--data DIR] [--listen 127.0.0.1:8080] [--public-url ADDRESS] [--trusted-proxies ADDRESSES]")
	flags.String("listen", "", base.T("`RECHNER:PORT` wo der Server antwortet (LOTSE_LISTEN, sonst 127.0.0.1:8080)", "`HOST:PORT` where the server answers (LOTSE_LISTEN, otherwise 127.0.0.1:8080)").In(env.Lang))
	flags.String("public-url", "", base.T("`ADRESSE` Adresse für Links, zum Beispiel https://lotse.example.com (LOTSE_PUBLIC_URL)", "`ADDRESS` address for links, such as https://lotse.example.com (LOTSE_PUBLIC_URL)").In(env.Lang))
	flags.String("trusted-proxies", "", base.T("`ADRESSEN` Adressen oder Netze der eigenen Proxys; nur deren X-Forwarded-For wird geglaubt (LOTSE_TRUSTED_PROXIES)",
		"`ADDRESSES` addresses or networks of your own proxies; only their X-Forwarded-For is believed (LOTSE_TRUSTED_PROXIES)").In(env.Lang))
	if _, err := env.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	log := env.Config.Logger(env.Err)
	public, err := rest.Listen(env.Config.Listen)
	if err != nil {
		return err
	}
	defer public.Close()
	instance, err := env.program.Open(ctx, env.Config, true, log)
	if err != nil {
		return err
	}
	defer instance.Close()
	socket, err := rest.Socket(env.Config.Data)
	if err != nil {
		log.Warn("commands cannot reach this server", "error", err)
	}
	url := "http://" + reachable(public.Addr())
	instance.SetBaseURL(url)
	if err := env.welcome(ctx, instance, url); err != nil {
		return err
	}
	log.Info("ready", "address", url, "data", env.Config.Data, "version", env.program.Version)
	return rest.Serve(ctx, instance.Handler(), public, socket, log)
}

// welcome prints where to go, and on an empty instance the link to the first account.
func (e *Env) welcome(ctx context.Context, instance Instance, url string) error {
	fmt.Fprintln(e.Out, "Lotse: "+firstOf(e.Config.PublicURL, url))
	link, err := instance.FirstLink(ctx)
	if err != nil || link == "" {
		return err
	}
	fmt.Fprintln(e.Out, base.T("Erstes Konto anlegen (Link gilt 24 Stunden):", "Make the first account (link valid for 24 hours):").In(e.Lang))
	fmt.Fprintln(e.Out, link)
	return nil
}

// reachable names an address that a browser on this machine can open.
func reachable(a net.Addr) string {
	s := a.String()
	for _, any := range []string{"[::]:", "0.0.0.0:"} {
		if port, ok := strings.CutPrefix(s, any); ok {
			return "localhost:" + port
		}
	}
	return s
}
