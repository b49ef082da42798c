package portfolio

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// Demand is one of the things that a plan must satisfy.
type Demand struct {
	Kind   DemandKind `json:"kind"`
	IDs    []string   `json:"ids" doc:"initiatives, or the resource of a limit"`
	Period int        `json:"period,omitempty" doc:"of a limit"`
	Text   base.Text  `json:"text"`
}

// DemandKind names a sort of demand.
type DemandKind string

// The sorts of demand. That everything starts within the periods can always be had and is none of them.
const (
	Mandatory DemandKind = "mandatory" // ids: the initiative
	Exclusion DemandKind = "exclusion" // ids: the two
	Order     DemandKind = "order"     // ids: the later one, the earlier one
	Window    DemandKind = "window"    // ids: the initiative
	Limit     DemandKind = "limit"     // ids: the resource
)

// conflict finds demands that cannot hold together although they could if any one of them were dropped. It leaves
// out more and more demands, first many at a time, as long as what remains is still contradictory. Only what the
// mandatory initiatives need matters: everything else can stay away.
func (r *run) conflict(p *Problem) ([]Demand, base.Remarks) {
	keep := p.demands()
	smallest := true
	for size := (len(keep) + 1) / 2; size >= 1; size /= 2 {
		for at := 0; at < len(keep); {
			less := slices.Delete(slices.Clone(keep), at, min(at+size, len(keep)))
			contradictory, sure := r.contradictory(p, less)
			smallest = smallest && (sure || size > 1)
			if contradictory {
				keep = less
			} else {
				at += size
			}
		}
	}
	for i := range keep {
		keep[i].Text = p.describe(&keep[i])
	}
	var remarks base.Remarks
	if !smallest {
		remarks.Add("conflict_not_smallest", base.T("Die Zeit reichte nicht für die kleinste Menge; einzelne der genannten Forderungen könnten entbehrlich sein.",
			"The time did not suffice for the smallest set; some of the demands named may be dispensable."))
	}
	return keep, remarks
}

// demands lists what a problem demands, limits before the rest, so that the set names as few of them as it can.
func (p *Problem) demands() []Demand {
	need := p.needed()
	var out []Demand
	for _, name := range slices.Sorted(maps.Keys(p.Limits)) {
		for t := 1; t <= p.Periods; t++ {
			out = append(out, Demand{Kind: Limit, IDs: []string{name}, Period: t})
		}
	}
	pairs := map[[2]string]bool{}
	for k := range p.Initiatives {
		i := &p.Initiatives[k]
		if !need[i.ID] {
			continue
		}
		if i.Earliest > 1 || i.Latest > 0 && i.Latest < p.Periods {
			out = append(out, Demand{Kind: Window, IDs: []string{i.ID}})
		}
		for _, a := range i.After {
			out = append(out, Demand{Kind: Order, IDs: []string{i.ID, a}})
		}
		for _, x := range i.Excludes {
			if pair := [2]string{min(i.ID, x), max(i.ID, x)}; need[x] && !pairs[pair] {
				pairs[pair] = true
				out = append(out, Demand{Kind: Exclusion, IDs: []string{i.ID, x}})
			}
		}
		if i.Mandatory {
			out = append(out, Demand{Kind: Mandatory, IDs: []string{i.ID}})
		}
	}
	return out
}

// needed are the mandatory initiatives and all that they come after.
func (p *Problem) needed() map[string]bool {
	index := map[string]int{}
	var queue []string
	for k := range p.Initiatives {
		index[p.Initiatives[k].ID] = k
		if p.Initiatives[k].Mandatory {
			queue = append(queue, p.Initiatives[k].ID)
		}
	}
	need := map[string]bool{}
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !need[id] {
			need[id] = true
			queue = append(queue, p.Initiatives[index[id]].After...)
		}
	}
	return need
}

