package portfolio_test

import (
	"encoding/json"
	"fmt"
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/portfolio"
)

// ownCase makes a seeded problem of the kind that Lotse is for: initiatives of two to six quarters with cost, developer
// days and, when asked for, days of the departments; values that fall with a later start; order, exclusion, a few that
// must be done, windows, everything done by the last quarter; limits for about two fifths of what all would take, growing from quarter to quarter.
func ownCase(initiatives, periods, resources int, seed uint64) *portfolio.Problem {
	rng := base.Rand(seed, "portfolio case", fmt.Sprint(initiatives, periods, resources))
	names := []string{"budget", "developers", "departments"}[:resources]
	sizes := []float64{200, 120, 60}
	p := &portfolio.Problem{Periods: periods, Limits: map[string][]float64{}}
	total := map[string]float64{}
	for i := range initiatives {
		lasts := 2 + rng.IntN(5)
		x := portfolio.Initiative{ID: fmt.Sprintf("I%03d", i+1), Use: map[string][]float64{}}
		weight := 0.0
		for r, name := range names {
			peak := sizes[r] * (0.2 + rng.Float64()) / float64(lasts)
			for range lasts {
				u := math.Round(peak * (0.6 + 0.8*rng.Float64()))
				x.Use[name] = append(x.Use[name], u)
				total[name] += u
				weight += u / sizes[r]
			}
		}
		value := 100 * weight * (0.5 + rng.Float64()) / float64(resources)
		fade := 0.02 + 0.05*rng.Float64()
		for s := range periods {
			x.Value = append(x.Value, math.Round(10*value*(math.Pow(1-fade, float64(s))-0.15))/10)
		}
		if i > 0 && rng.IntN(6) == 0 {
			x.After = []string{p.Initiatives[rng.IntN(i)].ID}
		}
		if i > 0 && rng.IntN(12) == 0 {
			if other := p.Initiatives[rng.IntN(i)].ID; len(x.After) == 0 || x.After[0] != other {
				x.Excludes = []string{other}
			}
		}
		if len(x.Excludes) == 0 && len(x.After) == 0 && rng.IntN(15) == 0 {
			x.Mandatory = true
		}
		if rng.IntN(5) == 0 {
			x.Earliest = 1 + rng.IntN(periods/2)
		}
		x.Latest = max(1, periods-lasts+1)
		if rng.IntN(8) == 0 {
			x.Latest = min(x.Latest, periods/2+1+rng.IntN(periods/2))
		}
		x.Earliest = min(x.Earliest, x.Latest)
		p.Initiatives = append(p.Initiatives, x)
	}
	for _, name := range names {
		for t := range periods {
			p.Limits[name] = append(p.Limits[name], math.Round(0.4*total[name]/float64(periods)*(0.8+0.4*float64(t)/float64(periods))))
		}
	}
	return p
}

// choiceCase is a pure choice with many limits: budgets of years, capacity of teams, with order, exclusion and a few that
// must be done. Each initiative uses a third of the limits.
func choiceCase(initiatives, limits int, seed uint64) *portfolio.Problem {
	rng := base.Rand(seed, "portfolio choice", fmt.Sprint(initiatives, limits))
	p := &portfolio.Problem{Periods: 1, Limits: map[string][]float64{}}
	total := make([]float64, limits)
	for i := range initiatives {
		x := portfolio.Initiative{ID: fmt.Sprintf("I%03d", i+1), Use: map[string][]float64{}}
		weight := 1.0
		for r := range limits {
			if rng.IntN(3) == 0 {
				u := float64(10 + rng.IntN(90))
				x.Use[fmt.Sprintf("r%02d", r+1)] = []float64{u}
				total[r] += u
				weight += u
			}
		}
		x.Value = []float64{math.Round(weight * (0.5 + rng.Float64()))}
		if i > 0 && rng.IntN(8) == 0 {
			x.After = []string{p.Initiatives[rng.IntN(i)].ID}
		} else if i > 0 && rng.IntN(10) == 0 {
			x.Excludes = []string{p.Initiatives[rng.IntN(i)].ID}
		} else {
			x.Mandatory = rng.IntN(25) == 0
		}
		p.Initiatives = append(p.Initiatives, x)
	}
	for r := range limits {
		p.Limits[fmt.Sprintf("r%02d", r+1)] = []float64{math.Round(0.5 * total[r])}
	}
	return p
}

// encode writes a problem in the format of the command.
func encode(p *portfolio.Problem) []byte {
	list := []map[string]any{}
	for _, i := range p.Initiatives {
		x := map[string]any{"id": i.ID, "value": i.Value}
		if i.Use != nil {
			x["use"] = i.Use
		}
		if len(i.Value) == 1 {
			x["value"] = i.Value[0]
		}
		for name, ids := range map[string][]string{"after": i.After, "excludes": i.Excludes} {
			if len(ids) > 0 {
				x[name] = ids
			}
		}
		for name, n := range map[string]int{"earliest": i.Earliest, "latest": i.Latest} {
			if n > 0 {
				x[name] = n
			}
		}
		if i.Mandatory {
			x["mandatory"] = true
		}
		if i.Duration != nil {
			x["duration"] = *i.Duration
		}
		list = append(list, x)
	}
	limits := map[string]any{}
	for name, l := range p.Limits {
		limits[name] = l
		if len(l) == 1 {
			limits[name] = l[0]
		}
	}
	out, err := json.Marshal(map[string]any{"periods": p.Periods, "initiatives": list, "limits": limits})
	if err != nil {
		panic(err)
	}
	return out
}
