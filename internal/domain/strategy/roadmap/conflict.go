package roadmap

import (
	"cmp"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/register"
)

// Conflict is something that cannot be as it is planned.
type Conflict struct {
	Kind string    `json:"kind" enum:"order,circle,needs,excludes,budget,capacity,go_live_after_end,outside"`
	IDs  []string  `json:"ids" doc:"initiatives that it is about"`
	Link string    `json:"link" doc:"dependency that it breaks, empty when it is none"`
	Text base.Text `json:"text"`
}

// conflicts names everything that cannot be as it is planned, of all initiatives that the reader may read.
func (v *view) conflicts(out *Roadmap) []Conflict {
	list := []Conflict{}
	for _, r := range v.list {
		i := &r.Value
		if i.going() && i.GoLive != "" && i.End != "" && i.GoLive > i.End {
			list = append(list, Conflict{Kind: "go_live_after_end", IDs: []string{r.ID},
				Text: base.T("„%s“ geht am %s in Betrieb, endet aber schon am %s.", "“%s” goes live on %s, but ends as early as %s.", i.Title, label(i.GoLive), label(i.End))})
		}
	}
	for _, l := range v.links {
		if c, broken := v.broken(l); broken {
			list = append(list, c)
		}
	}
	list = append(list, v.circles()...)
	list = append(list, v.outside()...)
	for _, b := range out.Budgets {
		if b.Over {
			list = append(list, Conflict{Kind: "budget", IDs: b.IDs, Text: base.T("Für %s sind %s geplant, der Rahmen ist %s.", "For %s, %s are planned; the frame is %s.",
				plainYear(b.Year), amount(b.Planned.Amount, b.Planned.Currency), amount(b.Frame.Amount, b.Frame.Currency))})
		}
	}
	for _, f := range out.Functions {
		for _, q := range f.Quarters {
			if q.State == "over" {
				list = append(list, Conflict{Kind: "capacity", IDs: q.IDs, Text: base.T("„%s“ ist in %s mit %s Personentagen verplant, frei sind %s.",
					"“%s” is planned with %[3]s person-days in %[2]s; %[4]s are free.", f.Name, q.Label, base.Number{Value: q.Need.Likely, Decimals: 1}, base.Number{Value: *f.Capacity, Decimals: 1})})
			}
		}
	}
	return list
}

// broken says whether the dates keep a dependency. What one cannot see, and what is over, breaks nothing.
func (v *view) broken(l register.Typed[dependency]) (Conflict, bool) {
	a, b := v.byID[l.Value.From], v.byID[l.Value.To]
	c := Conflict{IDs: []string{l.Value.From, l.Value.To}, Link: l.ID}
	if a == nil || b == nil || !a.going() || b.Stage == "closed" {
		return c, false
	}
	switch l.Value.Sort {
	case "after":
		c.Kind = "order"
		switch {
		case b.Stage == "stopped":
			c.Text = base.T("„%s“ wartet auf „%s“, das gestoppt ist.", "“%s” waits for “%s”, which is stopped.", a.Title, b.Title)
			return c, true
		case a.Start == "" || b.last() == "" || a.Start >= b.last():
			return c, false
		}
		c.Text = base.T("„%s“ beginnt am %s, wartet aber auf „%s“, das erst am %s endet.", "“%s” starts on %s, but waits for “%s”, which ends only on %s.",
			a.Title, label(a.Start), b.Title, label(b.last()))
		return c, true
	case "with":
		c.Kind = "needs"
		switch {
		case b.Stage == "stopped":
			c.Text = base.T("„%s“ braucht „%s“, das gestoppt ist.", "“%s” needs “%s”, which is stopped.", a.Title, b.Title)
			return c, true
		case a.GoLive == "" || b.last() == "" || b.last() <= a.GoLive:
			return c, false
		}
		c.Text = base.T("„%s“ geht am %s in Betrieb, braucht aber „%s“, das erst am %s fertig ist.", "“%s” goes live on %s, but needs “%s”, which is done only on %s.",
			a.Title, label(a.GoLive), b.Title, label(b.last()))
		return c, true
	case "excludes":
		c.Kind = "excludes"
		c.Text = base.T("„%s“ und „%s“ schließen einander aus und sind beide geplant.", "“%s” and “%s” exclude each other and are both planned.", a.Title, b.Title)
		return c, a.Start != "" && b.Start != "" && b.going()
	}
	return c, false
}

// circles finds initiatives that wait for each other in a ring; each ring is named once.
func (v *view) circles() []Conflict {
	next := map[string][]string{}
	for _, l := range v.links {
		if l.Value.Sort == "after" && v.byID[l.Value.From] != nil && v.byID[l.Value.To] != nil {
			next[l.Value.From] = append(next[l.Value.From], l.Value.To)
		}
	}
	var out []Conflict
	state, path := map[string]int{}, []string{}
	var walk func(id string)
	walk = func(id string) {
		state[id] = 1
		path = append(path, id)
		for _, to := range next[id] {
			switch state[to] {
			case 0:
				walk(to)
			case 1:
				ring := slices.Clone(path[slices.Index(path, to):])
				out = append(out, Conflict{Kind: "circle", IDs: ring, Text: base.T("Diese Vorhaben warten im Kreis aufeinander: %s.", "These initiatives wait for each other in a ring: %s.", v.titles(ring))})
			}
		}
		path = path[:len(path)-1]
		state[id] = 2
	}
	for _, r := range v.list {
		if state[r.ID] == 0 {
			walk(r.ID)
		}
	}
	return out
}

// outside finds demands beyond the time of their initiative.
func (v *view) outside() []Conflict {
	var out []Conflict
	for _, d := range v.demands {
		i := v.byID[string(d.Value.Initiative)]
		if i == nil || !i.going() || i.Start == "" || i.last() == "" || d.Value.From >= i.Start && d.Value.To <= i.last() {
			continue
		}
		out = append(out, Conflict{Kind: "outside", IDs: []string{string(d.Value.Initiative)}, Text: base.T("Der Bedarf „%s“ (%s bis %s) liegt nicht in der Zeit von „%s“.",
			"The demand “%s” (%s to %s) is not within the time of “%s”.", d.Value.Title, label(d.Value.From), label(d.Value.To), i.Title)})
	}
	return out
}

// shownLinks are the dependencies between shown initiatives.
func (v *view) shownLinks(items []Item, conflicts []Conflict) []Link {
	shown := map[string]bool{}
	for _, i := range items {
		shown[i.ID] = true
	}
	out := []Link{}
	for _, l := range v.links {
		if shown[l.Value.From] && shown[l.Value.To] {
			out = append(out, Link{ID: l.ID, From: l.Value.From, To: l.Value.To, Sort: l.Value.Sort,
				Broken: slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Link == l.ID })})
		}
	}
	slices.SortFunc(out, func(a, b Link) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (v *view) titles(ids []string) string {
	out := ""
	for n, id := range ids {
		if n > 0 {
			out += " → "
		}
		out += v.byID[id].Title
	}
	return out
}

// label writes a day for people.
func label[S ~string](s S) base.Text {
	d, err := period.ParseDate(string(s))
	if err != nil {
		return base.T("unbekannt", "unknown")
	}
	return d.Label()
}