// with is the problem that keeps only the demands listed and has no values.
func (p *Problem) with(demands []Demand) *Problem {
	kept := map[string]bool{}
	for i := range demands {
		kept[key(demands[i].Kind, demands[i].IDs, demands[i].Period)] = true
	}
	q := &Problem{Periods: p.Periods, Limits: map[string][]float64{}}
	for name, limit := range p.Limits {
		for t := 1; t <= p.Periods; t++ {
			l := math.Inf(1)
			if kept[key(Limit, []string{name}, t)] {
				l = limitAt(limit, t)
			}
			q.Limits[name] = append(q.Limits[name], l)
		}
	}
	for k := range p.Initiatives {
		i := &p.Initiatives[k]
		n := Initiative{ID: i.ID, Value: []float64{0}, Use: i.Use, Duration: i.Duration, Mandatory: kept[key(Mandatory, []string{i.ID}, 0)]}
		if kept[key(Window, []string{i.ID}, 0)] {
			n.Earliest, n.Latest = i.Earliest, i.Latest
		}
		for _, a := range i.After {
			if kept[key(Order, []string{i.ID, a}, 0)] {
				n.After = append(n.After, a)
			}
		}
		for _, x := range i.Excludes {
			if kept[key(Exclusion, []string{i.ID, x}, 0)] {
				n.Excludes = append(n.Excludes, x)
			}
		}
		q.Initiatives = append(q.Initiatives, n)
	}
	return q.only(q.needed())
}

// only leaves out the initiatives that are not needed.
func (p *Problem) only(need map[string]bool) *Problem {
	p.Initiatives = slices.DeleteFunc(p.Initiatives, func(i Initiative) bool { return !need[i.ID] })
	for k := range p.Initiatives {
		i := &p.Initiatives[k]
		i.Excludes = slices.DeleteFunc(i.Excludes, func(id string) bool { return !need[id] })
	}
	return p
}

func key(kind DemandKind, ids []string, period int) string {
	return fmt.Sprintf("%s %q %d", kind, ids, period)
}

// contradictory says whether no plan satisfies the demands; sure is false when the time ended before that was known.
func (r *run) contradictory(p *Problem, demands []Demand) (yes, sure bool) {
	m := compile(p.with(demands))
	s := newSearch(m, newDomain(m), base.Rand(r.o.Seed, "conflict"), r.stop, nil)
	s.any = true
	for !s.done && s.best == nil && !r.stop() {
		s.advance(100)
	}
	return s.done && s.best == nil, s.done || s.best != nil
}

// describe says a demand in words.
func (p *Problem) describe(d *Demand) base.Text {
	switch d.Kind {
	case Mandatory:
		return base.T("„%s“ ist verbindlich.", "“%s” is mandatory.", d.IDs[0])
	case Exclusion:
		return base.T("„%s“ und „%s“ schließen einander aus.", "“%s” and “%s” exclude each other.", d.IDs[0], d.IDs[1])
	case Order:
		return base.T("„%s“ braucht vorher „%s“.", "“%s” needs “%s” before it.", d.IDs[0], d.IDs[1])
	case Window:
		for k := range p.Initiatives {
			if i := &p.Initiatives[k]; i.ID == d.IDs[0] {
				first, last := i.window(p.Periods)
				return base.T("„%s“ beginnt frühestens in Periode %d und spätestens in Periode %d.",
					"“%s” starts in period %d at the earliest and in period %d at the latest.", d.IDs[0], first, last)
			}
		}
	}
	return base.T("„%s“ ist in Periode %d auf %s begrenzt.", "“%s” is limited to %[3]s in period %[2]d.", d.IDs[0], d.Period,
		amount(limitAt(p.Limits[d.IDs[0]], d.Period)))
}

// amount writes a number with as many decimals as it needs, at most six significant ones behind the point.
func amount(x float64) base.Text {
	x = math.Round(x*1e6) / 1e6
	return base.Text{De: base.FormatFloat(x, -1, base.German), En: base.FormatFloat(x, -1, base.English)}
}
