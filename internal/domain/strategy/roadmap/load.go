package roadmap

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/store/record/field"
)

// YearLoad is the budget of a year in one currency. The budget of an initiative counts in equal parts on every day from
// its start to its end.
type YearLoad struct {
	Year    int          `json:"year"`
	Planned field.Money  `json:"planned"`
	Frame   *field.Money `json:"frame" doc:"what may be spent, null while nobody has said so"`
	Over    bool         `json:"over"`
	IDs     []string     `json:"ids" doc:"initiatives with money in the year"`
}

// FunctionLoad is what initiatives need of a function, by quarter.
type FunctionLoad struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Capacity *float64      `json:"capacity" doc:"person-days a quarter, null while nobody has said so"`
	Quarters []QuarterLoad `json:"quarters"`
}

// QuarterLoad is the need of one quarter in person-days.
type QuarterLoad struct {
	From  period.Date `json:"from"`
	Label base.Text   `json:"label"`
	Need  field.Range `json:"need"`
	State string      `json:"state" enum:"free,tight,over,unknown" doc:"over when the likely need exceeds the capacity, tight when only the highest does"`
	IDs   []string    `json:"ids"`
}

var calendar period.Calendar

// key of a sum of money.
type yearOf struct {
	year     int
	currency string
}

// budgets adds up what is planned by year and currency within the time.
func (v *view) budgets() []YearLoad {
	sums, ids, frames := map[yearOf]int64{}, map[yearOf][]string{}, map[yearOf]int64{}
	for _, r := range v.list {
		i := &r.Value
		from, to, dated := i.span()
		if i.Budget == nil || !dated || i.Stage == "stopped" {
			continue
		}
		for year, minor := range byYear(field.Minor(i.Budget.Amount), from, to) {
			k := yearOf{year, i.Budget.Currency}
			sums[k] += minor
			ids[k] = append(ids[k], r.ID)
		}
	}
	for _, f := range v.frames {
		if f.Value.Year != nil && f.Value.Amount != nil {
			k := yearOf{int(*f.Value.Year), f.Value.Amount.Currency}
			frames[k] += field.Minor(f.Value.Amount.Amount)
			sums[k] += 0
		}
	}
	out := []YearLoad{}
	first, _, _ := v.from.Civil()
	last, _, _ := (v.to - 1).Civil()
	for k, minor := range sums {
		if k.year < first || k.year > last {
			continue
		}
		y := YearLoad{Year: k.year, Planned: field.Money{Amount: field.FormatMinor(minor), Currency: k.currency}, IDs: slices.Sorted(slices.Values(ids[k]))}
		if frame, known := frames[k]; known {
			y.Frame = &field.Money{Amount: field.FormatMinor(frame), Currency: k.currency}
			y.Over = minor > frame
		}
		out = append(out, y)
	}
	slices.SortFunc(out, func(a, b YearLoad) int {
		return cmp.Or(cmp.Compare(a.Planned.Currency, b.Planned.Currency), cmp.Compare(a.Year, b.Year))
	})
	return out
}

// byYear parts an amount by the days of each year; the parts add up to the amount to the cent.
func byYear(minor int64, from, to period.Date) map[int]int64 {
	out := map[int]int64{}
	days, given := int64(to-from)+1, int64(0)
	for d, passed := from, int64(0); d <= to; {
		year, _, _ := d.Civil()
		next := min(period.NewDate(year+1, time.January, 1), to+1)
		passed += int64(next - d)
		share := minor/days*passed + minor%days*passed/days // what is due up to here, rounded down; no overflow
		out[year] = share - given
		given, d = share, next
	}
	return out
}

// capacity adds up what each function is needed by quarter within the time.
func (v *view) capacity() []FunctionLoad {
	quarters := calendar.Split(period.Quarter, v.from, v.to)
	loads := map[string]*FunctionLoad{}
	for _, f := range v.functions {
		l := &FunctionLoad{ID: f.ID, Name: f.Value.Name, Capacity: f.Value.Supply}
		for _, q := range quarters {
			p := calendar.Of(period.Quarter, q.From)
			l.Quarters = append(l.Quarters, QuarterLoad{From: p.From, Label: calendar.Label(period.Quarter, p), IDs: []string{}})
		}
		loads[f.ID] = l
	}
	used := map[string]bool{}
	for _, d := range v.demands {
		i, l := v.byID[string(d.Value.Initiative)], loads[string(d.Value.Function)]
		if i == nil || l == nil || i.Stage == "stopped" || d.Value.Days == nil {
			continue
		}
		used[l.ID] = true
		for n := range l.Quarters {
			v.addNeed(&l.Quarters[n], &d.Value)
		}
	}
	out := []FunctionLoad{}
	for _, id := range slices.SortedFunc(maps.Keys(loads), func(a, b string) int {
		return cmp.Or(cmp.Compare(loads[a].Name, loads[b].Name), cmp.Compare(a, b))
	}) {
		l := loads[id]
		if !used[id] && l.Capacity == nil {
			continue
		}
		for n := range l.Quarters {
			l.Quarters[n].judge(l.Capacity)
		}
		out = append(out, *l)
	}
	return out
}

// addNeed adds the part of a demand that falls into a quarter, by its days.
func (v *view) addNeed(q *QuarterLoad, d *Demand) {
	from, ok := day(d.From)
	to, known := day(d.To)
	if !ok || !known || to < from {
		return
	}
	p := calendar.Of(period.Quarter, q.From)
	both := int(min(to+1, p.To) - max(from, p.From))
	if both <= 0 {
		return
	}
	part := func(days float64) float64 { return days * float64(both) / float64(to-from+1) }
	q.Need.Min += part(d.Days.Min)
	q.Need.Likely += part(d.Days.Likely)
	q.Need.Max += part(d.Days.Max)
	if id := string(d.Initiative); !slices.Contains(q.IDs, id) {
		q.IDs = append(q.IDs, id)
	}
}

// rounding is what sums of shares may differ by.
const rounding = 1e-9

func (q *QuarterLoad) judge(capacity *float64) {
	switch {
	case capacity == nil:
		q.State = "unknown"
	case q.Need.Likely > *capacity+rounding:
		q.State = "over"
	case q.Need.Max > *capacity+rounding:
		q.State = "tight"
	default:
		q.State = "free"
	}
}
