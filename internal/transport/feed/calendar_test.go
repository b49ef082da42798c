package feed_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"lotse.dev/lotse/internal/transport/feed"
)

var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return zone
}()

// write writes a calendar and has it read by a parser of others; every line must keep to RFC 5545, 3.1.
func write(t *testing.T, c feed.Calendar) (string, *ics.Calendar) {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Error("a line does not end in CR LF")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || line == "" {
			t.Errorf("%d octets: %q", len(line), line)
		}
	}
	parsed, err := ics.ParseCalendar(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return text, parsed
}

func value(e *ics.VEvent, name ics.ComponentProperty) string {
	if p := e.GetProperty(name); p != nil {
		return p.Value
	}
	return ""
}

func TestAnotherParserReadsWhatWasWritten(t *testing.T) {
	summary := "Fällig; Angebot, Vertrag \\ „Anlage 1“: " + strings.Repeat("Größenänderung ", 12)
	changed := time.Date(2026, 3, 1, 8, 30, 0, 0, time.UTC)
	text, c := write(t, feed.Calendar{Name: "Lotse, Nordhafen", Zone: berlin, Events: []feed.Event{
		{UID: "risk-1-due@lotse", Sequence: 4, Changed: changed, Start: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Day: true, Summary: summary, Text: "eins\r\nzwei\nEND:VEVENT\x00", URL: "https://lotse.example/register/risk/1"},
		{UID: "meeting-1@lotse", Sequence: 1, Changed: changed, Start: time.Date(2026, 3, 27, 14, 0, 0, 0, berlin), Length: 90 * time.Minute, Summary: "Lenkungskreis", Place: "Raum 2"},
		{UID: "meeting-2@lotse", Sequence: 1, Changed: changed, Start: time.Date(2026, 3, 30, 14, 0, 0, 0, berlin), Length: time.Hour, Summary: "Nach der Umstellung"},
	}})
	events := c.Events()
	if len(events) != 3 {
		t.Fatal(text)
	}
	due := events[0]
	if got := ics.FromText(value(due, ics.ComponentPropertySummary)); got != strings.TrimSpace(summary) && got != summary {
		t.Errorf("%q", got)
	}
	if got := ics.FromText(value(due, ics.ComponentPropertyDescription)); got != "eins\nzwei\nEND:VEVENT" {
		t.Errorf("%q", got)
	}
	if value(due, ics.ComponentPropertyUniqueId) != "risk-1-due@lotse" || value(due, ics.ComponentPropertySequence) != "4" || value(due, ics.ComponentPropertyDtstamp) != "20260301T083000Z" ||
		value(due, ics.ComponentPropertyDtStart) != "20261231" || value(due, ics.ComponentPropertyDtEnd) != "20270101" {
		t.Error(text)
	}
	for i, want := range []string{"2026-03-27T13:00:00Z", "2026-03-30T12:00:00Z"} { // winter and summer time
		at, err := events[i+1].GetStartAt()
		if err != nil || at.UTC().Format(time.RFC3339) != want {
			t.Errorf("%v %v, want %s", at, err, want)
		}
	}
	if end, err := events[1].GetEndAt(); err != nil || end.UTC().Format(time.RFC3339) != "2026-03-27T14:30:00Z" {
		t.Error(end, err)
	}
}

// The offsets of Berlin in 2026 by hand: summer time begins on 29 March at 2 and ends on 25 October at 3.
func TestTimeZoneIsDescribed(t *testing.T) {
	at := func(month time.Month) feed.Event {
		return feed.Event{UID: month.String(), Changed: time.Unix(0, 0), Start: time.Date(2026, month, 10, 14, 0, 0, 0, berlin), Length: time.Hour, Summary: "x"}
	}
	text, c := write(t, feed.Calendar{Name: "x", Zone: berlin, Events: []feed.Event{at(time.January), at(time.November)}})
	zone := text[strings.Index(text, "BEGIN:VTIMEZONE"):strings.Index(text, "END:VTIMEZONE")]
	for _, want := range []string{"TZID:Europe/Berlin\r\n",
		"BEGIN:STANDARD\r\nDTSTART:20251026T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n",
		"BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n",
		"BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"} {
		if !strings.Contains(zone, want) {
			t.Errorf("lacks %q:\n%s", want, zone)
		}
	}
	if strings.Count(zone, "BEGIN:") != 4 || len(c.Timezones()) != 1 {
		t.Error(zone)
	}
	text, _ = write(t, feed.Calendar{Name: "x", Zone: berlin, Events: []feed.Event{{UID: "d", Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Day: true, Summary: "x"}}})
	if strings.Contains(text, "VTIMEZONE") {
		t.Error("whole days need no time zone")
	}
}

func TestEmptyCalendarAndUTC(t *testing.T) {
	if text, c := write(t, feed.Calendar{Name: "leer", Zone: berlin}); len(c.Events()) != 0 || !strings.Contains(text, "METHOD:PUBLISH\r\n") {
		t.Error(text)
	}
	text, _ := write(t, feed.Calendar{Name: "x", Zone: time.UTC, Events: []feed.Event{{UID: "a", Start: time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC), Length: time.Hour, Summary: "x"}}})
	if !strings.Contains(text, "DTSTART:20260101T090000Z\r\n") || strings.Contains(text, "TZID") {
		t.Error(text)
	}
}

// Any text comes back as it was, however it is folded.
func FuzzText(f *testing.F) {
	f.Add("äöü\n;,\\", 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		s = strings.Repeat("ü", min(max(n, 0), 100)) + s
		write(t, feed.Calendar{Name: "x", Zone: berlin, Events: []feed.Event{{UID: "a", Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Day: true, Summary: s}}})
	})
}
