package app_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
)

// The day of a deputy, of @today and of the roadmap begins at midnight where the company is. By hand: Berlin leaves
// UTC+1 for UTC+2 on 29 March 2026, so that this day lasts from 23:00 UTC of the 28th to 22:00 UTC; New York is UTC−4 then.
func TestDaysBeginAtMidnightOfTheCompany(t *testing.T) {
	var now atomic.Pointer[time.Time]
	set := func(text string) {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		now.Store(&at)
	}
	set("2026-03-28T22:00:00Z")
	a, err := app.Open(t.Context(), app.Options{Dir: t.TempDir(), Create: true, Clock: func() time.Time { return *now.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	officer := signIn(t, a, "otto@example.com", "officer")
	bea, dora := signIn(t, a, "bea@example.com", "contributor"), signIn(t, a, "dora@example.com", "contributor")
	officer.make("deputy", map[string]any{"reason": "Urlaub", "person": self(bea), "deputy": self(dora), "time": map[string]string{"from": "2026-03-29", "to": "2026-03-30"}})
	officer.make("initiative", map[string]any{"title": "Portal", "owner": self(bea)})
	officer.make("decision", map[string]any{"title": "Freigabe", "due": "2026-03-29"})
	officer.make("decision", map[string]any{"title": "Später", "due": "2026-04-05"})

	check := func(at string, acts bool, today string, due int) {
		t.Helper()
		set(at)
		var mine, open struct{ Total int }
		dora.want(200, "GET", "/records/initiative?filter=owner:eq:@me", nil, &mine)
		if (mine.Total == 1) != acts {
			t.Errorf("%s: %d initiatives of the deputy", at, mine.Total)
		}
		officer.want(200, "GET", "/records/decision?filter=due:le:@today", nil, &open)
		if open.Total != due {
			t.Errorf("%s: %d decisions up to today, want %d", at, open.Total, due)
		}
		officer.want(200, "GET", "/records/decision?filter=due:eq:@today%2B7", nil, &open)
		if want := map[string]int{"2026-03-29": 1}[today]; open.Total != want {
			t.Errorf("%s: %d decisions in seven days, want %d", at, open.Total, want)
		}
		var r struct{ Today string }
		officer.want(200, "GET", "/roadmap", nil, &r)
		if r.Today != today {
			t.Errorf("%s: the roadmap says %s, want %s", at, r.Today, today)
		}
	}
	check("2026-03-28T22:59:59Z", false, "2026-03-28", 0)
	check("2026-03-28T23:00:00Z", true, "2026-03-29", 1)
	check("2026-03-29T10:00:00Z", true, "2026-03-29", 1) // nobody's session ends
	check("2026-03-29T21:59:59Z", true, "2026-03-29", 1)
	check("2026-03-29T22:00:00Z", false, "2026-03-30", 1)

	var settings struct {
		Value   map[string]any
		Version int
	}
	officer.want(200, "GET", "/settings", nil, &settings)
	settings.Value["zone"] = "America/New_York"
	officer.match = fmt.Sprintf(`"%d"`, settings.Version)
	officer.want(200, "PUT", "/settings", settings.Value, nil)
	officer.match = ""
	check("2026-03-29T03:59:59Z", false, "2026-03-28", 0)
	check("2026-03-29T04:00:00Z", true, "2026-03-29", 1)
	check("2026-03-30T03:59:59Z", true, "2026-03-29", 1)
	check("2026-03-30T04:00:00Z", false, "2026-03-30", 1)
}
