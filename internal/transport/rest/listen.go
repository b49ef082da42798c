package rest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/memory"
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

// longestSocket is how long the address of a socket may be; the kernel allows 107 bytes.
const longestSocket = 100

// socketAddress names the socket of a data folder. A path that is too long is reached through the open folder, which
// done closes.
func socketAddress(dir string) (address string, done func(), err error) {
	path := filepath.Join(dir, SocketName)
	if len(path) <= longestSocket {
		return path, func() {}, nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", f.Fd(), SocketName), func() { f.Close() }, nil
}

// Socket opens the operator's socket in a data folder; whoever holds the instance's lock may replace a stale one.
func Socket(dir string) (net.Listener, error) {
	if err := os.Remove(filepath.Join(dir, SocketName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	address, done, err := socketAddress(dir)
	if err != nil {
		return nil, err
	}
	defer done()
	old := syscall.Umask(0o077) // the socket must never be open to others; folders made meanwhile stay usable
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: address, Net: "unix"})
	syscall.Umask(old)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(address, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	l.SetUnlinkOnClose(false) // by then the address may lead elsewhere
	return &socket{Listener: l, path: filepath.Join(dir, SocketName)}, nil
}

// socket removes its file when it closes.
type socket struct {
	net.Listener
	path string
	once sync.Once
}

// Close ends listening and removes the file.
func (s *socket) Close() error {
	err := s.Listener.Close()
	s.once.Do(func() { os.Remove(s.path) })
	return err
}

// DialSocket connects to the server of a data folder.
func DialSocket(ctx context.Context, dir string) (net.Conn, error) {
	address, done, err := socketAddress(dir)
	if err != nil {
		return nil, err
	}
	defer done()
	var d net.Dialer
	return d.DialContext(ctx, "unix", address)
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
	rest := idle{release: memory.Release}
	defer rest.stop()
	handler = rest.watch(handler)
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
