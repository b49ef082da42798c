package robust

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// A packed log of 10⁶ events is loaded within 500 MB, in the long run one of 10⁷ within the 600 MB that hold for every
// command: memory does not grow with the rows.
func TestSoakBigFile(t *testing.T) {
	events, most := 1_000_000, int64(500<<20)
	if soak() {
		events, most = 10_000_000, maxMemory
	}
	dir := folder(t)
	file := filepath.Join(dir, "gross.csv.gz")
	bigLog(t, file, events)
	start := time.Now()
	r := lotse(t, "import", file, "--data", filepath.Join(dir, "d"), "--table", "events", "--process", "p", "--json")
	t.Logf("%d events: %d MB of memory, %.0f s", events, r.peak>>20, time.Since(start).Seconds())
	var out struct {
		RowsLoaded int `json:"rows_loaded"`
	}
	if err := json.Unmarshal([]byte(r.out), &out); err != nil || out.RowsLoaded != events || r.status != 0 {
		t.Fatalf("%d %s %s %v", r.status, r.out, r.errs, err)
	}
	if r.peak > most {
		t.Errorf("%d MB", r.peak>>20)
	}
	s := lotse(t, "process", "summary", "--process", "p", "--data", filepath.Join(dir, "d"), "--json")
	var sum struct{ Cases, Events int }
	if err := json.Unmarshal([]byte(s.out), &sum); err != nil || sum.Events != events || sum.Cases != events/8 {
		t.Errorf("%+v %v %s", sum, err, s.errs)
	}
	t.Logf("summary: %d MB of memory", s.peak>>20)
}

// bigLog writes a log of cases with eight events each, whose cases overlap in time.
func bigLog(t *testing.T, path string, events int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gz, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(gz, 1<<20)
	w.WriteString("Vorgang;Schritt;Zeit;Bearbeiter;Betrag\n")
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	var line []byte
	for i := range events {
		c, k := i/8, i%8
		line = append(line[:0], 'V')
		line = strconv.AppendInt(line, int64(10_000_000+c*7919%9_999_991), 10)
		line = append(line, ";Schritt "...)
		line = strconv.AppendInt(line, int64(k*(c%5+1)%11), 10)
		line = append(line, ';')
		line = first.Add(time.Duration(c)*70*time.Second+time.Duration(k)*time.Hour).AppendFormat(line, "02.01.2006 15:04:05")
		line = append(line, ";Person "...)
		line = strconv.AppendInt(line, int64(c%50), 10)
		line = append(line, ';')
		line = strconv.AppendInt(line, int64(i%1000), 10)
		line = append(line, ",50\n"...)
		w.Write(line)
	}
	if err := errors.Join(w.Flush(), gz.Close()); err != nil {
		t.Fatal(err)
	}
}
