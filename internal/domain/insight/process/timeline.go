package process

import (
	"context"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
)

// maxTimeline bounds the events of one timeline.
const maxTimeline = 5000

// Event is one row of a case with the place in the file that it came from.
type Event struct {
	Activity   string         `json:"activity"`
	Time       *time.Time     `json:"time"`
	StartTime  *time.Time     `json:"start_time"`
	Lifecycle  *string        `json:"lifecycle"`
	Resource   *string        `json:"resource" doc:"pseudonym, unless a purpose is recorded"`
	Role       *string        `json:"role"`
	Automatic  *bool          `json:"automatic"`
	SinceStep  *float64       `json:"since_previous_seconds" doc:"from the end of the event before, null for the first"`
	Waiting    *float64       `json:"waiting_seconds" doc:"to the start, at least 0, where there is a start; otherwise as since_previous_seconds"`
	Duration   *float64       `json:"duration_seconds" doc:"from start to end, null without a start"`
	Attributes map[string]any `json:"attributes"`
	Load       int64          `json:"load"`
	File       string         `json:"file"`
	Line       int64          `json:"line"`
}

// Timeline is one case with all its events in order.
type Timeline struct {
	Process string `json:"process"`
	CaseFacts
	Events  []Event      `json:"events"`
	Remarks base.Remarks `json:"remarks"`
}

// Timeline answers one case; NotFound when there is none of that id.
func (s *Service) Timeline(ctx context.Context, process, caseID string) (*Timeline, error) {
	v, err := s.derivedView(ctx, process)
	if err != nil {
		return nil, err
	}
	var out *Timeline
	err = s.eachCase(ctx, v, " WHERE case_id = ?", []any{caseID}, func(c Case) {
		out = &Timeline{Process: process, CaseFacts: c.CaseFacts, Events: []Event{}, Remarks: base.Remarks{}}
	})
	if err != nil {
		return nil, err
	}
	if out == nil {
		return nil, base.Fail(base.NotFound, "case_not_found", base.T("Den Vorgang „%s“ gibt es in diesem Prozess nicht.",
			"There is no case “%s” in this process.", caseID))
	}
	if err := s.timelineEvents(ctx, v, caseID, out); err != nil {
		return nil, err
	}
	out.measure()
	v.addRules(&out.Remarks)
	v.addStale(&out.Remarks)
	return out, s.nameFiles(ctx, out.Events)
}

// eventOrder is the order of the events of a case (contract.md) as SQL over the columns that the log has.
func eventOrder(log fact.Schema) string {
	order := []string{}
	if log.Has("start_time") {
		order = append(order, "coalesce(start_time, time)")
	} else {
		order = append(order, "time")
	}
	if log.Has("sequence") {
		order = append(order, "sequence")
	}
	return strings.Join(append(order, "_load", "_row"), ", ")
}

func (s *Service) timelineEvents(ctx context.Context, v *view, caseID string, out *Timeline) error {
	columns := []string{"_load", "_row"}
	log := fact.Schema{}
	for _, c := range v.events.Schema {
		if !strings.HasPrefix(c.Name, "_") && c.Name != "case_id" && !c.Case {
			log = append(log, c)
			columns = append(columns, quote(c.Name))
		}
	}
	sql := "SELECT " + strings.Join(columns, ", ") + " FROM events WHERE case_id = ? ORDER BY " + eventOrder(v.events.Schema) + " LIMIT ?"
	err := s.query(ctx, v, sql, []any{caseID, maxTimeline + 1}, func(row []any) error {
		out.Events = append(out.Events, scanEvent(row, log))
		return nil
	})
	if len(out.Events) > maxTimeline {
		out.Events = out.Events[:maxTimeline]
		out.Remarks.Add("timeline_cut", base.T("Gezeigt werden nur die ersten %d Ereignisse.", "Only the first %d events are shown.",
			maxTimeline))
	}
	return err
}

func scanEvent(row []any, log fact.Schema) Event {
	e := Event{Load: whole(row[0]), Line: whole(row[1]), Attributes: map[string]any{}}
	for i, c := range log {
		value := row[2+i]
		switch c.Name {
		case "activity":
			e.Activity = text(value)
		case "time":
			e.Time = timePtr(value)
		case "start_time":
			e.StartTime = timePtr(value)
		case "lifecycle":
			e.Lifecycle = textPtr(value)
		case "resource":
			e.Resource = textPtr(value)
		case "role":
			e.Role = textPtr(value)
		case "automatic":
			e.Automatic = boolPtr(value)
		default:
			if value := shown(value); value != nil {
				e.Attributes[c.Name] = value
			}
		}
	}
	return e
}

func textPtr(v any) *string {
	if s, ok := v.(string); ok {
		return &s
	}
	return nil
}

// measure fills the durations between the events.
func (t *Timeline) measure() {
	for i := range t.Events {
		e := &t.Events[i]
		if e.StartTime != nil && e.Time != nil {
			e.Duration = seconds(e.Time.Sub(*e.StartTime))
		}
		if i == 0 || e.Time == nil || t.Events[i-1].Time == nil {
			continue
		}
		before := *t.Events[i-1].Time
		e.SinceStep = seconds(e.Time.Sub(before))
		e.Waiting = e.SinceStep
		if e.StartTime != nil {
			e.Waiting = seconds(max(0, e.StartTime.Sub(before)))
		}
	}
}

func seconds(d time.Duration) *float64 {
	s := d.Seconds()
	return &s
}

func (s *Service) nameFiles(ctx context.Context, events []Event) error {
	if s.files == nil {
		return nil
	}
	names := map[int64]string{}
	for i := range events {
		load := events[i].Load
		name, known := names[load]
		if !known {
			var err error
			if name, err = s.files.FileOfLoad(ctx, load); err != nil {
				return err
			}
			names[load] = name
		}
		events[i].File = name
	}
	return nil
}
