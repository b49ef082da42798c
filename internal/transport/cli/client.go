package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/transport/rest"
)

// client speaks to one instance, in this process or in a server's.
type client struct {
	http   *http.Client
	token  string
	remote bool // the instance is open in another process
	close  func() error
}

// gone explains why an answer did not come: a server that another process runs can end at any time.
func (c *client) gone(err error) error {
	var known *base.Error
	if !c.remote || errors.As(err, &known) {
		return database.Translate(err)
	}
	return base.Fail(base.Unavailable, "server_gone", base.T("Der Server wurde beendet, bevor seine Antwort kam.", "The server ended before its answer came.")).
		WithHint(base.T("Was gerade lief, ist unterbrochen und kann wiederholt werden, sobald lotse serve wieder läuft; der Befehl geht auch ohne Server.",
			"What was running is interrupted and can be repeated once lotse serve runs again; the command works without a server, too.")).Because(err)
}

// connect finds the way to the instance: its lock means that this process opens it, a taken lock that a server has it.
func (e *Env) connect(ctx context.Context) (*client, error) {
	if e.client != nil {
		return e.client, nil
	}
	token, err := e.token()
	if err != nil {
		return nil, err
	}
	c, err := e.direct(ctx)
	if isLocked(err) {
		if c = viaSocket(e.Config.Data); c != nil {
			err = nil
		}
	}
	if err != nil {
		return nil, err
	}
	c.token, e.client = token, c
	return c, e.confirm(ctx)
}

// confirm checks that the token of --as belongs to that person.
func (e *Env) confirm(ctx context.Context) error {
	if e.as == "" {
		return nil
	}
	var out struct{ User *struct{ Email string } }
	if err := e.Call(ctx, http.MethodGet, "/session", nil, &out); err != nil {
		return err
	}
	if out.User == nil || !strings.EqualFold(out.User.Email, e.as) {
		return base.Fail(base.Forbidden, "other_token", base.T("Der API-Schlüssel in LOTSE_TOKEN gehört nicht zu %s.",
			"The API token in LOTSE_TOKEN does not belong to %s.", e.as))
	}
	return nil
}

func isLocked(err error) bool {
	var e *base.Error
	return errors.As(err, &e) && e.Code == "instance_locked"
}

func (e *Env) direct(ctx context.Context) (*client, error) {
	instance, err := e.program.Open(ctx, e.Config, e.creates, e.log())
	if err != nil {
		return nil, err
	}
	listener := newPipeListener()
	server := rest.NewHTTP(instance.Handler(), true, e.log())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return &client{
		http: &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return listener.dial(ctx) }, DisableCompression: true}},
		close: func() error {
			server.Close()
			<-ended
			return instance.Close()
		},
	}, nil
}

// viaSocket returns nil when no server listens in the data folder.
func viaSocket(dir string) *client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) { return rest.DialSocket(ctx, dir) }
	conn, err := dial(context.Background(), "", "")
	if err != nil {
		return nil
	}
	conn.Close()
	transport := &http.Transport{DialContext: dial, DisableCompression: true}
	return &client{remote: true, http: &http.Client{Transport: transport}, close: func() error { transport.CloseIdleConnections(); return nil }}
}

// Option changes a request before it is sent.
type Option func(*http.Request)

// IfMatch names the version that a change is based on.
func IfMatch(version int) Option {
	return func(r *http.Request) { r.Header.Set("If-Match", fmt.Sprint(version)) }
}

// Call asks the API: path is relative to /api/v1 and may carry a query, in is sent as JSON unless nil, the answer is
// read into out unless nil. Errors of the API come back as base.Errors.
func (e *Env) Call(ctx context.Context, method, path string, in, out any, options ...Option) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	r, err := e.send(ctx, method, path, body, options...)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if out == nil || r.StatusCode == http.StatusNoContent {
		return nil
	}
	if err := json.NewDecoder(r.Body).Decode(out); err != nil {
		return e.client.gone(err)
	}
	return nil
}

// Stream asks the API and hands over the raw answer, which the caller closes.
func (e *Env) Stream(ctx context.Context, method, path string) (io.ReadCloser, error) {
	r, err := e.send(ctx, method, path, nil)
	if err != nil {
		return nil, err
	}
	return r.Body, nil
}

// Upload sends the bytes of a file as the body of a POST.
func (e *Env) Upload(ctx context.Context, path, file string, out any) error {
	in, err := e.uploaded(ctx, path, file)
	if err != nil {
		return err
	}
	defer in.Close()
	return json.NewDecoder(in).Decode(out)
}

// uploaded sends a file and answers what came back.
func (e *Env) uploaded(ctx context.Context, path, file string) (io.ReadCloser, error) {
	f, err := format.OpenDisk(ctx, file, file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := e.send(ctx, http.MethodPost, path, f, func(r *http.Request) {
		r.Header.Set("Content-Type", "application/octet-stream")
		r.ContentLength = f.Size()
	})
	if err != nil {
		return nil, err
	}
	return r.Body, nil
}

// openFile opens a file that a person names.
func openFile(path string) (*format.Disk, error) {
	return format.OpenDisk(context.Background(), path, path)
}

func (e *Env) send(ctx context.Context, method, path string, body io.Reader, options ...Option) (*http.Response, error) {
	c, err := e.connect(ctx)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://lotse"+rest.Prefix+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Language", e.Lang.String())
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for _, o := range options {
		o(r)
	}
	response, err := c.http.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, c.gone(err)
	}
	if response.StatusCode >= 300 {
		defer response.Body.Close()
		return nil, rest.ReadProblem(response.StatusCode, response.Body)
	}
	return response, nil
}
