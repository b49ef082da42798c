package duckdb_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// benchEvents is how many events the benchmarks load: ten million with LOTSE_BENCH, otherwise few enough for a look.
func benchEvents() int {
	if os.Getenv("LOTSE_BENCH") != "" {
		return 10_000_000
	}
	return 200_000
}

var benchColumns = fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}, {Name: "resource"},
	{Name: "vendor"}, {Name: "net", Type: fact.Decimal}, {Name: "lifecycle"}}

var benched = lake.Dataset{Table: "events", Process: "bench"}

// BenchmarkLake loads an unsorted log of seven columns, ten events a case, streams it, asks one question over it, adds a
// tenth as a second load, streams both together and compacts. It reports events per second and the peak of memory of
// the whole process so far.
func BenchmarkLake(b *testing.B) {
	n := benchEvents()
	s, db := open(b, b.TempDir())
	defer db.Close()
	defer s.Close()
	step := func(name string, events int, do func() error) {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(peakMB(), "MB-peak")
		})
	}
	load := func(id int64, n int) func() error {
		return func() error { id += 100; return benchLoad(b, s, id, n) }
	}
	read := func() error { return benchStream(b, s) }
	once := func(f func() error) func() error {
		done := false
		return func() error {
			if done {
				return nil
			}
			done = true
			return f()
		}
	}
	step("import", n, once(load(1, n)))
	step("stream", n, read)
	step("question", n, func() error {
		r, err := s.Query(b.Context(), lake.Query{SQL: "SELECT activity, count(*), sum(net) FROM t WHERE vendor <> 'v 7' GROUP BY 1",
			Tables: map[string]lake.Dataset{"t": benched}})
		if err == nil {
			err = r.Close()
		}
		return err
	})
	step("second import", n/10, once(load(2, n/10)))
	step("stream of two files", n+n/10, read)
	step("compact", n+n/10, once(func() error { return s.Compact(b.Context(), benched) }))
	step("stream compacted", n+n/10, read)
}

func benchLoad(b *testing.B, s lake.Store, id int64, n int) error {
	w, err := s.Begin(b.Context(), lake.LoadMeta{ID: id, Dataset: benched, Schema: benchColumns, Time: "time", Overlap: lake.OverlapAdd})
	if err != nil {
		return err
	}
	defer w.Close()
	r := rand.New(rand.NewPCG(uint64(id), 1))
	batch, buf := fact.NewBatch(benchColumns), []byte(nil)
	text := func(c int, prefix string, n int) {
		buf = strconv.AppendInt(append(buf[:0], prefix...), int64(n), 10)
		batch.AppendText(c, buf)
	}
	for i := range n {
		batch.StartRow(int64(i) + 2)
		text(0, "4507000", 1_000_000_000+r.IntN(max(1, n/10))+int(id)*n)
		text(1, "Activity with a longer name ", r.IntN(40))
		batch.AppendInt(2, 1_700_000_000_000_000+r.Int64N(31_536_000)*1_000_000)
		text(3, "user_", r.IntN(500))
		text(4, "v ", r.IntN(2000))
		batch.AppendInt(5, r.Int64N(1e12))
		batch.AppendText(6, []byte("complete"))
		if batch.Rows == fact.BatchRows || i == n-1 {
			if err := w.Write(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	_, err = w.Commit(b.Context(), nil)
	return err
}

func benchStream(b *testing.B, s lake.Store) error {
	st, err := s.Events(b.Context(), benched.Process, 0, lake.EventFilter{})
	if err != nil {
		return err
	}
	defer st.Close()
	for {
		c, err := st.Next()
		if err != nil || c == nil {
			return err
		}
	}
}

// peakMB is the largest resident size of this process so far, 0 where the system does not tell.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}

// BenchmarkCommit is one small load into a table that has many.
func BenchmarkCommit(b *testing.B) {
	s, db := open(b, b.TempDir())
	defer db.Close()
	defer s.Close()
	id := time.Now().UnixNano()
	for range b.N {
		id++
		if err := benchLoad(b, s, id, 100); err != nil {
			b.Fatal(err)
		}
	}
}
