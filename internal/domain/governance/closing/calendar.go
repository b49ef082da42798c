package closing

import (
	"context"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/engine/proof"
)

// mostBack is how many past periods of a metric that was never closed the calendar shows.
const mostBack = 3

// Due is a closing that is to be made, or is on its way.
type Due struct {
	Subject string    `json:"subject" enum:"metric,effect"`
	Metric  string    `json:"metric"`
	Process string    `json:"process"`
	Title   base.Text `json:"title"`
	Grain   string    `json:"grain" enum:"day,week,month,quarter,year"`
	From    string    `json:"from"`
	To      string    `json:"to" doc:"day after the last"`
	Label   base.Text `json:"label"`
	Plan    string    `json:"plan"`
	Due     string    `json:"due" doc:"day"`
	State   string    `json:"state" enum:"coming,due,overdue,done"`
	Closing string    `json:"closing" doc:"empty while nobody has proposed one"`
	Status  string    `json:"status" enum:"proposed,confirmed,signed,refused,reopened,"`
	Next    string    `json:"next" enum:"propose,confirm,sign,"`
}

// Calendar is what is to be closed.
type Calendar struct {
	Items   []Due `json:"items" nullable:"false" doc:"by due day"`
	Due     int   `json:"due"`
	Overdue int   `json:"overdue"`
}

// line is a metric whose periods are closed.
type line struct {
	metric, process string
	grain           period.Grain
}

func (s *Service) calendar(ctx context.Context, _ *struct{}) (*Calendar, error) {
	all, err := s.Readable(ctx)
	if err != nil {
		return nil, err
	}
	plans, err := s.Plans.Readable(ctx)
	if err != nil {
		return nil, err
	}
	return s.due(ctx, all, plans)
}

// due dates the closings of metrics and of plans.
func (s *Service) due(ctx context.Context, all []*Kept, plans []*effectplan.Kept) (*Calendar, error) {
	cal, err := s.Facts.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	c := &planner{cal: cal, days: rules.Days, today: cal.DateOf(s.Clock()), closings: all, out: &Calendar{Items: []Due{}}}
	lines, err := s.lines(ctx, all)
	if err != nil {
		return nil, err
	}
	moment, err := s.Facts.Moment(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		st, err := s.Facts.State(ctx, moment, l.metric, l.process)
		if err != nil || st.First.IsZero() {
			continue // a target of a metric or process that is not there has nothing to close
		}
		l.process = st.Process
		c.metric(l, st)
	}
	for _, p := range plans {
		if p.Signed() && !slices.ContainsFunc(plans, func(o *effectplan.Kept) bool { return o.Signed() && string(o.Follows) == p.Doc.ID }) {
			c.plan(p)
		}
	}
	slices.SortStableFunc(c.out.Items, func(a, b Due) int { return strings.Compare(a.Due, b.Due) })
	return c.out, nil
}

// lines are the metrics with a target, by month, and those of which a period was proposed before.
func (s *Service) lines(ctx context.Context, all []*Kept) ([]line, error) {
	targets, err := s.targets(ctx)
	if err != nil {
		return nil, err
	}
	var out []line
	add := func(l line) {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	for _, c := range all {
		if c.Subject == "metric" {
			add(line{c.Metric, c.Process, period.Grain(c.Grain)})
		}
	}
	for _, t := range targets {
		l := line{t.Value.Metric, t.Value.Process, period.Month}
		if !slices.ContainsFunc(out, func(o line) bool {
			return o.metric == l.metric && (l.process == "" || o.process == l.process) && o.grain == l.grain
		}) {
			add(l)
		}
	}
	return out, nil
}

type planner struct {
	cal      period.Calendar
	days     int
	today    period.Date
	closings []*Kept
	out      *Calendar
}

// metric lists the periods of a metric from the first that is not signed, at most a few when none ever was, and the
// running one.
func (c *planner) metric(l line, st *proof.State) {
	running := c.cal.Of(l.grain, c.today)
	from := c.cal.Shift(l.grain, running, -mostBack)
	for _, k := range c.closings {
		if k.Subject == "metric" && k.Metric == l.metric && k.Process == l.process && period.Grain(k.Grain) == l.grain {
			if day, err := period.ParseDate(string(k.From)); err == nil && day < from.From {
				from = c.cal.Of(l.grain, day)
			}
		}
	}
	if first := c.cal.Of(l.grain, c.cal.DateOf(st.First)); from.From < first.From {
		from = first
	}
	for p := from; p.From <= running.From; p = c.cal.Next(l.grain, p) {
		d := Due{Subject: "metric", Metric: l.metric, Process: l.process, Title: st.Title, Grain: string(l.grain), From: p.From.String(), To: p.To.String(), Label: c.cal.Label(l.grain, p)}
		c.add(d, p.To, func(k *Kept) bool {
			return k.Subject == "metric" && k.Metric == l.metric && k.Process == l.process && string(k.Grain) == d.Grain && string(k.From) == d.From
		})
	}
}

func (c *planner) plan(p *effectplan.Kept) {
	grain := period.Grain(p.Grain)
	first := c.cal.Of(grain, p.Start())
	span := period.Period{From: first.From, To: c.cal.Shift(grain, first, p.Window()).From}
	c.add(Due{Subject: "effect", Metric: p.Metric, Process: p.Process, Title: base.T(p.Title, p.Title), Grain: string(grain), From: span.From.String(), To: span.To.String(),
		Label: span.Label(), Plan: p.Doc.ID}, span.To, func(k *Kept) bool { return string(k.Plan) == p.Doc.ID })
}

// add dates one closing. What is signed and long done is left out.
func (c *planner) add(d Due, end period.Date, of func(*Kept) bool) {
	due := workingDays(end, c.days)
	d.Due, d.Next, d.State = due.String(), "propose", "coming"
	var newest *Kept
	for _, k := range c.closings {
		if of(k) && (newest == nil || k.laterThan(newest)) {
			newest = k
		}
	}
	if newest != nil {
		d.Closing, d.Status, d.Next = newest.Doc.ID, string(newest.Status), next(newest.Closing)
	}
	switch {
	case d.Next == "":
		d.State = "done"
	case c.today > due:
		d.State = "overdue"
		c.out.Overdue++
	case c.today >= end:
		d.State = "due"
		c.out.Due++
	}
	c.out.Items = append(c.out.Items, d)
}

// workingDays is the day that lies so many working days, Monday to Friday, after the end of a period.
func workingDays(end period.Date, days int) period.Date {
	day := end - 1
	for n := 0; n < days; {
		day++
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			n++
		}
	}
	return max(day, end)
}
