package intake_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/lake"
)

func TestSameBytes(t *testing.T) {
	h := newHouse(t)
	path := basetest.SharedData(t, "eventlogs", "receipt.csv.gz")
	first := h.mustLoad(path, events("r"))
	if first.RowsLoaded != 8577 || first.RowsRead != 8577 || first.RowsRefused != 0 {
		t.Fatalf("%+v", first)
	}
	before := h.table(eventData("r"))
	if dry := h.dryRun(path, events("r")); !dry.SameMapping || !strings.HasPrefix(dry.Sentence.De, "Diese Datei ist schon geladen") {
		t.Fatalf("the check of a file that is loaded: %+v", dry.Sentence)
	}
	again := h.mustLoad(path, events("r"))
	if again.Load != first.Load || again.RowsLoaded != 0 || !again.Remarks.Has("same_file") {
		t.Fatalf("%+v", again)
	}
	other := events("r")
	other.Mapping = []mapping.Entry{{Column: "org:group", Field: "role"}}
	_, err := h.load(path, other)
	if !base.IsKind(err, base.Refused) || codeOf(err) != "same_file_other_mapping" || !strings.Contains(err.Error(), fmt.Sprint(first.Load)) || !strings.Contains(err.Error(), "--replace") {
		t.Fatalf("other mapping: %v", err)
	}
	if !slices.Equal(before, h.table(eventData("r"))) {
		t.Fatal("a refused load changed rows")
	}
	other.Replace = true
	replaced := h.mustLoad(path, other)
	if replaced.Load == first.Load || replaced.RowsLoaded != 8577 {
		t.Fatalf("%+v", replaced)
	}
	if n := len(h.query(eventData("r"), `SELECT role FROM t WHERE role IS NOT NULL`)); n == 0 {
		t.Fatal("the new mapping is not in force")
	}
	h.undo(replaced.Load)
	if !slices.Equal(before, h.table(eventData("r"))) {
		t.Fatal("undo of the replacing load does not bring the replaced one back")
	}
	if again := h.mustLoad(path, events("r")); again.Load != first.Load {
		t.Fatal("the replaced load is not in force again")
	}
}

// The log as CSV and as XES gives the same rows; XES has no empty columns and knows attributes by declaration.
func TestReceiptAsCSVAndXES(t *testing.T) {
	h := newHouse(t)
	h.mustLoad(basetest.SharedData(t, "eventlogs", "receipt.csv.gz"), events("csv"))
	h.mustLoad(basetest.SharedData(t, "eventlogs", "receipt.xes.gz"), events("xes"))
	a, err := h.lake.Dataset(h.ctx, eventData("csv"))
	h.must(err)
	b, err := h.lake.Dataset(h.ctx, eventData("xes"))
	h.must(err)
	for _, c := range a.Schema {
		i := b.Schema.Index(c.Name)
		if i < 0 {
			t.Errorf("XES lacks %s", c.Name)
			continue
		}
		if d := b.Schema[i]; d.Type != c.Type || d.Person != c.Person || d.Case != c.Case {
			t.Errorf("column %s: CSV %+v, XES %+v", c.Name, c, d)
		}
	}
	if len(a.Schema) != len(b.Schema) {
		t.Errorf("CSV %d columns, XES %d", len(a.Schema), len(b.Schema))
	}
	x, y := h.table(eventData("csv")), h.table(eventData("xes"))
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			t.Fatalf("row %d differs\n%s\n%s", i, x[i], y[min(i, len(y)-1)])
		}
	}
	for _, c := range []string{"channel", "deadline", "department", "responsible"} {
		if i := a.Schema.Index(c); i < 0 || !a.Schema[i].Case {
			t.Errorf("%s is not an attribute of the case", c)
		}
	}
}

// parts cuts a log into n files between different instants: rows in time order, cut where the time changes.
func parts(t testing.TB, n int) (header string, out []string) {
	text := unpacked(t, basetest.SharedData(t, "eventlogs", "receipt.csv.gz"))
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	header, lines = strings.TrimRight(lines[0], "\r"), lines[1:]
	stamp := func(l string) string {
		l = strings.TrimRight(l, "\r")
		return l[strings.LastIndexByte(l, ',')+1:]
	}
	slices.SortStableFunc(lines, func(a, b string) int { return strings.Compare(stamp(a), stamp(b)) })
	for i := range n {
		from, to := i*len(lines)/n, (i+1)*len(lines)/n
		for from > 0 && from < len(lines) && stamp(lines[from]) == stamp(lines[from-1]) {
			from++
		}
		for to < len(lines) && stamp(lines[to]) == stamp(lines[to-1]) {
			to++
		}
		out = append(out, header+"\n"+strings.Join(lines[from:to], "\n")+"\n")
	}
	return header, out
}

