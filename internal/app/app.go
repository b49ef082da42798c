package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/rest"
	"lotse.dev/lotse/internal/transport/web"
)

// Options say what to open and how. Dir is the data folder; the others have working zero values.
type Options struct {
	Dir          string
	Create       bool // a missing or empty folder becomes a new instance
	Clock        base.Clock
	Logger       *slog.Logger
	PublicURL    string // how people reach the server; https makes cookies secure
	MetricsToken string
	Kinds        []*record.Def  // registers beside those of the product
	Proxies      []netip.Prefix // whose X-Forwarded-For is believed
}

func (o Options) secure() bool { return strings.HasPrefix(o.PublicURL, "https://") }

// App is an open instance.
type App struct {
	options Options

	mu      sync.RWMutex // held for reading by every request, for writing while the instance is emptied
	modules *modules
	server  *rest.Server
	ctx     context.Context // ends when the modules of this round do
	stop    context.CancelFunc
	broken  error // why the instance could not be opened again after it was emptied
	url     string
	closed  bool
}

// Open opens the instance in a folder. Without Create a folder that holds none answers NotFound/no_instance.
func Open(ctx context.Context, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = base.SystemClock
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if err := checkFolder(o.Dir, o.Create); err != nil {
		return nil, err
	}
	a := &App{options: o, url: strings.TrimSuffix(o.PublicURL, "/")}
	if err := a.open(ctx); err != nil {
		return nil, err
	}
	return a, nil
}

func (a *App) open(ctx context.Context) error {
	m, err := a.assemble(ctx)
	if err != nil {
		return err
	}
	pages, err := web.Handler(web.Files())
	if err != nil {
		m.close()
		return err
	}
	a.modules = m
	a.ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	a.server = rest.New(rest.Options{Identities: m.auth, Operations: m.operations, Pages: pages, Ready: a.ready,
		Version: Version, MetricsToken: a.options.MetricsToken, Proxies: a.options.Proxies, Logger: a.options.Logger})
	return nil
}

// checkFolder refuses to make an instance among other people's files.
func checkFolder(dir string, create bool) error {
	if database.Exists(dir) {
		return nil
	}
	if !create {
		return base.Fail(base.NotFound, "no_instance", base.T("In diesem Ordner ist keine Instanz von Lotse.",
			"There is no instance of Lotse in this folder.")).
			WithHint(base.T("Nennen Sie mit --data den richtigen Ordner oder legen Sie mit lotse serve eine Instanz an.",
				"Name the right folder by --data, or make an instance by lotse serve.")).At(base.Place{File: dir})
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // missing, or not readable: opening it says what is wrong
	}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, "lotse.") && name != "lost+found" {
			return base.Fail(base.Refused, "folder_not_empty", base.T("Der Ordner enthält schon anderes („%s“) und ist keine Instanz von Lotse.",
				"The folder holds other things already (“%s”) and is no instance of Lotse.", name)).
				WithHint(base.T("Wählen Sie mit --data einen leeren oder neuen Ordner.", "Choose an empty or new folder by --data.")).At(base.Place{File: dir})
		}
	}
	return nil
}

// Handler answers requests to the instance.
func (a *App) Handler() http.Handler { return http.HandlerFunc(a.serve) }

func (a *App) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.closed || a.broken != nil {
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(a.ctx, cancel)()
	a.server.ServeHTTP(w, r.WithContext(ctx))
}

// Operations are all use cases of the instance.
func (a *App) Operations() []operation.Operation { return a.modules.operations }

// OpenAPI is their description as JSON.
func (a *App) OpenAPI() []byte { return a.server.OpenAPI() }

// FirstLink makes the link to the first account, "" when there is one already.
func (a *App) FirstLink(ctx context.Context) (string, error) {
	needed, err := a.modules.auth.NeedsFirst(ctx)
	if err != nil || !needed {
		return "", err
	}
	token, _, err := a.modules.auth.FirstLink(ctx)
	return a.modules.door.URL(token), err
}

// SetBaseURL says where the server is reached when no public URL is configured.
func (a *App) SetBaseURL(url string) {
	if a.options.PublicURL == "" {
		a.url = strings.TrimSuffix(url, "/")
	}
}

func (a *App) baseURL() string { return a.url }

func (a *App) ready(ctx context.Context) error { return a.modules.db.Read().PingContext(ctx) }

// status is what the sign-in page shows of the instance.
func (a *App) status(ctx context.Context) (auth.Instance, error) {
	m := a.modules
	s, err := m.instance.Status(ctx)
	if err != nil {
		return auth.Instance{}, err
	}
	settings, _, err := m.settings.Get(ctx)
	if err != nil {
		return auth.Instance{}, err
	}
	datasets, err := m.lake.Datasets(ctx)
	if err != nil {
		return auth.Instance{}, err
	}
	return auth.Instance{Name: settings.CompanyName, Demo: s.Demo, Empty: len(datasets) == 0, Version: FullVersion(),
		Zone: settings.Zone, Currency: settings.Currency, Lang: base.German.String()}, nil
}

// reload forgets everything in memory and opens the emptied folder anew. It returns at once: it has to wait until the
// request that caused it is answered.
func (a *App) reload() {
	go func() {
		a.mu.RLock()
		a.stop() // long answers about what is gone end now
		a.mu.RUnlock()
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.closed {
			return
		}
		err := a.modules.close()
		if err == nil {
			err = removeLeftovers(a.options.Dir)
		}
		if err == nil {
			err = a.open(context.Background())
		}
		if err != nil {
			a.broken = err
			a.options.Logger.Error("the emptied instance cannot be opened", "error", err)
		}
	}()
}

// Close ends background work and gives the folder back. Requests must have ended.
func (a *App) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return nil
	}
	a.closed = true
	a.stop()
	if a.broken != nil {
		return a.broken
	}
	return a.modules.close()
}
