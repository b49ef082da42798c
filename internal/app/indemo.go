package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/demo"
	"lotse.dev/lotse/internal/domain/instance"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/transport/rest"
)

// demo lets the instance become the demo company: the same seed, size and way in as lotse demo.
func (a *App) demo(m *modules) instance.Demo {
	out := instance.Demo{Accounts: m.auth, Fill: func(ctx context.Context, by auth.Principal, run job.Run) error {
		dir := filepath.Join(m.db.Dir(), "tmp", "demo")
		if err := os.RemoveAll(dir); err != nil { // of a process that was killed at this work
			return err
		}
		defer os.RemoveAll(dir)
		// A server of its own: a.server is guarded by a lock that Close holds while it waits for this job.
		c := insideClient{accounts: m.auth, jobs: m.jobs, run: run, by: by, server: rest.New(rest.Options{Identities: m.auth, Operations: m.operations,
			Pages: http.NotFoundHandler(), Ready: a.ready, Version: Version, Logger: a.options.Logger})}
		config := demo.Config{Seed: 1, Scale: 1, Until: demo.LastFullMonth(a.options.Clock())}
		return demo.Fill(ctx, c, config, dir)
	}}
	for _, p := range demo.Accounts() {
		n := auth.NewAccount{Email: p.Email, Name: p.Name}
		for _, r := range p.Roles {
			n.Roles = append(n.Roles, auth.Role(r))
		}
		out.People = append(out.People, n)
	}
	return out
}

// insideClient speaks the API of this process for somebody, from within a job.
type insideClient struct {
	accounts *auth.Service
	jobs     *job.Pool
	run      job.Run
	by       auth.Principal
	server   http.Handler
}

// Call asks the API.
func (c insideClient) Call(ctx context.Context, method, path string, in, out any) error {
	return c.ask(ctx, method, path, "", in, out)
}

// Replace is a PUT based on a version.
func (c insideClient) Replace(ctx context.Context, path string, version int, in any) error {
	return c.Change(ctx, http.MethodPut, path, version, in, nil)
}

// Change is a request based on a version.
func (c insideClient) Change(ctx context.Context, method, path string, version int, in, out any) error {
	return c.ask(ctx, method, path, strconv.Itoa(version), in, out)
}

// As speaks for the account with an e-mail address.
func (c insideClient) As(ctx context.Context, email string) (demo.Client, error) {
	a, err := c.accounts.ByName(ctx, email)
	if err == nil && a.ID == "" {
		err = base.Fail(base.NotFound, "account_not_found", base.T("Das Konto %s gibt es nicht.", "There is no account %s.", email))
	}
	c.by = a.Principal()
	return c, err
}

func (c insideClient) ask(ctx context.Context, method, path, version string, in, out any) error {
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			return err
		}
	}
	return c.send(ctx, method, path, &body, "application/json", version, out)
}

// Upload sends the bytes of a file.
func (c insideClient) Upload(ctx context.Context, path, file string, out any) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return c.send(ctx, http.MethodPost, path, f, "application/octet-stream", "", out)
}

func (c insideClient) send(ctx context.Context, method, path string, body io.Reader, kind, version string, out any) error {
	r, err := http.NewRequestWithContext(rest.As(ctx, c.by), method, rest.Prefix+path, body)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", kind)
	if version != "" {
		r.Header.Set("If-Match", version)
	}
	a := answer{header: http.Header{}, status: http.StatusOK}
	c.server.ServeHTTP(&a, r)
	switch {
	case a.status >= http.StatusMultipleChoices:
		return rest.ReadProblem(a.status, &a.body)
	case out == nil:
		return nil
	}
	return json.NewDecoder(&a.body).Decode(out)
}

// answer keeps what an operation answers; these are small.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is of the answer.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the status.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write keeps bytes of the body.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// WaitJob waits for a job of the intake; when this one is stopped it stops that one as well.
func (c insideClient) WaitJob(ctx context.Context, id string, out any) error {
	info, err := c.jobs.Wait(ctx, id)
	if ctx.Err() != nil {
		late, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer stop()
		if _, err := c.jobs.Cancel(late, id); err == nil {
			c.jobs.Wait(late, id)
		}
		return ctx.Err()
	}
	switch {
	case err != nil:
		return err
	case info.State != job.Done:
		return info.Failure()
	case out == nil:
		return nil
	}
	return json.Unmarshal(info.Output, out)
}

// Travel does nothing: the clock of an instance in which people work goes on.
func (c insideClient) Travel(time.Time) {}

// Say tells how far the job is.
func (c insideClient) Say(text base.Text, done, total int) {
	c.run.Progress(text, int64(done), int64(total))
}
