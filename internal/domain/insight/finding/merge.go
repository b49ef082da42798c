package finding

import (
	"slices"

	"lotse.dev/lotse/internal/base"
)

// merge keeps one finding where two describe the same work. Each return a b a is also a repetition of a. When returns
// make up at least half of the repetitions of an activity, the finding on its rework goes into the one on the back and
// forth, which says more; otherwise the back and forth goes into the rework of the step that is come back to. The
// finding that stays has a remark that names the other.
func merge(drafts []Draft) []Draft {
	gone := make([]bool, len(drafts))
	kept := map[int]bool{} // back-and-forth findings that took a rework finding in
	for i := range drafts {
		if drafts[i].Kind != KindRework {
			continue
		}
		into, returns := strongest(drafts, drafts[i].Work[0].Activity)
		if into < 0 || 2*returns < drafts[i].Work[0].Count {
			continue
		}
		gone[i], kept[into] = true, true
		absorb(&drafts[into], drafts[i])
	}
	for i := range drafts {
		if drafts[i].Kind != KindPingPong || kept[i] {
			continue
		}
		into := slices.IndexFunc(drafts, func(d Draft) bool { return d.Kind == KindRework && d.Subject[0] == drafts[i].Subject[0] })
		if into >= 0 && !gone[into] {
			gone[i] = true
			absorb(&drafts[into], drafts[i])
		}
	}
	out := drafts[:0]
	for i, d := range drafts {
		if !gone[i] {
			out = append(out, d)
		}
	}
	return out
}

// strongest finds the back and forth with the most returns to an activity, and all returns to it.
func strongest(drafts []Draft, activity string) (index int, returns int64) {
	index = -1
	most := int64(0)
	for i, d := range drafts {
		if d.Kind != KindPingPong {
			continue
		}
		for _, w := range d.Work {
			if w.Activity != activity {
				continue
			}
			returns += w.Count
			if w.Count > most {
				index, most = i, w.Count
			}
		}
	}
	return index, returns
}

func absorb(into *Draft, other Draft) {
	into.Remarks.Add("merged", base.T("Enthält den Befund: %s (%s Vorgänge).", "Includes the finding: %s (%s cases).", other.Title, other.Cases))
}