func TestPartsInAnyOrderEqualOneLoad(t *testing.T) {
	h := newHouse(t)
	h.mustLoad(basetest.SharedData(t, "eventlogs", "receipt.csv.gz"), events("whole"))
	want := h.table(eventData("whole"))
	for _, n := range []int{2, 5, 12} {
		process := fmt.Sprint("parts", n)
		_, files := parts(t, n)
		for _, i := range rand.New(rand.NewPCG(7, uint64(n))).Perm(n) {
			h.mustLoad(write(t, fmt.Sprintf("part%d.csv", i), files[i]), events(process))
		}
		got := h.table(eventData(process))
		if len(got) != len(want) {
			t.Fatalf("%d parts: %d rows, want %d", n, len(got), len(want))
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%d parts, row %d\n%s\n%s", n, i, got[i], want[i])
			}
		}
	}
}

func TestUndoEqualsNeverLoaded(t *testing.T) {
	h := newHouse(t)
	_, files := parts(t, 5)
	var middle int64
	for i, f := range files {
		l := h.mustLoad(write(t, fmt.Sprintf("part%d.csv", i), f), events("undone"))
		if i == 2 {
			middle = l.Load
			continue
		}
		h.mustLoad(write(t, fmt.Sprintf("part%d.csv", i), f), events("never"))
	}
	h.undo(middle)
	if !slices.Equal(h.table(eventData("undone")), h.table(eventData("never"))) {
		t.Fatal("undo of a middle load differs from never having loaded it")
	}
	l, err := h.in.Load(h.ctx, middle)
	h.must(err)
	if l.State != "undone" || l.EndedAt == nil || l.EndedBy != "cli" {
		t.Errorf("%+v", l)
	}
	if err := h.run("undo", map[string]any{"load": middle, "by": "cli"}, new(any)); codeOf(err) != "load_not_in_force" {
		t.Errorf("second undo: %v", err)
	}
}

const orderHead = "Auftrag;Datum;Netto\n"

func orders() convert.Plan { return convert.Plan{Table: mapping.Orders, Currency: "EUR"} }

var orderData = lake.Dataset{Table: mapping.Orders}

func TestOverlaps(t *testing.T) {
	november := orderHead + "A1;01.11.2025;10,00\nA2;15.11.2025;20,00\nA3;30.11.2025;30,00\n"
	later := orderHead + "A2;15.11.2025;20,00\nA3;30.11.2025;30,00\nA4;03.12.2025;40,00\n"
	for choice, want := range map[string]string{"": "", "skip": "A1 A2 A3 A4", "add": "A1 A2 A2 A3 A3 A4", "replace": "A1 A2 A3 A4"} {
		t.Run("choice "+choice, func(t *testing.T) {
			h := newHouse(t)
			h.mustLoad(write(t, "a.csv", november), orders())
			file := write(t, "b.csv", later)
			if dry := h.dryRun(file, orders()); dry.Overlapping != 2 || dry.Verdict != "question" {
				t.Errorf("dry run %s %d", dry.Verdict, dry.Overlapping)
			}
			plan := orders()
			plan.Overlap = choice
			_, err := h.load(file, plan)
			got := strings.Join(h.query(orderData, `SELECT order_id FROM t ORDER BY 1`), " ")
			if choice == "" {
				if codeOf(err) != "overlap" || !strings.Contains(err.Error(), "--overlap") || got != "A1 A2 A3" {
					t.Fatalf("%v: %s", err, got)
				}
				return
			}
			h.must(err)
			if got != want {
				t.Fatalf("%s, want %s", got, want)
			}
			// The choice is remembered for the next file of the source.
			next := write(t, "c.csv", orderHead+"A4;03.12.2025;40,00\nA5;15.12.2025;50,00\n")
			h.mustLoad(next, orders())
		})
	}
}

