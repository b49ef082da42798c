package portfolio

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
)

// Validate refuses a problem that is not well posed with all field errors at once. Contradictory demands are well posed:
// Solve answers them with infeasible and what contradicts.
func (p *Problem) Validate() error {
	if fields := p.problems(); len(fields) > 0 {
		return refuse(fields)
	}
	return nil
}

// checker gathers field errors.
type checker struct {
	p     *Problem
	index map[string]int
	decoder
}

func (p *Problem) problems() []base.FieldError {
	c := &checker{p: p, index: map[string]int{}}
	if p.Periods < 1 || p.Periods > MaxPeriods {
		c.wrong("periods", base.T("Die Zahl der Perioden muss zwischen 1 und %d liegen.", "The number of periods must be between 1 and %d.", MaxPeriods))
		return c.fields
	}
	if !c.size() {
		return c.fields
	}
	c.limits()
	for i := range p.Initiatives {
		c.identify(i)
	}
	for i := range p.Initiatives {
		c.initiative(i)
	}
	c.circles()
	return c.fields
}

// size checks the counts before anything is looked at one by one.
func (c *checker) size() bool {
	links, use := 0, 0
	for i := range c.p.Initiatives {
		for _, u := range c.p.Initiatives[i].Use {
			use += min(len(u), c.p.Periods) * c.p.Periods
		}
		links += len(c.p.Initiatives[i].After) + len(c.p.Initiatives[i].Excludes)
	}
	n := len(c.p.Initiatives)
	switch {
	case n > MaxInitiatives:
		c.wrong("initiatives", base.T("Mehr als %d Vorhaben sind nicht vorgesehen.", "More than %d initiatives are not provided for.", MaxInitiatives))
	case n*c.p.Periods > MaxStarts:
		c.wrong("initiatives", base.T("Vorhaben mal Perioden dürfen %d nicht übersteigen.", "Initiatives times periods must not exceed %d.", MaxStarts))
	case links > MaxLinks:
		c.wrong("initiatives", base.T("Mehr als %d Angaben in after und excludes sind nicht vorgesehen.", "More than %d entries of after and excludes are not provided for.", MaxLinks))
	case len(c.p.Limits) > MaxResources:
		c.wrong("limits", base.T("Mehr als %d Ressourcen sind nicht vorgesehen.", "More than %d resources are not provided for.", MaxResources))
	case len(c.p.Limits)*c.p.Periods > MaxLimits:
		c.wrong("limits", base.T("Ressourcen mal Perioden dürfen %d nicht übersteigen.", "Resources times periods must not exceed %d.", MaxLimits))
	case use > MaxUse:
		c.wrong("initiatives", base.T("Die Angaben in use sind zusammen zu viele.", "The entries of use are too many together."))
	}
	return len(c.fields) == 0
}

func (c *checker) limits() {
	for _, name := range slices.Sorted(maps.Keys(c.p.Limits)) {
		at := join("limits", name)
		c.name(at, name)
		limit := c.p.Limits[name]
		if len(limit) != 1 && len(limit) != c.p.Periods {
			c.wrong(at, base.T("Es braucht eine Zahl oder %d, eine je Periode; hier stehen %d.", "One number is needed, or %d, one for each period; there are %d.", c.p.Periods, len(limit)))
		}
		c.amounts(at, limit, len(limit) == 1)
	}
}

func (c *checker) name(at, name string) {
	if strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > MaxID {
		c.wrong(at, base.T("Ein Name hat 1 bis %d Zeichen.", "A name has 1 to %d characters.", MaxID))
	}
}

// amounts checks uses and limits: finite, not negative.
func (c *checker) amounts(at string, list []float64, single bool) {
	for k, x := range list {
		path := fmt.Sprintf("%s[%d]", at, k)
		if single {
			path = at
		}
		c.finite(path, x)
		if x < 0 {
			c.wrong(path, base.T("Hier darf keine negative Zahl stehen.", "This must not be negative."))
		}
	}
}

func (c *checker) finite(at string, x float64) {
	if math.IsNaN(x) || math.Abs(x) > MaxNumber {
		c.wrong(at, base.T("Die Zahl ist zu groß oder keine Zahl.", "The number is too large or no number."))
	}
}

func (c *checker) identify(i int) {
	id, at := c.p.Initiatives[i].ID, fmt.Sprintf("initiatives[%d].id", i)
	c.name(at, id)
	if first, twice := c.index[id]; twice {
		c.wrong(at, base.T("Die Kennung „%s“ trägt schon das Vorhaben an Stelle %d.", "The id “%s” belongs to the initiative at position %d already.", id, first))
		return
	}
	c.index[id] = i
}

