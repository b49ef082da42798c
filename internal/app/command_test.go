package app_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/store/record"
)

// desk is a shell in one data folder.
type desk struct {
	shell
	dir string
}

func newDesk(t *testing.T) desk {
	return desk{shell{t: t}, filepath.Join(t.TempDir(), "data")}
}

// load imports a text as a file.
func (d desk) load(name, text string, flags ...string) {
	d.t.Helper()
	path := filepath.Join(d.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.want(0, "", append([]string{"import", path}, flags...)...)
}

// want runs a command, checks its exit status and that it says something, and returns its output.
func (d desk) want(status int, says string, args ...string) string {
	d.t.Helper()
	out, errs, got := d.run(append(args, "--data", d.dir)...)
	if got != status || !strings.Contains(out+errs, says) || (status == 0) != (errs == "") {
		d.t.Fatalf("%q: status %d, want %d and %q\nout: %s\nerr: %s", args, got, status, says, out, errs)
	}
	return out
}

func decoded[T any](d desk, args ...string) T {
	d.t.Helper()
	return unmarshal[T](d.t, d.want(0, "", append(args, "--json")...))
}

const orders = `order_id;time;net;channel;customer_id
A1;2025-01-05 10:00:00;1000,50;shop;K1
A1;2025-01-05 10:00:00;99,50;shop;K1
A2;2025-01-31 23:30:00;200,00;phone;K2
A3;2025-02-01 09:00:00;50,00;=cmd;K1
A4;2025-03-11 09:00:00;70,25;;K3
`

const events = `case_id,activity,time
1,anlegen,2026-03-02 08:00:00
1,prüfen,2026-03-02 10:00:00
1,prüfen,2026-03-02 11:00:00
2,anlegen,2026-07-02 09:00:00
2,prüfen,2026-07-03 09:00:00
`

// rowsOut is the JSON of metric rows.
type rowsOut struct {
	From, To      string
	Total, Things int
	Value         *float64
	Rows          []struct {
		File   *string
		Line   *int
		Value  *float64
		Fields map[string]any
	}
	Remarks []struct{ Code string }
}

// lines are the places of the rows, such as "2 3".
func (r rowsOut) lines() string {
	var out []string
	for _, row := range r.Rows {
		if row.File == nil || row.Line == nil {
			out = append(out, "–")
		} else {
			out = append(out, fmt.Sprint(*row.Line))
		}
	}
	return strings.Join(out, " ")
}

// The rows behind a figure, counted by hand in the file above.
func TestMetricRows(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	for _, c := range []struct {
		args, span, lines string
		value             float64
	}{
		{"revenue", "2025-01-01 2026-01-01", "2 3 4 5 6", 1420.25},
		{"revenue --from 2025-01-01 --to 2025-02-01", "2025-01-01 2025-02-01", "2 3 4", 1300},
		{"revenue --by month --from 2025-01-15", "2025-01-01 2025-02-01", "2 3 4", 1300},
		{"revenue --by month", "2025-02-01 2025-03-01", "5", 50},
		{"revenue --dim channel=shop", "2025-01-01 2026-01-01", "2 3", 1100},
		{"revenue --dim channel=", "2025-01-01 2026-01-01", "6", 70.25},
		{"orders --filter channel=shop --filter channel=phone", "2025-01-01 2026-01-01", "2 3 4", 2},
		{"revenue --limit 2", "2025-01-01 2026-01-01", "2 3", 1420.25},
		{"revenue --all", "2025-01-01 2026-01-01", "2 3 4 5 6", 1420.25},
	} {
		got := decoded[rowsOut](d, append([]string{"metric", "rows"}, strings.Fields(c.args)...)...)
		if got.lines() != c.lines || got.From+" "+got.To != c.span || got.Value == nil || *got.Value != c.value {
			t.Errorf("%s: %s to %s, lines %s, value %v", c.args, got.From, got.To, got.lines(), got.Value)
		}
		for _, row := range got.Rows {
			if *row.File != "orders.csv" || row.Fields["order_id"] == nil {
				t.Errorf("%s: %+v", c.args, row)
			}
		}
	}
	out := d.want(0, "Umsatz, 01.01.2025 bis 31.01.2025: 1.300,00 EUR aus 3 Zeilen", "metric", "rows", "revenue", "--by", "month", "--from", "2025-01-01", "--limit", "2")
	for _, part := range []string{"orders.csv  2      A1        05.01.2025 10:00:00  1.000,50", "und eine weitere Zeile (--all zeigt alle)"} {
		if !strings.Contains(out, part) {
			t.Errorf("lacks %q:\n%s", part, out)
		}
	}
	records, err := csv.NewReader(strings.NewReader(d.want(0, "", "metric", "rows", "revenue", "--csv", "--all"))).ReadAll()
	if err != nil || len(records) != 6 || strings.Join(records[0], " ") != "file line order_id time net customer_id channel currency load thing value counts" ||
		strings.Join(records[4], " ") != "orders.csv 5 A3 2025-02-01T08:00:00Z 50 K1 '=cmd EUR 1  50 true" {
		t.Errorf("%v %q", err, records)
	}
	d.want(0, "keine Zeilen", "metric", "rows", "tickets_opened")
}

// More rows than one page: each once, in order, as the file has them.
func TestMetricRowsOverManyPages(t *testing.T) {
	const n = 12_345
	var text strings.Builder
	text.WriteString("order_id,time,net\n")
	for i := range n {
		fmt.Fprintf(&text, "B%d,2025-01-%02d 10:00:00,1.00\n", i, i%28+1)
	}
	d := newDesk(t)
	d.load("many.csv", text.String(), "--table", "orders")
	got := decoded[rowsOut](d, "metric", "rows", "revenue", "--all")
	seen := map[int]bool{}
	for _, row := range got.Rows {
		seen[*row.Line] = true
	}
	if got.Total != n || len(got.Rows) != n || len(seen) != n || !seen[2] || !seen[n+1] {
		t.Errorf("%d rows, %d lines of %d", len(got.Rows), len(seen), got.Total)
	}
	if got := decoded[rowsOut](d, "metric", "rows", "revenue", "--limit", "6001"); len(got.Rows) != 6001 {
		t.Errorf("%d rows", len(got.Rows))
	}
}

// Cases are derived from several lines and name none.
func TestMetricRowsOfCases(t *testing.T) {
	d := newDesk(t)
	d.load("log.csv", events, "--table", "events", "--process", "Antrag")
	got := decoded[rowsOut](d, "metric", "rows", "cases", "--from", "2026-03-01", "--by", "quarter")
	if got.Total != 1 || got.lines() != "–" || len(got.Remarks) == 0 || got.Remarks[len(got.Remarks)-1].Code != "rows_derived" || got.Rows[0].Fields["case_id"] != "1" {
		t.Errorf("%+v", got)
	}
}

func TestSettingCommands(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	d.load("log.csv", events, "--table", "events", "--process", "Antrag")
	d.want(0, "Noch nie geändert", "setting", "show")
	d.want(0, "Noch nie geändert", "setting", "history")
	d.want(0, "Meier, Söhne", "setting", "set", "company_name=Meier, Söhne", "digital_channels=shop, =cmd", "fiscal_start=7")
	if a := decoded[setting.Answer](d, "setting", "show"); a.Version != 1 || a.Value.CompanyName != "Meier, Söhne" || a.Value.FiscalStart != 7 ||
		fmt.Sprint(a.Value.DigitalChannels) != "[shop =cmd]" || a.UpdatedBy != "cli" {
		t.Errorf("%+v", a)
	}
	d.want(0, "81,0 %", "metric", "query", "digital_revenue_share", "--by", "year", "--from", "2025-01-01", "--to", "2026-01-01") // 1150 ÷ 1420.25
	d.want(0, "Antrag: prüfen", "setting", "set", "end_activities[Antrag]=prüfen", "automatic_activities[Antrag]=anlegen")
	d.want(0, "", "metric", "query", "manual_steps_per_case")
	file := filepath.Join(t.TempDir(), "settings.json")
	whole := d.want(0, "", "setting", "show", "--json")
	if err := os.WriteFile(file, []byte(strings.Replace(whole, "Meier, Söhne", "Meier", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.want(0, "Fassung 3", "setting", "set", "--file", file)
	d.in = `{"fiscal_start": 1, "sections": [{"process": "Antrag", "section": "Eingang", "activities": ["anlegen"]}]}`
	d.want(0, "Antrag: Eingang (anlegen)", "setting", "set", "--file", "-")
	history := decoded[struct {
		Items []record.Entry[setting.Settings]
	}](d, "setting", "history")
	if len(history.Items) != 4 || history.Items[0].Value.FiscalStart != 1 || history.Items[3].Value.FiscalStart != 7 || history.Items[1].Value.CompanyName != "Meier" {
		t.Errorf("%+v", history)
	}
	d.want(0, "fiscal_start: 7 → 1", "setting", "history")
	for _, c := range []struct {
		status int
		says   string
		args   []string
	}{
		{2, "colour=red", []string{"colour=red"}},
		{2, "fiscal_start", []string{"fiscal_start=July"}},
		{2, "--file", nil},
		{4, "Mars", []string{"zone=Mars/Olympus"}},
		{4, "fiscal_start", []string{"fiscal_start=13"}},
		{3, "nirgends.json", []string{"--file", "nirgends.json"}},
	} {
		if c.says == "Mars" {
			c.says = "Europe/Berlin" // the example that the message gives
		}
		d.want(c.status, c.says, append([]string{"setting", "set"}, c.args...)...)
	}
	d.in = `{"colour": "red"}`
	d.want(4, "company_name", "setting", "set", "--file", "-")
	if a := decoded[setting.Answer](d, "setting", "show"); a.Version != 4 {
		t.Errorf("refused changes left version %d", a.Version)
	}
}

func TestAssumptionCommands(t *testing.T) {
	d := newDesk(t)
	d.load("log.csv", events, "--table", "events", "--process", "Antrag")
	d.want(0, "Noch keine Annahmen", "assumption", "list")
	time := []string{"assumption", "set", "handling_time", "--process", "Antrag", "--activity", "prüfen", "--source", "Interview", "--date", "2026-02-01"}
	d.want(0, "2,5 bis 8, wahrscheinlich 4", append(time, "--min", "2,5", "--likely", "4", "--max", "8")...)
	d.want(0, "3 bis 8, wahrscheinlich 5", append(time, "--min", "3", "--likely", "5", "--max", "8")...)
	rate := []string{"assumption", "set", "rate", "--min", "40", "--likely", "45.5", "--max", "60", "--source", "Lohnbuch"}
	d.want(0, "40,00 bis 60,00, wahrscheinlich 45,50 EUR", rate...)
	list := decoded[assumption.List](d, "assumption", "list")
	if len(list.HandlingTimes) != 1 || list.HandlingTimes[0].Version != 2 || list.HandlingTimes[0].Min != 3 || len(list.Rates) != 1 ||
		list.Rates[0].Currency != "EUR" || list.Rates[0].Role != "default" || list.Rates[0].Date == "" {
		t.Errorf("%+v", list)
	}
	if list := decoded[assumption.List](d, "assumption", "list", "--process", "anderer"); len(list.HandlingTimes) != 0 {
		t.Errorf("%+v", list)
	}
	history := decoded[struct {
		Items []record.Entry[assumption.HandlingTime]
	}](d, "assumption", "history", "handling_time", "--process", "Antrag", "--activity", "prüfen")
	if len(history.Items) != 2 || history.Items[0].Value.Min != 3 || history.Items[1].Value.Min != 2.5 {
		t.Errorf("%+v", history)
	}
	d.want(0, "45,50 EUR", "assumption", "history", "rate")
	d.want(3, "assumption list", "assumption", "history", "rate", "--role", "Chefin")
	d.want(2, "handling_time, rate", "assumption", "set", "wish")
	d.want(2, "--activity", "assumption", "set", "handling_time", "--process", "Antrag")
	d.want(2, "--likely", append(time, "--min", "1", "--max", "2")...)
	d.want(4, "source", "assumption", "set", "rate", "--min", "1", "--likely", "2", "--max", "3")
	d.want(4, "über dem wahrscheinlichen", append(time, "--min", "9", "--likely", "5", "--max", "9")...)
}

func TestDatasetCommands(t *testing.T) {
	d := newDesk(t)
	d.want(3, "Instanz", "dataset", "list")
	d.load("orders.csv", orders, "--table", "orders")
	d.load("log.csv", events, "--table", "events", "--process", "Antrag")
	d.load("log.csv", strings.ReplaceAll(events, "anlegen", "öffnen"), "--table", "events", "--process", "Bestellung")
	d.load("own.csv", "name,value\na,1\n", "--table", "eigene")
	list := decoded[struct{ Items []intake.DatasetInfo }](d, "dataset", "list")
	if len(list.Items) != 4 {
		t.Errorf("%+v", list)
	}
	d.want(0, "Antrag", "dataset", "list")
	d.want(0, "activity", "dataset", "show", "events", "--process", "Antrag")
	d.want(0, "05.01.2025", "dataset", "show", "orders")
	d.want(2, "events --process Antrag; events --process Bestellung", "dataset", "show", "events")
	d.want(3, "Es gibt: ", "dataset", "show", "nichts")
	out := d.want(4, "Mit --yes geschieht es.", "dataset", "rename", "events", "Anträge", "--process", "Antrag")
	if !strings.Contains(out, "„Antrag“: 5 Zeilen aus 1 Ladung") || !strings.Contains(out, "Prozess „Antrag“ mit seinen Vorgängen") {
		t.Error(out)
	}
	d.want(0, "", "process", "summary", "--process", "Antrag")
	d.want(0, "„Antrag“ heißt jetzt „Anträge“.", "dataset", "rename", "events", "Anträge", "--process", "Antrag", "--yes")
	d.want(3, "", "process", "summary", "--process", "Antrag")
	if s := decoded[struct{ Cases int }](d, "process", "summary", "--process", "Anträge"); s.Cases != 2 {
		t.Errorf("%+v", s)
	}
	d.want(4, "Daran hängt", "dataset", "delete", "events", "--process", "Bestellung")
	if c := decoded[struct {
		Done       bool
		Dependents []any
	}](d, "dataset", "delete", "events", "--process", "Bestellung", "--yes"); !c.Done || len(c.Dependents) == 0 {
		t.Errorf("%+v", c)
	}
	d.want(4, "Daran hängt nichts weiter.", "dataset", "delete", "eigene")
	d.want(0, "„eigene“ ist gelöscht.", "dataset", "delete", "eigene", "--yes")
	d.want(4, "fest", "dataset", "rename", "orders", "verkäufe", "--yes")
	if list := decoded[struct{ Items []intake.DatasetInfo }](d, "dataset", "list"); len(list.Items) != 2 {
		t.Errorf("%+v", list)
	}
}

// A person with a token has exactly their rights in these commands, too.
func TestCommandsAskWhoMay(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	d.in = password + "\n"
	d.want(0, "", "user", "add", "anna@example.com", "--role", "viewer", "--password-stdin")
	token := strings.TrimSpace(d.want(0, "", "user", "token", "anna@example.com"))
	d.env = map[string]string{"LOTSE_TOKEN": token}
	as := func(status int, args ...string) {
		t.Helper()
		d.want(status, "", append(args, "--as", "anna@example.com")...)
	}
	as(0, "metric", "rows", "revenue")
	as(0, "setting", "show")
	as(5, "setting", "set", "company_name=Meine")
	as(5, "assumption", "set", "rate", "--min", "1", "--likely", "2", "--max", "3", "--source", "x")
	as(0, "dataset", "list")
	as(5, "dataset", "delete", "orders", "--yes")
	as(0, "user", "token", "anna@example.com")
	as(5, "user", "token", "bea@example.com")
}

// An undo of what is undone already is as wanted: it says so and changes nothing.
func TestUndoTwice(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	d.want(0, "Ladung 1 ist zurückgenommen (5 Zeilen).", "load", "undo", "1")
	out := d.want(0, "", "load", "undo", "1")
	if !regexp.MustCompile(`^Ladung 1 ist schon zurückgenommen \(\d\d\.\d\d\.\d{4} \d\d:\d\d, cli\)\. Geändert wurde nichts\.\n$`).MatchString(out) {
		t.Errorf("%q", out)
	}
	if u := decoded[intake.Undone](d, "load", "undo", "1"); u.Load != 1 || u.Rows != 0 || u.Table != "orders" {
		t.Errorf("%+v", u)
	}
	d.want(3, "", "load", "undo", "2")
	d.load("log.csv", events, "--table", "events", "--process", "Antrag")
	d.want(0, "", "dataset", "delete", "events", "--yes")
	d.want(4, "nicht mehr in Kraft", "load", "undo", "2")
}

// People read instants in the zone of the instance and in German; programs read UTC.
func TestSummarySpeaksGermanInTheZoneOfTheInstance(t *testing.T) {
	d := newDesk(t)
	d.load("log.csv", events, "--table", "events", "--process", "Antrag")
	for _, part := range []string{"Von                        02.03.2026 08:00:00", "Bis                        03.07.2026 09:00:00", "Europe/Berlin", "13,5 Std."} {
		d.want(0, part, "process", "summary", "Antrag")
	}
	d.want(0, "2026-03-02 08:00:00", "process", "summary", "Antrag", "--lang", "en")
	d.want(0, "", "setting", "set", "zone=America/New_York")
	d.want(0, "02.03.2026 02:00:00", "process", "summary", "Antrag")
	var s map[string]any
	if err := json.Unmarshal([]byte(d.want(0, "", "process", "summary", "Antrag", "--json")), &s); err != nil || s["first_event"] != "2026-03-02T07:00:00Z" {
		t.Errorf("%v %v", s["first_event"], err)
	}
	d.load("one.csv", "case_id,activity,time\n1,a,2026-01-01 08:00:00\n", "--table", "events", "--process", "Einer")
	out := d.want(0, "Nur 1 Vorgang:", "process", "summary", "Einer")
	if strings.Contains(out, "1 Vorgänge") {
		t.Error(out)
	}
}
