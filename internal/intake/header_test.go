package intake_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
)

var orderHeader = []any{"Auftragsnr", "Bestelldatum", "Kunde", "Artikel", "Menge", "Netto"}

// orderRows are rows of a list of orders; their sum of net is n × 10 + 0.25 × (0 + 1 + … + n−1).
func orderRows(n int) [][]any {
	var out [][]any
	for i := range n {
		out = append(out, []any{fmt.Sprintf("A-%d", 1000+i), date(1 + i%28), fmt.Sprintf("K%d", i%7), fmt.Sprintf("ART%d", i%5), 1 + i%4, 10 + 0.25*float64(i)})
	}
	return out
}

func under(rows [][]any, above ...[]any) [][]any {
	return append(append(append([][]any{}, above...), orderHeader), rows...)
}

// asCSV writes rows as a spreadsheet saves them: empty fields to the width of the table, or, ragged, only what is there.
func asCSV(rows [][]any, ragged bool) string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	var b strings.Builder
	for _, r := range rows {
		var cells []string
		for i := range width {
			if i >= len(r) && ragged && i > 0 {
				break
			}
			switch v := cellAt(r, i).(type) {
			case nil:
				cells = append(cells, "")
			case time.Time:
				cells = append(cells, v.Format("02.01.2006"))
			case float64:
				cells = append(cells, strings.Replace(fmt.Sprint(v), ".", ",", 1))
			default:
				cells = append(cells, fmt.Sprint(v))
			}
		}
		b.WriteString(strings.Join(cells, ";") + "\r\n")
	}
	return b.String()
}

func cellAt(r []any, i int) any {
	if i < len(r) {
		return r[i]
	}
	return nil
}

// The header is found below titles of every shape, in a workbook and in text, with its row and reason; the table below
// is read whole, and the user can say another row.
func TestHeaderBelowTitles(t *testing.T) {
	total := []any{"Summe", nil, nil, nil, 100, 1234.5}
	for _, c := range []struct {
		name   string
		rows   [][]any
		merged [][2]string
		header int64
		titles int
		n      int
	}{
		{"none", under(orderRows(30)), nil, 1, 0, 30},
		{"a title and a date of issue", under(orderRows(30), []any{"Auftragsliste Januar 2026"}, []any{"Stand: 01.02.2026"}), nil, 3, 2, 30},
		{"a merged title and a blank line", under(orderRows(30), []any{"Auftragsliste Januar 2026"}, []any{}), [][2]string{{"A1", "F1"}}, 3, 1, 30},
		{"a date on the right", under(orderRows(30), []any{"Auftragsliste", nil, nil, nil, "Stand:", date(1)}, []any{}), nil, 3, 1, 30},
		{"titles over most columns", under(orderRows(30), []any{"Muster GmbH", "Vertrieb", "Auswertung", "Auftragsliste"}, []any{"Stand:", "01.02.2026", "Ersteller:", "Meier"}), nil, 3, 2, 30},
		{"a period of two dates", under(orderRows(5), []any{"Bericht"}, []any{"Zeitraum", date(1), date(31)}), nil, 3, 2, 5},
		{"a block of parameters", under(orderRows(30), []any{"Report:", "Auftragsliste"}, []any{"Von:", "01.01.2026"}, []any{"Bis:", "31.01.2026"}, []any{}), nil, 5, 3, 30},
		{"more titles than rows", under(orderRows(3), []any{"Muster GmbH"}, []any{"Vertrieb"}, []any{"Auftragsliste"}, []any{"Stand: 01.02.2026"}, []any{"Seite 1"}), nil, 6, 5, 3},
		{"groups of columns and totals", append(under(orderRows(30), []any{"Auftragsliste"}, []any{"Auftrag", nil, nil, "Artikel", nil, nil}), total), [][2]string{{"A2", "C2"}, {"D2", "F2"}}, 3, 2, 30},
		{"a note far to the right", func() [][]any {
			rows := orderRows(30)
			rows[3] = append(rows[3], make([]any, 24)...)
			rows[3] = append(rows[3], "bitte prüfen")
			return under(rows, []any{"Auftragsliste"}, []any{"Stand: 01.02.2026"})
		}(), nil, 3, 2, 30},
		{"the header once more", append(append(under(orderRows(30)[:15], []any{"Auftragsliste"}), orderHeader), orderRows(30)[15:]...), nil, 2, 1, 30},
	} {
		for _, form := range []string{"xlsx", "csv", "ragged csv"} {
			t.Run(c.name+"/"+form, func(t *testing.T) {
				if form == "ragged csv" && c.name == "a note far to the right" {
					t.Skip("a row longer than the header is ragged in text")
				}
				h := newHouse(t)
				var path string
				if form == "xlsx" {
					path = workbookOf(t, "liste.xlsx", c.rows, c.merged)
				} else {
					rows := c.rows
					if form == "ragged csv" && len(rows[len(rows)-1]) == 6 {
						rows = padded(rows, c.header)
					}
					path = write(t, "liste.csv", asCSV(rows, form == "ragged csv"))
				}
				h.header(t, path, c.header, c.titles, c.n)
			})
		}
	}
}

