package process_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/intake/format"
	csvformat "lotse.dev/lotse/internal/intake/format/csv"
	"lotse.dev/lotse/internal/intake/format/xes"
	"lotse.dev/lotse/internal/intake/value"
	"lotse.dev/lotse/internal/store/lake"
)

// The fields of a log under all the names that the shared logs give them.
var logNames = map[string][]string{
	"case_id":    {"case:concept:name", "case_id"},
	"activity":   {"concept:name", "activity"},
	"time":       {"time:timestamp", "timestamp"},
	"start_time": {"start_timestamp"},
	"lifecycle":  {"lifecycle:transition", "lifecycle"},
}

// readLog hands the rows of a shared log to sink, with the fields of logNames that it has; nothing of the intake but
// its readers takes part.
func readLog(t *testing.T, path string, begin func(fact.Schema) fact.Sink) {
	t.Helper()
	reader := openLog(t, path)
	defer reader.Close()
	zone, err := value.LoadZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	var row format.Row
	err = reader.Next(&row)
	var columns fact.Schema
	var at []int
	for _, name := range []string{"case_id", "activity", "time", "start_time", "lifecycle"} {
		for i, c := range reader.Columns() {
			if slices.Contains(logNames[name], c.Name) {
				kind := fact.Text
				if strings.Contains(name, "time") {
					kind = fact.Time
				}
				columns, at = append(columns, fact.Column{Name: name, Type: kind}), append(at, i)
				break
			}
		}
	}
	sink := begin(columns)
	b := fact.NewBatch(columns)
	for ; err == nil; err = reader.Next(&row) {
		b.StartRow(row.Number)
		for c, col := range columns {
			cell := row.Cells[at[c]]
			if cell == nil {
				b.AppendNull(c)
			} else if col.Type == fact.Text {
				b.AppendText(c, cell)
			} else {
				m, ok := value.ParseMoment(cell)
				micros, _, known := m.Instant(0, zone)
				if !ok || !known {
					t.Fatalf("time %q", cell)
				}
				b.AppendInt(c, micros)
			}
		}
		if b.Rows == fact.BatchRows {
			if err := sink.Write(b); err != nil {
				t.Fatal(err)
			}
			b.Reset()
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if err := sink.Write(b); err != nil {
		t.Fatal(err)
	}
}

func openLog(t *testing.T, path string) format.Reader {
	t.Helper()
	src, err := format.Find(path, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	r, err := src.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(path, ".xes") {
		x, err := xes.Open(r)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	x, err := csvformat.Open(r, csvformat.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// loadLog loads a shared log as a process of its file name and derives its cases.
func (h *house) loadLog(t *testing.T, file string) string {
	t.Helper()
	h.loads++
	var w lake.Writer
	readLog(t, basetest.SharedData(t, "eventlogs", file), func(columns fact.Schema) fact.Sink {
		var err error
		w, err = h.lake.Begin(t.Context(), lake.LoadMeta{ID: h.loads, Dataset: lake.Dataset{Table: "events", Process: file},
			Schema: columns, Time: "time", Overlap: lake.OverlapAdd})
		if err != nil {
			t.Fatal(err)
		}
		return w
	})
	defer w.Close()
	if _, err := w.Commit(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	h.derive(t, file)
	return file
}

func references(t *testing.T) []map[string]string {
	t.Helper()
	f, err := os.Open(basetest.SharedData(t, "eventlogs", "reference_statistics.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = line[i]
		}
		out = append(out, m)
	}
	return out
}

// Every shared log gives the figures of reference_statistics.csv.
func TestReferenceStatistics(t *testing.T) {
	h := open(t)
	for _, want := range references(t) {
		t.Run(want["file"], func(t *testing.T) { checkReference(t, h, h.loadLog(t, want["file"]), want) })
	}
}

func checkReference(t *testing.T, h *house, name string, want map[string]string) {
	ctx := t.Context()
	s, err := h.process.Summary(ctx, name, process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := h.process.Map(ctx, name, process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.process.Variants(ctx, name, process.Filter{}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"cases": fmt.Sprint(s.Cases), "events": fmt.Sprint(s.Events), "activities": fmt.Sprint(s.Activities),
		"variants": fmt.Sprint(s.Variants), "first": s.FirstEvent.Format("2006-01-02T15:04:05Z"), "last": s.LastEvent.Format("2006-01-02T15:04:05Z"),
		"top_variant": fmt.Sprint(v.Variants[0].Count), "df_pairs": fmt.Sprint(len(m.Edges)),
		"top_df_from": m.Edges[0].From, "top_df_to": m.Edges[0].To, "top_df_count": fmt.Sprint(m.Edges[0].Count),
	}
	for field, value := range got {
		if value != want[field] {
			t.Errorf("%s is %s, want %s", field, value, want[field])
		}
	}
	for field, seconds := range map[string]float64{"mean_days": *s.CaseDuration.Mean, "median_days": *s.CaseDuration.Median} {
		days, err := strconv.ParseFloat(want[field], 64)
		if err != nil || math.Abs(seconds/86400-days) > 0.00051 {
			t.Errorf("%s is %.4f, want %s", field, seconds/86400, want[field])
		}
	}
}

// The receipt log gives the same answers as CSV and as XES.
func TestReceiptCSVEqualsXES(t *testing.T) {
	h := open(t)
	var answers [2]string
	for i, file := range []string{"receipt.csv.gz", "receipt.xes.gz"} {
		name := h.loadLog(t, file)
		v, err := h.process.Variants(t.Context(), name, process.Filter{}, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		m, err := h.process.Map(t.Context(), name, process.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		answers[i] = fmt.Sprintf("%+v %+v", v.Variants, *m)
	}
	if answers[0] != answers[1] {
		t.Error("CSV and XES differ")
	}
}

// Map, variants and rework of real logs equal the same questions in plain SQL.
func TestLogsEqualSQL(t *testing.T) {
	h := open(t)
	for _, file := range []string{"receipt.csv.gz", "production_start_end.csv.gz", "bpic2013_closed_problems.xes.gz", "interval_event_log.csv.gz"} {
		t.Run(file, func(t *testing.T) {
			name := h.loadLog(t, file)
			info, err := h.lake.Dataset(t.Context(), lake.Dataset{Table: "events", Process: name})
			if err != nil {
				t.Fatal(err)
			}
			checkMapSQL(t, h, name, info.Schema.Has("start_time"))
			checkVariantsSQL(t, h, name, info.Schema.Has("start_time"))
			checkReworkSQL(t, h, name, info.Schema.Has("lifecycle"))
		})
	}
}

func orderSQL(starts bool) (key, start string) {
	if starts {
		return "coalesce(start_time, time)", "start_time"
	}
	return "time", "CAST(NULL AS TIMESTAMPTZ)"
}

func checkMapSQL(t *testing.T, h *house, name string, starts bool) {
	key, start := orderSQL(starts)
	want := h.query(t, name, `WITH s AS (SELECT case_id, activity, epoch_us(time) AS t, epoch_us(`+start+`) AS b,
			lag(activity) OVER w AS p, lag(epoch_us(time)) OVER w AS pt FROM events
			WINDOW w AS (PARTITION BY case_id ORDER BY `+key+`, _load, _row)),
		d AS (SELECT p, activity AS q, t - pt AS e, CASE WHEN b IS NULL THEN t - pt ELSE greatest(0, b - pt) END AS v FROM s WHERE p IS NOT NULL)
		SELECT p, q, count(*), CAST(round(quantile_cont(v, 0.5)) AS BIGINT), CAST(round(quantile_cont(e, 0.5)) AS BIGINT),
		CAST(round(avg(v) / 1e6) AS BIGINT) FROM d GROUP BY p, q ORDER BY 3 DESC, p, q`)
	m, err := h.process.Map(t.Context(), name, process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range m.Edges {
		got = append(got, fmt.Sprintf("%s %s %d %.0f %.0f %.0f", e.From, e.To, e.Count, math.Round(e.Median*1e6), math.Round(e.MedianElapsed*1e6), math.Round(e.Mean)))
	}
	equal(t, "map", got, want)
}

func checkVariantsSQL(t *testing.T, h *house, name string, starts bool) {
	key, _ := orderSQL(starts)
	first := "min(time)"
	if starts {
		first = "least(min(time), min(start_time))"
	}
	want := h.query(t, name, `WITH c AS (SELECT case_id, list(activity ORDER BY `+key+`, _load, _row) AS a, epoch_us(max(time)) - epoch_us(`+first+`) AS d
		FROM events GROUP BY case_id) SELECT array_to_string(a, '>'), count(*), CAST(round(quantile_cont(d, 0.5)) AS BIGINT) FROM c GROUP BY a
		ORDER BY 2 DESC, a`)
	v, err := h.process.Variants(t.Context(), name, process.Filter{}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range v.Variants {
		got = append(got, fmt.Sprintf("%s %d %.0f", strings.Join(x.Activities, ">"), x.Count, math.Round(x.Median*1e6)))
	}
	equal(t, "variants", got, want)
}

func checkReworkSQL(t *testing.T, h *house, name string, lifecycle bool) {
	complete := "true"
	if lifecycle {
		complete = "coalesce(lower(lifecycle) = 'complete', true)"
	}
	want := h.query(t, name, `SELECT activity, count(*) FROM (SELECT case_id, activity FROM events WHERE `+complete+`
		GROUP BY case_id, activity HAVING count(*) > 1) GROUP BY activity ORDER BY activity`)
	x, err := h.process.Times(t.Context(), name, process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range x.Activities {
		if a.ReworkCases > 0 {
			got = append(got, fmt.Sprintf("%s %d", a.Name, a.ReworkCases))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	equal(t, "rework", got, want)
	v, err := h.process.Variants(t.Context(), name, process.Filter{}, 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	cases := h.query(t, name, "SELECT count(*) FILTER (WHERE rework) FROM cases")
	if cases[0] != fmt.Sprint(v.ReworkCases) {
		t.Errorf("%s cases with rework, want %d", cases[0], v.ReworkCases)
	}
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d, SQL has %d", what, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s %d: %q, SQL has %q", what, i, got[i], want[i])
			return
		}
	}
}

// k parts of a log, cut between different instants, in any order, with one part undone and loaded again, equal one load.
func TestPartsEqualWhole(t *testing.T) {
	h := open(t)
	rows := manyOrders(40)
	columns := columnsWithout("lifecycle", "automatic")
	h.load(t, "whole", columns, rows)
	h.derive(t, "whole")
	for _, k := range []int{2, 5, 12} {
		name := fmt.Sprint("parts of ", k)
		var third int64
		for part := range k {
			from, to := part*len(rows)/k, (part+1)*len(rows)/k
			load := h.load(t, name, columns, shuffled(rows[from:to], uint64(k)))
			if part == 1 {
				third = load
			}
		}
		if _, err := h.lake.Undo(t.Context(), third, nil); err != nil {
			t.Fatal(err)
		}
		from, to := len(rows)/k, 2*len(rows)/k
		h.load(t, name, columns, rows[from:to])
		h.derive(t, name)
		for _, sql := range []string{
			"SELECT * EXCLUDE (_load, _row) FROM cases ORDER BY case_id",
		} {
			equal(t, name, h.query(t, name, sql), h.query(t, "whole", sql))
		}
		a, err := h.process.Map(t.Context(), name, process.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := h.process.Map(t.Context(), "whole", process.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", *a) != fmt.Sprintf("%+v", *b) {
			t.Errorf("%s: maps differ", name)
		}
	}
}

// manyOrders are n cases of up to six events at different instants, in the order of time.
func manyOrders(n int) []row {
	steps := []string{"receive", "check", "pack", "check", "ship", "pay"}
	var rows []row
	begin := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	for i := range n * len(steps) {
		id, step := i%n, i/n
		if (id+step)%5 == 4 {
			continue
		}
		at := begin.Add(time.Duration(i*17) * time.Minute)
		rows = append(rows, row{id: fmt.Sprintf("k%03d", id), activity: steps[step], time: at.Format(time.RFC3339),
			start: at.Add(-time.Duration(id) * time.Minute).Format(time.RFC3339), channel: []string{"shop", "phone"}[id%2], machine: string(rune('A' + step))})
	}
	return rows
}
