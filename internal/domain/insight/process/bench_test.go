package process_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/store/lake"
)

// benchEvents is the size of the benchmark's log; LOTSE_BENCH_EVENTS sets another.
func benchEvents() int {
	if n, err := strconv.Atoi(os.Getenv("LOTSE_BENCH_EVENTS")); err == nil {
		return n
	}
	return 1_000_000
}

// bigLog loads about n events: 20 activities, 20 events a case, mostly along one path, a case and an event attribute.
func bigLog(b *testing.B, h *house, n int) {
	columns := fact.Schema{{Name: "case_id", Type: fact.Text}, {Name: "activity", Type: fact.Text}, {Name: "time", Type: fact.Time},
		{Name: "channel", Type: fact.Text, Case: true}, {Name: "machine", Type: fact.Text}}
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
