package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/lake"
)

func remark(r base.Remarks, code string) string {
	i := slices.IndexFunc(r, func(have base.Remark) bool { return have.Code == code })
	if i < 0 {
		return ""
	}
	return r[i].Text.De
}

// checkShortHistory asks Online Retail: figures that look back are not compared over its few months. The list begins on
// 1 December 2010, so 121 days lie before April and 151 before May 2011. Figures of the period alone are compared.
func checkShortHistory(t *testing.T, h *house) {
	t.Helper()
	for name, back := range map[string]bool{"new_customers": true, "repeat_rate": true, "active_customers": false, "orders": false} {
		r := h.ask(t, catalogue.QueryInput{Name: name})
		d := r.Compare.Previous
		if d == nil || d.Value == nil || r.Compare.Value == nil || (d.Difference == nil) != back || d.Secured == back {
			t.Errorf("%s: %+v", name, d)
		}
		text := remark(r.Remarks, "comparison_short_history")
		if (text != "") != back || back && !strings.Contains(text, "April 2011 unbekannt: Davor liegen 121 Tage Daten, vor Mai 2011 sind es 151.") {
			t.Errorf("%s: %q", name, text)
		}
		if back && !r.Remarks.Has("start_of_history") {
			t.Errorf("%s: %+v", name, r.Remarks)
		}
	}
}

// Ten customers order once a month and nobody else ever does. Of the 10 of October 2026 all are repeaters, as in the month
// and the year before; whether that is said depends on the days of data before the earlier month alone.
func TestLongHistoryIsCompared(t *testing.T) {
	for begin, want := range map[string][2]bool{ // compared with the month before, with the year before
		"2022-01-01": {true, true},   // 1369 days before October 2025, 1734 before October 2026: 79 %
		"2023-01-01": {true, false},  // 1004 and 1369: 73 %
		"2025-09-01": {true, false},  // 365 days before September 2026
		"2025-10-01": {false, false}, // 335 days
	} {
		h := open(t)
		var rows [][]string
		first, _ := time.Parse(time.DateOnly, begin)
		for month := first; month.Before(now); month = month.AddDate(0, 1, 0) {
			for c := range 10 {
				for _, hour := range []int{10, 24*24 + 10} {
					rows = append(rows, []string{fmt.Sprint(month.Format("0601"), c, hour), month.Add(time.Duration(hour) * time.Hour).Format(time.RFC3339), "5", fmt.Sprint("K", c), "shop"})
				}
			}
		}
		h.load(t, orders, "time", orderSchema, rows)
		r := h.ask(t, catalogue.QueryInput{Name: "repeat_rate"})
		known := func(d *metric.Difference) bool { return d != nil && d.Difference != nil }
		if r.Compare.From.String() != "2026-10-01" || known(r.Compare.Previous) != want[0] || known(r.Compare.YearBefore) != want[1] {
			t.Errorf("from %s: %+v, %+v", begin, r.Compare.Previous, r.Compare.YearBefore)
		}
		if known(r.Compare.Previous) && (*r.Compare.Previous.Difference != 0 || !r.Compare.Previous.Secured) {
			t.Errorf("from %s: %+v", begin, r.Compare.Previous)
		}
	}
}

// openLog is 50 cases a month from January to 23 November 2026, each of "Annahme" and, ten days later, "Abschluss"; of
// those of October begun on the 20th or later none is finished, and one of each earlier month is given up at once.
func openLog() (events, cases [][]string) {
	for month := 1; month <= 10; month++ {
		for c := range 50 {
			begin := time.Date(2026, time.Month(month), 1+c/2, 8, 0, 0, 0, time.UTC)
			id, end := fmt.Sprintf("%02d-%02d", month, c), begin.AddDate(0, 0, 10)
			events = append(events, []string{id, "Annahme", begin.Format(time.RFC3339), "Nord"})
			last, at := "Abschluss", end
			switch {
			case month == 10 && begin.Day() >= 20:
				last, at = "Prüfung", time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
			case c == 0 && month < 10:
				last, at = "Abbruch", begin.Add(time.Hour)
			}
			events = append(events, []string{id, last, at.Format(time.RFC3339), "Nord"})
			cases = append(cases, []string{id, begin.Format(time.RFC3339), at.Format(time.RFC3339), fmt.Sprint(at.Sub(begin).Seconds()), last})
		}
	}
	return events, cases
}

