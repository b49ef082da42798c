package demo

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"

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
	if err := mustBeEmpty(ctx, c); err != nil {
		return nil, err
	}
	// The demo is marked first: whatever stops the rest, nobody takes the figures for real.
	if err := c.Call(ctx, http.MethodPost, "/instance/mark_demo", nil, nil); err != nil {
		return nil, err
	}
	out, err := Fill(ctx, c, config, dir)
	if err != nil {
		return nil, err
	}
	if err := addAccounts(ctx, c); err != nil {
		return nil, err
	}
	return out, Plan(ctx, c, config)
}

// Fill generates the files of the company into dir and loads them, with settings and assumptions, through the same
// operations as anybody's data.
func Fill(ctx context.Context, c Client, config Config, dir string) ([]Loaded, error) {
	if err := mustBeEmpty(ctx, c); err != nil {
		return nil, err
	}
	c.Say(base.T("Die Musterfirma %s entsteht …", "Making the demo company %s …", Company), 0, 0)
	files, err := Generate(ctx, config, dir, nil)
	if err != nil {
		return nil, err
	}
	if err := c.Replace(ctx, "/settings", 0, companySettings()); err != nil {
		return nil, err
	}
	var out []Loaded
	steps := len(files.Tables) + 1
	for n, f := range files.Tables {
		loaded := Loaded{Table: f.Table, Process: f.Process}
		for _, path := range f.Paths {
			rows, err := load(ctx, c, f, path)
			if err != nil {
				return nil, err
			}
			loaded.Rows += rows
		}
		out = append(out, loaded)
		c.Say(base.T("%s: %s Zeilen geladen", "%s: %s rows loaded", title(f), loaded.Rows), n+1, steps)
	}
	if err := assume(ctx, c, config); err != nil {
		return nil, err
	}
	if err := measure(ctx, c); err != nil {
		return nil, err
	}
	return out, organise(ctx, c)
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

// load brings one file in: upload, analysis, load with the proposed plan and the company's own mapping; cases are
// derived when it returns.
func load(ctx context.Context, c Client, f File, path string) (int64, error) {
	var upload, job struct {
		ID string `json:"id"`
	}
	if err := c.Upload(ctx, "/uploads?name="+url.QueryEscape(filepath.Base(path)), path, &upload); err != nil {
		return 0, err
	}
	at := "/uploads/" + upload.ID
	if err := c.Call(ctx, http.MethodPost, at+"/analysis", struct{}{}, &job); err != nil {
		return 0, err
	}
	if err := c.WaitJob(ctx, job.ID, nil); err != nil {
		return 0, err
	}
	var analysis struct {
		Plan map[string]any `json:"plan"`
	}
	if err := c.Call(ctx, http.MethodGet, at+"/analysis", nil, &analysis); err != nil {
		return 0, err
	}
	if err := c.Call(ctx, http.MethodPost, at+"/load", planOf(f, analysis.Plan), &job); err != nil {
		return 0, err
	}
	var done struct {
		Rows   int64  `json:"rows_loaded"`
		Derive string `json:"derive_job"`
	}
	if err := c.WaitJob(ctx, job.ID, &done); err != nil {
		return 0, err
	}
	if err := c.Call(ctx, http.MethodDelete, at, nil, nil); err != nil { // its rows are in the lake
		return 0, err
	}
	if done.Derive == "" {
		return done.Rows, nil
	}
	return done.Rows, c.WaitJob(ctx, done.Derive, nil)
}

// planOf lays what the company knows of its files over the proposed plan.
func planOf(f File, proposed map[string]any) map[string]any {
	p := maps.Clone(proposed)
	if p == nil {
		p = map[string]any{}
	}
	p["table"], p["process"], p["zone"] = f.Table, f.Process, "Europe/Berlin"
	p["mapping"], p["auto"] = fieldsOf(f), true
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
