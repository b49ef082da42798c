package catalogue

import (
	"encoding/json"
	"sort"

	"lotse.dev/lotse/internal/store/lake"
)

// Plan says which rows of a load's origin are visible: those in none of the windows Hide and, where Skip is set, equal
// to no row of those earlier loads.
//
// For skip it is enough to look at origins: if an earlier row is hidden because it equals a still earlier one, that one
// is looked at as well; if it is hidden by a window of a load in between, Except says so; and a window of a later load
// hides the row here too, because equal rows have equal times.
type Plan struct {
	Load int64     `json:"load"`
	Hide []Window  `json:"hide,omitempty"`
	Skip []Against `json:"skip,omitempty"`
}

// Against is an earlier load to compare with; its rows in the windows Except were no longer visible.
type Against struct {
	Load   int64    `json:"load"`
	Except []Window `json:"except,omitempty"`
}

// Whole says whether all rows of the origin are visible.
func (p Plan) Whole() bool { return len(p.Hide) == 0 && len(p.Skip) == 0 }

// Key is equal for equal plans.
func (p Plan) Key() string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // plain numbers always encode
	}
	return string(b)
}

// Active returns the loads that count, by position: not undone and not replaced as a whole by one that counts. A
// replacement also stands for what the load that it replaces had replaced.
func Active(loads []Load) []Load {
	replaces := map[int64]int64{}
	for _, l := range loads {
		replaces[l.ID] = l.Replaces
	}
	gone := map[int64]bool{}
	for _, l := range loads {
		if l.Undone {
			continue
		}
		for id := l.Replaces; id != 0 && !gone[id]; id = replaces[id] {
			gone[id] = true
		}
	}
	var out []Load
	for _, l := range loads {
		if !l.Undone && !gone[l.ID] {
			out = append(out, l)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Position < out[j].Position })
	return out
}

// Plans makes the plan of each active load.
func Plans(active []Load) map[int64]Plan {
	plans := make(map[int64]Plan, len(active))
	for i, l := range active {
		p := Plan{Load: l.ID, Hide: windows(active[i+1:], l.Origin)}
		if l.Overlap == lake.OverlapSkip {
			p.Skip = Earlier(active[:i], l)
		}
		plans[l.ID] = p
	}
	return plans
}

// Earlier lists the loads of earlier (by position) that can have rows equal to rows of l.
func Earlier(earlier []Load, l Load) []Against {
	var out []Against
	for i, e := range earlier {
		if meet(e, l) {
			out = append(out, Against{Load: e.ID, Except: windows(earlier[i+1:], e.Origin)})
		}
	}
	return out
}

// meet says whether two loads can share a row: without times always, otherwise when their spans meet or both have
// rows without time.
func meet(a, b Load) bool {
	if a.Time == "" || b.Time == "" || a.Origin.Untimed > 0 && b.Origin.Untimed > 0 {
		return a.Origin.Rows > 0 && b.Origin.Rows > 0
	}
	if a.Origin.First == nil || b.Origin.First == nil {
		return false
	}
	return *a.Origin.First <= *b.Origin.Last && *b.Origin.First <= *a.Origin.Last
}

// windows collects the windows of loads that touch a file, joined where they overlap.
func windows(later []Load, f *File) []Window {
	if f.First == nil {
		return nil
	}
	var w []Window
	for _, l := range later {
		if l.Overlap == lake.OverlapReplace && l.Window != nil && l.Window.From <= *f.Last && l.Window.To > *f.First {
			w = append(w, *l.Window)
		}
	}
	sort.Slice(w, func(i, j int) bool { return w[i].From < w[j].From })
	var out []Window
	for _, x := range w {
		if n := len(out); n > 0 && x.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, x.To)
			continue
		}
		out = append(out, x)
	}
	return out
}
