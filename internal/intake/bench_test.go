package intake

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
)

// benchRows is the number of rows of the generated log; LOTSE_BENCH_ROWS sets another, 10000000 for the published
// figures.
func benchRows() int {
	if n, err := strconv.Atoi(os.Getenv("LOTSE_BENCH_ROWS")); err == nil && n > 0 {
		return n
	}
	return 1_000_000
}

// benchLog writes a log of eight columns as a company's export has them and returns its path and size.
func benchLog(b *testing.B) (string, int64) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "log.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	w.WriteString("case_id,activity,timestamp,resource,channel,amount,quantity,plant\n")
	at := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	for i := range benchRows() {
		at = at.Add(7 * time.Second)
		fmt.Fprintf(w, "A-%07d,Step %d,%s,User %d,%s,%d.%02d,%d,%02d\n", i/12, i*7%23, at.Format("2006-01-02 15:04:05"), i%97,
			[]string{"shop", "phone", "edi"}[i/12%3], i%5000, i%100, i%40, i%7+1)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	st, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	f.Close()
	return path, st.Size()
}

type nowhere struct{}

func (nowhere) Write(*fact.Batch) error { return nil }

// BenchmarkCSVProfile measures the pass that decides types, dates and the mapping.
func BenchmarkCSVProfile(b *testing.B) {
	path, size := benchLog(b)
	b.SetBytes(size)
	for b.Loop() {
		src, err := format.Find(path, "log.csv")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := examine(b.Context(), src, convert.Plan{}, "", nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCSVConvert measures parsing into typed batches, the counterpart of DuckDB's COPY into a table.
func BenchmarkCSVConvert(b *testing.B) {
	path, size := benchLog(b)
	_, fill, err := OpenFile(b.Context(), path, FileOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	for b.Loop() {
		if _, err := fill(nowhere{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkXESConvert measures the same for a real log in XES.
func BenchmarkXESConvert(b *testing.B) {
	src, err := format.Find(basetest.SharedData(b, "eventlogs", "bpic2012.xes.gz"), "bpic2012.xes.gz")
	if err != nil {
		b.Fatal(err)
	}
	r, err := src.Open(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "log.xes")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	size, err := bufio.NewReader(r).WriteTo(f)
	if err != nil {
		b.Fatal(err)
	}
	f.Close()
	_, fill, err := OpenFile(b.Context(), path, FileOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	for b.Loop() {
		if _, err := fill(nowhere{}); err != nil {
			b.Fatal(err)
		}
	}
}
