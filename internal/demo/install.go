package demo

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Client speaks the operations of an instance over its API, as the operator. Paths are relative to /api/v1.
type Client interface {
	Call(ctx context.Context, method, path string, in, out any) error
	// Replace is a PUT that names the version it is based on.
	Replace(ctx context.Context, path string, version int, in any) error
	// Change sends a request that names the version it is based on.
	Change(ctx context.Context, method, path string, version int, in, out any) error
	// As speaks for the account with an e-mail address.
	As(ctx context.Context, email string) (Client, error)
	Upload(ctx context.Context, path, file string, out any) error
	WaitJob(ctx context.Context, id string, out any) error
	// Travel sets the clock of the instance; the zero instant is the present. An instance whose clock cannot be set keeps
	// the present, and what was planned for days that have passed is planned in retrospect there.
	Travel(to time.Time)
	// Say tells a person what is going on, and how many of how many steps are done.
	Say(text base.Text, done, total int)
}

// Loaded is a generated table after its load.
type Loaded struct {
	Table   string `json:"table"`
	Process string `json:"process,omitempty"`
	Rows    int64  `json:"rows"`
}

// Install makes an empty instance the demo company for the operator at the machine, with accounts whose passwords are
// known to everybody. An instance that holds data already is refused.
func Install(ctx context.Context, c Client, config Config, dir string) ([]Loaded, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	c.Travel(config.began())
	if err := mustBeEmpty(ctx, c); err != nil {
		return nil, err
	}
	// The demo is marked first: whatever stops the rest, nobody takes the figures for real.
	if err := c.Call(ctx, http.MethodPost, "/instance/mark_demo", nil, nil); err != nil {
		return nil, err
	}
	return live(ctx, c, config, dir, addAccounts)
}

// Fill makes an empty instance, whose accounts are there, the demo company.
func Fill(ctx context.Context, c Client, config Config, dir string) error {
	c.Travel(config.began())
	if err := mustBeEmpty(ctx, c); err != nil {
		return err
	}
	_, err := live(ctx, c, config, dir, func(context.Context, Client) error { return nil })
	return err
}

// live lets the company live from its first day with Lotse until today, through the same operations as anybody: files
// come in parts, plans are signed between them.
func live(ctx context.Context, c Client, config Config, dir string, enter func(context.Context, Client) error) ([]Loaded, error) {
	c.Say(base.T("Die Musterfirma %s entsteht …", "Making the demo company %s …", Company), 0, 0)
	files, err := Generate(ctx, config, dir, nil)
	if err != nil {
		return nil, err
	}
	h, err := newHistory(c, config, files.Tables)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(filepath.Join(dir, partsFolder))
	if err := c.Replace(ctx, "/settings", 0, companySettings()); err != nil {
		return nil, err
	}
	if err := h.part(ctx, orderTable); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, Client) error{measure, organise, enter} {
		if err := step(ctx, c); err != nil {
			return nil, err
		}
	}
	return h.loaded, plan(ctx, c, config, h)
}

func title(f File) base.Text {
	switch {
	case f.Process != "":
		return base.T(f.Process, f.Process)
	case f.Table == "orders":
		return base.T("Aufträge", "Orders")
	}
	return base.T("Kundenanfragen", "Tickets")
}

func mustBeEmpty(ctx context.Context, c Client) error {
	var session struct {
		Instance struct {
			Empty bool `json:"empty"`
		} `json:"instance"`
	}
	if err := c.Call(ctx, http.MethodGet, "/session", nil, &session); err != nil {
		return err
	}
	if session.Instance.Empty {
		return nil
	}
	return base.Fail(base.Conflict, "instance_not_empty", base.T("Diese Instanz enthält schon Daten; die Musterfirma braucht eine leere.",
		"This instance holds data already; the demo company needs an empty one.")).
		WithHint(base.T("Nennen Sie mit --data einen anderen Ordner.", "Name another folder by --data."))
}

// mapping says what a column becomes, in the words of the intake.
type mapping struct {
	Column string `json:"column"`
	Field  string `json:"field"`
}

// upload sends a file and answers its path in the API.
func (h *history) upload(ctx context.Context, path string) (string, error) {
	var upload struct {
		ID string `json:"id"`
	}
	err := h.c.Upload(ctx, "/uploads?name="+url.QueryEscape(filepath.Base(path)), path, &upload)
	return "/uploads/" + upload.ID, err
}

// analyse lets the intake propose how a file is read.
func (h *history) analyse(ctx context.Context, at string, f File) (map[string]any, error) {
	var job struct {
		ID string `json:"id"`
	}
	if err := h.c.Call(ctx, http.MethodPost, at+"/analysis", struct{}{}, &job); err != nil {
		return nil, err
	}
	if err := h.c.WaitJob(ctx, job.ID, nil); err != nil {
		return nil, err
	}
	var analysis struct {
		Plan map[string]any `json:"plan"`
	}
	if err := h.c.Call(ctx, http.MethodGet, at+"/analysis", nil, &analysis); err != nil {
		return nil, err
	}
	return planOf(f, analysis.Plan), nil
}

// planOf lays what the company knows of its files over the proposed plan.
func planOf(f File, proposed map[string]any) map[string]any {
	p := maps.Clone(proposed)
	if p == nil {
		p = map[string]any{}
	}
	p["table"], p["process"], p["zone"] = f.Table, f.Process, "Europe/Berlin"
	p["mapping"], p["auto"], p["overlap"] = fieldsOf(f), true, "add"
	return p
}

func fieldsOf(f File) []mapping {
	own := fields[f.Table]
	if f.Process != "" {
		own = fields[f.Process]
	}
	out := make([]mapping, 0, len(own))
	for _, column := range slices.Sorted(maps.Keys(own)) {
		out = append(out, mapping{column, own[column]})
	}
	return out
}

// fields says which field each column of the company's files is; the proposal of the intake holds for the others.
var fields = map[string]map[string]string{
	OrderProcess: {"Vorgangsnummer": "case_id", "Aktivität": "activity", "Zeitpunkt": "time", "Bearbeiter": "resource",
		"Abteilung": "role", "automatisch": "automatic", "Kosten": "cost"},
	PurchaseProcess: {"Bestellnummer": "case_id", "Aktivität": "activity", "Beginn": "start_time", "Ende": "time",
		"Bearbeiter": "resource", "Abteilung": "role"},
	"orders": {"Auftragsnummer": "order_id", "Position": "line", "Auftragsdatum": "time", "Kundennummer": "customer_id",
		"Kanal": "channel", "Artikelnummer": "product_id", "Produktgruppe": "product_group", "Menge": "quantity",
		"Einzelpreis": "unit_price", "Netto": "net", "Währung": "currency"},
	"tickets": {"Ticketnummer": "ticket_id", "Eröffnet": "opened_at", "Aktualisiert": "updated_at", "Erste Antwort": "first_response_at",
		"Gelöst": "resolved_at", "Geschlossen": "closed_at", "Wieder geöffnet": "reopened", "Kanal": "channel",
		"Kategorie": "category", "Priorität": "priority", "Team": "team", "Kundennummer": "customer_id"},
}