// padded leaves titles short and the table whole.
func padded(rows [][]any, header int64) [][]any {
	out := append([][]any{}, rows...)
	for i := int(header) - 1; i < len(out); i++ {
		for len(out[i]) < len(orderHeader) {
			out[i] = append(out[i], nil)
		}
	}
	return out
}

func (h *house) header(t *testing.T, path string, row int64, titles, n int) {
	h.t.Helper()
	a, id := h.wizard(path)
	fields, _, _ := proposed(a)

	equal(t, "header", a.Format.HeaderRow, row)
	equal(t, "fields", fields, "customer_id=Kunde net=Netto order_id=Auftragsnr product_id=Artikel quantity=Menge time=Bestelldatum")
	if !strings.Contains(a.Format.HeaderReason.De, fmt.Sprintf("Zeile %d", row)) || titles > 0 != strings.Contains(a.Format.HeaderReason.De, "darüber") {
		t.Errorf("reason %q", a.Format.HeaderReason.De)
	}
	out := &intake.Loaded{}
	plan := a.Plan
	plan.Dates = "dmy" // some have days up to 12 only
	h.must(h.run("load", map[string]any{"upload": id, "plan": plan, "by": "cli"}, out))
	equal(t, "rows", out.RowsLoaded, int64(n))
	equal(t, "refused", out.RowsRefused, int64(0))
	equal(t, "sum", h.query(lakeData(plan), "SELECT CAST(sum(net) AS VARCHAR) FROM t")[0], fmt.Sprintf("%.6f", float64(n)*10+0.25*float64(n*(n-1)/2)))
	equal(t, "remark on titles", out.Remarks.Has("title_rows"), titles > 0)
	h.told(path, row)
}

// told reads the file with a header that the user names: one row further down.
func (h *house) told(path string, row int64) {
	h.t.Helper()
	f, err := os.Open(path)
	h.must(err)
	defer f.Close()
	u, err := h.in.Receive(h.ctx, "noch einmal "+fmt.Sprint(row)+path[len(path)-5:], f)
	h.must(err)
	reading := intake.Reading{HeaderRow: row + 1}
	h.must(h.run("analysis", map[string]any{"upload": u.ID, "reading": reading}, new(any)))
	a, err := h.in.Analyse(h.ctx, u.ID, reading, "", "")
	h.must(err)
	if a.Format.HeaderRow != row+1 || a.Columns[0].Name != "A-1000" || a.Format.HeaderReason.De != "von Ihnen gewählt" {
		h.t.Errorf("told: row %d, columns %q, %s", a.Format.HeaderRow, a.Columns[0].Name, a.Format.HeaderReason.De)
	}
}

