package demo

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

var october = Month{2026, 10}

func generate(t *testing.T, c Config) (Files, string) {
	t.Helper()
	dir := t.TempDir()
	files, err := Generate(context.Background(), c, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return files, dir
}

func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(p)] = fmt.Sprintf("%x", sha256.Sum256(b))
	}
	return out
}

func TestSameSeedSameBytes(t *testing.T) {
	c := Config{Seed: 7, Scale: .2, Until: october}
	_, a := generate(t, c)
	_, b := generate(t, c)
	c.Seed = 8
	_, other := generate(t, c)
	first, second, third := digests(t, a), digests(t, b), digests(t, other)
	if len(first) != 5 {
		t.Fatalf("files: %v", first)
	}
	for name, sum := range first {
		if second[name] != sum {
			t.Errorf("%s differs with the same seed", name)
		}
		if third[name] == sum {
			t.Errorf("%s is the same with another seed", name)
		}
	}
}

// Counts are sums of Poisson draws, so the standard deviation of a ratio is about one over the root of the cases.
func TestVolumeIsLinearInScale(t *testing.T) {
	one, _ := generate(t, Config{Seed: 3, Scale: .5, Until: october})
	four, _ := generate(t, Config{Seed: 3, Scale: 2, Until: october})
	for i, f := range one.Tables {
		ratio := float64(four.Tables[i].Rows) / float64(f.Rows)
		if math.Abs(ratio-4) > .2 {
			t.Errorf("%s %s: %d rows become %d, ratio %.3f, want 4", f.Table, f.Process, f.Rows, four.Tables[i].Rows, ratio)
		}
	}
}

func TestSizeAtScaleOne(t *testing.T) {
	files, _ := generate(t, Config{Seed: 1, Scale: 1, Until: october})
	limits := map[string][2]int64{OrderProcess: {200_000, 260_000}, PurchaseProcess: {35_000, 50_000},
		"orders": {80_000, 150_000}, "tickets": {18_000, 25_000}}
	for _, f := range files.Tables {
		key := f.Process
		if key == "" {
			key = f.Table
		}
		if l := limits[key]; f.Rows < l[0] || f.Rows > l[1] {
			t.Errorf("%s: %d rows, want between %d and %d", key, f.Rows, l[0], l[1])
		}
	}
}

func TestMemoryDoesNotGrowWithScale(t *testing.T) {
	peak := func(scale float64) uint64 {
		var top uint64
		runtime.GC()
		_, err := Generate(context.Background(), Config{Seed: 1, Scale: scale, Until: october}, t.TempDir(), func(int) {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			top = max(top, m.HeapAlloc)
		})
		if err != nil {
			t.Fatal(err)
		}
		return top
	}
	small, large := peak(.5), peak(5)
	if large > small+4<<20 {
		t.Errorf("live memory grows from %d to %d bytes at ten times the scale", small, large)
	}
}

func TestGenerateStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Generate(ctx, Config{Seed: 1, Scale: 1, Until: october}, t.TempDir(), func(month int) {
		if month == 3 {
			cancel()
		}
	})
	if err == nil {
		t.Error("a cancelled generation reports success")
	}
}

func TestGenerateRefusesScale(t *testing.T) {
	for _, scale := range []float64{0, -1, 1001, math.NaN()} {
		if _, err := Generate(context.Background(), Config{Seed: 1, Scale: scale, Until: october}, t.TempDir(), nil); err == nil {
			t.Errorf("scale %v passes", scale)
		}
	}
}

func TestLargeTablesComeInParts(t *testing.T) {
	dir := t.TempDir()
	x := table{path: part(dir, "t", ".csv"), sep: ';', head: "a;b", limit: 3}
	for i := range int64(7) {
		x.begin()
		x.integer(i)
		x.money(-105 * i)
		x.done()
	}
	if err := x.close(); err != nil || len(x.Paths) != 3 {
		t.Fatalf("%v, %v", x.Paths, err)
	}
	b, _ := os.ReadFile(filepath.Join(dir, "t_teil02.csv"))
	if want := "a;b\n3;-3,15\n4;-4,20\n5;-5,25\n"; string(b) != want {
		t.Errorf("got %q, want %q", b, want)
	}
}

// Dates of Easter from the tables of the Physikalisch-Technische Bundesanstalt.
func TestEaster(t *testing.T) {
	for y, want := range map[int][2]int{2021: {4, 4}, 2024: {3, 31}, 2025: {4, 20}, 2026: {4, 5}, 2038: {4, 25}} {
		if got := easterSunday(y); got != date(y, want[0], want[1]) {
			gy, gm, gd := got.civil()
			t.Errorf("%d: %d-%d-%d", y, gy, gm, gd)
		}
	}
}

func TestSummerTimeAgreesWithTheZone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no zone data: ", err)
	}
	for m := date(2021, 1, 1) + 4*hour; m < date(2027, 1, 1); m += day {
		y, mo, d := m.civil()
		if got, want := m.summer(), time.Date(y, time.Month(mo), d, 4, 0, 0, 0, zone).IsDST(); got != want {
			t.Fatalf("%d-%d-%d: %v", y, mo, d, got)
		}
	}
}
