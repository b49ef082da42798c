package app

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/config"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/cli"
)

// Main is the whole program: it runs a command until it ends or a signal stops it, and returns the exit status. Kinds are
// registers beside those of the product.
func Main(kinds ...*record.Def) int {
	syscall.Umask(0o077) // what the program writes belongs to its user alone, the files of the lake as well
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cli.Register(demoCommand(base.SystemClock, kinds...))
	cli.Register(restoreCommand())
	open := func(ctx context.Context, c config.Config, create bool, log *slog.Logger) (cli.Instance, error) {
		return openFor(ctx, c, create, log, base.SystemClock, kinds)
	}
	return cli.Main(ctx, cli.Program{Version: FullVersion(), Open: open, Args: os.Args[1:],
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv})
}

// OpenFor opens the instance that the configuration names, for the command line.
func OpenFor(ctx context.Context, c config.Config, create bool, log *slog.Logger) (cli.Instance, error) {
	return openFor(ctx, c, create, log, base.SystemClock, nil)
}

func openFor(ctx context.Context, c config.Config, create bool, log *slog.Logger, clock base.Clock, kinds []*record.Def) (cli.Instance, error) {
	proxies, err := c.Proxies()
	if err != nil {
		return nil, err
	}
	a, err := Open(ctx, Options{Dir: c.Data, Create: create, Logger: log, Clock: clock, Kinds: kinds, PublicURL: c.PublicURL, MetricsToken: c.MetricsToken, Proxies: proxies})
	if err != nil {
		return nil, err
	}
	a.SetBaseURL("http://" + c.Listen)
	return a, nil
}
