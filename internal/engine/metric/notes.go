package metric

import (
	"lotse.dev/lotse/internal/base"
)

// notes counts over the points of an answer what its remarks have to say.
type notes struct {
	plan      *Plan
	things    int64
	missing   int64
	negative  int64
	small     int
	unbounded int
	filled    map[int]bool // periods of the answer, true where there is a thing
}

// see takes note of one point.
func (n *notes) see(slot int, c *cell, f figure) {
	d := n.plan.Definition
	n.things += f.n
	n.filled[slot] = n.filled[slot] || c != nil
	if c == nil {
		return
	}
	if d.MinN > 0 && f.n > 0 && f.n < d.MinN {
		n.small++
	}
	n.missing += c.missing
	n.negative += c.negative
	if f.known && d.Measure.Interval() != "" && !f.interval.Known() {
		n.unbounded++
	}
}

// add writes the remarks. Where the answer is unknown anyway, only the reason stands.
func (n *notes) add(r *base.Remarks, money currencies) {
	p := n.plan
	if p.Unknown {
		return
	}
	if len(p.Slots) == 0 || p.Bounds.Empty() {
		r.AddLink("no_data", base.T("Unbekannt: Es sind keine passenden Zeilen geladen.", "Unknown: no matching rows are loaded."), dataLink)
		return
	}
	if money.mixed {
		r.Add("several_currencies", base.T("Unbekannt: Die Beträge stehen in mehreren Währungen und werden nicht addiert. Filtern oder teilen Sie nach currency.",
			"Unknown: the amounts are in several currencies and are not added. Filter or divide by currency."))
	}
	if p.Definition.Measure.Kind == MeanOf && n.things == 0 {
		n.nothingMeasured(r)
	}
	n.ofPeriods(r)
	n.ofThings(r)
}

// nothingMeasured explains a column that exists and is empty in every row.
func (n *notes) nothingMeasured(r *base.Remarks) {
	d := n.plan.Definition
	of, ok := d.Measure.Of.(Field)
	if !ok {
		return
	}
	if link := d.Links[string(of)]; link != "" {
		r.AddLink("rule_missing", base.T("Unbekannt: Weder eine Spalte automatic noch eine Regel sagt, welche Aktivitäten automatisch sind. Legen Sie sie in den Einstellungen fest.",
			"Unknown: neither a column automatic nor a rule says which activities are automatic. Set them in the settings."), link)
	}
}

func (n *notes) ofPeriods(r *base.Remarks) {
	incomplete, outside, empty := n.countPeriods()
	if incomplete > 0 {
		r.Add("incomplete_periods", base.T("Unvollständige Zeiträume: %s. Sie werden nicht verglichen.", "Incomplete periods: %s. They are not compared.", incomplete))
	}
	if outside > 0 {
		r.Add("outside_data", base.T("Zeiträume außerhalb der geladenen Daten: %s. Dort ist nichts bekannt.", "Periods outside the loaded data: %s. Nothing is known there.", outside))
	}
	switch {
	case empty > 0 && n.plan.Definition.Measure.additive():
		r.Add("empty_periods", base.T("Zeiträume ohne Zeilen: %s. Sie zählen als 0.", "Periods without rows: %s. They count as 0.", empty))
	case empty > 0:
		r.Add("empty_periods", base.T("Zeiträume ohne Zeilen: %s. Dort ist die Kennzahl unbekannt.", "Periods without rows: %s. The figure is unknown there.", empty))
	}
	if n.small > 0 {
		r.Add("small_sample", base.T("Werte aus weniger als %s Einzelwerten: %s.", "Values that rest on fewer than %s: %s.", n.plan.Definition.MinN, n.small))
	}
	if n.unbounded > 0 {
		r.Add("interval_unknown", base.T("Werte mit zu wenigen Einzelwerten für ein Intervall: %s.", "Values with too few single values for an interval: %s.", n.unbounded))
	}
}

func (n *notes) countPeriods() (incomplete, outside, empty int) {
	for slot, filled := range n.filled {
		s := n.plan.Slots[slot]
		switch {
		case s.Outside && !filled:
			outside++
			continue
		case !filled:
			empty++
		}
		if !s.Complete {
			incomplete++
		}
	}
	return incomplete, outside, empty
}

func (n *notes) ofThings(r *base.Remarks) {
	d := n.plan.Definition
	if n.missing > 0 {
		r.Add("without_customer", base.T("Bestellungen ohne Kunden: %s. Sie zählen hier nicht.", "Orders without a customer: %s. They do not count here.", n.missing))
	}
	if d.History != nil {
		r.Add("start_of_history", base.T("Die Daten beginnen am %s. Was Kunden vorher bestellt haben, ist unbekannt.",
			"The data begin on %s. What customers ordered before is unknown.", n.plan.Env.Calendar.DateOf(n.plan.Bounds.First).Label()))
	}
	if n.negative > 0 {
		r.Add("negative_durations", base.T("Negative Dauern: %s. Sie zählen mit.", "Negative durations: %s. They count.", n.negative))
	}
}
