package notice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lotse.dev/lotse/internal/store/record"
)

// mostDates is how many days and meetings an agenda holds at most.
const mostDates = 3000

// Meeting is a sitting with day and time.
type Meeting struct {
	Record  string
	Version int
	Changed time.Time
	Name    string
	Day     time.Time // midnight in UTC
	Clock   string    // "14:00", "" when it is not set
	Length  time.Duration
	Place   string
	Topics  []string
}

// Agenda is what lies between two days.
type Agenda struct {
	Dates    []Date
	Meetings []Meeting
}

// Agenda lists what the one who asks may read of the days between two, the second left out; own leaves what concerns
// them or those for whom they stand in.
func (s *Service) Agenda(ctx context.Context, from, to time.Time, own bool) (*Agenda, error) {
	acting, err := s.Registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	mine := func(persons []string) bool {
		return !own || slices.ContainsFunc(persons, func(p string) bool { return slices.Contains(acting.Persons, p) })
	}
	out := &Agenda{}
	for _, d := range s.deadlines() {
		err := s.each(ctx, d.Def.Name, d.query(from, to), func(_ *record.Def, doc record.Doc) bool {
			for _, date := range d.dates(doc, from, to) {
				if mine(date.Persons) {
					out.Dates = append(out.Dates, date)
				}
			}
			return len(out.Dates) < mostDates
		})
		if err != nil {
			return nil, err
		}
	}
	seats, err := s.seats(ctx)
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, "meeting", record.Query{Limit: record.MaxPage, Where: between("day", from, to)}, func(_ *record.Def, doc record.Doc) bool {
		committee, _ := doc.Value["committee"].(string)
		if m, ok := meeting(doc); ok && mine(append(attending(doc.Value), seats[committee]...)) {
			out.Meetings = append(out.Meetings, m)
		}
		return len(out.Meetings) < mostDates
	})
	return out, err
}

// each visits the readable records of a query until visit answers false.
func (s *Service) each(ctx context.Context, kind string, q record.Query, visit func(*record.Def, record.Doc) bool) error {
	for {
		def, page, err := s.Registers.Page(ctx, kind, q)
		if err != nil {
			return err
		}
		for _, doc := range page.Items {
			if !visit(def, doc) {
				return nil
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// seats are the chair and the members of each committee.
func (s *Service) seats(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	err := s.each(ctx, "committee", record.Query{Limit: record.MaxPage}, func(_ *record.Def, doc record.Doc) bool {
		out[doc.ID] = append(texts(doc.Value["chair"]), texts(doc.Value["members"])...)
		return true
	})
	return out, err
}

func attending(doc map[string]any) []string {
	out := append(texts(doc["lead"]), texts(doc["present"])...)
	for _, topic := range rowsOf(doc["agenda"]) {
		out = append(out, texts(topic["person"])...)
	}
	return out
}

// meeting reads a sitting; it takes as long as its agenda, an hour without one.
func meeting(doc record.Doc) (Meeting, bool) {
	m := Meeting{Record: doc.ID, Version: doc.Version, Changed: doc.UpdatedAt}
	text, _ := doc.Value["day"].(string)
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return m, false
	}
	m.Day = day
	m.Name, _ = doc.Value["title"].(string)
	m.Clock, _ = doc.Value["clock"].(string)
	m.Place, _ = doc.Value["place"].(string)
	for _, topic := range rowsOf(doc.Value["agenda"]) {
		title, _ := topic["title"].(string)
		m.Topics = append(m.Topics, title)
		minutes, _ := topic["minutes"].(float64)
		if n, ok := topic["minutes"].(fmt.Stringer); ok { // a number as the register read it
			fmt.Sscan(n.String(), &minutes)
		}
		m.Length += time.Duration(minutes * float64(time.Minute))
	}
	if m.Length == 0 {
		m.Length = time.Hour
	}
	return m, true
}