// A table without a header keeps its first row.
func TestNoHeader(t *testing.T) {
	h := newHouse(t)
	rows := orderRows(20)
	for name, path := range map[string]string{
		"xlsx":            workbookOf(t, "a.xlsx", rows, nil),
		"csv":             write(t, "a.csv", asCSV(rows, false)),
		"with a title":    write(t, "b.csv", asCSV(append([][]any{{"Auftragsliste"}}, rows...), false)),
		"amounts in euro": write(t, "c.csv", "A-1;02.01.2026;1.234,56 EUR\nB;12.01.2026;0,50 EUR\nC;13.01.2026;3,50 EUR\n"),
	} {
		a, _ := h.wizard(path)
		if a.Format.HeaderRow != 0 || a.Columns[0].Name != "Spalte 1" || (a.Rows != 20 && a.Rows != 3) || !strings.Contains(a.Format.HeaderReason.De, "Schon die erste Zeile") {
			t.Errorf("%s: header %d, %d rows, first %q: %s", name, a.Format.HeaderRow, a.Rows, a.Columns[0].Name, a.Format.HeaderReason.De)
		}
	}
}

// The next month's file of a source with one column more is mapped as last time; what is new is named, and nothing that
// was settled changes.
func TestNextMonthWithOneColumnMore(t *testing.T) {
	h := newHouse(t)
	month := func(m int, more bool) string {
		var b strings.Builder
		b.WriteString("Nummer;Was;Wann;Wer" + map[bool]string{true: ";Kanal"}[more] + "\n")
		for i := range 60 {
			fmt.Fprintf(&b, "%d-%d;Schritt %d;%02d.%02d.2026 08:%02d;U%d%s\n", m, i/3, i%3, i%28+1, m, i%60, i%3, map[bool]string{true: ";Mail"}[more])
		}
		return b.String()
	}
	plan := convert.Plan{Table: "events", Process: "Einkauf", Auto: true}
	for _, m := range []string{"case_id=Nummer", "activity=Was", "time=Wann", "resource=Wer"} {
		f, c, _ := strings.Cut(m, "=")
		plan.Mapping = append(plan.Mapping, mapping.Entry{Column: c, Field: f})
	}
	h.mustLoad(write(t, "Januar.csv", month(1, false)), plan)
	a, id := h.wizard(write(t, "Februar.csv", month(2, true)))
	fields, _, _ := proposed(a)
	if !a.Remembered || a.Proposal.Process != "Einkauf" || fields != "activity=Was case_id=Nummer resource=Wer time=Wann" {
		t.Fatalf("remembered %t, process %q, %s", a.Remembered, a.Proposal.Process, fields)
	}
	out := &intake.DryRun{}
	h.must(h.run("dry_run", map[string]any{"upload": id, "plan": a.Plan, "by": "cli"}, out))
	if out.Verdict != "usable" || len(out.Questions) > 0 || !out.Remarks.Has("columns_new") || out.Remarks.Has("columns_gone") || !strings.Contains(fmt.Sprint(out.Remarks), "Kanal") {
		t.Errorf("%s %v %v", out.Verdict, out.Questions, out.Remarks)
	}
	done := &intake.Loaded{}
	h.must(h.run("load", map[string]any{"upload": id, "plan": a.Plan, "by": "cli"}, done))
	equal(t, "rows", len(h.table(eventData("Einkauf"))), 120)
	// March has the column of January only, and the command line says nothing but table and process.
	march := h.mustLoad(write(t, "März.csv", month(3, false)), convert.Plan{Table: "events", Process: "Einkauf"})
	if march.RowsLoaded != 60 || march.Remarks.Has("columns_gone") { // the exact source of January is known
		t.Errorf("%+v", march)
	}
	// Another list that shares two columns of four is no file of this source.
	b, _ := h.wizard(write(t, "anderes.csv", "Nummer;Was;Datum;Betrag\n1;a;13.01.2026;1,50\n2;b;14.01.2026;2,50\n3;b;15.01.2026;2,50\n"))
	if b.Remembered {
		t.Errorf("another source taken for the same: %+v", b.Proposal)
	}
}
