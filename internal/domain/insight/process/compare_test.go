package process_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/process"
)

// cut is the day that parts the receipt log; the calendar of a new instance is that of Berlin.
const cut = "2011-05-01"

var halves = process.Periods{AFrom: "2010-10-01", ATo: cut, BFrom: cut, BTo: "2012-02-01"}

func compared(t *testing.T, h *house, name string, f process.Filter, p process.Periods) *process.Comparison {
	t.Helper()
	c, err := h.process.Compare(t.Context(), name, f, p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// halvesSQL is each case with its half, from the events alone.
const halvesSQL = `WITH span AS (SELECT case_id, list(activity ORDER BY time, _load, _row) AS variant,
		(epoch_us(max(time)) - epoch_us(min(time))) / 1e6 AS d, max(time) >= TIMESTAMPTZ '2011-04-30 22:00:00+00' AS late
		FROM events GROUP BY case_id), `

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The receipt log cut in two, recomputed by plain SQL over the events: cases, shares, times and the parts of the mix.
func TestCompareReceiptBySQL(t *testing.T) {
	h := open(t)
	name := h.loadLog(t, "receipt.csv.gz")
	c := compared(t, h, name, process.Filter{}, halves)
	if c.A.Cases+c.B.Cases != 1434 || c.Basis != "given" || c.Mix == nil {
		t.Fatalf("%d + %d cases", c.A.Cases, c.B.Cases)
	}
	t.Run("edges", func(t *testing.T) { checkEdgesBySQL(t, h, name, c) })
	t.Run("mix", func(t *testing.T) { checkMixBySQL(t, h, name, c) })
	activities := h.query(t, name, halvesSQL+`each AS (SELECT DISTINCT activity, case_id FROM events)
		SELECT activity, count(*) FILTER (WHERE NOT late), count(*) FILTER (WHERE late) FROM each JOIN span USING (case_id) GROUP BY activity ORDER BY activity`)
	for i, a := range c.Activities {
		if got := fmt.Sprintf("%s %d %d", a.Name, a.CasesA, a.CasesB); got != activities[i] {
			t.Errorf("%s, want %s", got, activities[i])
		}
	}
	t.Log(c.Sentence.De, c.Sentence.En, c.Significant, c.Tests)
}

func checkEdgesBySQL(t *testing.T, h *house, name string, c *process.Comparison) {
	rows := h.query(t, name, halvesSQL+`step AS (SELECT case_id, lag(activity) OVER w AS p, activity AS q,
			(epoch_us(time) - lag(epoch_us(time)) OVER w) / 1e6 AS e FROM events WINDOW w AS (PARTITION BY case_id ORDER BY time, _load, _row)),
		one AS (SELECT p, q, case_id, avg(e) AS e FROM step WHERE p IS NOT NULL GROUP BY ALL)
		SELECT p || '|' || q || '|', count(*) FILTER (WHERE NOT late), count(*) FILTER (WHERE late),
			median(e) FILTER (WHERE NOT late), median(e) FILTER (WHERE late), avg(e) FILTER (WHERE NOT late), avg(e) FILTER (WHERE late)
		FROM one JOIN span USING (case_id) GROUP BY p, q`)
	want := map[string][]string{}
	for _, r := range rows {
		at := strings.LastIndex(r, "|")
		want[r[:at]] = strings.Fields(r[at+1:])
	}
	if len(want) != len(c.Edges) {
		t.Errorf("%d edges, want %d", len(c.Edges), len(want))
	}
	for _, e := range c.Edges {
		w := want[e.From+"|"+e.To]
		if fmt.Sprint(e.CasesA) != w[0] || fmt.Sprint(e.CasesB) != w[1] {
			t.Errorf("%s → %s: %d and %d cases, want %v", e.From, e.To, e.CasesA, e.CasesB, w)
		}
		for i, got := range []*float64{e.Time.A, e.Time.B, e.MeanA, e.MeanB} {
			if (got == nil) != (w[2+i] == "null") || got != nil && math.Abs(*got-number(t, w[2+i])) > 1e-6*(1+math.Abs(*got)) {
				t.Errorf("%s → %s: figure %d is %v, want %s", e.From, e.To, i, got, w[2+i])
			}
		}
		if share := *e.Share.A; math.Abs(share-float64(e.CasesA)/float64(c.A.Cases)) > 1e-12 {
			t.Errorf("%s → %s: share %v", e.From, e.To, share)
		}
	}
}

func checkMixBySQL(t *testing.T, h *house, name string, c *process.Comparison) {
	got := h.query(t, name, halvesSQL+`common AS (SELECT variant FROM span GROUP BY variant HAVING count(*) FILTER (WHERE late) >= 5 AND count(*) FILTER (WHERE NOT late) >= 5),
		grouped AS (SELECT coalesce(CAST(b.variant AS VARCHAR), 'rest') AS g, d, late FROM span LEFT JOIN common b USING (variant)),
		s AS (SELECT g, count(*) FILTER (WHERE NOT late) / (SELECT count(*) FROM span WHERE NOT late) AS pa, count(*) FILTER (WHERE late) / (SELECT count(*) FROM span WHERE late) AS pb,
			coalesce(avg(d) FILTER (WHERE NOT late), avg(d)) AS ma, coalesce(avg(d) FILTER (WHERE late), avg(d)) AS mb FROM grouped GROUP BY g)
		SELECT sum((pb - pa) * (ma + mb) / 2), sum((mb - ma) * (pa + pb) / 2), (SELECT avg(d) FILTER (WHERE late) - avg(d) FILTER (WHERE NOT late) FROM span), count(*) FILTER (WHERE g <> 'rest'),
			coalesce(max(pa) FILTER (WHERE g = 'rest'), 0) FROM s`)
	w := strings.Fields(got[0])
	m := c.Mix
	for i, v := range []float64{m.Mix.Seconds, m.Within.Seconds, m.Total.Seconds, float64(m.Variants), m.RestA} {
		if math.Abs(v-number(t, w[i])) > 1e-6*(1+math.Abs(v)) {
			t.Errorf("figure %d is %v, want %s", i, v, w[i])
		}
	}
	if math.Abs(m.Mix.Seconds+m.Within.Seconds-*c.Mean.Difference) > 1e-6*math.Abs(*c.Mean.Difference) {
		t.Errorf("%v + %v is not %v", m.Mix.Seconds, m.Within.Seconds, *c.Mean.Difference)
	}
}

// Cases of the receipt log dealt to two months by chance: comparisons that call any difference are false alarms.
func TestCompareRelabelled(t *testing.T) {
	h := open(t)
	name := h.loadLog(t, "receipt.csv.gz")
	var events []row
	for _, r := range h.query(t, name, "SELECT case_id || '|' || activity || '|', time FROM events ORDER BY case_id, time, _load, _row") {
		parts := strings.Split(r, "|")
		events = append(events, row{id: parts[0], activity: parts[1], time: strings.TrimSpace(parts[2])})
	}
	random := rand.New(rand.NewPCG(6, 6))
	alarms := 0
	const rounds = 12
	for round := range rounds {
		dealt := fmt.Sprintf("dealt %d", round)
		h.load(t, dealt, columnsWithout("start_time", "lifecycle", "automatic", "channel", "amount", "machine", "resource"), deal(t, random, events))
		h.derive(t, dealt)
		c := compared(t, h, dealt, process.Filter{}, process.Periods{AFrom: "2020-01-01", ATo: "2022-01-01", BFrom: "2022-01-01", BTo: "2025-01-01"})
		if c.A.Cases+c.B.Cases != 1434 || c.A.Cases < 600 || c.B.Cases < 600 {
			t.Fatalf("%d and %d cases", c.A.Cases, c.B.Cases)
		}
		if c.Significant > 0 {
			alarms++
		}
	}
	t.Logf("%d of %d", alarms, rounds)
	if alarms > 4 { // 5 % of 12; more than 4 has a chance of 2 in 10,000
		t.Errorf("%d of %d comparisons call a difference", alarms, rounds)
	}
}

// deal moves every case as a whole, so that it ends in 2021 or in 2023.
func deal(t *testing.T, random *rand.Rand, events []row) []row {
	t.Helper()
	last := map[string]time.Time{}
	parse := func(s string) time.Time {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, e := range events {
		if at := parse(e.time); at.After(last[e.id]) {
			last[e.id] = at
		}
	}
	shift := map[string]time.Duration{}
	out := make([]row, len(events))
	for i, e := range events {
		if _, ok := shift[e.id]; !ok {
			year := 2021 + 2*random.IntN(2)
			shift[e.id] = time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC).Sub(last[e.id])
		}
		out[i] = e
		out[i].time = parse(e.time).Add(shift[e.id]).Format(time.RFC3339)
	}
	return out
}

// launches tells the same launches for every process.
type launches []process.Launch

func (l launches) Launches(context.Context, string) ([]process.Launch, error) { return l, nil }

func TestComparePeriodsAreChosen(t *testing.T) {
	h := open(t)
	name := h.loadLog(t, "receipt.csv.gz")
	c := compared(t, h, name, process.Filter{}, process.Periods{})
	// the log reaches from October 2010 to January 2012: two halves of whole months
	if c.Basis != "halves" || c.A.To != c.B.From || c.Launch != nil || c.B.To.String() != "2012-01-01" || c.B.From.String() != "2011-06-01" || c.A.From.String() != "2010-11-01" {
		t.Errorf("%s: %s, %s, %s", c.Basis, c.A.From, c.B.From, c.B.To)
	}
	h.process.NameLaunches(launches{{Initiative: "i-1", Title: "Vorprüfung", Day: "2011-04-01"}, {Initiative: "i-2", Title: "zu spät", Day: "2012-01-20"},
		{Initiative: "i-3", Title: "ohne Tag", Day: ""}})
	c = compared(t, h, name, process.Filter{}, process.Periods{})
	if c.Basis != "launch" || c.Launch.Initiative != "i-1" || c.B.From.String() != "2011-04-01" || c.B.To-c.B.From != c.A.To-c.A.From {
		t.Errorf("%s %+v: %s, %s, %s", c.Basis, c.Launch, c.A.From, c.B.From, c.B.To)
	}
	if !strings.HasPrefix(c.Sentence.De, "Seit dem 01.04.2011 ist ") || !strings.HasPrefix(c.Sentence.En, "Since 1 April 2011 ") {
		t.Error(c.Sentence)
	}
}

func TestCompareRefuses(t *testing.T) {
	h := ordered(t)
	for name, c := range map[string]struct {
		f process.Filter
		p process.Periods
	}{
		"a part":   {process.Filter{}, process.Periods{AFrom: "2026-01-01"}},
		"overlap":  {process.Filter{}, process.Periods{AFrom: "2026-01-01", ATo: "2026-03-01", BFrom: "2026-02-28", BTo: "2026-04-01"}},
		"backward": {process.Filter{}, process.Periods{AFrom: "2026-01-01", ATo: "2026-01-01", BFrom: "2026-02-28", BTo: "2026-04-01"}},
		"a third":  {process.Filter{From: "2026-01-01"}, process.Periods{}},
	} {
		if _, err := h.process.Compare(t.Context(), "order", c.f, c.p); !base.IsKind(err, base.Usage) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := h.process.Compare(t.Context(), "nothing", process.Filter{}, process.Periods{}); !base.IsKind(err, base.NotFound) {
		t.Errorf("no process: %v", err)
	}
}

// Two cases in March, one in April: no figure is made up.
func TestCompareFewCases(t *testing.T) {
	h := ordered(t)
	march := process.Periods{AFrom: "2026-03-01", ATo: "2026-04-01", BFrom: "2026-04-01", BTo: "2026-05-01"}
	c := compared(t, h, "order", process.Filter{}, march)
	if c.A.Cases != 2 || c.B.Cases != 1 || c.Mix != nil || c.Significant != 0 || !c.Remarks.Has("few_cases") {
		t.Errorf("%+v", c)
	}
	filtered := compared(t, h, "order", process.Filter{Activity: []string{"ship"}}, march)
	if filtered.B.Cases != 0 || !filtered.Remarks.Has("no_cases") || filtered.Edges[0].Share.B != nil {
		t.Errorf("%+v", filtered)
	}
	empty := compared(t, h, "order", process.Filter{Activity: []string{"nothing"}}, process.Periods{})
	if empty.A.Cases != 0 || len(empty.Edges) != 0 {
		t.Errorf("%+v", empty)
	}
}
