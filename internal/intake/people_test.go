package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
)

// E-mail addresses are people whatever their column is called: they are stored as pseudonyms, stand in no refused row in
// clear, even where the column is left out, and a later file with few addresses keeps a person the same.
func TestMailAddressesArePeople(t *testing.T) {
	h := newHouse(t)
	file := func(m int, customer func(i int) string) string {
		var b strings.Builder
		b.WriteString("Auftrag;Datum;Netto;Kunde;Kontakt\n")
		for i := range 20 {
			fmt.Fprintf(&b, "%d-%d;%d.%02d.2026;1,50;%s;kontakt%d@example.org\n", m, i, i+1, m, customer(i), i)
		}
		fmt.Fprintf(&b, "%d-99;gestern;1,50;eva@example.com;max@example.org\n", m)
		return write(t, fmt.Sprintf("%d.csv", m), b.String())
	}
	plan := convert.Plan{Table: mapping.Orders, AllowRefused: "all", Mapping: []mapping.Entry{{Column: "Kontakt", Field: mapping.Skip}}}
	first := h.mustLoad(file(1, func(i int) string { return []string{"eva@example.com", "K-17"}[i%2] }), plan)
	second := h.mustLoad(file(2, func(i int) string {
		if i == 0 {
			return "eva@example.com"
		}
		return "K-17"
	}), plan)
	d := lakeData(plan)
	if got := h.query(d, `SELECT string_agg(DISTINCT customer_id, ' ' ORDER BY customer_id) FROM t`)[0]; strings.Contains(got, "@") || strings.Contains(got, "K-17") || strings.Count(got, "P-") != 2 {
		t.Errorf("customers %s", got)
	}
	for _, load := range []int64{first.Load, second.Load} {
		if kept := h.refused(load); strings.Contains(kept, "@") || !strings.Contains(kept, "gestern") {
			t.Errorf("refused rows:\n%s", kept)
		}
	}
}

// Five years of monthly files stay few files, and the undo of one of them is as if it had never been loaded.
func TestSixtyMonths(t *testing.T) {
	h, never := newHouse(t), newHouse(t)
	plan := convert.Plan{Table: mapping.Orders, Dates: "ymd"}
	var gone int64
	for m := range 60 {
		path := write(t, fmt.Sprintf("%02d.csv", m), fmt.Sprintf("order_id,time,net,currency\nA%d,20%02d-%02d-03 10:00:00,%d.5,EUR\nB%d,20%02d-%02d-13 10:00:00,2.25,EUR\n", m, 20+m/12, 1+m%12, m, m, 20+m/12, 1+m%12))
		load := h.mustLoad(path, plan).Load
		if m == 31 {
			gone = load
		} else {
			never.mustLoad(path, plan)
		}
	}
	h.follow()
	never.follow()
	info, err := h.lake.Dataset(h.ctx, lakeData(plan))
	h.must(err)
	if info.Files > 8 || info.Loads != 60 {
		t.Errorf("%d files of %d loads", info.Files, info.Loads)
	}
	h.undo(gone)
	h.follow()
	if got, want := strings.Join(h.table(lakeData(plan)), "\n"), strings.Join(never.table(lakeData(plan)), "\n"); got != want || strings.Count(got, "\n") != 117 {
		t.Errorf("after the undo\n%s\nwant\n%s", got, want)
	}
}

// Names written with composed and with separate letters are the same: columns of a file, of a mapping, of the next file.
func TestNamesOfComposedLetters(t *testing.T) {
	h := newHouse(t)
	separate := norm.NFD.String
	head := "Vorgang;Prüfschritt;Ausgeführt;Größe\n"
	plan := convert.Plan{Table: mapping.Events, Process: separate("Prüfung"), Mapping: []mapping.Entry{{Column: separate("Prüfschritt"), Field: "activity"}, {Column: separate("Ausgeführt"), Field: "time"}}}
	h.mustLoad(write(t, "a.csv", separate(head)+"A;x;13.11.2025;1\nB;y;14.11.2025;2\n"), plan)
	a, _ := h.wizard(write(t, "b.csv", head+"C;x;15.11.2025;1\nD;y;16.11.2025;2\n"))
	if fields, _, _ := proposed(a); !a.Remembered || a.Proposal.Process != "Prüfung" || fields != "activity=Prüfschritt case_id=Vorgang time=Ausgeführt" {
		t.Errorf("remembered %t, process %q, %s", a.Remembered, a.Proposal.Process, fields)
	}
	plan.Process, plan.Mapping = "Prüfung", nil
	h.mustLoad(write(t, "b.csv", head+"C;x;15.11.2025;1\nD;y;16.11.2025;2\n"), plan)
	datasets, err := h.lake.Datasets(h.ctx)
	h.must(err)
	if len(datasets) != 1 || datasets[0].Rows != 4 || len(datasets[0].Schema) != 4 {
		t.Errorf("%+v", datasets)
	}
}
