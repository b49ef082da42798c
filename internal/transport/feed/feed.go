package feed

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/notice"
	"lotse.dev/lotse/internal/domain/strategy/roadmap"
	"lotse.dev/lotse/internal/operation"
)

// How far a feed looks back and ahead.
const (
	daysBack  = 90
	daysAhead = 2 * 366
)

// Owners knows whose feed a secret opens.
type Owners interface {
	NewCalendar(ctx context.Context, p auth.Principal, reach auth.Reach) (token string, err error)
	EndCalendar(ctx context.Context, p auth.Principal) error
	CalendarOf(ctx context.Context, p auth.Principal) (*auth.Calendar, error)
	ByCalendar(ctx context.Context, token string) (auth.Principal, auth.Reach, base.Lang, error)
}

// Agendas knows what lies ahead for the one who asks.
type Agendas interface {
	Agenda(ctx context.Context, from, to time.Time, own bool) (*notice.Agenda, error)
}

// Feeds renders the calendars of people.
type Feeds struct {
	Owners  Owners
	Agendas Agendas
	Roadmap func(ctx context.Context, in *roadmap.Input) (*roadmap.Roadmap, error)
	Company func(ctx context.Context) (name, zone string, err error)
	BaseURL func() string
	Clock   base.Clock
}

// Settings is what a person knows of the own feed. The address is told this once, when it is made.
type Settings struct {
	Active    bool       `json:"active"`
	Reach     auth.Reach `json:"reach" enum:"own,all" doc:"own: what concerns the person; all: everything that they may read"`
	CreatedAt *time.Time `json:"created_at"`
	URL       string     `json:"url" doc:"secret address, empty except in the answer that makes it"`
}

// MakeInput chooses what the feed holds.
type MakeInput struct {
	Body struct {
		Reach auth.Reach `json:"reach" enum:"own,all"`
	}
}

func (f Feeds) settings(ctx context.Context, _ *struct{}) (*Settings, error) {
	c, err := f.Owners.CalendarOf(ctx, auth.From(ctx))
	if err != nil || c == nil {
		return &Settings{Reach: auth.Own}, err
	}
	return &Settings{Active: true, Reach: c.Reach, CreatedAt: &c.CreatedAt}, nil
}

// make makes or renews the address; an earlier one stops working.
func (f Feeds) make(ctx context.Context, in *MakeInput) (*Settings, error) {
	if auth.From(ctx).CLI {
		return nil, base.Fail(base.Refused, "operator_account", base.T("An der Maschine selbst gibt es kein Konto.", "The operator at the machine has no account."))
	}
	token, err := f.Owners.NewCalendar(ctx, auth.From(ctx), in.Body.Reach)
	if err != nil {
		return nil, err
	}
	out, err := f.settings(ctx, nil)
	out.URL = f.BaseURL() + "/api/v1/calendar/" + token + suffix
	return out, err
}

func (f Feeds) end(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, f.Owners.EndCalendar(ctx, auth.From(ctx))
}

const suffix = ".ics"

// serve answers the calendar whose secret the address holds, to whoever knows it.
func (f Feeds) serve(w http.ResponseWriter, r *http.Request) error {
	token, _ := strings.CutSuffix(r.PathValue("file"), suffix)
	who, reach, lang, err := f.Owners.ByCalendar(r.Context(), token)
	if err != nil {
		return err
	}
	c, err := f.calendar(auth.With(r.Context(), who), reach, lang)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := c.Write(&body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `inline; filename="lotse.ics"`)
	_, err = w.Write(body.Bytes())
	return err
}

func (f Feeds) calendar(ctx context.Context, reach auth.Reach, lang base.Lang) (Calendar, error) {
	name, zoneName, err := f.Company(ctx)
	if err != nil {
		return Calendar{}, err
	}
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		zone = time.UTC
	}
	now := f.Clock().UTC().Truncate(24 * time.Hour)
	agenda, err := f.Agendas.Agenda(ctx, now.AddDate(0, 0, -daysBack), now.AddDate(0, 0, daysAhead), reach == auth.Own)
	if err != nil {
		return Calendar{}, err
	}
	out := Calendar{Name: strings.TrimSpace("Lotse " + name), Zone: zone}
	for _, d := range agenda.Dates {
		out.Events = append(out.Events, Event{UID: d.Kind + "-" + d.Record + "-" + d.Key + "@lotse", Sequence: d.Version, Changed: d.Changed, Start: d.Day, Day: true,
			Summary: d.Name + ": " + d.What.In(lang), URL: f.page(d.Kind, d.Record)})
	}
	for _, m := range agenda.Meetings {
		out.Events = append(out.Events, f.meeting(m, zone))
	}
	slices.SortFunc(out.Events, func(a, b Event) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID)) })
	return out, nil
}

func (f Feeds) meeting(m notice.Meeting, zone *time.Location) Event {
	e := Event{UID: "meeting-" + m.Record + "@lotse", Sequence: m.Version, Changed: m.Changed, Start: m.Day, Day: true, Length: m.Length,
		Summary: m.Name, Place: m.Place, Text: strings.Join(m.Topics, "\n"), URL: f.page("meeting", m.Record)}
	if clock, err := time.Parse("15:04", m.Clock); err == nil {
		e.Day, e.Start = false, time.Date(m.Day.Year(), m.Day.Month(), m.Day.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
	}
	return e
}

// pages are the kinds whose records have a page of their own beside the register.
var pages = map[string]string{"initiative": "/vorhaben/", "business_case": "/business_case/"}

func (f Feeds) page(kind, id string) string {
	if own := pages[kind]; own != "" {
		return f.BaseURL() + own + id
	}
	return f.BaseURL() + "/register/" + kind + "/" + id
}

// Operations are the own feed, the calendar itself and the roadmap as a calendar.
func (f Feeds) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "calendar", Permission: auth.Self, Summary: base.T(de, en)}
	}
	read := def("calendar_read", operation.Stream, http.MethodGet, "/calendar/{file}", "Kalender abonnieren", "Subscribe to a calendar")
	read.Permission, read.Public, read.Throttled, read.Media = "", true, true, []string{"text/calendar"}
	return []operation.Operation{
		operation.New(def("calendar_get", operation.Query, http.MethodGet, "/calendar", "Eigenen Kalender zeigen", "Show one's own calendar feed"), f.settings),
		operation.New(def("calendar_make", operation.Command, http.MethodPut, "/calendar", "Adresse des Kalenders anlegen oder erneuern", "Make or renew the address of the calendar feed"), f.make),
		operation.New(def("calendar_end", operation.Command, http.MethodDelete, "/calendar", "Kalender zurückziehen", "Withdraw the calendar feed"), f.end),
		operation.NewStream(read, f.serve),
		operation.NewStreamOf[roadmap.Input, struct{}](operation.Def{ID: "roadmap_calendar", Kind: operation.Stream, Method: http.MethodGet, Path: "/roadmap/calendar",
			Tag: "roadmap", Permission: auth.RegisterRead, Media: []string{"text/calendar"}, Summary: base.T("Fahrplan als Kalender ausgeben", "Write the roadmap as a calendar")}, f.roadmap),
	}
}