// Refused rows are kept, come back as CSV in the columns of the file, and can be corrected and loaded.
func TestRefusedRowsAreCorrected(t *testing.T) {
	h := newHouse(t)
	var b strings.Builder
	b.WriteString("Vorgang;Schritt;Zeit;Sachbearbeiter;Menge\n")
	for i := range 30 {
		fmt.Fprintf(&b, "V%d;prüfen;%02d.11.2025 08:00;Meier;%d\n", i/3, i%28+1, i)
	}
	b.WriteString("V98;prüfen;gestern;Schulz;1\nV99;prüfen;;Meier;1\n;prüfen;01.11.2025 08:00;Meier;1\nV97;prüfen\n")
	file := write(t, "daten.csv", b.String())
	_, err := h.load(file, events("p"))
	if codeOf(err) != "rows_refused" || !strings.Contains(err.Error(), "line 32") || !strings.Contains(err.Error(), "Zeit") {
		t.Fatalf("got %v", err)
	}
	h.nothing()
	plan := events("p")
	plan.AllowRefused = "4"
	out := h.mustLoad(file, plan)
	if out.RowsLoaded != 30 || out.RowsRefused != 4 || len(out.Refused) != 4 {
		t.Fatalf("%+v", out)
	}
	for i, want := range []struct {
		line   int64
		column string
	}{{32, "Zeit"}, {33, "Zeit"}, {34, "Vorgang"}, {35, ""}} {
		if r := out.Refused[i]; r.Line != want.line || r.Column != want.column || r.Reason.De == "" {
			t.Errorf("refusal %d: %+v", i, r)
		}
	}
	kept := h.refused(out.Load)
	if strings.Contains(kept, "Schulz") {
		t.Error("a name of a person is kept")
	}
	corrected := strings.NewReplacer("gestern", "02.11.2025 09:00", "V99;prüfen;;", "V99;prüfen;03.11.2025 09:00;", ";;prüfen", ";V96;prüfen").Replace(kept)
	corrected = corrected[:strings.LastIndex(strings.TrimRight(corrected, "\n"), "\n")+1]
	second := h.mustLoad(write(t, "berichtigt.csv", corrected), events("p"))
	if second.RowsLoaded != 3 || second.RowsRefused != 0 {
		t.Fatalf("%+v", second)
	}
	rows := h.query(eventData("p"), `SELECT resource FROM t WHERE case_id = 'V98'`)
	if len(rows) != 1 || !strings.HasPrefix(rows[0], "P-") {
		t.Errorf("pseudonym of the corrected row: %v", rows)
	}
	for _, s := range h.query(eventData("p"), `SELECT DISTINCT resource FROM t WHERE case_id = 'V1'`) {
		if len(s) != 10 {
			t.Errorf("pseudonym %q", s)
		}
	}
}

func TestRememberedMapping(t *testing.T) {
	h := newHouse(t)
	month := func(m int) string {
		var b strings.Builder
		b.WriteString("Spalte A;Spalte B;Wann\n")
		for i := range 60 {
			fmt.Fprintf(&b, "%d-%d;Schritt %d;%02d.%02d.2025 08:%02d\n", m, i/3, i%3, i%28+1, m, i%60)
		}
		return b.String()
	}
	plan := events("einkauf")
	plan.Mapping = []mapping.Entry{{Column: "Spalte A", Field: "case_id"}, {Column: "Spalte B", Field: "activity"}, {Column: "Wann", Field: "time"}}
	h.mustLoad(write(t, "oktober.csv", month(10)), plan)
	u, err := h.in.Receive(h.ctx, "november.csv", strings.NewReader(month(11)))
	h.must(err)
	h.must(h.run("analysis", map[string]any{"upload": u.ID, "reading": map[string]any{}}, new(any)))
	a := h.analyse(u.ID)
	if !a.Remembered || a.Proposal.Table != mapping.Events || a.Proposal.Process != "einkauf" || a.Mapping[0].Field != "case_id" {
		t.Fatalf("%+v", a)
	}
	h.must(h.run("load", map[string]any{"upload": u.ID, "plan": a.Plan, "by": "cli"}, new(any)))
	if n := len(h.table(eventData("einkauf"))); n != 120 {
		t.Fatalf("%d rows", n)
	}
}

// What a spreadsheet would run as a formula is disarmed in the file of refused rows, and comes back as it was.
func TestRefusedRowsAreNoFormulas(t *testing.T) {
	h := newHouse(t)
	head := "Vorgang;Schritt;Zeit;=Menge;Notiz\n"
	good := "V1;prüfen;13.11.2025 08:00;-3;=gut\n"
	odd := []string{`=cmd|calc`, `@SUM(1)`, `+1+1`, `-1+1`, `'=1`, `''@x`, `'kein`, `-3,5`, `+49`, `x=1`}
	var rows strings.Builder
	for i, v := range odd {
		fmt.Fprintf(&rows, "W%d;prüfen;gestern;-3;%s\n", i, v)
	}
	plan := events("p")
	plan.AllowRefused = "all"
	out := h.mustLoad(write(t, "daten.csv", head+good+rows.String()), plan)
	kept := h.refused(out.Load)
	for i, line := range strings.Split(strings.TrimSpace(kept), "\n") {
		cells := strings.Split(line, ";")
		for _, c := range cells[3:] {
			if strings.ContainsRune("=@", rune(c[0])) || strings.HasPrefix(c, "+1+") || strings.HasPrefix(c, "-1+") {
				t.Errorf("line %d: %q is a formula", i, c)
			}
		}
	}
	second := h.mustLoad(write(t, "berichtigt.csv", strings.ReplaceAll(kept, "gestern", "14.11.2025 09:00")), events("p"))
	if int(second.RowsLoaded) != len(odd) {
		t.Fatalf("%+v", second)
	}
	for i, want := range odd {
		got := h.query(eventData("p"), fmt.Sprintf(`SELECT notiz FROM t WHERE case_id = 'W%d' AND menge = -3`, i))
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q came back as %q", want, got)
		}
	}
}

