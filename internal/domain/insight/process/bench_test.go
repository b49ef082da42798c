package process_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

// benchEvents is the size of the benchmark's log: ten million for make bench, which sets LOTSE_BENCH.
func benchEvents() int {
	if os.Getenv("LOTSE_BENCH") != "" {
		return 10_000_000
	}
	return 500_000
}

// bigLog loads about n events: 20 activities, 20 events a case, mostly along one path, a case and an event attribute.
func bigLog(b *testing.B, h *house, n int) {
	columns := fact.Schema{{Name: "case_id", Type: fact.Text}, {Name: "activity", Type: fact.Text}, {Name: "time", Type: fact.Time},
		{Name: "channel", Type: fact.Text, Case: true}, {Name: "machine", Type: fact.Text},
		{Name: "case_code", Type: fact.Integer}, {Name: "step_code", Type: fact.Integer}}
	w, err := h.lake.Begin(b.Context(), lake.LoadMeta{ID: 1, Dataset: lake.Dataset{Table: "events", Process: "big"}, Schema: columns, Time: "time"})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	rng := rand.New(rand.NewPCG(1, 2))
	batch := fact.NewBatch(columns)
	for i := range n {
		id, step := i/20, i%20
		if rng.Uint32()%32 == 0 {
			step = int(rng.Uint32() % 20)
		}
		batch.StartRow(int64(i + 2))
		batch.AppendText(0, fmt.Appendf(nil, "case-%07d", id))
		batch.AppendText(1, fmt.Appendf(nil, "activity %02d", step))
		batch.AppendInt(2, int64(id)*600_000_000+int64(i%20)*3_600_000_000+int64(rng.Uint32()%3600)*1_000_000)
		batch.AppendText(3, []byte([]string{"shop", "phone", "till"}[id%3]))
		batch.AppendText(4, fmt.Appendf(nil, "m%d", step%7))
		batch.AppendInt(5, int64(id))
		batch.AppendInt(6, int64(step))
		if batch.Rows == fact.BatchRows || i == n-1 {
			if err := w.Write(batch); err != nil {
				b.Fatal(err)
			}
			batch.Reset()
		}
	}
	if _, err := w.Commit(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkProcess derives the cases of a log and asks for its map, whole and filtered, each without the cache.
func BenchmarkProcess(b *testing.B) {
	h := open(b)
	bigLog(b, h, benchEvents())
	ask := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				h.process = process.New(h.lake, h.settings, h.jobs, files{})
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	ask("derive", func() error { _, err := h.process.Derive(b.Context(), "big", nil); return err })
	ask("map", func() error { _, err := h.process.Map(b.Context(), "big", process.Filter{}); return err })
	for name, f := range map[string]process.Filter{
		"activity": {Activity: []string{"activity 07"}}, "case_attribute": {Attr: []string{"channel=shop"}},
		"event_attribute": {Attr: []string{"machine=m3"}}, "period": {From: "1970-01-05", To: "1970-01-12"},
	} {
		ask("map/"+name, func() error { _, err := h.process.Map(b.Context(), "big", f); return err })
	}
	ask("cases", func() error {
		_, err := h.process.Cases(b.Context(), "big", process.Filter{}, process.CaseOrder{Sort: "-duration_seconds", Limit: 50})
		return err
	})
	ask("path", func() error {
		_, err := h.process.Path(b.Context(), "big", "activity 03", "activity 04", process.Filter{})
		return err
	})
	ask("times", func() error { _, err := h.process.Times(b.Context(), "big", process.Filter{}); return err })
	ask("attributes", func() error { _, err := h.process.Attributes(b.Context(), "big"); return err })
	ask("list", func() error { _, err := h.process.List(b.Context()); return err })
}

// The questions of BenchmarkOnePass in plain SQL over the same file, each in the quickest form that was found: on
// integer codes of case and activity, which the log carries for this purpose (on texts the variants need over 8 GB).
var sqlQuestions = []string{
	`SELECT p, a, count(*), quantile_cont(t - pt, 0.5), avg(t - pt) FROM (SELECT step_code AS a, epoch_us(time) AS t,
		lag(step_code) OVER w AS p, lag(epoch_us(time)) OVER w AS pt FROM events WINDOW w AS (PARTITION BY case_code ORDER BY time))
		WHERE p IS NOT NULL GROUP BY p, a`,
	`SELECT CAST(v AS VARCHAR), count(*), quantile_cont(d, 0.5) FROM (SELECT list_transform(list_sort(list({t: time, a: CAST(step_code AS INTEGER)})), lambda x: x.a) AS v,
		epoch_us(max(time)) - epoch_us(min(time)) AS d FROM events GROUP BY case_code) GROUP BY v`,
	`SELECT step_code, count(*) FROM (SELECT case_code, step_code FROM events GROUP BY ALL HAVING count(*) > 1) GROUP BY ALL`,
	`SELECT quantile_cont(d, 0.5), quantile_cont(d, 0.9), avg(d) FROM (SELECT epoch_us(max(time)) - epoch_us(min(time)) AS d FROM events GROUP BY case_code)`,
}

// BenchmarkOnePass compares map, variants, rework and durations of a log by the native pass with the same questions in
// plain DuckDB SQL. peak_MB is the most memory that was resident meanwhile, the idle program included.
func BenchmarkOnePass(b *testing.B) {
	dir := b.TempDir()
	h := openIn(b, dir, duckdb.Options{})
	bigLog(b, h, benchEvents())
	h.close()
	h = openIn(b, dir, duckdb.Options{MemoryMB: 8000, QueryTime: time.Hour}) // so that nothing of the load is in memory
	defer h.close()
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				debug.FreeOSMemory()
				os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600) // starts VmHWM anew
				b.StartTimer()
				if err := f(); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(resident(b, "VmHWM"), "peak_MB")
			}
		})
	}
	run("native", func() error {
		h.process = process.New(h.lake, h.settings, h.jobs, files{})
		_, err := h.process.Map(b.Context(), "big", process.Filter{})
		return err
	})
	run("sql", func() error {
		for _, sql := range sqlQuestions {
			if err := h.drain(b, sql); err != nil {
				return err
			}
		}
		return nil
	})
}

// drain runs SQL over the big log and reads every row.
func (h *house) drain(b *testing.B, sql string) error {
	rows, err := h.lake.Query(b.Context(), lake.Query{SQL: sql, Tables: map[string]lake.Dataset{"events": {Table: "events", Process: "big"}}})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

// resident reads a figure of the process's memory in MB, 0 where the system does not tell.
func resident(b *testing.B, name string) float64 {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				b.Fatal(err)
			}
			return float64(kb) / 1024
		}
	}
	return 0
}
