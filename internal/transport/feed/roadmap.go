package feed

import (
	"bytes"
	"cmp"
	"context"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/strategy/roadmap"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/store/record/field"
)

// mostFilters is how many conditions one question may have.
const mostFilters = 30

// roadmap answers what the roadmap shows as a calendar: the time of each initiative, its go-live and its milestones.
func (f Feeds) roadmap(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	in := roadmap.Input{From: q.Get("from"), To: q.Get("to"), Filter: q["filter"]}
	if len(in.Filter) > mostFilters {
		return base.Fail(base.Usage, "wrong_query", base.T("Die Abfrage ist zu lang.", "The query is too long."))
	}
	c, err := f.roadmapCalendar(r.Context(), &in, base.LangOf(r.Context()))
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := c.Write(&body); err != nil {
		return err
	}
	name := sheet.FileName(c.Name) + suffix
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(body.Bytes())
	return err
}

func (f Feeds) roadmapCalendar(ctx context.Context, in *roadmap.Input, lang base.Lang) (Calendar, error) {
	planned, err := f.Roadmap(ctx, in)
	if err != nil {
		return Calendar{}, err
	}
	name, _, err := f.Company(ctx)
	if err != nil {
		return Calendar{}, err
	}
	out := Calendar{Name: strings.TrimSpace(base.T("Fahrplan %s", "Roadmap %s", name).In(lang)), Zone: time.UTC}
	for _, i := range planned.Items {
		out.Events = append(out.Events, f.initiative(&i, lang)...)
	}
	slices.SortStableFunc(out.Events, func(a, b Event) int { return a.Start.Compare(b.Start) })
	return out, nil
}

// initiative has the events of one; what has no date has none.
func (f Feeds) initiative(i *roadmap.Item, lang base.Lang) []Event {
	var out []Event
	add := func(key string, from, to *field.Date, summary string) {
		start, known := dayOf(from)
		if !known {
			return
		}
		last, _ := dayOf(to)
		out = append(out, Event{UID: "roadmap-" + i.ID + "-" + key + "@lotse", Sequence: i.Version, Changed: i.UpdatedAt, Start: start, Last: last, Day: true,
			Summary: summary, URL: f.BaseURL() + "/vorhaben/" + i.ID})
	}
	add("time", i.Start, cmp.Or(i.End, i.GoLive), i.Title)
	add("go_live", i.GoLive, nil, base.T("%s: Betrieb beginnt", "%s: goes live", i.Title).In(lang))
	seen := map[string]int{}
	for _, m := range i.Milestones {
		key := "milestone-" + sheet.FileName(m.Title)
		if seen[key]++; seen[key] > 1 {
			key += "-" + string(m.Due)
		}
		add(key, &m.Due, nil, i.Title+": "+m.Title)
	}
	return out
}

func dayOf(d *field.Date) (time.Time, bool) {
	if d == nil {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, string(*d))
	return t, err == nil
}
