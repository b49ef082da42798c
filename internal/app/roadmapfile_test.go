package app_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	ics "github.com/arran4/golang-ical"
)

// file fetches a file as a person and answers it with its name.
func (b *browser) file(path string) (text, name string, status int) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+"/api/v1"+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	r.AddCookie(b.cookie)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(body), answer.Header.Get("Content-Disposition"), answer.StatusCode
}

// The roadmap as a calendar, read by a parser of others: the time of an initiative up to its last day, its go-live and its
// milestones on their days; the filter and the rights of the page hold for it.
func TestRoadmapAsCalendar(t *testing.T) {
	a := open(t, t.TempDir())
	officer, admin := signIn(t, a, "officer@example.com", "officer"), signIn(t, a, "admin@example.com", "admin")
	officer.make("initiative", map[string]any{"title": "Kundenportal; erste Stufe", "start": "2027-01-04", "go_live": "2027-06-30", "end": "2027-07-31", "area": "customer",
		"milestones": []any{map[string]any{"title": "Abnahme", "due": "2027-05-17"}, map[string]any{"title": "Ohne Tag"}}})
	officer.make("initiative", map[string]any{"title": "Webshop", "start": "2027-09-01", "go_live": "2027-11-30"})
	officer.make("initiative", map[string]any{"title": "Ohne Beginn"})
	read := func(b *browser, query string) []string {
		t.Helper()
		text, name, status := b.file("/roadmap/calendar?from=2027-01-01&to=2028-01-01" + query)
		if status != 200 || !strings.Contains(name, ".ics") {
			t.Fatal(status, name, text)
		}
		c, err := ics.ParseCalendar(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		out, seen := []string{}, map[string]bool{}
		for _, e := range c.Events() {
			value := func(p ics.ComponentProperty) string {
				if x := e.GetProperty(p); x != nil {
					return x.Value
				}
				return ""
			}
			if seen[e.Id()] {
				t.Errorf("two events are %s", e.Id())
			}
			seen[e.Id()] = true
			out = append(out, strings.Join([]string{value(ics.ComponentPropertyDtStart), value(ics.ComponentPropertyDtEnd), value(ics.ComponentPropertySummary)}, " "))
		}
		return out
	}
	want := []string{
		"20270104 20270801 Kundenportal; erste Stufe",
		"20270517 20270518 Kundenportal; erste Stufe: Abnahme",
		"20270630 20270701 Kundenportal; erste Stufe: Betrieb beginnt",
		"20270901 20271201 Webshop",
		"20271130 20271201 Webshop: Betrieb beginnt",
	}
	if got := strings.Join(read(officer, ""), "\n"); got != strings.Join(want, "\n") {
		t.Error(got)
	}
	if got := read(officer, "&filter="+url.QueryEscape("title:starts:Web")); len(got) != 2 {
		t.Error(got)
	}
	if got := read(admin, ""); len(got) != 0 {
		t.Error(got)
	}
	for _, query := range []string{"?from=gestern", "?from=2027-01-01&to=2026-01-01", "?filter=title", "?" + strings.Repeat("filter=title:eq:x&", 31)} {
		if text, _, status := officer.file("/roadmap/calendar" + query); status != 400 {
			t.Errorf("%s: %d %s", query[:15], status, text)
		}
	}
}
