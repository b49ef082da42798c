package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

type recordItem struct {
	ID      string
	Version int
	Value   map[string]any
	Deleted bool
}

// A person works with a register at the command line alone: values as people write them, in and out of files.
func TestRecordCommands(t *testing.T) {
	d := newDesk(t)
	d.want(3, d.dir, "record") // no instance yet
	d.load("orders.csv", orders, "--table", "orders")
	d.want(0, "Vorhaben", "record")
	d.want(0, "Verantwortlich", "record", "initiative")
	d.want(3, "risk", "record", "nonsense", "list")
	d.want(2, "list|show", "record", "risk", "juggle")

	person := decoded[recordItem](d, "record", "person", "add", "name=Anna Müller", "email=anna@example.com")
	made := decoded[recordItem](d, "record", "initiative", "add", "--id", "buchung", "title=Online-Buchung", "owner=Anna Müller", "budget=12.000,00 EUR", "benefit=1 / 2 / 5",
		"confidence=12,5 %", "sort=Projekt", "groups=Kunden; Händler", "Beginn=1.3.2026")
	if made.ID != "buchung" || made.Value["owner"] != person.ID || made.Value["budget"].(map[string]any)["amount"] != "12000.00" || made.Value["confidence"] != 0.125 ||
		made.Value["start"] != "2026-03-01" || made.Value["sort"] != "project" || len(made.Value["groups"].([]any)) != 2 {
		t.Fatalf("%+v", made)
	}
	english := decoded[recordItem](d, "record", "initiative", "add", "title=Shop", "budget=1,250.50 USD", "go_live=1 Mar 2026", "sort=Quick win", "--lang", "en")
	if m := english.Value["budget"].(map[string]any); m["amount"] != "1250.50" || m["currency"] != "USD" || english.Value["sort"] != "quick_win" {
		t.Fatalf("%+v", english)
	}
	d.in = `{"title":"Aus JSON"}`
	d.want(0, "Angelegt", "record", "initiative", "add", "--file", "-")
	d.want(4, "budget", "record", "initiative", "add", "title=x", "budget=viel")
	d.want(2, "lotse record initiative", "record", "initiative", "add", "titel=x")
	d.want(2, "--file", "record", "initiative", "add")

	changed := decoded[recordItem](d, "record", "initiative", "set", "buchung", "budget=", "end=31.12.2026", "--version", "1")
	if changed.Version != 2 || changed.Value["budget"] != nil || changed.Value["end"] != "2026-12-31" {
		t.Fatalf("%+v", changed)
	}
	d.want(4, "Version 2", "record", "initiative", "set", "buchung", "end=1.1.2027", "--version", "1")
	d.want(3, "nix", "record", "initiative", "show", "nix")
	if out := d.want(0, "Online-Buchung", "record", "initiative", "show", "buchung"); !strings.Contains(out, "Anna Müller") || !strings.Contains(out, "12,5\u00a0%") {
		t.Error(out)
	}
	if out := d.want(0, "Budget: 12.000,00\u00a0EUR → –", "record", "initiative", "history", "buchung"); !strings.Contains(out, "angelegt") {
		t.Error(out)
	}
	list := decoded[struct {
		Items []recordItem
		Total int
	}](d, "record", "initiative", "list", "--filter", "start:ge:2026-01-01", "--sort", "-start", "--limit", "1")
	if list.Total != 1 || len(list.Items) != 1 || list.Items[0].ID != "buchung" {
		t.Fatalf("%+v", list)
	}
	if out := d.want(0, "Shop", "record", "initiative", "list", "--search", "shop", "--columns", "title,budget"); !strings.Contains(out, "1.250,50\u00a0USD") || strings.Contains(out, "Buchung") {
		t.Error(out)
	}
	d.want(0, "Gelöscht", "record", "initiative", "delete", "buchung")
	d.want(0, "buchung", "record", "initiative", "list", "--deleted")
	d.want(0, "Wiederhergestellt", "record", "initiative", "restore", "buchung")
}

