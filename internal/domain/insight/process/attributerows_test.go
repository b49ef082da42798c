package process_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// The attributes of a large log are asked in ranges of cases; what is derived equals plain SQL over all events at once,
// whatever the size of a range.
func TestAttributesInRanges(t *testing.T) {
	h := open(t)
	r := rand.New(rand.NewPCG(5, 8))
	var rows []row
	for c := range 3000 {
		id := fmt.Sprintf("%s-%d", []string{"o", "ö", "Z", " ", "9"}[c%5], r.IntN(1_000_000)*10+c%10)
		channel := []string{"shop", "phone", ""}[r.IntN(3)]
		for e := range 1 + r.IntN(4) {
			rows = append(rows, row{id: id, activity: fmt.Sprint("step ", e), time: fmt.Sprintf("2026-03-02T08:%02d:00Z", e),
				automatic: []string{"yes", "no"}[r.IntN(2)], channel: channel})
		}
	}
	h.load(t, "large", columnsWithout("lifecycle"), shuffled(rows, 3))
	h.derive(t, "large")
	want := h.query(t, "large", `SELECT case_id, count(*), count(*) FILTER (WHERE NOT automatic), min(channel) FROM events GROUP BY case_id ORDER BY case_id`)
	for _, size := range []int64{1 << 40, 1000, 100} {
		h.process.RangesOf(size)
		if n := h.derive(t, "large"); int(n) != len(want) {
			t.Fatalf("ranges of %d events: %d cases, want %d", size, n, len(want))
		}
		got := h.query(t, "large", `SELECT case_id, events, manual_steps, channel FROM cases ORDER BY case_id`)
		if !slices.Equal(got, want) {
			t.Fatalf("ranges of %d events: the cases differ from the events", size)
		}
	}
}
