package record_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

// child writes until it is killed, every third transaction rolled back, and tells each committed count of records.
func child(dir string) {
	ctx := context.Background()
	db, err := database.Open(ctx, dir)
	if err != nil {
		panic(err)
	}
	s := record.NewStore(db, base.SystemClock)
	if err := s.Register(ctx, units.Def(), persons.Def(), tasks.Def()); err != nil {
		panic(err)
	}
	d, _ := s.Def("task")
	for n := 0; ; n++ {
		err := s.Write(ctx, func(b *record.Batch) error {
			for i := range 1 + n%3 {
				if _, err := b.Put(d, fmt.Sprintf("t%d", i), record.AnyVersion, map[string]any{"title": fmt.Sprint("Aufgabe ", n)}, "anna"); err != nil {
					return err
				}
			}
			if n%3 == 2 {
				return errors.New("rolled back")
			}
			return nil
		})
		if n%3 != 2 && err != nil {
			panic(err)
		}
		fmt.Println("wrote", n)
	}
}

// Killed at any moment, between the line of the seal and the commit or while the file is made shorter, nothing is
// reported as broken, and what was committed is there.
func TestAKilledWriterLeavesAValidSeal(t *testing.T) {
	if args, ok := basetest.ChildArgs(); ok {
		child(args[0])
	}
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("LOTSE_KILLS")); err == nil {
		kills = n
	}
	dir := t.TempDir()
	for kill := range kills {
		c := basetest.StartChild(t, dir)
		for n := rand.IntN(12); n >= 0; n-- {
			if _, more := c.Line(); !more {
				break
			}
		}
		time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
		if err := c.Kill(); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		s, db := registers(t, dir)
		if n, err := s.Verify(t.Context()); err != nil || n == 0 {
			t.Fatalf("after kill %d: %d %v", kill, n, err)
		}
		db.Close()
		if kill%4 == 3 {
			long(t, dir)
		}
		if kill%5 == 4 {
			torn(t, dir)
		}
	}
}

// long makes the seal's file so long that it is made shorter at the next start: its last line says the same as often as
// it likes.
func long(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, record.SealLog)
	raw := read(t, path)
	lines := bytes.SplitAfter(raw, []byte("\n"))
	for i := len(lines) - 1; i >= 0; i-- { // the last line that says what was committed
		if bytes.Contains(lines[i], []byte(`"kinds":null`)) {
			again := bytes.Repeat(lines[i], 1<<20/len(lines[i])+1)
			write(t, path, bytes.Join([][]byte{bytes.Join(lines[:i+1], nil), again, bytes.Join(lines[i+1:], nil)}, nil))
			return
		}
	}
}

// torn leaves a line half-written, as a power cut does.
func torn(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, record.SealLog)
	write(t, path, append(read(t, path), `{"seq":99999,"commi`...))
}

func TestALongFileOfTheSealIsMadeShort(t *testing.T) {
	dir := t.TempDir()
	s, db := registers(t, dir)
	example(t, s)
	db.Close()
	older := read(t, filepath.Join(dir, database.FileName))
	s, db = registers(t, dir)
	keep(t, s, "unit", "last", map[string]any{"name": "Zuletzt"})
	db.Close()
	long(t, dir)
	path := filepath.Join(dir, record.SealLog)
	before := len(read(t, path))
	write(t, path+".new", []byte("half of a line")) // left by a kill
	s, db = registers(t, dir)
	keep(t, s, "unit", "next", map[string]any{"name": "Danach"})
	if after := len(read(t, path)); before < 1<<20 || after > 2000 {
		t.Fatal(before, after)
	}
	if n, err := s.Verify(t.Context()); err != nil || n != 10 {
		t.Fatal(n, err)
	}
	db.Close()
	write(t, filepath.Join(dir, database.FileName), older)
	s, _ = registers(t, dir)
	found(t, s, "seal_broken", "unterschrieben ist")
}

// What does not fit is not made to fit by making the file short.
func TestAWrongSealIsNotMadeShort(t *testing.T) {
	dir := t.TempDir()
	s, db := registers(t, dir)
	example(t, s)
	db.Close()
	long(t, dir)
	behind(t, dir, `UPDATE record_seal SET count = 7 WHERE kind = 'task'`)
	s, _ = registers(t, dir)
	keep(t, s, "unit", "next", map[string]any{"name": "Danach"})
	if n := len(read(t, filepath.Join(dir, record.SealLog))); n < 1<<20 {
		t.Fatal(n)
	}
	found(t, s, "seal_broken", "Aufgaben")
}
