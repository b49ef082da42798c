package finding

import (
	"cmp"
	"slices"

	"lotse.dev/lotse/internal/store/lake"
)

// processDetectors look at one process each; a new one is a file and a line here.
var processDetectors = []func(*ProcessFacts) []Draft{
	detectRework,
	detectWaiting,
	detectPingPong,
	detectVariants,
}

// DetectProcess runs every process detector.
func DetectProcess(f *ProcessFacts) []Draft {
	var all, out []Draft
	for _, detect := range processDetectors {
		all = append(all, detect(f)...)
	}
	ends := f.ends()
	for _, drafts := range byKind(merge(all)) {
		for i := range drafts {
			d := &drafts[i]
			d.Process, d.Sample, d.Ends = f.Process, f.Result.Summary.Cases, ends
			d.Rows.Tables = map[string]lake.Dataset{"events": {Table: "events", Process: f.Process}}
			if f.Derived {
				d.Rows.Tables["cases"] = lake.Dataset{Table: "cases", Process: f.Process}
			}
		}
		out = append(out, drafts...)
	}
	return out
}

// byKind parts drafts by kind, in the order in which the kinds come, and keeps the largest of each.
func byKind(drafts []Draft) [][]Draft {
	var out [][]Draft
	for len(drafts) > 0 {
		kind := drafts[0].Kind
		var same, rest []Draft
		for _, d := range drafts {
			if d.Kind == kind {
				same = append(same, d)
			} else {
				rest = append(rest, d)
			}
		}
		out, drafts = append(out, largest(same)), rest
	}
	return out
}

// largest keeps the mostOfKind largest drafts of one kind and unit.
func largest(drafts []Draft) []Draft {
	slices.SortStableFunc(drafts, func(a, b Draft) int {
		return cmp.Or(cmp.Compare(b.Size, a.Size), slices.Compare(a.Subject, b.Subject))
	})
	return drafts[:min(len(drafts), mostOfKind)]
}
