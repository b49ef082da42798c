package record_test

import (
	"database/sql"
	"fmt"
	"os"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

// benchRecords is the size of the register that the benchmarks ask: a hundred thousand with LOTSE_BENCH, otherwise few
// enough for a look.
func benchRecords() int {
	if os.Getenv("LOTSE_BENCH") != "" {
		return 100_000
	}
	return 2_000
}

func benchTask(i int) map[string]any {
	stages := []string{"later", "now", "done"}
	topics := []string{"Rechnungseingang", "Lieferung", "Angebot", "Reklamation", "Vertrag", "Schulung", "Portal"}
	return map[string]any{"title": fmt.Sprintf("%s %d prüfen", topics[i%len(topics)], (i*7919)%1_000_003), "text": "Woran wir merken, dass es gelungen ist, steht hier in zwei Sätzen.",
		"number": float64(i * 7919 % 10_007), "due": fmt.Sprintf("20%02d-%02d-%02d", 20+i%10, 1+i%12, 1+i%28), "stage": stages[i%3],
		"owner": fmt.Sprint("p", i%50), "unit": fmt.Sprint("u", i%20), "cost": map[string]any{"amount": fmt.Sprintf("%d.00", i%9999), "currency": "EUR"}}
}

// full fills a register.
func full(b *testing.B) (*record.Store, *database.DB) {
	s, db := registers(b, b.TempDir())
	for i := range 20 {
		keep(b, s, "unit", fmt.Sprint("u", i), map[string]any{"name": fmt.Sprint("Einheit ", i)})
	}
	for i := range 50 {
		keep(b, s, "person", fmt.Sprint("p", i), map[string]any{"name": fmt.Sprint("Person ", 97*i%50)})
	}
	const step = 1000
	for from := 0; from < benchRecords(); from += step {
		err := s.Write(b.Context(), func(batch *record.Batch) error {
			for i := from; i < from+step; i++ {
				if _, err := batch.Put(def(b, s, "task"), fmt.Sprintf("t%06d", i), record.New, benchTask(i), "anna"); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return s, db
}

var benchQueries = map[string]record.Query{
	"first page":                       {},
	"first page by date, newest first": {Sort: []record.Sort{{Field: "due", Desc: true}}},
	"first page by owner and number":   {Sort: []record.Sort{{Field: "owner"}, {Field: "number", Desc: true}}},
	"filter by an owner":               {Where: []record.Condition{{Field: "owner", Op: "eq", Values: []string{"p7"}}}},
	"filter by stage and due":          {Where: []record.Condition{{Field: "stage", Op: "eq", Values: []string{"now"}}, {Field: "due", Op: "lt", Values: []string{"2021-01-01"}}}},
	"filter by a part of the title":    {Where: []record.Condition{{Field: "title", Op: "contains", Values: []string{"klamation 77"}}}},
	"filter by cost":                   {Where: []record.Condition{{Field: "cost", Op: "gt", Values: []string{"9990"}}}},
	"search":                           {Search: "Rechnungseingänge 7919"},
}

func BenchmarkRegister(b *testing.B) {
	s, _ := full(b)
	d := def(b, s, "task")
	for name, q := range benchQueries {
		q.Scope, q.Limit = all, 100
		b.Run("list/"+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Find(b.Context(), d, q); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count/"+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Groups(b.Context(), d, q, "", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	own := record.Query{Scope: record.Scope{Persons: []string{"p7"}, Teams: []string{"u3"}}, Limit: 100}
	b.Run("list/what one person may see", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Find(b.Context(), d, own); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a page in the middle", func(b *testing.B) {
		q := record.Query{Scope: all, Limit: 100}
		for range benchRecords() / 2000 {
			q.Limit = 1000
			page, err := s.Find(b.Context(), d, q)
			if err != nil {
				b.Fatal(err)
			}
			q.After = page.Next
		}
		q.Limit = 100
		for b.Loop() {
			if _, err := s.Find(b.Context(), d, q); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("groups by stage with a sum", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Groups(b.Context(), d, record.Query{Scope: all}, "stage", []string{"number"}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("search all registers", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Search(b.Context(), "Reklamation", map[string]record.Scope{"task": all, "person": all, "unit": all}, 20); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Verify(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkWrite compares a change with history, links, words and seal with the bare statement on the same database.
func BenchmarkWrite(b *testing.B) {
	s, db := full(b)
	d := def(b, s, "task")
	next := func() int { // never the same content again, in later runs of -count neither: that would write nothing
		written++
		return written
	}
	b.Run("register", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			err := s.Write(b.Context(), func(batch *record.Batch) error {
				_, err := batch.Put(d, fmt.Sprintf("t%06d", n%1000), record.AnyVersion, benchTask(next()), "anna")
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "writes/s")
	})
	b.Run("register, 100 in one transaction", func(b *testing.B) {
		n := 0
		for b.Loop() {
			err := s.Write(b.Context(), func(batch *record.Batch) error {
				for range 100 {
					n++
					if _, err := batch.Put(d, fmt.Sprintf("t%06d", n%1000), record.AnyVersion, benchTask(next()), "anna"); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "writes/s")
	})
	b.Run("bare SQL", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			err := db.Write(b.Context(), func(tx *sql.Tx) error {
				_, err := tx.Exec(`UPDATE record SET payload = ?, updated_at = ? WHERE kind = 'task' AND id = ?`, fmt.Sprint(`{"title":"`, n, `"}`), database.Stamp(base.SystemClock()), fmt.Sprintf("t%06d", n%1000))
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "writes/s")
	})
}

// written counts what BenchmarkWrite wrote; the tasks of full begin below it.
var written = 1_000_000

// BenchmarkRead compares one record through the kernel with the bare statement.
func BenchmarkRead(b *testing.B) {
	s, db := full(b)
	d := def(b, s, "task")
	b.Run("register", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			if _, err := s.Lookup(b.Context(), d, fmt.Sprintf("t%06d", n%2000), all); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "reads/s")
	})
	b.Run("bare SQL", func(b *testing.B) {
		n := 0
		var payload string
		for b.Loop() {
			n++
			if err := db.Read().QueryRowContext(b.Context(), `SELECT payload FROM record WHERE kind = 'task' AND id = ?`, fmt.Sprintf("t%06d", n%2000)).Scan(&payload); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "reads/s")
	})
}
