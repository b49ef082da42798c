package rest

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"lotse.dev/lotse/internal/base"
)

// SocketName is the name of the socket in the data folder by which the command line speaks to a running server.
const SocketName = "lotse.sock"

// shutdownLimit is how long running requests may finish after a signal.
const shutdownLimit = 10 * time.Second

// Listen opens a TCP address or says why it cannot be had.
func Listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, base.Fail(base.Unavailable, "port_taken", base.T("Die Adresse %s ist schon belegt.",
			"The address %s is taken already.", address)).
			WithHint(base.T("Beenden Sie das andere Programm oder wählen Sie mit --listen eine andere Adresse, zum Beispiel 127.0.0.1:8081.",
				"End the other program, or choose another address by --listen, for example 127.0.0.1:8081.")).Because(err)
	case errors.Is(err, os.ErrPermission):
		return nil, base.Fail(base.Unavailable, "port_forbidden", base.T("Die Adresse %s darf nicht benutzt werden.",
			"The address %s must not be used.", address)).
			WithHint(base.T("Ports unter 1024 brauchen besondere Rechte. Wählen Sie mit --listen einen höheren.",
				"Ports below 1024 need special rights. Choose a higher one by --listen.")).Because(err)
	}
	return nil, base.Fail(base.Usage, "bad_address", base.T("Auf der Adresse %s kann nicht gelauscht werden.",
		"Cannot listen on the address %s.", address)).
		WithHint(base.T("Erwartet wird Rechner:Port, zum Beispiel 127.0.0.1:8080.", "Expected is host:port, for example 127.0.0.1:8080.")).Because(err)
}

// Socket opens the operator's socket in a data folder; whoever holds the instance's lock may replace a stale one.
func Socket(dir string) (net.Listener, error) {
	path := filepath.Join(dir, SocketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	old := syscall.Umask(0o177) // the socket must never be open to others, not even for a moment
	l, err := net.Listen("unix", path)
	syscall.Umask(old)
	return l, err
}

// NewHTTP makes the server of a listener. On an operator's listener requests act as the operator.
func NewHTTP(handler http.Handler, operator bool, log *slog.Logger) *http.Server {
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	if operator {
		s.ConnContext = func(ctx context.Context, _ net.Conn) context.Context { return AsOperator(ctx) }
	}
	return s
}

// Serve answers on a public listener and the operator's socket until ctx ends, then lets running requests finish for
// a short while.
func Serve(ctx context.Context, handler http.Handler, public, socket net.Listener, log *slog.Logger) error {
	servers := map[*http.Server]net.Listener{NewHTTP(handler, false, log): public, NewHTTP(handler, true, log): socket}
	group, ctx := errgroup.WithContext(ctx)
	for server, listener := range servers {
		if listener == nil {
			continue
		}
		group.Go(func() error {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		})
		group.Go(func() error {
			<-ctx.Done()
			stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownLimit)
			defer cancel()
			if err := server.Shutdown(stop); err != nil {
				return server.Close()
			}
			return nil
		})
	}
	return group.Wait()
}
