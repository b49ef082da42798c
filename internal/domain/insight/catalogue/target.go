package catalogue

import (
	"cmp"
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/engine/target"
)

// Targets says what the company wants its figures to reach, as far as the one who asks may read it.
type Targets interface {
	Targets(ctx context.Context) ([]target.Target, error)
}

// AimAt lets figures stand against targets. It is called before the first question.
func (s *Service) AimAt(t Targets) { s.targets = t }

func (s *Service) wanted(ctx context.Context) ([]target.Target, error) {
	if s.targets == nil {
		return nil, nil
	}
	return s.targets.Targets(ctx)
}

// Unit is the unit of a metric; false when there is none of that name.
func (s *Service) Unit(ctx context.Context, name string) (metric.Unit, bool, error) {
	e, err := s.find(ctx, name)
	if base.IsKind(err, base.NotFound) {
		return "", false, nil
	}
	return e.Unit, err == nil, err
}

// Judge sets figures against lines, whoever asks. A line of a metric or process that is not there is unknown.
func (s *Service) Judge(ctx context.Context, lines []target.Target) ([]target.Standing, error) {
	all, err := s.entries(ctx)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	out, found := []target.Standing{}, map[string]bool{}
	for _, e := range all {
		for _, process := range v.processesOf(e) {
			if !slices.ContainsFunc(lines, func(t target.Target) bool { return aims(t, e, process) }) {
				continue
			}
			item, err := s.item(ctx, v, e, process, lines)
			if err != nil {
				return nil, err
			}
			for _, st := range item.Targets {
				found[st.ID] = true
			}
			out = append(out, item.Targets...)
		}
	}
	for _, t := range lines {
		if !found[t.ID] {
			st := target.Judge(t, nil)
			st.Remarks = nil
			st.Remarks.Add("figure_missing", base.T("Diese Kennzahl gibt es für diesen Prozess noch nicht.", "There is no such figure for this process yet."))
			out = append(out, st)
		}
	}
	return out, nil
}

func aims(t target.Target, e entry, process string) bool {
	return t.Metric == e.Name && (t.Process == "" || t.Process == process)
}

// judge sets the last complete month of a metric against its lines.
func judge(wanted []target.Target, e entry, item *Item) []target.Standing {
	out := []target.Standing{}
	f := figure(e, item)
	for _, t := range wanted {
		if !aims(t, e, item.Process) {
			continue
		}
		st := target.Judge(t, f)
		st.Process = item.Process
		st.Limits = limits(t, item.Trend)
		out = append(out, st)
	}
	if main := target.Main(out); main != nil { // the one that stands for the figure comes first
		first := main.ID
		slices.SortStableFunc(out, func(a, b target.Standing) int {
			return cmp.Compare(b2i(a.ID != first), b2i(b.ID != first))
		})
	}
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func figure(e entry, item *Item) *target.Figure {
	for _, p := range slices.Backward(item.Trend) {
		if !p.Complete {
			continue
		}
		f := &target.Figure{Period: period.Period{From: p.From, To: p.To}, Value: p.Value, Low: p.Low, High: p.High, N: p.N, MinN: e.MinN,
			Pending: item.Remarks.Has("cases_missing") || item.Remarks.Has("being_derived")}
		if e.Direction != metric.Neutral {
			f.Direction = target.Direction(e.Direction)
		}
		return f
	}
	return nil
}

// limits is a line over the periods of points, each once.
func limits(t target.Target, points []metric.Point) []target.Limit {
	out := []target.Limit{}
	seen := map[period.Date]bool{}
	for _, p := range points {
		if !seen[p.From] {
			seen[p.From] = true
			out = append(out, target.Limit{From: p.From, Value: t.Over(period.Period{From: p.From, To: p.To})})
		}
	}
	return out
}

// Path is a line over the periods of an answer.
type Path struct {
	ID        string           `json:"id"`
	Title     string           `json:"title"`
	Line      target.Line      `json:"line" enum:"plan,stretch,contract"`
	Direction target.Direction `json:"direction" enum:"up,down,"`
	Limits    []target.Limit   `json:"limits" nullable:"false"`
}

// addPaths draws the lines through an answer. A target is said for a month: what is counted or summed has another one for
// any other period, which nobody said.
func (s *Service) addPaths(ctx context.Context, e entry, a *Result) error {
	a.Targets = []Path{}
	wanted, err := s.wanted(ctx)
	if err != nil {
		return err
	}
	for _, t := range wanted {
		if !aims(t, e, a.Process) {
			continue
		}
		if e.Adds() && a.By != period.Month {
			a.Remarks.Add("target_monthly", base.T("Zielwerte dieser Kennzahl gelten je Monat und fehlen deshalb hier.", "Targets of this metric hold for months and are left out here."))
			continue
		}
		p := Path{ID: t.ID, Title: t.Title, Line: t.Line, Direction: t.Direction, Limits: limits(t, a.Points)}
		if p.Direction == target.None && e.Direction != metric.Neutral {
			p.Direction = target.Direction(e.Direction)
		}
		a.Targets = append(a.Targets, p)
	}
	return nil
}
