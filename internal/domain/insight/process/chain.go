package process

import (
	"context"
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// ChainLink is one filter and the number of cases that it and those before it leave.
type ChainLink struct {
	Code  string    `json:"code" doc:"name of the query parameter, all for the first link"`
	Text  base.Text `json:"text"`
	Cases int64     `json:"cases"`
}

// Chain is the filters in the order in which they are shown.
type Chain struct {
	Items   []ChainLink  `json:"items"`
	Total   int          `json:"total"`
	Remarks base.Remarks `json:"remarks"`
}

// Chain answers how many cases each filter leaves, one query for all.
func (s *Service) Chain(ctx context.Context, process string, f Filter) (*Chain, error) {
	v, err := s.derivedView(ctx, process)
	if err != nil {
		return nil, err
	}
	where, err := f.where(v)
	if err != nil {
		return nil, err
	}
	out := &Chain{Items: []ChainLink{{Code: "all", Text: base.T("Alle Vorgänge", "All cases")}}, Remarks: base.Remarks{}}
	counts := []string{"count(*)"}
	for i, p := range where.parts {
		counts = append(counts, fmt.Sprintf("count(*) FILTER (WHERE p%d)", i))
		out.Items = append(out.Items, ChainLink{Code: p.code, Text: p.text})
	}
	err = s.query(ctx, v, "SELECT "+strings.Join(counts, ", ")+" FROM ("+where.cumulative()+")", where.args, func(row []any) error {
		for i, n := range row {
			out.Items[i].Cases = whole(n)
		}
		return nil
	})
	out.Total = len(out.Items)
	v.addStale(&out.Remarks)
	return out, err
}

// cumulative selects, for each case, whether the parts up to each one hold.
func (c condition) cumulative() string {
	inner := []string{"1"}
	outer := []string{"1"}
	for i, p := range c.parts {
		inner = append(inner, fmt.Sprintf("coalesce(%s, false) AS q%d", p.sql, i))
		all := make([]string, i+1)
		for j := range all {
			all[j] = fmt.Sprintf("q%d", j)
		}
		outer = append(outer, fmt.Sprintf("%s AS p%d", strings.Join(all, " AND "), i))
	}
	return "SELECT " + strings.Join(outer, ", ") + " FROM (SELECT " + strings.Join(inner, ", ") + " FROM cases)"
}
