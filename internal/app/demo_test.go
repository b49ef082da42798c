package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/demo"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/transport/cli"
)

func init() {
	cli.Register(app.DemoCommand(base.FixedClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))))
}

func unmarshal[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// TestDemoCompany makes a small demo company by the command and asks it as a person does: every row is in, nobody is
// taken for real, findings are there in hours and euros, and a second demo in the same folder is refused.
func TestDemoCompany(t *testing.T) {
	dir, files := filepath.Join(t.TempDir(), "demo"), t.TempDir()
	sh := shell{t: t}
	out, errs, status := sh.run("demo", "--data", dir, "--scale", "0.05", "--files", files, "--json")
	if status != 0 {
		t.Fatal(errs)
	}
	made := unmarshal[struct {
		Tables   []demo.Loaded  `json:"tables"`
		Accounts []demo.Account `json:"accounts"`
	}](t, out)
	text, err := os.ReadFile(filepath.Join(files, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	truth := unmarshal[demo.Truth](t, string(text))
	if len(made.Tables) != 4 || len(made.Accounts) != len(demo.Accounts()) || truth.To != "2026-11-01" || !truth.Simulated {
		t.Fatalf("%+v, to %s", made, truth.To)
	}
	again, err := demo.Generate(t.Context(), demo.Config{Seed: 1, Scale: .05, Until: demo.Month{Year: 2026, Month: 10}}, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, table := range again.Tables {
		if made.Tables[i].Rows != table.Rows {
			t.Errorf("%s %s: %d rows loaded of %d", table.Table, table.Process, made.Tables[i].Rows, table.Rows)
		}
	}
	out, errs, status = sh.run("finding", "list", "--data", dir, "--json")
	if status != 0 {
		t.Fatal(errs)
	}
	units := map[finding.Unit]bool{}
	for n, f := range unmarshal[finding.List](t, out).Items {
		units[f.Size.Unit] = true
		if f.Rank != n+1 || f.State != finding.StateNew || f.Remarks.Has("ends_unknown") {
			t.Errorf("%s: rank %d at place %d, state %s, remarks %v", f.Number, f.Rank, n+1, f.State, f.Remarks)
		}
		if n == 0 && f.Euros == nil {
			t.Errorf("the first finding has no euros: %s", f.Title)
		}
	}
	for _, unit := range []finding.Unit{finding.WorkingHours, finding.LeadTimeHours, finding.CasesPerYear, finding.CurrencyYear} {
		if !units[unit] {
			t.Errorf("no finding in %s", unit)
		}
	}
	// Nothing opens an account but its password: neither the operator's way of speaking for people nor a session stays.
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"token", "session", "one_time"} {
		var n int
		if err := db.Read().QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, errs, status = sh.run("demo", "--data", dir); status != 4 {
		t.Errorf("a second demo: status %d, %s", status, errs)
	}
}
