package catalogue

import (
	"context"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/engine/target"
)

// trendPeriods is the length of the small line beside a figure: the running month and the two years before it.
const trendPeriods = 25

// Item is a metric with what it says now.
type Item struct {
	Name       string             `json:"name"`
	Title      base.Text          `json:"title"`
	Unit       metric.Unit        `json:"unit" enum:"count,money,share,seconds,number"`
	Currency   *string            `json:"currency"`
	Direction  metric.Direction   `json:"direction" enum:"up,down,none" doc:"which way is better"`
	Table      string             `json:"table"`
	Counted    base.Text          `json:"counted" doc:"what n counts, in the plural: cases, orders, order lines, customers, tickets"`
	Process    string             `json:"process"`
	Owner      string             `json:"owner" doc:"who answers for the figure, empty while nobody is named"`
	Own        bool               `json:"own" doc:"made by a person of two activities"`
	State      string             `json:"state" enum:"known,unknown"`
	Latest     *metric.Point      `json:"latest" doc:"the last complete month whose figure is known; while no month is complete the last known one"`
	Previous   *metric.Difference `json:"previous"`
	YearBefore *metric.Difference `json:"year_before"`
	Trend      []metric.Point     `json:"trend" doc:"the last 25 months"`
	Targets    []target.Standing  `json:"targets" nullable:"false" doc:"the last complete month against each line that the company wants it to reach"`
	DataAge    *int64             `json:"data_age_seconds"`
	Remarks    base.Remarks       `json:"remarks"`
}

// List is every metric; one of processes stands once for each.
type List struct {
	Items   []Item       `json:"items"`
	Total   int          `json:"total"`
	Remarks base.Remarks `json:"remarks"`
}

// ListInput restricts the list.
type ListInput struct {
	Process string `query:"process" maxLength:"200" doc:"metrics of this process only"`
	Table   string `query:"table" maxLength:"200" doc:"metrics of this table only"`
}

// List answers what every metric says now.
func (s *Service) List(ctx context.Context, in *ListInput) (*List, error) {
	all, err := s.entries(ctx)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx)
	if err != nil {
		return nil, err
	}
	wanted, err := s.wanted(ctx)
	if err != nil {
		return nil, err
	}
	out := &List{Items: []Item{}, Remarks: base.Remarks{}}
	for _, e := range all {
		if in.Table != "" && e.Table != in.Table || in.Process != "" && !e.PerProcess() {
			continue
		}
		for _, process := range v.processesOf(e) {
			if in.Process != "" && process != in.Process {
				continue
			}
			item, err := s.item(ctx, v, e, process, wanted)
			if err != nil {
				return nil, err
			}
			out.Items = append(out.Items, *item)
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// processesOf lists the processes for which a metric stands in the list: once with none where there is no process.
func (v *view) processesOf(e entry) []string {
	switch all := v.processes(); {
	case e.Process != "":
		return []string{e.Process}
	case e.PerProcess() && len(all) > 0:
		return all
	}
	return []string{""}
}

func (s *Service) item(ctx context.Context, v *view, e entry, process string, wanted []target.Target) (*Item, error) {
	src, err := s.source(ctx, v, e, process)
	if err != nil {
		return nil, err
	}
	a, err := s.ask(ctx, v, e, src, metric.Question{Recent: trendPeriods, Compare: true})
	if err != nil {
		return nil, err
	}
	item := &Item{Name: e.Name, Title: e.Title, Unit: e.Unit, Currency: a.Currency, Direction: e.Direction, Table: e.Table, Counted: e.Counted(),
		Process: src.process, Owner: e.owner, Own: e.own != nil, State: "unknown", Trend: a.Points, DataAge: src.age(v.env.Now), Remarks: a.Remarks}
	item.Latest = latest(a.Points)
	if item.Latest != nil {
		item.State = "known"
	}
	if c := a.Compare; c != nil && item.Latest != nil && c.From == item.Latest.From {
		item.Previous, item.YearBefore = c.Previous, c.YearBefore
	}
	if item.Latest != nil && !item.Latest.Complete {
		item.Remarks.Add("no_complete_period", base.T("Noch liegt kein vollständiger Monat vor.", "There is no complete month yet."))
	}
	item.Targets = judge(wanted, e, item)
	return item, nil
}

// latest finds the last complete known figure, the last known one while none is complete.
func latest(points []metric.Point) *metric.Point {
	var known *metric.Point
	for _, p := range slices.Backward(points) {
		switch {
		case p.Value == nil:
		case p.Complete:
			return &p
		case known == nil:
			known = &p
		}
	}
	return known
}
