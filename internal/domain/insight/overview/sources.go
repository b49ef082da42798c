package overview

import (
	"cmp"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// Source is one loaded table.
type Source struct {
	Table    string     `json:"table"`
	Process  string     `json:"process"`
	Title    base.Text  `json:"title"`
	Rows     int64      `json:"rows"`
	Last     *time.Time `json:"last" doc:"newest time in it, null without times"`
	Age      *int64     `json:"age_seconds" doc:"since last, null without times or when it lies in the future"`
	LoadedAt time.Time  `json:"loaded_at"`
}

// sourcesOf lists what people loaded: events, orders, tickets, then free tables. Derived tables are left out.
func sourcesOf(all []lake.Info, now time.Time) []Source {
	out := []Source{}
	for _, d := range all {
		if d.Table == "cases" || d.Rows == 0 {
			continue
		}
		s := Source{Table: d.Table, Process: d.Process, Title: titleOf(d.Dataset), Rows: d.Rows, LoadedAt: d.LoadedAt.UTC()}
		if !d.Last.IsZero() {
			last := d.Last.UTC()
			s.Last = &last
			if age := int64(now.Sub(last).Seconds()); age >= 0 {
				s.Age = &age
			}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Source) int {
		return cmp.Or(cmp.Compare(place(a.Table), place(b.Table)), cmp.Compare(a.Process, b.Process), cmp.Compare(a.Table, b.Table))
	})
	return out
}

func place(table string) int {
	if i := slices.Index([]string{"events", "orders", "tickets"}, table); i >= 0 {
		return i
	}
	return 3
}

func titleOf(d lake.Dataset) base.Text {
	switch {
	case d.Table == "events":
		return base.T("Ereignisse: %s", "Events: %s", d.Process)
	case d.Table == "orders":
		return base.T("Aufträge", "Orders")
	case d.Table == "tickets":
		return base.T("Kundenanfragen", "Tickets")
	}
	return base.T(d.Table, d.Table)
}

// linkOf is the page of a table.
func linkOf(d lake.Dataset) string {
	process := d.Process
	if process == "" {
		process = "-"
	}
	return "/daten/" + escape(d.Table) + "/" + escape(process)
}
