package target_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/target"
)

func day(t *testing.T, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func month(t *testing.T, s string) period.Period {
	t.Helper()
	return period.Calendar{}.Of(period.Month, day(t, s+"-01"))
}

func num(v float64) *float64 { return &v }

// By hand: 14 from 1 January, 12 from 1 July; straight between them there are 181 days in 2026, so that on 31 March,
// 89 days on, the line is at 14 − 2 × 89 ÷ 181.
func TestLineOverTime(t *testing.T) {
	points := []target.Point{{From: day(t, "2026-01-01"), Value: 14}, {From: day(t, "2026-07-01"), Value: 12}}
	for _, c := range []struct {
		shape target.Shape
		month string
		want  *float64
	}{
		{target.Steps, "2025-12", nil},
		{target.Steps, "2026-01", num(14)},
		{target.Steps, "2026-06", num(14)},
		{target.Steps, "2026-07", num(12)},
		{target.Steps, "2031-01", num(12)},
		{target.Straight, "2025-12", nil},
		{target.Straight, "2026-03", num(14 - 2*89.0/181)},
		{target.Straight, "2026-06", num(14 - 2*180.0/181)},
		{target.Straight, "2026-07", num(12)},
		{target.Straight, "2031-01", num(12)},
		{"", "2026-03", num(14)},
	} {
		got := target.Target{Shape: c.shape, Points: points}.Over(month(t, c.month))
		if (got == nil) != (c.want == nil) || got != nil && math.Abs(*got-*c.want) > 1e-12 {
			t.Errorf("%s in %s: %v, want %v", c.shape, c.month, show(got), show(c.want))
		}
	}
	// A step inside a period counts for the whole period: by its last day it holds.
	inside := target.Target{Points: []target.Point{{From: day(t, "2026-03-31"), Value: 9}}}
	if v := inside.Over(month(t, "2026-03")); v == nil || *v != 9 {
		t.Errorf("a point on the last day: %v", show(v))
	}
	if v := inside.Over(month(t, "2026-02")); v != nil {
		t.Errorf("before it: %v", *v)
	}
	none := target.Target{}
	if none.Over(month(t, "2026-03")) != nil || none.Next(0) != nil {
		t.Error("a line without points has a value")
	}
	plan := target.Target{Points: points}
	if next := plan.Next(day(t, "2026-01-01")); next == nil || next.Value != 12 {
		t.Errorf("next %+v", next)
	}
}

func show(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

// By hand for a limit of 16 hours at most with 5 % tolerance: the band of risk ends at 16.8.
func TestVerdicts(t *testing.T) {
	limit := []target.Point{{From: day(t, "2026-01-01"), Value: 16}}
	for _, c := range []struct {
		name      string
		own, of   target.Direction
		value     *float64
		n, min    int64
		tolerance float64
		month     string
		want      target.Status
		remark    string
	}{
		{"below at most", "", target.Down, num(15.9), 50, 30, .05, "2026-10", target.OnCourse, ""},
		{"exactly at most", "", target.Down, num(16), 50, 30, .05, "2026-10", target.OnCourse, ""},
		{"within the tolerance", "", target.Down, num(16.8), 50, 30, .05, "2026-10", target.AtRisk, ""},
		{"beyond the tolerance", "", target.Down, num(16.81), 50, 30, .05, "2026-10", target.Missed, ""},
		{"no tolerance", "", target.Down, num(16.01), 50, 30, 0, "2026-10", target.Missed, ""},
		{"at least, reached", "", target.Up, num(16), 50, 30, .05, "2026-10", target.OnCourse, ""},
		{"at least, within", "", target.Up, num(15.2), 50, 30, .05, "2026-10", target.AtRisk, ""},
		{"at least, beyond", "", target.Up, num(15.1), 50, 30, .05, "2026-10", target.Missed, ""},
		{"own direction wins", target.Up, target.Down, num(15.1), 50, 30, .05, "2026-10", target.Missed, ""},
		{"figure unknown", "", target.Down, nil, 0, 0, .05, "2026-10", target.Unknown, "figure_unknown"},
		{"too few", "", target.Down, num(1), 29, 30, .05, "2026-10", target.Unknown, "small_sample"},
		{"just enough", "", target.Down, num(1), 30, 30, .05, "2026-10", target.OnCourse, ""},
		{"before the first point", "", target.Down, num(1), 50, 30, .05, "2025-12", target.Unknown, "no_point_yet"},
		{"nobody says what is better", "", "", num(1), 50, 30, .05, "2026-10", target.Unknown, "no_direction"},
	} {
		f := &target.Figure{Period: month(t, c.month), Value: c.value, N: c.n, MinN: c.min, Direction: c.of}
		s := target.Judge(target.Target{Points: limit, Direction: c.own, Tolerance: c.tolerance}, f)
		if s.Status != c.want || c.remark != "" && !s.Remarks.Has(c.remark) || c.remark == "" && len(s.Remarks) > 0 {
			t.Errorf("%s: %s %+v, want %s %s", c.name, s.Status, s.Remarks, c.want, c.remark)
		}
	}
	if s := target.Judge(target.Target{Points: limit}, nil); s.Status != target.Unknown || !s.Remarks.Has("no_complete_period") || s.Value != nil {
		t.Errorf("without a period: %+v", s)
	}
}

// A limit below zero has its tolerance on the far side as well: −100 at least with 10 % ends at −110.
func TestNegativeAndZeroLimits(t *testing.T) {
	judge := func(limit, value float64) target.Status {
		return target.Judge(target.Target{Points: []target.Point{{Value: limit}}, Direction: target.Up, Tolerance: .1},
			&target.Figure{Period: month(t, "2026-10"), Value: &value}).Status
	}
	for _, c := range []struct {
		limit, value float64
		want         target.Status
	}{{-100, -99, target.OnCourse}, {-100, -110, target.AtRisk}, {-100, -111, target.Missed}, {0, 0, target.OnCourse}, {0, -.001, target.Missed}} {
		if got := judge(c.limit, c.value); got != c.want {
			t.Errorf("%v against %v: %s, want %s", c.value, c.limit, got, c.want)
		}
	}
}

// The distance is value minus limit; an interval that holds the limit leaves the verdict unsecured.
func TestGapAndInterval(t *testing.T) {
	limit := []target.Point{{From: day(t, "2026-01-01"), Value: 16}}
	judge := func(low, high *float64) target.Standing {
		return target.Judge(target.Target{Points: limit, Direction: target.Down},
			&target.Figure{Period: month(t, "2026-10"), Value: num(19.6), Low: low, High: high})
	}
	s := judge(num(15), num(24))
	if s.Gap == nil || math.Abs(*s.Gap-3.6) > 1e-12 || s.Secured == nil || *s.Secured || !s.Remarks.Has("unsecured") || s.Status != target.Missed {
		t.Errorf("%+v", s)
	}
	if s := judge(num(16), num(24)); s.Secured == nil || *s.Secured {
		t.Errorf("an interval that ends at the limit: %+v", s.Secured)
	}
	if s := judge(num(16.1), num(24)); s.Secured == nil || !*s.Secured || len(s.Remarks) > 0 {
		t.Errorf("%+v", s)
	}
	if s := judge(nil, nil); s.Secured != nil {
		t.Errorf("without an interval: %v", *s.Secured)
	}
}

func TestMainStanding(t *testing.T) {
	of := func(line target.Line, status target.Status) target.Standing {
		return target.Standing{Line: line, Status: status}
	}
	for _, c := range []struct {
		list []target.Standing
		want int
	}{
		{nil, -1},
		{[]target.Standing{of(target.Stretch, target.Missed), of(target.Plan, target.OnCourse)}, 1},
		{[]target.Standing{of(target.Plan, target.OnCourse), of(target.Stretch, target.Missed)}, 0},
		{[]target.Standing{of(target.Plan, target.AtRisk), of(target.Contract, target.Missed)}, 1},
		{[]target.Standing{of(target.Plan, target.Missed), of(target.Contract, target.Unknown)}, 0},
		{[]target.Standing{of(target.Stretch, target.AtRisk)}, 0},
	} {
		got := target.Main(c.list)
		if got == nil && c.want >= 0 || got != nil && (c.want < 0 || got != &c.list[c.want]) {
			t.Errorf("%+v: %+v", c.list, got)
		}
	}
}