func (c *checker) initiative(k int) {
	i, at := &c.p.Initiatives[k], fmt.Sprintf("initiatives[%d]", k)
	if len(i.Value) != 1 && len(i.Value) != c.p.Periods {
		c.wrong(at+".value", base.T("Es braucht eine Zahl oder %d, eine je Startperiode; hier stehen %d.", "One number is needed, or %d, one for each start; there are %d.", c.p.Periods, len(i.Value)))
	}
	for s, x := range i.Value {
		path := at + ".value"
		if len(i.Value) > 1 {
			path = fmt.Sprintf("%s[%d]", path, s)
		}
		c.finite(path, x)
	}
	for _, name := range slices.Sorted(maps.Keys(i.Use)) {
		path := at + ".use." + name
		if _, ok := c.p.Limits[name]; !ok {
			c.wrong(path, base.T("Für die Ressource „%s“ steht keine Grenze in limits.", "There is no limit for the resource “%s” in limits.", name))
		}
		if len(i.Use[name]) > 10*MaxPeriods {
			c.wrong(path, base.T("Mehr als %d Perioden sind nicht vorgesehen.", "More than %d periods are not provided for.", 10*MaxPeriods))
		}
		c.amounts(path, i.Use[name], false)
	}
	c.links(at+".after", k, i.After)
	c.links(at+".excludes", k, i.Excludes)
	c.window(at, i)
	if i.Duration != nil && (*i.Duration < 0 || *i.Duration > 10*MaxPeriods) {
		c.wrong(at+".duration", base.T("Die Dauer muss zwischen 0 und %d liegen.", "The duration must be between 0 and %d.", 10*MaxPeriods))
	}
}

func (c *checker) links(at string, self int, ids []string) {
	seen := map[string]bool{}
	for n, id := range ids {
		path := fmt.Sprintf("%s[%d]", at, n)
		k, known := c.index[id]
		switch {
		case !known:
			c.wrong(path, base.T("Ein Vorhaben „%s“ gibt es nicht.", "There is no initiative “%s”.", id))
		case k == self:
			c.wrong(path, base.T("Ein Vorhaben kann nicht sich selbst nennen.", "An initiative cannot name itself."))
		case seen[id]:
			c.wrong(path, base.T("„%s“ steht zweimal da.", "“%s” stands here twice.", id))
		}
		seen[id] = true
	}
}

func (c *checker) window(at string, i *Initiative) {
	bad := len(c.fields)
	for _, w := range []struct {
		field string
		at    int
	}{{".earliest", i.Earliest}, {".latest", i.Latest}} {
		if w.at < 0 || w.at > c.p.Periods {
			c.wrong(at+w.field, base.T("Die Periode muss zwischen 1 und %d liegen.", "The period must be between 1 and %d.", c.p.Periods))
		}
	}
	if first, last := i.window(c.p.Periods); len(c.fields) == bad && first > last {
		c.wrong(at+".latest", base.T("Die späteste Periode liegt vor der frühesten (%d).", "The latest period lies before the earliest (%d).", first))
	}
}

// circles names one initiative of each circle in the order.
func (c *checker) circles() {
	state := make([]uint8, len(c.p.Initiatives)) // 1 on the way, 2 done
	type frame struct{ k, next int }
	for root := range state {
		if state[root] != 0 {
			continue
		}
		way := []frame{{root, 0}}
		state[root] = 1
		for len(way) > 0 {
			top := &way[len(way)-1]
			after := c.p.Initiatives[top.k].After
			if top.next == len(after) {
				state[top.k] = 2
				way = way[:len(way)-1]
				continue
			}
			n := top.next
			top.next++
			k, known := c.index[after[n]]
			switch {
			case !known || k == top.k:
			case state[k] == 0:
				state[k] = 1
				way = append(way, frame{k, 0})
			case state[k] == 1:
				var ids []string
				for f := len(way) - 1; f >= 0; f-- {
					ids = append(ids, c.p.Initiatives[way[f].k].ID)
					if way[f].k == k {
						break
					}
				}
				c.wrong(fmt.Sprintf("initiatives[%d].after[%d]", top.k, n), base.T("Die Reihenfolge läuft im Kreis: %s.", "The order runs in a circle: %s.", strings.Join(ids, ", ")))
			}
		}
	}
}
