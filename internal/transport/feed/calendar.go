package feed

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// Event is an entry of a calendar: at a time in the zone of the calendar, or with Day on the whole day of Start, and on
// all days up to Last where that lies behind.
type Event struct {
	UID      string // stable and unique in the world
	Sequence int    // grows with each change
	Changed  time.Time
	Start    time.Time
	Length   time.Duration
	Day      bool
	Last     time.Time
	Summary  string
	Text     string
	Place    string
	URL      string
}

// Calendar is a list of events.
type Calendar struct {
	Name   string
	Zone   *time.Location
	Events []Event
}

// Write writes a calendar as text/calendar.
func (c Calendar) Write(w io.Writer) error {
	out := &lines{w: w}
	out.add("BEGIN", "VCALENDAR")
	out.add("VERSION", "2.0")
	out.add("PRODID", "-//Lotse//Lotse//DE")
	out.add("CALSCALE", "GREGORIAN")
	out.add("METHOD", "PUBLISH")
	out.text("NAME", c.Name)
	out.text("X-WR-CALNAME", c.Name)
	out.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
	out.zone(c.Zone, c.Events)
	for _, e := range c.Events {
		out.event(e, c.Zone)
	}
	out.add("END", "VCALENDAR")
	return out.err
}

const (
	stampForm = "20060102T150405Z"
	localForm = "20060102T150405"
	dayForm   = "20060102"
)

func (l *lines) event(e Event, zone *time.Location) {
	l.add("BEGIN", "VEVENT")
	l.text("UID", e.UID)
	l.add("DTSTAMP", e.Changed.UTC().Format(stampForm))
	l.add("LAST-MODIFIED", e.Changed.UTC().Format(stampForm))
	l.add("SEQUENCE", fmt.Sprint(e.Sequence))
	switch {
	case e.Day:
		l.add("DTSTART;VALUE=DATE", e.Start.Format(dayForm))
		last := e.Start
		if e.Last.After(last) {
			last = e.Last
		}
		l.add("DTEND;VALUE=DATE", last.AddDate(0, 0, 1).Format(dayForm))
		l.add("TRANSP", "TRANSPARENT")
	case zone == time.UTC:
		l.add("DTSTART", e.Start.UTC().Format(stampForm))
		l.add("DTEND", e.Start.Add(e.Length).UTC().Format(stampForm))
	default:
		l.add("DTSTART;TZID="+zone.String(), e.Start.In(zone).Format(localForm))
		l.add("DTEND;TZID="+zone.String(), e.Start.Add(e.Length).In(zone).Format(localForm))
	}
	l.text("SUMMARY", e.Summary)
	l.text("DESCRIPTION", e.Text)
	l.text("LOCATION", e.Place)
	if e.URL != "" {
		l.add("URL", e.URL)
	}
	l.add("END", "VEVENT")
}

// zone describes the offsets of a time zone over the years of the events, one observance for each.
func (l *lines) zone(zone *time.Location, events []Event) {
	from, to, some := span(events)
	if !some || zone == time.UTC {
		return
	}
	l.add("BEGIN", "VTIMEZONE")
	l.add("TZID", zone.String())
	for at := from.In(zone); at.Before(to); {
		begin, end := at.ZoneBounds()
		if begin.IsZero() {
			begin = from
		}
		_, before := begin.Add(-time.Second).In(zone).Zone()
		name, offset := at.Zone()
		kind := "STANDARD"
		if at.IsDST() {
			kind = "DAYLIGHT"
		}
		l.add("BEGIN", kind)
		l.add("DTSTART", begin.In(time.FixedZone("", before)).Format(localForm))
		l.add("TZOFFSETFROM", offsetText(before))
		l.add("TZOFFSETTO", offsetText(offset))
		l.text("TZNAME", name)
		l.add("END", kind)
		if end.IsZero() {
			break
		}
		at = end
	}
	l.add("END", "VTIMEZONE")
}

// span is the time in which events are that have a clock time.
func span(events []Event) (from, to time.Time, some bool) {
	for _, e := range events {
		if e.Day {
			continue
		}
		if !some || e.Start.Before(from) {
			from = e.Start
		}
		if end := e.Start.Add(e.Length); !some || end.After(to) {
			to = end
		}
		some = true
	}
	return from, to.Add(time.Second), some
}

func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}

// lines writes content lines.
type lines struct {
	w   io.Writer
	err error
}

var escaped = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// text adds a line with free text, none when it is empty.
func (l *lines) text(name, value string) {
	if value != "" {
		l.add(name, escaped.Replace(strings.Map(printable, value)))
	}
}

// printable leaves out control characters, which a calendar may not hold.
func printable(r rune) rune {
	if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f || r == utf8.RuneError {
		return -1
	}
	return r
}

// foldAt is the longest line in octets, without its end.
const foldAt = 75

// add folds a content line at 75 octets and never inside a character.
func (l *lines) add(name, value string) {
	rest := name + ":" + value
	var b strings.Builder
	for room := foldAt; len(rest) > room; room = foldAt - 1 { // the space of a continued line counts
		cut := room
		for cut > 0 && !utf8.RuneStart(rest[cut]) {
			cut--
		}
		b.WriteString(rest[:cut] + "\r\n ")
		rest = rest[cut:]
	}
	b.WriteString(rest + "\r\n")
	if l.err == nil {
		_, l.err = io.WriteString(l.w, b.String())
	}
}
