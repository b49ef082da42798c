package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
)

func analyse(t testing.TB, path string) *examined {
	t.Helper()
	src, err := format.Find(path, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	x, err := examine(t.Context(), src, convert.Plan{}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// fieldsOf renders the mapped fields of the proposal as "field=column field=column".
func fieldsOf(x *examined, table string) string {
	var out []string
	for _, g := range mapping.Columns(x.Profile, table, nil) {
		if g.Field != mapping.Keep && g.Field != mapping.Skip {
			out = append(out, g.Field+"="+g.Column)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func peopleOf(x *examined, table string) string {
	var out []string
	for _, g := range mapping.Columns(x.Profile, table, nil) {
		if g.Person {
			out = append(out, g.Column)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestProposalsOnSharedFiles(t *testing.T) {
	xes := "activity=concept:name case_id=case:concept:name"
	for _, c := range []struct{ file, table, fields, dates string }{
		{"eventlogs/running-example.xes", "events", "", "ymd"},
		{"eventlogs/receipt.xes.gz", "events", xes + " lifecycle=lifecycle:transition resource=org:resource time=time:timestamp", "ymd"},
		{"eventlogs/receipt.csv.gz", "events", xes + " lifecycle=lifecycle:transition resource=org:resource time=time:timestamp", "ymd"},
		{"eventlogs/roadtraffic100traces.xes.gz", "events", "", "ymd"},
		{"eventlogs/reviewing.xes.gz", "events", "", "ymd"},
		{"eventlogs/interval_event_log.csv.gz", "events", xes + " start_time=start_timestamp time=time:timestamp", "ymd"},
		{"eventlogs/production_start_end.csv.gz", "events", xes + " resource=org:resource start_time=start_timestamp time=time:timestamp", "ymd"},
		{"eventlogs/bpic2012.xes.gz", "events", xes + " lifecycle=lifecycle:transition resource=org:resource time=time:timestamp", "ymd"},
		{"eventlogs/sepsis.xes.gz", "events", "", "ymd"},
		{"eventlogs/sepsis_1_trace_per_variant.xes.gz", "events", "", "ymd"},
		{"eventlogs/bpic2013_closed_problems.xes.gz", "events", "", "ymd"},
		{"eventlogs/bpic2020_domestic_declarations_cleaned.xes.gz", "events", "", "ymd"},
		{"eventlogs/bpic2020_request_for_payment_cleaned.xes.gz", "events", "", "ymd"},
		{"eventlogs/hospital_billing_sample.csv.gz", "events", "activity=activity case_id=case_id lifecycle=lifecycle resource=resource time=timestamp", "ymd"},
		{"orders/online_retail_part.csv.gz", "orders", "customer_id=CustomerID order_id=InvoiceNo product_id=StockCode quantity=Quantity time=InvoiceDate unit_price=UnitPrice", "mdy"},
		{"orders/olist_order_items.csv.gz", "orders", "line=order_item_id net=price order_id=order_id product_id=product_id time=shipping_limit_date", "ymd"},
		{"orders/olist_order_payments.csv.gz", "", "", ""},
		{"orders/olist_orders.csv.gz", "", "", "ymd"},
		{"orders/olist_customers.csv.gz", "", "", ""},
		{"orders/olist_products.csv.gz", "", "", ""},
		{"orders/olist_category_translation.csv", "", "", ""},
		{"tickets_usage/servicenow_incident_event_log.csv.gz", "tickets", "category=category channel=contact_type closed_at=closed_at customer_id=caller_id opened_at=opened_at priority=priority reopened=reopen_count resolved_at=resolved_at team=assignment_group ticket_id=number updated_at=sys_updated_at", "dmy"},
		{"tickets_usage/cookie_cats_ab_test.csv.gz", "", "", ""},
	} {
		t.Run(c.file, func(t *testing.T) {
			x := analyse(t, basetest.SharedData(t, c.file))
			p := mapping.Propose(x.Profile)
			if p.Table != c.table {
				t.Errorf("table %q (%s), want %q; %v", p.Table, p.Reason.En, c.table, p.Tables)
			}
			if got := fieldsOf(x, p.Table); c.fields != "" && got != c.fields {
				t.Errorf("fields\n got %s\nwant %s", got, c.fields)
			}
			if x.Format.Dates.Order != c.dates || x.Format.Dates.Ambiguous {
				t.Errorf("dates %+v, want %s", x.Format.Dates, c.dates)
			}
			if testing.Verbose() {
				for _, g := range mapping.Columns(x.Profile, p.Table, nil) {
					t.Logf("%-40s %-14s %d %v %s", g.Column, g.Field, g.Certainty, g.Person, g.Reason.De)
				}
			}
		})
	}
}

// German exports with names that no standard knows.
func TestProposalsOnGermanNames(t *testing.T) {
	for _, c := range []struct{ name, header, row, table, fields, people string }{
		{"events", "Belegnr;Vorgangsart;Buchungszeit;Liefertermin;Kanal;Sachbearbeiter;Netto;Werk;Bem_2",
			"A-26%03[2]d;%[3]s;%02[1]d.11.2025 08:14;14.11.2025;EDI;KWE;1.284,50;01;", "events",
			"activity=Vorgangsart case_id=Belegnr resource=Sachbearbeiter time=Buchungszeit", "Sachbearbeiter"},
		{"orders", "Auftragsnr;Pos;Bestelldatum;Kundennr;Artikelnr;Artikelgruppe;Menge;Einzelpreis;Nettobetrag;Währung;Vertriebsweg",
			"A-26%03[2]d;%[1]d;%02[1]d.11.2025;K%[2]d;ART;Schrauben;3;1,50;4,50;EUR;Shop", "orders",
			"channel=Vertriebsweg currency=Währung customer_id=Kundennr line=Pos net=Nettobetrag order_id=Auftragsnr product_group=Artikelgruppe product_id=Artikelnr quantity=Menge time=Bestelldatum unit_price=Einzelpreis", ""},
		{"tickets", "Ticketnummer;Eröffnet am;Erste Antwort am;Gelöst am;Kategorie;Priorität;Gruppe;Melder;Bearbeiter",
			"T%[1]d;%02[1]d.11.2025 08:14;%02[1]d.11.2025 09:00;%02[1]d.11.2025 10:00;Drucker;hoch;IT;Meier;Schulz", "tickets",
			"category=Kategorie customer_id=Melder first_response_at=Erste Antwort am opened_at=Eröffnet am priority=Priorität resolved_at=Gelöst am team=Gruppe ticket_id=Ticketnummer", "Bearbeiter Melder"},
		{"SAP", "VBELN;POSNR;ERDAT;KUNNR;MATNR;MATKL;KWMENG;NETWR;WAERK;VTWEG;ERNAM",
			"%010[2]d;%06[1]d;202511%02[1]d;0000012%03[2]d;M-1;001;2.000;10.50;EUR;10;MUELLER", "orders",
			"channel=VTWEG currency=WAERK customer_id=KUNNR line=POSNR net=NETWR order_id=VBELN product_group=MATKL product_id=MATNR quantity=KWMENG time=ERDAT", "ERNAM"},
		{"unknown names", "Schlüssel A;Was;Wann;Wert",
			"X%03[2]d;%[3]s;%02[1]d.11.2025 08:14;5", "events", "activity=Was case_id=Schlüssel A time=Wann", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString(c.header + "\n")
			steps := []string{"erfasst", "bestätigt", "versandt"}
			for i := range 60 {
				s := fmt.Sprintf(c.row, i%28+1, i/3, steps[i%3])
				if j := strings.Index(s, "%!(EXTRA"); j >= 0 {
					s = s[:j]
				}
				b.WriteString(s + "\n")
			}
			path := filepath.Join(t.TempDir(), "datei.csv")
			if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			x := analyse(t, path)
			p := mapping.Propose(x.Profile)
			if p.Table != c.table && c.name != "unknown names" {
				t.Errorf("table %q, want %q (%v)", p.Table, c.table, p.Tables)
			}
			if got := fieldsOf(x, c.table); got != c.fields {
				t.Errorf("fields\n got %s\nwant %s", got, c.fields)
			}
			if got := peopleOf(x, c.table); got != c.people {
				t.Errorf("people %s, want %s", got, c.people)
			}
			for _, g := range mapping.Columns(x.Profile, c.table, nil) {
				if g.Reason.In(base.German) == "" || g.Reason.In(base.English) == "" || g.Label.De == "" || g.Certainty < 1 {
					t.Errorf("incomplete guess %+v", g)
				}
			}
		})
	}
}

func TestShortGermanNames(t *testing.T) {
	for _, c := range []struct{ table, text, fields string }{
		{"orders", "Beleg;Datum;Kd-Nr.;VK netto\nA1;01.10.2026;10007;148,56\nA2;02.10.2026;10194;526,02\nA3;13.10.2026;10007;55,68\n", "customer_id=Kd-Nr. net=VK netto order_id=Beleg time=Datum"},
		{"tickets", "Ticket;Eingang;1. Antwort\nT1;01.10.2026 08:00;01.10.2026 09:00\nT2;13.10.2026 08:00;13.10.2026 10:00\n", "first_response_at=1. Antwort opened_at=Eingang ticket_id=Ticket"},
	} {
		path := filepath.Join(t.TempDir(), "list.csv")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := fieldsOf(analyse(t, path), c.table); got != c.fields {
			t.Errorf("%s: %s, want %s", c.table, got, c.fields)
		}
	}
}
