package process

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/lake"
)

// Item is a process as the list shows it.
type Item struct {
	Name       string     `json:"name"`
	Title      string     `json:"title"`
	Cases      int64      `json:"cases"`
	Events     int64      `json:"events"`
	Activities int64      `json:"activities"`
	Variants   int64      `json:"variants"`
	FirstEvent *time.Time `json:"first_event"`
	LastEvent  *time.Time `json:"last_event"`
	LoadedAt   time.Time  `json:"loaded_at"`
	Deriving   bool       `json:"deriving" doc:"the cases lag behind the events"`
}

// List is every process.
type List struct {
	Items   []Item       `json:"items"`
	Total   int          `json:"total"`
	Remarks base.Remarks `json:"remarks"`
}

// List answers every process of the lake.
func (s *Service) List(ctx context.Context) (*List, error) {
	all, err := s.lake.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	out := &List{Items: []Item{}, Remarks: base.Remarks{}}
	for _, d := range all {
		if d.Table != "events" || d.Rows == 0 {
			continue
		}
		item, err := s.item(ctx, d)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *item)
	}
	out.Total = len(out.Items)
	return out, nil
}

// The list counts in the derived cases, which is quick for any size; without them it mines.
func (s *Service) item(ctx context.Context, d lake.Info) (*Item, error) {
	v, err := s.view(ctx, d.Process)
	if err != nil {
		return nil, err
	}
	item := &Item{Name: d.Process, Title: d.Process, LoadedAt: d.LoadedAt.UTC(), Deriving: v.cases == nil || v.lagging}
	if item.Deriving {
		r, err := s.analyse(ctx, v, Filter{}, false)
		if err != nil {
			return nil, err
		}
		m := SummaryOf(r, nil)
		item.Cases, item.Events, item.Activities, item.Variants = m.Cases, m.Events, m.Activities, m.Variants
		item.FirstEvent, item.LastEvent = m.FirstEvent, m.LastEvent
		return item, nil
	}
	err = s.query(ctx, v, `SELECT count(*), CAST(sum(events) AS BIGINT), count(DISTINCT variant), min(first_time), max(last_time),
		(SELECT count(DISTINCT name) FROM (SELECT unnest(string_split(activity_set, chr(31))) AS name
		 FROM (SELECT DISTINCT activity_set FROM cases)) WHERE name <> '')
		FROM cases`, nil, func(row []any) error {
		item.Cases, item.Events, item.Variants, item.Activities = whole(row[0]), whole(row[1]), whole(row[2]), whole(row[5])
		item.FirstEvent, item.LastEvent = timePtr(row[3]), timePtr(row[4])
		return nil
	})
	return item, err
}
