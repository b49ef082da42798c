package app_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
)

// journal keeps what is logged.
type journal struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.b.Write(p)
}

// calendar reads a feed as a calendar program does, without signing in; summaries by the parts of UIDs before the id.
func calendar(b *browser, url string) (int, map[string]*ics.VEvent) {
	b.t.Helper()
	r, body := b.do("GET", url[strings.Index(url, "/api/"):], nil)
	if r.StatusCode != 200 {
		return r.StatusCode, nil
	}
	if got := r.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		b.t.Error(got)
	}
	c, err := ics.ParseCalendar(bytes.NewReader(body))
	if err != nil {
		b.t.Fatalf("%v: %s", err, body)
	}
	out := map[string]*ics.VEvent{}
	for _, e := range c.Events() {
		out[ics.FromText(e.GetProperty(ics.ComponentPropertySummary).Value)] = e
	}
	return 200, out
}

// A calendar program that knows the secret address reads what its person has ahead, until the address is renewed or
// withdrawn or the account is locked; the log never shows the secret.
func TestCalendarBySecretAddress(t *testing.T) {
	log := &journal{}
	a, err := app.Open(t.Context(), app.Options{Dir: t.TempDir(), Create: true, Clock: base.FixedClock(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)),
		Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.SetBaseURL("https://lotse.example")
	officer, bea, admin := signIn(t, a, "otto@example.com", "officer"), signIn(t, a, "bea@example.com", "contributor"), signIn(t, a, "adam@example.com", "admin")
	portal := make1(officer, "initiative", map[string]any{"title": "Portal", "owner": self(bea), "start": "2026-04-01", "go_live": "2026-09-01", "milestones": []any{map[string]any{"title": "Abnahme", "due": "2026-08-01"}}})
	make1(officer, "risk", map[string]any{"title": "Ausfall", "owner": self(officer), "due": "2026-05-01"})
	committee := make1(officer, "committee", map[string]any{"name": "Lenkungskreis", "members": []string{self(officer), self(bea)}})
	make1(officer, "meeting", map[string]any{"title": "Sitzung im Mai", "committee": committee, "day": "2026-05-04", "clock": "14:00", "agenda": []any{map[string]any{"title": "Portal", "minutes": 45}}})

	var made struct {
		Active bool
		URL    string
	}
	bea.want(200, "GET", "/calendar", nil, &made)
	if made.Active {
		t.Fatal(made)
	}
	bea.want(200, "PUT", "/calendar", map[string]string{"reach": "own"}, &made)
	program, first := serve(t, a, false), made.URL
	if !strings.HasPrefix(first, "https://lotse.example/api/v1/calendar/") || !strings.HasSuffix(first, ".ics") {
		t.Fatal(first)
	}
	_, events := calendar(program, first)
	for _, want := range []string{"Portal: Beginn", "Portal: Betrieb ab", "Portal: Abnahme"} {
		if events[want] == nil {
			t.Errorf("%s is missing", want)
		}
	}
	if len(events) != 3 { // a contributor reads no meetings, and the risk is somebody else's
		t.Errorf("%v", events)
	}
	uid, sequence := ics.ComponentPropertyUniqueId, ics.ComponentPropertySequence
	before := events["Portal: Betrieb ab"]
	patch(officer, "initiative", portal, map[string]any{"go_live": "2026-10-01"})
	_, events = calendar(program, first)
	after := events["Portal: Betrieb ab"]
	if value := func(e *ics.VEvent, p ics.ComponentProperty) string { return e.GetProperty(p).Value }; value(before, uid) != value(after, uid) || value(before, sequence) != "1" || value(after, sequence) != "2" ||
		value(after, ics.ComponentPropertyDtStart) != "20261001" {
		t.Errorf("%+v then %+v", before, after)
	}

	bea.want(200, "PUT", "/calendar", map[string]string{"reach": "all"}, &made)
	if status, _ := calendar(program, first); status != 404 {
		t.Errorf("the renewed address answers %d", status)
	}
	if _, events = calendar(program, made.URL); events["Ausfall: Termin"] == nil || len(events) != 4 {
		t.Errorf("%v", events)
	}
	var others struct{ URL string }
	officer.want(200, "PUT", "/calendar", map[string]string{"reach": "own"}, &others)
	_, events = calendar(program, others.URL)
	if m := events["Sitzung im Mai"]; m == nil {
		t.Errorf("%v", events)
	} else if start, err := m.GetStartAt(); err != nil || start.UTC().Format(time.RFC3339) != "2026-05-04T12:00:00Z" {
		t.Errorf("%v %v", start, err)
	} else if end, err := m.GetEndAt(); err != nil || end.Sub(start) != 45*time.Minute {
		t.Errorf("%v %v", end, err)
	}

	bea.want(204, "DELETE", "/calendar", nil, nil)
	for _, url := range []string{made.URL, "/api/v1/calendar/x.ics", "/api/v1/calendar/.ics"} {
		if status, _ := calendar(program, url); status != 404 {
			t.Errorf("%s answers %d", url, status)
		}
	}
	var accounts struct{ Items []struct{ ID, Email string } }
	admin.want(200, "GET", "/accounts", nil, &accounts)
	for _, x := range accounts.Items {
		if x.Email == "otto@example.com" {
			admin.want(200, "PATCH", "/accounts/"+x.ID, map[string]any{"disabled": true}, nil)
		}
	}
	if status, _ := calendar(program, others.URL); status != 404 {
		t.Errorf("a locked account's address answers %d", status)
	}
	tries := 0
	for ; tries < 60; tries++ {
		if r, _ := program.do("GET", "/api/v1/calendar/guess.ics", nil); r.StatusCode == 503 || r.StatusCode == 429 {
			break
		}
	}
	if tries == 60 {
		t.Error("guessing is not throttled")
	}
	for _, url := range []string{first, made.URL, others.URL} {
		secret := strings.TrimSuffix(url[strings.LastIndexByte(url, '/')+1:], ".ics")
		if strings.Contains(log.b.String(), secret) || !strings.Contains(log.b.String(), "/calendar/…") {
			t.Error("the log shows a secret, or no request at all")
		}
	}
}
