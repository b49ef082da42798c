package record_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lotse.dev/lotse/internal/store/record"
)

// A rehearsal answers of any row of documents what writing them one after the other answers, and writes nothing.
func TestARehearsalSaysWhatWritingSays(t *testing.T) {
	for seed := range uint64(30) {
		s, _ := registers(t, t.TempDir())
		if err := s.Register(t.Context(), pledges.Def()); err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 5))
		id := func() string { return fmt.Sprint("u", r.IntN(6)) }
		next := func() map[string]any {
			doc := map[string]any{"name": fmt.Sprint("Einheit ", r.IntN(5))}
			if r.IntN(3) > 0 {
				doc["parent"] = id()
			}
			if r.IntN(12) == 0 {
				doc["stranger"] = 1.0
			}
			return doc
		}
		for range 8 { // some are there before
			try(t, s, "unit", id(), next())
		}
		if u := id(); r.IntN(2) == 0 {
			turn(t, s, "unit", u, (*record.Batch).Delete)
		}
		d := def(t, s, "unit")
		rehearsal := s.Rehearse(d)
		type step struct {
			id      string
			version int
			doc     map[string]any
			want    string
			after   record.Doc
		}
		var steps []step
		for range 12 {
			st := step{id: id(), version: record.AnyVersion, doc: next()}
			seen := false
			for _, other := range steps {
				seen = seen || other.id == st.id
			}
			if seen {
				continue // a file names a record once
			}
			if r.IntN(4) == 0 {
				st.version = r.IntN(3)
			}
			after, err := rehearsal.Put(t.Context(), st.id, st.version, st.doc)
			st.want, st.after = answerOf(err), after
			steps = append(steps, st)
		}
		err := s.Write(t.Context(), func(b *record.Batch) error {
			for n, st := range steps {
				var after record.Doc
				err := b.Try(func() (err error) {
					after, err = b.Put(d, st.id, st.version, st.doc, "anna")
					return err
				})
				if got := answerOf(err); got != st.want {
					return fmt.Errorf("seed %d, step %d %s %v: rehearsed %q, written %q", seed, n, st.id, st.doc, st.want, got)
				}
				if err == nil && (after.Version != st.after.Version || fmt.Sprint(after.Value) != fmt.Sprint(st.after.Value)) {
					return fmt.Errorf("seed %d, step %d: rehearsed %v, written %v", seed, n, st.after, after)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// answerOf is code and fields of an error.
func answerOf(err error) string {
	if err == nil {
		return ""
	}
	out := code(err)
	for _, f := range errFields(err) {
		out += " " + f.Field + ": " + f.Text.De
	}
	return out
}