var casesSchema = fact.Schema{{Name: "case_id"}, {Name: "first_time", Type: fact.Time}, {Name: "last_time", Type: fact.Time},
	{Name: "duration_seconds", Type: fact.Double}, {Name: "last_activity"}}

// Durations of a month in which many cases have not ended say so with number and share, and their comparison is not
// secured; the numbers are those of plain SQL over the events.
func TestManyOpenCases(t *testing.T) {
	h := open(t)
	events, cases := openLog()
	log := process("Antrag")
	h.load(t, log, "time", eventSchema, events)
	if _, err := h.lake.Derive(t.Context(), lake.Dataset{Table: "cases", Process: "Antrag"}, casesSchema, func(sink fact.Sink) error {
		fill(t, casesSchema, cases, sink)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	own := catalogue.Own{Name: "annahme_bis_abschluss", Title: "Annahme bis Abschluss", Process: "Antrag", From: "Annahme", To: "Abschluss", Statistic: "median"}
	if _, err := h.metrics.Create(officer(t), &catalogue.CreateInput{Body: own}); err != nil {
		t.Fatal(err)
	}
	// a case is as its events say: begun with the first, seen with the last, and near the end of the data when the last
	// lies at most the median duration, ten days, before it
	runs := `WITH c AS (SELECT case_id, min(time) AS began, max(time) AS seen, arg_max(activity, time) AS last, max(time) FILTER (WHERE activity = 'Abschluss') AS done FROM events GROUP BY case_id),
		m AS (SELECT TIMESTAMPTZ '2026-09-30 22:00:00+00' AS first, TIMESTAMPTZ '2026-10-31 23:00:00+00' AS next) `
	count := func(open, cases string) string {
		rows, err := h.lake.Query(t.Context(), lake.Query{Tables: map[string]lake.Dataset{"events": log}, SQL: runs +
			`SELECT count(*), count(*) FILTER (WHERE ` + open + `) FROM c, m
			WHERE began < next AND seen >= first` + cases})
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			v := rows.Values()
			all, n := v[0].(int64), v[1].(int64)
			return fmt.Sprintf("Oktober 2026: %d %d %s", all, n, strings.Replace(fmt.Sprintf("%.1f %%", 100*float64(n)/float64(all)), ".", ",", 1))
		}
		t.Fatal(rows.Err())
		return ""
	}
	check := func(name, code, want string) {
		t.Helper()
		r := h.ask(t, catalogue.QueryInput{Name: name, Process: "Antrag"})
		text := strings.NewReplacer("laufende Vorgänge, davon noch nicht beendet: ", "", "Ob die Dauern zu kurz sind, kann nicht beurteilt werden. ", "",
			"laufende Vorgänge, davon mit letztem Ereignis kurz vor dem Ende der Daten: ", "", "(", "", ")", "").Replace(remark(r.Remarks, code))
		if r.Compare == nil || r.Compare.From.String() != "2026-10-01" || r.Compare.Previous == nil || r.Compare.Previous.Difference == nil {
			t.Fatalf("%s: %+v", name, r.Compare)
		}
		if (want == "") != r.Compare.Previous.Secured || !strings.HasPrefix(text, want) || want == "" && text != "" {
			t.Errorf("%s: secured %v, %q, plain SQL %q (%+v)", name, r.Compare.Previous.Secured, text, want, r.Remarks)
		}
	}
	near := "seen >= TIMESTAMPTZ '2026-11-23 08:00:00+00' - INTERVAL 10 DAY"
	check("case_duration_median", "open_unknown", count(near, ""))
	check(own.Name, "open_unknown", count(near+" AND done IS NULL", " AND (done IS NOT NULL OR "+near+")"))

	s := setting.Default()
	s.EndActivities = []setting.ProcessEnds{{Process: "Antrag", Activities: []string{"Abschluss", "Abbruch"}}}
	if _, err := h.settings.Put(t.Context(), s, 0, "test"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"case_duration_median", "case_duration_p90"} {
		check(name, "many_open", count("last NOT IN ('Abschluss', 'Abbruch')", ""))
	}
	check(own.Name, "many_open", count("last = 'Prüfung'", " AND last <> 'Abbruch'"))
	if r := h.ask(t, catalogue.QueryInput{Name: "case_duration_median", Process: "Antrag", To: "2026-08-01"}); !r.Compare.Previous.Secured || r.Remarks.Has("many_open") {
		t.Errorf("July, in which every case has ended: %+v, %+v", r.Compare.Previous, r.Remarks)
	}
	if r := h.ask(t, catalogue.QueryInput{Name: "cases", Process: "Antrag"}); !r.Compare.Previous.Secured || r.Remarks.Has("many_open") {
		t.Errorf("a number of cases needs no open ones: %+v, %+v", r.Compare.Previous, r.Remarks)
	}
}

// checkOpenTickets asks the ServiceNow log: tickets without a resolution are counted as plain SQL counts them.
func checkOpenTickets(t *testing.T, h *house) {
	t.Helper()
	r := h.ask(t, catalogue.QueryInput{Name: "ticket_resolution_median", To: "2016-04-01"})
	from, to := r.Compare.From.String(), r.Compare.To.String()
	want := h.query(t, tickets, `WITH ordered AS (SELECT *, lead(ticket_id) OVER (PARTITION BY ticket_id ORDER BY updated_at, _row) AS later FROM tickets)
		, active AS (SELECT resolved_at FROM ordered WHERE later IS NULL AND opened_at < timezone('Europe/Berlin', TIMESTAMP '`+to+`')
			AND CASE WHEN resolved_at IS NOT NULL THEN resolved_at ELSE updated_at END >= timezone('Europe/Berlin', TIMESTAMP '`+from+`'))
		SELECT 'open', '', (count(*) FILTER (WHERE resolved_at IS NULL))::DOUBLE FROM active UNION ALL SELECT 'all', '', count(*)::DOUBLE FROM active`)
	open, all := *want["open "], *want["all "]
	text := remark(r.Remarks, "many_open")
	if expected := base.T("%s laufende Kundenanfragen, davon noch nicht beendet: %s (", "", int64(all), int64(open)).De; (open/all >= 0.05) != strings.Contains(text, expected) || open/all >= 0.05 && r.Compare.Previous != nil && r.Compare.Previous.Secured {
		t.Errorf("%s to %s: %q, plain SQL %v of %v", from, to, text, open, all)
	}
}

// Manual steps by rules that hold no longer are unknown until the cases are derived anew.
func TestManualStepsFollowTheRules(t *testing.T) {
	h := open(t)
	h.load(t, process("Verkauf"), "time", eventSchema, someEvents())
	s := setting.Default()
	s.AutomaticActivities = []setting.ProcessActivity{{Process: "Verkauf", Activity: "Rechnung"}}
	schema := fact.Schema{{Name: "case_id"}, {Name: "last_time", Type: fact.Time}, {Name: "manual_steps", Type: fact.Integer}, {Name: "rules"}}
	derive := func() {
		if _, err := h.lake.Derive(t.Context(), lake.Dataset{Table: "cases", Process: "Verkauf"}, schema, func(sink fact.Sink) error {
			fill(t, schema, [][]string{{"F1", "2026-09-03T08:00:00Z", "1", s.Rules("Verkauf")}, {"F2", "2026-09-06T08:00:00Z", "2", s.Rules("Verkauf")}}, sink)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	ask := func() (string, bool) {
		r := h.ask(t, catalogue.QueryInput{Name: "manual_steps_per_case"})
		if len(r.Points) == 0 || r.Points[0].Value == nil {
			return "unknown", r.Remarks.Has("being_derived")
		}
		return fmt.Sprint(*r.Points[0].Value), r.Remarks.Has("being_derived")
	}
	derive()
	if got, pending := ask(); got != "unknown" || !pending {
		t.Errorf("derived by rules that are not set: %s, %v", got, pending)
	}
	if _, err := h.settings.Put(t.Context(), s, 0, "test"); err != nil {
		t.Fatal(err)
	}
	if got, pending := ask(); got != "1.5" || pending { // by hand: (1 + 2) ÷ 2
		t.Errorf("derived by the rules that are set: %s, %v", got, pending)
	}
	s.AutomaticActivities[0].Activity = "Angebot"
	if _, err := h.settings.Put(t.Context(), s, 1, "test"); err != nil {
		t.Fatal(err)
	}
	if got, pending := ask(); got != "unknown" || !pending {
		t.Errorf("after a change: %s, %v", got, pending)
	}
	derive()
	if got, pending := ask(); got != "1.5" || pending {
		t.Errorf("derived anew: %s, %v", got, pending)
	}
}