func TestNamesThatCannotBeAddressed(t *testing.T) {
	h := newHouse(t)
	file := write(t, "daten.csv", "Vorgang;Schritt;Zeit\nV1;prüfen;13.11.2025 08:00\n")
	for _, name := range []string{"-", ".", "..", "\u00ad", "a\u200bb", "a\x00b", "a\u202eb"} {
		if _, err := h.load(file, events(name)); codeOf(err) != "name_not_allowed" {
			t.Errorf("process %q: %v", name, err)
		}
		if _, err := h.load(file, convert.Plan{Table: name}); codeOf(err) != "name_not_allowed" {
			t.Errorf("table %q: %v", name, err)
		}
	}
	h.nothing()
	for _, name := range []string{"Ämter/\"x'; --", "%2e%2e", "a/../b", "?q=1#x"} {
		h.mustLoad(file, events(name))
	}
	if _, err := h.in.Rename(h.ctx, eventData("%2e%2e"), ".."); codeOf(err) != "name_not_allowed" {
		t.Errorf("renamed: %v", err)
	}
}

func TestCurrencyIsThreeLetters(t *testing.T) {
	h := newHouse(t)
	file := write(t, "daten.csv", "order_id;time;net\n1;13.01.2024;10,5\n")
	for _, c := range []string{"euros", "€", "E1R", "EU"} {
		if _, err := h.load(file, convert.Plan{Table: "orders", Currency: c}); codeOf(err) != "currency_unknown" {
			t.Errorf("%q: %v", c, err)
		}
	}
	h.nothing()
	h.mustLoad(file, convert.Plan{Table: "orders", Currency: "chf"})
	if got := h.query(lake.Dataset{Table: "orders"}, `SELECT currency FROM t`); len(got) != 1 || got[0] != "CHF" {
		t.Error(got)
	}
}

// Amounts that name their currency are not taken for those of the instance.
func TestCurrencyBesideTheAmount(t *testing.T) {
	d := lake.Dataset{Table: "orders"}
	for _, c := range []struct {
		name, file, currency, want string
		remarks                    string
	}{
		{"all in dollars", "order_id;time;net\n1;13.01.2024;$10.5\n2;14.01.2024;$10.00\n", "", "USD 20.5", "currency_in_amount"},
		{"some say nothing", "order_id;time;net\n1;13.01.2024;$10.5\n2;14.01.2024;10.25\n", "", "EUR 10.25, USD 10.5", "currency_assumed currency_in_amount several_currencies"},
		{"the user's word", "order_id;time;net\n1;13.01.2024;$10.5\n2;14.01.2024;$10.00\n", "CAD", "CAD 20.5", ""},
		{"price of a piece", "order_id;time;quantity;unit_price\n1;13.01.2024;2;10,50 €\n2;14.01.2024;1;£10,00\n", "", "EUR 21, GBP 10", "currency_in_amount net_computed several_currencies"},
		{"a column in three spellings", "order_id;time;net;currency\n1;13.01.2024;10,5;EUR\n2;14.01.2024;10;eur\n3;15.01.2024;11;€\n", "", "EUR 31.5", ""},
	} {
		h := newHouse(t)
		out := h.mustLoad(write(t, "daten.csv", c.file), convert.Plan{Table: "orders", Currency: c.currency})
		got := h.query(d, `SELECT currency || ' ' || CAST(sum(net) AS DOUBLE) FROM t GROUP BY currency ORDER BY currency`)
		for i := range got {
			got[i] = strings.TrimSuffix(got[i], ".0")
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
		var codes []string
		for _, r := range out.Remarks {
			codes = append(codes, r.Code)
		}
		slices.Sort(codes)
		if strings.Join(codes, " ") != c.remarks {
			t.Errorf("%s: remarks %v", c.name, codes)
		}
	}
}
