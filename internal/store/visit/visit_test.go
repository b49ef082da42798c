package visit_test

import (
	"testing"
	"time"

	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/visit"
)

// A visit goes on while somebody looks again within the hour; the next one is told since the last look of it.
func TestVisits(t *testing.T) {
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s, start := visit.New(db), time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		who   string
		after time.Duration
		want  time.Duration // of the answer after start; negative for none
	}{
		{"anna", 0, -1},
		{"anna", 2 * time.Minute, -1},
		{"anna", 40 * time.Minute, -1},
		{"anna", 25 * time.Hour, 40 * time.Minute},
		{"anna", 25*time.Hour + 30*time.Minute, 40 * time.Minute},
		{"bert", 25 * time.Hour, -1},
		{"anna", 50 * time.Hour, 25*time.Hour + 30*time.Minute},
	} {
		got, err := s.Look(t.Context(), c.who, start.Add(c.after))
		if err != nil {
			t.Fatal(err)
		}
		if c.want < 0 != got.IsZero() || c.want >= 0 && !got.Equal(start.Add(c.want)) {
			t.Errorf("%s after %s: %s", c.who, c.after, got)
		}
	}
}
