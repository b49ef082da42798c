package metric_test

import (
	"regexp"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// The library holds the metrics of contract.md with their intervals, each with a sentence in both languages.
func TestLibraryIsContract(t *testing.T) {
	want := map[string]string{
		"revenue": "", "orders": "poisson", "average_order_value": "student", "active_customers": "", "new_customers": "",
		"repeat_rate": "wilson", "cross_selling_rate": "wilson", "digital_revenue_share": "", "cases": "poisson",
		"case_duration_median": "order_statistics", "case_duration_p90": "order_statistics", "rework_share": "wilson",
		"manual_steps_per_case": "student", "tickets_opened": "poisson", "ticket_resolution_median": "order_statistics",
		"ticket_first_response_median": "order_statistics",
	}
	for _, d := range metric.Library() {
		interval, ok := want[d.Name]
		if !ok || interval != d.Measure.Interval() {
			t.Errorf("%s: interval %q, contract %q", d.Name, d.Measure.Interval(), interval)
		}
		delete(want, d.Name)
		s := d.Sentence()
		if broken := regexp.MustCompile(`%!|  |\(\)|: \.| \.`); broken.MatchString(s.De) || broken.MatchString(s.En) || s.De == s.En {
			t.Errorf("%s reads %q, %q", d.Name, s.De, s.En)
		}
	}
	for name := range want {
		t.Errorf("%s is missing", name)
	}
}

var orderSchema = fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}, {Name: "channel"},
	{Name: "line", Type: fact.Integer}, {Name: "express", Type: fact.Boolean}, {Name: "clerk", Person: true}}

// Columns that name the thing itself, instants, amounts and people neither divide nor filter.
func TestDividing(t *testing.T) {
	if got := find(t, "orders").Dividing(orderSchema); !slices.Equal(got, []string{"channel", "express"}) {
		t.Errorf("got %v", got)
	}
}

func TestQuestionsAtFault(t *testing.T) {
	day := func(s string) *period.Date {
		d, err := period.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	for name, c := range map[string]struct {
		q    metric.Question
		kind base.Kind
		code string
	}{
		"end before beginning": {metric.Question{From: day("2026-02-01"), To: day("2026-02-01")}, base.Usage, "question_invalid"},
		"unknown grain":        {metric.Question{Grain: "decade"}, base.Usage, "question_invalid"},
		"no such column":       {metric.Question{Dim: "colour"}, base.Refused, "dim_unknown"},
		"a person":             {metric.Question{Dim: "clerk"}, base.Refused, "dim_person"},
		"an instant":           {metric.Question{Filters: []metric.Filter{{Field: "time", Values: []string{"x"}}}}, base.Refused, "dim_unknown"},
		"no yes or no":         {metric.Question{Filters: []metric.Filter{{Field: "express", Values: []string{"perhaps"}}}}, base.Usage, "filter_value"},
		"filter without value": {metric.Question{Filters: []metric.Filter{{Field: "channel"}}}, base.Usage, "question_invalid"},
		"too many days":        {metric.Question{Grain: period.Day, From: day("1900-01-01"), To: day("2026-01-01")}, base.TooLarge, "too_many_periods"},
	} {
		_, err := metric.Prepare(find(t, "orders"), c.q, metric.Relation{Name: "orders", Schema: orderSchema}, berlin("2026-11-24T06:00:00Z"),
			metric.Bounds{}, metric.DuckDB{})
		if e := base.AsError(err); err == nil || e.Kind != c.kind || e.Code != c.code {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
