package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/record"
)

// dueKind is the kind of the job that looks at due dates once a day.
const dueKind = "notice_due"

// How long before a day people are told first, how late something may be to be told of at all, and how often the clock
// is looked at.
const (
	aheadDays = 7
	lateDays  = 90
	lookEvery = 10 * time.Minute
)

// Start looks at due dates now and once on every further day until Stop. The day is kept, so that a restart repeats
// nothing and a day on which nothing ran is made up for.
func (s *Service) Start(ctx context.Context) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			if err := s.Look(ctx); err != nil && ctx.Err() == nil {
				s.Logger.Error("due dates were not looked at", "error", err)
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
		}
	})
	s.stop = func() { cancel(); running.Wait() }
}

// Stop ends what Start began.
func (s *Service) Stop() { s.stop() }

// Look starts the job of the day unless it has run.
func (s *Service) Look(ctx context.Context) error {
	today, err := s.today(ctx)
	if err != nil {
		return err
	}
	day, err := s.checked(ctx)
	if err != nil || day >= today.Format(time.DateOnly) {
		return err
	}
	if some, err := s.anything(ctx); err != nil || !some {
		return err
	}
	_, err = s.Jobs.Submit(ctx, job.Request{Kind: dueKind, Key: dueKind, By: "lotse", Once: true, Title: base.T("Fristen prüfen", "Look at due dates")})
	return err
}

// anything says whether there is a record that could fall due; a new instance needs no job.
func (s *Service) anything(ctx context.Context) (bool, error) {
	for _, d := range s.deadlines() {
		page, err := s.Records.Find(ctx, d.Def, record.Query{Scope: record.Scope{All: true}, Limit: 1})
		if err != nil || len(page.Items) > 0 {
			return true, err
		}
	}
	further, err := s.further(ctx)
	return len(further) > 0, err
}

// further is what falls due and stands in no field of a record.
func (s *Service) further(ctx context.Context) ([]Notice, error) {
	if s.Further == nil {
		return nil, nil
	}
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	return s.Further(ctx, today.AddDate(0, 0, -lateDays))
}

// due is the job.
func (s *Service) due(ctx context.Context, _ job.Run, _ json.RawMessage) (any, error) {
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	from, to := today.AddDate(0, 0, -lateDays), today.AddDate(0, 0, aheadDays+1)
	n := 0
	for _, d := range s.deadlines() {
		if d.Field.Due.Starts {
			continue
		}
		q := d.query(from, to)
		q.Scope = record.Scope{All: true}
		for {
			page, err := s.Records.Find(ctx, d.Def, q)
			if err != nil {
				return nil, err
			}
			var list []Notice
			for _, doc := range page.Items {
				for _, date := range d.dates(doc, from, to) {
					list = append(list, fallsDue(date, today))
				}
			}
			n += len(list)
			if err := s.Send(ctx, list...); err != nil {
				return nil, err
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	further, err := s.further(ctx)
	if err == nil {
		n += len(further)
		err = s.Send(ctx, further...)
	}
	if err != nil {
		return nil, err
	}
	return map[string]int{"dates": n}, s.noteChecked(ctx, today.Format(time.DateOnly))
}

// fallsDue is told seven days before, a day before, and once when it is overdue.
func fallsDue(d Date, today time.Time) Notice {
	n := Notice{Cause: Due, Kind: d.Kind, Record: d.Record, Persons: d.Persons}
	left := int(d.Day.Sub(today).Hours() / 24)
	step := "soon"
	n.Text = base.T("Fällig am %s: %s.", "Due on %s: %s.", day(d.Day), d.What)
	switch {
	case left < 0:
		step = "late"
		n.Text = base.T("Seit %s überfällig: %s.", "Overdue since %s: %s.", day(d.Day), d.What)
	case left <= 1:
		step = "near"
	}
	n.Mark = fmt.Sprintf("%s %s %s", d.Key, d.Day.Format(time.DateOnly), step)
	return n
}

// day is a day as people read it.
func day(d time.Time) base.Text {
	return base.Text{De: d.Format("02.01.2006"), En: d.Format("2 Jan 2006")}
}
