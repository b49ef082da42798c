package overview

import (
	"cmp"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/engine/target"
)

// Goals counts the figures that have a target, each once by the line that stands for it.
type Goals struct {
	Total    int `json:"total"`
	OnCourse int `json:"on_course"`
	AtRisk   int `json:"at_risk"`
	Missed   int `json:"missed"`
	Unknown  int `json:"unknown"`
}

func goalsOf(all []catalogue.Item) Goals {
	var g Goals
	for _, m := range all {
		main := target.Main(m.Targets)
		if main == nil {
			continue
		}
		g.Total++
		switch main.Status {
		case target.OnCourse:
			g.OnCourse++
		case target.AtRisk:
			g.AtRisk++
		case target.Missed:
			g.Missed++
		default:
			g.Unknown++
		}
	}
	return g
}

// sentence is the headline of a company with targets.
func (g Goals) sentence() base.Text {
	switch {
	case g.Total == 1 && g.OnCourse == 1:
		return base.T("Das eine Ziel ist auf Kurs.", "The one target is on course.")
	case g.OnCourse == g.Total:
		return base.T("Auf Kurs bei allen %s Zielen.", "On course with all %s targets.", g.Total)
	case g.Total == 1:
		return base.T("Das eine Ziel ist nicht auf Kurs.", "The one target is not on course.")
	}
	return base.T("Auf Kurs bei %s von %s Zielen.", "On course with %s of %s targets.", g.OnCourse, g.Total)
}

// mostAimed bounds the figures with a target: with the reading aid behind them they fill two rows, three where more than
// two rows of them need somebody or could be filled.
func mostAimed(list []catalogue.Item) int {
	pressing := 0
	for _, m := range list {
		if target.Main(m.Targets).Status != target.OnCourse {
			pressing++
		}
	}
	if pressing > mostMetrics || len(list) >= 11 {
		return 11
	}
	return mostMetrics
}

// shown picks the figures of the page: those with a target by need, then the important ones up to seven.
func shown(all, important []catalogue.Item, turn func(catalogue.Item) bool) []catalogue.Item {
	var out []catalogue.Item
	for _, m := range all {
		if len(m.Targets) > 0 {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b catalogue.Item) int {
		return cmp.Or(cmp.Compare(b2i(!turn(a)), b2i(!turn(b))), cmp.Compare(need(a), need(b)))
	})
	out = out[:min(len(out), mostAimed(out))]
	for _, m := range important {
		there := slices.ContainsFunc(out, func(o catalogue.Item) bool { return o.Name == m.Name && o.Process == m.Process })
		if len(m.Targets) == 0 && !there && len(out) < mostMetrics {
			out = append(out, m)
		}
	}
	if out == nil {
		return []catalogue.Item{}
	}
	return out
}

func need(m catalogue.Item) int {
	return slices.Index([]target.Status{target.Missed, target.AtRisk, target.Unknown, target.OnCourse}, target.Main(m.Targets).Status)
}
