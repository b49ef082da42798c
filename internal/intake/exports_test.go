package intake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// An export is a file as a system writes it, made here after the look of real ones, with what a wizard must propose.
type export struct {
	name, file string
	content    string      // of a text file
	sheet      [][]any     // of a workbook
	merged     [][2]string // ranges of cells
	header     int64       // row of the header
	table      string      // proposed; "" for a free table
	fields     string      // proposed, field=column
	people     string      // columns proposed as pseudonyms
	skipped    string      // columns proposed to be left out
	dates      string      // order found
	verdict    string
	loaded     int64
	says       string // codes of checks, besides those that all have
	sum, first string // of net, and of the main time in the zone of the company
}

func ansi(s string) string {
	b, err := charmap.Windows1252.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func utf16LE(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// lines writes n rows by a function and crlf between them.
func lines(head string, n int, row func(i int) string, foot ...string) string {
	out := []string{head}
	for i := range n {
		out = append(out, row(i))
	}
	return strings.Join(append(out, foot...), "\r\n") + "\r\n"
}

// makeExport writes the file of an export.
func makeExport(t testing.TB, e export) string {
	t.Helper()
	if e.sheet == nil {
		return write(t, e.file, e.content)
	}
	return workbookOf(t, e.file, e.sheet, e.merged)
}

// workbookOf writes a workbook of one sheet; nil leaves a cell out.
func workbookOf(t testing.TB, name string, rows [][]any, merged [][2]string) string {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	must(err)
	for i, row := range rows {
		for j, v := range row {
			if v == nil {
				continue
			}
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			must(err)
			must(f.SetCellValue("Sheet1", at, v))
			if _, ok := v.(time.Time); ok {
				must(f.SetCellStyle("Sheet1", at, at, day))
			}
		}
	}
	for _, m := range merged {
		must(f.MergeCell("Sheet1", m[0], m[1]))
	}
	path := write(t, name, "")
	must(f.SaveAs(path))
	return path
}

func date(d int) time.Time { return time.Date(2026, 1, d, 0, 0, 0, 0, time.UTC) }

func exports() []export {
	return []export{
		{name: "SAP list of sales documents", file: "VA05_20260201.txt", content: utf16LE(lines("Auswertung VA05\t\t\t\t\t\r\n\r\nVerk.beleg\tPos\tAngel.am\tAuftraggeb.\tMaterial\tNettowert\tWähr.", 30, func(i int) string {
			return fmt.Sprintf("00000%05d\t%06d\t%02d.01.2026\t%010d\tM-%d\t1.%03d,50\tEUR", 4000+i/2, 10+10*(i%2), 1+i%28, 100+i%5, i%4, 100+i)
		})), header: 3, table: "orders", fields: "currency=Währ. customer_id=Auftraggeb. line=Pos net=Nettowert order_id=Verk.beleg product_id=Material time=Angel.am",
			dates: "dmy", verdict: "usable", loaded: 30, says: "title_rows", sum: "33450.000000", first: "2026-01-01 00:00:00"},
		{name: "DATEV batch of bookings", file: "EXTF_Buchungsstapel.csv", content: ansi(lines(
			"\"EXTF\";700;21;\"Buchungsstapel\";9;20260201103000000;;\"RE\";\"Müller\";\"\";1001;12345;20260101;4;20260101;20260131;\"Januar\";\"MM\"\r\n"+
				"Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;Belegfeld 1;Buchungstext", 30, func(i int) string {
				return fmt.Sprintf("%d,%02d;\"S\";\"EUR\";%d;8400;%02d01;\"RE-%d\";\"Erlöse Müller\"", 100+i, i, 10000+i%6, 1+i%28, 500+i)
			})), header: 2, table: "orders", fields: "currency=WKZ Umsatz net=Umsatz (ohne Soll/Haben-Kz) order_id=Belegfeld 1 time=Belegdatum",
			verdict: "unusable", says: "title_rows refused_no_year"},
		{name: "shop orders", file: "orders_export.csv", content: "\ufeff" + lines("order_number;order_time;customer_number;payment;amount_net;currency;sales_channel;status", 40, func(i int) string {
			return fmt.Sprintf("%d;2026-01-%02dT10:%02d:00+01:00;C%d;PayPal;%d.%02d;EUR;%s;done", 10000+i, 1+i%28, i, i%9, 20+i, i%100, []string{"Storefront", "Headless"}[i%2])
		}), header: 1, table: "orders", fields: "channel=sales_channel currency=currency customer_id=customer_number net=amount_net order_id=order_number time=order_time",
			dates: "ymd", verdict: "usable", loaded: 40, sum: "1587.800000", first: "2026-01-01 10:00:00"},
		{name: "Jira history", file: "jira.csv", content: lines("Issue key,Issue Type,Status,Priority,Assignee,Reporter,Created,Updated,Resolved,Summary", 40, func(i int) string {
			return fmt.Sprintf("HD-%d,Bug,Done,High,Anna Meier,Kai Schulz,%02d/Jan/26 9:%02d AM,%02d/Jan/26 3:%02d PM,%02d/Jan/26 4:%02d PM,\"Drucker, %d\"", 100+i, 1+i%28, i%60, 1+i%28, i%60, 1+i%28, i%60, i)
		}), header: 1, table: "tickets", fields: "category=Issue Type customer_id=Reporter opened_at=Created priority=Priority resolved_at=Resolved ticket_id=Issue key updated_at=Updated",
			people: "Assignee Reporter", dates: "ymd", verdict: "usable", loaded: 40, says: "people", first: "2026-01-01 09:00:00"},
		{name: "Zammad tickets", file: "tickets-2026-01.csv", content: lines("#;Ticket#;Titel;Status;Priorität;Gruppe;Besitzer;Kunde;Erstellt am;Erste Reaktion am;Geschlossen am", 40, func(i int) string {
			return fmt.Sprintf("%d;%d;Frage %d;geschlossen;2 normal;Support;Eva Klein;kunde%d@example.com;%02d.01.26 08:%02d;%02d.01.26 09:%02d;%02d.01.26 17:%02d", i+1, 26000+i, i, i%7, 1+i%28, i%60, 1+i%28, i%60, 1+i%28, i%60)
		}), header: 1, table: "tickets", fields: "closed_at=Geschlossen am customer_id=Kunde first_response_at=Erste Reaktion am opened_at=Erstellt am priority=Priorität team=Gruppe ticket_id=Ticket#",
			people: "Besitzer Kunde", skipped: "#", dates: "dmy", verdict: "usable", loaded: 40, says: "people", first: "2026-01-01 08:00:00"},
		{name: "OTRS", file: "otrs.csv", content: lines("Ticket#,Alter,Erstellt,Geschlossen,FirstLock,FirstResponse,Status,Priorität,Queue,Sperre,Besitzer,Kundennummer,Betreff", 40, func(i int) string {
			return fmt.Sprintf("2026010%d,%d h,2026-01-%02d 08:00:00,2026-01-%02d 18:00:00,2026-01-%02d 09:00:00,2026-01-%02d 09:30:00,closed successful,3 normal,Postmaster,unlock,Tom Berg,K%d,Frage", 1000+i, i, 1+i%28, 1+i%28, 1+i%28, 1+i%28, i%5)
		}), header: 1, table: "tickets", fields: "closed_at=Geschlossen customer_id=Kundennummer first_response_at=FirstResponse opened_at=Erstellt priority=Priorität team=Queue ticket_id=Ticket#",
			people: "Besitzer", dates: "ymd", verdict: "usable", loaded: 40, says: "people", first: "2026-01-01 08:00:00"},
		{name: "Salesforce cases", file: "report1738400000.csv", content: lines(`"Case Number","Case Owner","Account Name","Subject","Status","Priority","Case Origin","Date/Time Opened","Date/Time Closed","Age (Hours)"`, 40, func(i int) string {
			return fmt.Sprintf(`"%08d","Anna Meier","Kunde %d","Frage","Closed","Medium","Web","%d/%d/2026, 9:%02d AM","%d/%d/2026, 5:%02d PM","%d"`, 1000+i, i%6, 1, 1+i%28, i, 1, 1+i%28, i, 8)
		}, `"Grand Totals (40 records)"`), header: 1, table: "tickets", fields: "channel=Case Origin closed_at=Date/Time Closed opened_at=Date/Time Opened priority=Priority ticket_id=Case Number",
			people: "Case Owner", dates: "mdy", verdict: "usable", loaded: 40, says: "people footer_rows", first: "2026-01-01 09:00:00"},
		{name: "Dynamics sales lines", file: "SalesLines.xlsx", sheet: func() [][]any {
			out := [][]any{{"(Do Not Modify) Sales order", "Document No.", "Line No.", "Sell-to Customer No.", "Posting Date", "No.", "Quantity", "Unit Price", "Line Amount", "Currency Code"}}
			for i := range 40 {
				out = append(out, []any{fmt.Sprintf("g-%d", i), fmt.Sprintf("SO%d", 1000+i/2), 10000 * (1 + i%2), fmt.Sprintf("D%d", i%6), date(1 + i%28), fmt.Sprintf("IT%d", i%5), 2, 10.25, 20.5, "EUR"})
			}
			return out
		}(), header: 1, table: "orders", fields: "currency=Currency Code customer_id=Sell-to Customer No. line=Line No. net=Line Amount order_id=Document No. quantity=Quantity time=Posting Date unit_price=Unit Price",
			skipped: "(Do Not Modify) Sales order", dates: "ymd", verdict: "usable", loaded: 40, sum: "820.000000", first: "2026-01-01 00:00:00"},
		{name: "workbook by hand", file: "Aufträge Januar.xlsx", sheet: func() [][]any {
			out := [][]any{{"Auftragseingang Januar 2026"}, {"Stand: 01.02.2026", nil, nil, nil, "Ersteller:", "Meier"}, {}, {"lfd. Nr.", "Auftragsnr.", "Datum", "Kunde", "Betrag netto (EUR)", "Bemerkung"}}
			for i := range 30 {
				out = append(out, []any{i + 1, fmt.Sprintf("A-%d", 200+i), date(1 + i%28), fmt.Sprintf("Kunde %d", i%4), 100.5 + float64(i)})
				if i == 14 {
					out = append(out, []any{}, []any{nil, "Zwischensumme", nil, nil, 1612.5}, []any{})
				}
			}
			return append(out, []any{nil, "Summe", nil, nil, 3450.0})
		}(), merged: [][2]string{{"A1", "F1"}}, header: 4, table: "orders", fields: "customer_id=Kunde net=Betrag netto (EUR) order_id=Auftragsnr. time=Datum",
			skipped: "Bemerkung lfd. Nr.", dates: "ymd", verdict: "usable_with_refusals", loaded: 30, says: "currency_assumed title_rows footer_rows refused_total_row", sum: "3450.000000", first: "2026-01-01 00:00:00"},
		{name: "amounts with currency", file: "rechnungen.csv", content: ansi(lines("RechnungsNr;RechDatum;Debitor;Gesamt netto;Bezahlt", 30, func(i int) string {
			return fmt.Sprintf("R%d;%02d.01.26;D%d;1.%03d,56 €;ja", 100+i, 1+i%28, i%4, i)
		}, "", "Summe;;;34.000,00 €;")), header: 1, table: "orders", fields: "customer_id=Debitor net=Gesamt netto order_id=RechnungsNr time=RechDatum",
			dates: "dmy", verdict: "usable", loaded: 30, says: "currency_in_amount footer_rows", sum: "30451.800000", first: "2026-01-01 00:00:00"},
		{name: "steps with serial dates", file: "Workflow.csv", content: lines("Index;Vorgangs-ID;Aktivität;Beginn;Ende;Bearbeiter/in", 60, func(i int) string {
			return fmt.Sprintf("%d;AN-%d;%s;%d,25;%d,5;U%d", i, i/3, []string{"Eingang", "Prüfung", "Versand"}[i%3], 46023+i/3, 46023+i/3, i%4)
		}), header: 1, table: "events", fields: "activity=Aktivität case_id=Vorgangs-ID resource=Bearbeiter/in start_time=Beginn time=Ende",
			people: "Bearbeiter/in", skipped: "Index", verdict: "usable", loaded: 60, says: "serial_dates people", first: "2026-01-01 12:00:00"},
		{name: "change log", file: "history.csv", content: lines("Id,Object Id,Old Value,New Value,Changed By,Changed On,Source System", 60, func(i int) string {
			return fmt.Sprintf("%d,OPP-%d,%s,%s,kmeier,2026-01-%02dT1%d:00:00Z,CRM", i, i/3, []string{"", "Neu", "Angebot"}[i%3], []string{"Neu", "Angebot", "Gewonnen"}[i%3], 1+i/3, i%3)
		}), header: 1, table: "events", fields: "activity=New Value case_id=Object Id time=Changed On",
			people: "Changed By", dates: "ymd", verdict: "usable", loaded: 60, says: "people", first: "2026-01-01 11:00:00"},
		{name: "doubled header", file: "doppelt.csv", content: lines("Vorgang;Schritt;Zeit\r\nVorgang;Schritt;Zeit", 30, func(i int) string {
			return fmt.Sprintf("V%d;S%d;%02d.01.2026 08:00", i/3, i%3, 1+i%28)
		}, "Vorgang;Schritt;Zeit", "V99;S1;30.01.2026 08:00"), header: 1, table: "events", fields: "activity=Schritt case_id=Vorgang time=Zeit",
			dates: "dmy", verdict: "usable", loaded: 31, says: "header_repeated", first: "2026-01-01 08:00:00"},
	}
}
