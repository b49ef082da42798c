package process

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/mining"
)

// ActivityTimes is how long an activity takes and how long cases wait before it; null where the log cannot tell.
type ActivityTimes struct {
	Name          string   `json:"name"`
	Count         int64    `json:"count"`
	Cases         int64    `json:"cases"`
	ReworkCases   int64    `json:"rework_cases" doc:"cases in which it occurs more than once"`
	MedianService *float64 `json:"service_median_seconds" doc:"from start to end, null without start times"`
	MeanService   *float64 `json:"service_mean_seconds"`
	MedianWaiting *float64 `json:"waiting_median_seconds" doc:"after the step before, null when it never follows one"`
	MeanWaiting   *float64 `json:"waiting_mean_seconds"`
	P90Waiting    *float64 `json:"waiting_p90_seconds"`
}

// MonthTimes is the cases whose last event falls into a month.
type MonthTimes struct {
	From     period.Date `json:"from"`
	To       period.Date `json:"to"`
	Cases    int64       `json:"cases"`
	Median   *float64    `json:"median_seconds"`
	P90      *float64    `json:"p90_seconds"`
	Complete bool        `json:"complete" doc:"the data cover the whole month"`
}

// WeekdayTimes is the cases by the day of the week; 1 is Monday.
type WeekdayTimes struct {
	Weekday int      `json:"weekday" minimum:"1" maximum:"7"`
	Cases   int64    `json:"cases" doc:"begun on this day"`
	Ended   int64    `json:"ended" doc:"cases whose last event falls on this day"`
	Median  *float64 `json:"median_seconds" doc:"duration of the cases begun on this day"`
}

// Times answers how long a process takes and when.
type Times struct {
	Cases      int64           `json:"cases"`
	Median     *float64        `json:"median_seconds"`
	Mean       *float64        `json:"mean_seconds"`
	P90        *float64        `json:"p90_seconds"`
	Histogram  []Bar           `json:"histogram"`
	Activities []ActivityTimes `json:"activities"`
	Months     []MonthTimes    `json:"months"`
	Weekdays   []WeekdayTimes  `json:"weekdays"`
	Remarks    base.Remarks    `json:"remarks"`
}

// Times answers the durations of the filtered process.
func (s *Service) Times(ctx context.Context, process string, f Filter) (*Times, error) {
	v, r, err := s.mined(ctx, process, f, true)
	if err != nil {
		return nil, err
	}
	if err := v.needCases(); err != nil {
		return nil, err
	}
	where, err := f.where(v)
	if err != nil {
		return nil, err
	}
	d := SummaryOf(r, nil).CaseDuration
	out := &Times{Cases: r.Summary.Cases, Median: d.Median, Mean: d.Mean, P90: d.P90, Activities: activityTimes(r),
		Months: []MonthTimes{}, Weekdays: []WeekdayTimes{}, Remarks: v.remarksFor(r, f)}
	if out.Histogram, err = s.durationHistogram(ctx, v, where); err != nil {
		return nil, err
	}
	if err := s.months(ctx, v, where, out); err != nil {
		return nil, err
	}
	return out, s.weekdays(ctx, v, where, out)
}

func activityTimes(r *mining.Result) []ActivityTimes {
	out := []ActivityTimes{}
	for _, a := range r.Activities {
		if a.Events > 0 {
			out = append(out, ActivityTimes{Name: a.Name, Count: a.Events, Cases: a.Cases, ReworkCases: a.Rework,
				MedianService: a.Service, MeanService: a.ServiceMean,
				MedianWaiting: a.Wait, MeanWaiting: a.WaitMean, P90Waiting: a.WaitP90})
		}
	}
	slices.SortFunc(out, func(a, b ActivityTimes) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func (s *Service) durationHistogram(ctx context.Context, v *view, where condition) ([]Bar, error) {
	var durations []int64
	err := s.query(ctx, v, "SELECT CAST(round(duration_seconds * 1e6) AS BIGINT) AS d FROM cases"+where.clause()+" ORDER BY d", where.args,
		func(row []any) error {
			durations = append(durations, whole(row[0]))
			return nil
		})
	return histogramOf(durations), err
}

// months leaves no month out; first and last are complete when the data reach over their borders.
func (s *Service) months(ctx context.Context, v *view, where condition, out *Times) error {
	byMonth := map[period.Date]MonthTimes{}
	args := append([]any{v.settings.Zone}, where.args...)
	err := s.query(ctx, v, `SELECT CAST(date_trunc('month', timezone(?, last_time)) AS DATE) AS month, count(*),
		quantile_cont(duration_seconds, 0.5), quantile_cont(duration_seconds, 0.9) FROM cases`+where.clause()+" GROUP BY month ORDER BY month", args,
		func(row []any) error {
			day, ok := row[0].(time.Time)
			if !ok {
				return nil
			}
			p := v.calendar.Of(period.Month, period.NewDate(day.Date()))
			m := MonthTimes{From: p.From, To: p.To, Cases: whole(row[1]), Median: floatPtr(row[2]), P90: floatPtr(row[3])}
			byMonth[p.From] = m
			out.Months = append(out.Months, m)
			return nil
		})
	if err != nil || len(out.Months) == 0 {
		return err
	}
	first, last := out.Months[0].From, out.Months[len(out.Months)-1].From
	out.Months = out.Months[:0]
	for p := v.calendar.Of(period.Month, first); p.From <= last; p = v.calendar.Next(period.Month, p) {
		m, ok := byMonth[p.From]
		if !ok {
			m = MonthTimes{From: p.From, To: p.To}
		}
		m.Complete = v.covers(p)
		out.Months = append(out.Months, m)
	}
	return nil
}

// covers says whether the data of the process reach over both borders of a period.
func (v *view) covers(p period.Period) bool {
	return !v.events.First.After(v.calendar.Start(p.From)) && !v.events.Last.Before(v.calendar.Start(p.To-1))
}

func (s *Service) weekdays(ctx context.Context, v *view, where condition, out *Times) error {
	days := make([]WeekdayTimes, 7)
	for i := range days {
		days[i].Weekday = i + 1
	}
	zone := v.settings.Zone
	err := s.query(ctx, v, "SELECT isodow(timezone(?, first_time)) AS d, count(*), quantile_cont(duration_seconds, 0.5) FROM cases"+
		where.clause()+" GROUP BY d", append([]any{zone}, where.args...), func(row []any) error {
		d := &days[whole(row[0])-1]
		d.Cases, d.Median = whole(row[1]), floatPtr(row[2])
		return nil
	})
	if err != nil {
		return err
	}
	err = s.query(ctx, v, "SELECT isodow(timezone(?, last_time)) AS d, count(*) FROM cases"+where.clause()+" GROUP BY d",
		append([]any{zone}, where.args...), func(row []any) error {
			days[whole(row[0])-1].Ended = whole(row[1])
			return nil
		})
	out.Weekdays = days
	return err
}