// A register goes out as a file and comes back; what does not fit is named and left out on the user's word only.
func TestRecordFilesAtTheCommandLine(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	dir := t.TempDir()
	d.want(0, "", "record", "risk", "add", "--id", "r1", "title==Formel", "likelihood=10 / 20 / 40", "due=24.12.2026")
	for _, name := range []string{"risks.csv", "risks.xlsx"} {
		path := filepath.Join(dir, name)
		d.want(0, name, "record", "risk", "export", path)
		if got := decoded[struct{ Counts struct{ Rows, Same int } }](d, "record", "risk", "import", path); got.Counts.Same != 1 || got.Counts.Rows != 1 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	d.want(2, ".xlsx", "record", "risk", "export", filepath.Join(dir, "risks.pdf"))

	bad := filepath.Join(dir, "bad.csv")
	if err := os.WriteFile(bad, []byte("Was;Fällig\nBrand;24.12.2026\nFlut;bald\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mapped := []string{"record", "risk", "import", bad, "--map", "title=Was,due=Fällig"}
	dry := decoded[struct {
		Counts struct{ Create, Refused int }
		Errors []struct {
			Line   int
			Column string
		}
	}](d, append(mapped, "--dry-run")...)
	if dry.Counts.Create != 1 || dry.Counts.Refused != 1 || dry.Errors[0].Line != 3 || dry.Errors[0].Column != "Fällig" {
		t.Fatalf("%+v", dry)
	}
	_, errs, status := d.run(append(mapped, "--data", d.dir)...)
	if status != 4 || !strings.Contains(errs, "Zeile 3, Fällig: ") {
		t.Fatal(status, errs)
	}
	d.want(0, "1 neu", append(mapped, "--allow-refused", "1")...)
	refused(t, d, mapped)
	d.want(3, "nope.csv", "record", "risk", "import", filepath.Join(dir, "nope.csv"))
}

// refused keeps the rows that do not fit as a file, which is imported without a mapping once it is corrected.
func refused(t *testing.T, d desk, mapped []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "refused.csv")
	kept := append(slices.Clone(mapped), "--refused", path)
	_, errs, status := d.run(append(kept, "--data", d.dir)...)
	raw, err := os.ReadFile(path)
	if status != 4 || err != nil || !strings.Contains(string(raw), "Flut;bald;") || strings.Contains(string(raw), "Brand") {
		t.Fatal(status, errs, err, string(raw))
	}
	if head, _, _ := strings.Cut(string(raw), "\n"); !strings.Contains(head, "Risiko;Termin;Warum nicht gelesen") {
		t.Error(head)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(raw), "bald", "31.12.2026", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.want(0, "1 neu", "record", "risk", "import", path)
	d.want(0, "31.12.2026", "record", "risk", "list", "--search", "Flut")
	d.want(0, "0 neu", append(kept, "--dry-run", "--key", "title", "--mode", "update")...)
	if raw, err := os.ReadFile(path); err != nil || !strings.Contains(string(raw), "Flut") {
		t.Error("a dry run keeps them, too:", err, string(raw))
	}
}

// With --as a command may what the person may.
func TestRecordCommandsAsAPerson(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	d.want(0, "", "record", "risk", "add", "--id", "r1", "title=Brand")
	d.in = password + "\n"
	d.want(0, "", "user", "add", "vera@example.com", "--role", "viewer", "--password-stdin")
	token := decoded[struct{ Token string }](d, "user", "token", "vera@example.com")
	d.env = map[string]string{"LOTSE_TOKEN": token.Token}
	d.want(0, "Brand", "record", "risk", "list", "--as", "vera@example.com")
	d.want(5, "", "record", "risk", "add", "title=x", "--as", "vera@example.com")
	d.want(5, "", "record", "risk", "delete", "r1", "--as", "vera@example.com")
}
