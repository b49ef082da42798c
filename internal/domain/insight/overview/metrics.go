package overview

import (
	"cmp"
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/process"
)

// mostMetrics bounds the figures of the start page.
const mostMetrics = 7

// importance orders metrics for the start page: after what people made themselves come time, money, loyalty, effort
// and service. Metrics that are not in the list come last.
var importance = []string{"case_duration_median", "revenue", "ticket_first_response_median", "manual_steps_per_case",
	"digital_revenue_share", "repeat_rate", "rework_share", "ticket_resolution_median", "orders", "average_order_value",
	"cross_selling_rate", "active_customers", "tickets_opened", "new_customers", "cases", "case_duration_p90"}

// important picks the figures of the start page: known ones only, and of a metric that stands once per process the one
// of the largest process.
func important(all []catalogue.Item, processes []process.Item) []catalogue.Item {
	size := map[string]int64{}
	for _, p := range processes {
		size[p.Name] = p.Cases
	}
	known := slices.DeleteFunc(slices.Clone(all), func(m catalogue.Item) bool { return m.State != "known" })
	slices.SortStableFunc(known, func(a, b catalogue.Item) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(size[b.Process], size[a.Process]))
	})
	out := []catalogue.Item{}
	for _, m := range known {
		there := slices.ContainsFunc(out, func(o catalogue.Item) bool { return o.Name == m.Name })
		if !there && len(out) < mostMetrics {
			out = append(out, m)
		}
	}
	return out
}

func weight(m catalogue.Item) int {
	if m.Own {
		return -1
	}
	if i := slices.Index(importance, m.Name); i >= 0 {
		return i
	}
	return len(importance)
}

func (s *Service) findMetrics(ctx context.Context, h *hits) error {
	list, err := s.metrics.List(ctx, &catalogue.ListInput{})
	if err != nil {
		return err
	}
	for _, m := range list.Items {
		link := "/kennzahlen/" + escape(m.Name)
		if m.Process != "" {
			link += "?process=" + escape(m.Process)
		}
		h.add(Hit{Kind: "metric", Title: m.Title, Detail: base.T(m.Process, m.Process), Link: link}, m.Title.De, m.Title.En, m.Name)
	}
	return nil
}
