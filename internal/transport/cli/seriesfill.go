package cli

import (
	"math"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/intake/format/table"
)

// fill makes observations of the rows, one for each period from the first to the last, and refuses gaps of more than one.
func (s *seriesFile) fill(t *table.Table, c *seriesColumns, rows []seriesRow) error {
	values, err := s.numbers(t, rows, c.value)
	if err != nil {
		return err
	}
	var further [][]*float64
	for _, place := range append([]int{c.size, c.negative}, c.controls...) {
		column := make([]*float64, len(rows))
		if place >= 0 {
			if column, err = s.numbers(t, rows, place); err != nil {
				return err
			}
		}
		further = append(further, column)
	}
	for _, place := range c.controls {
		s.series.Controls = append(s.series.Controls, t.Columns[place])
	}
	s.first = rows[0].place
	missing := s.blank(rows[len(rows)-1].place - s.first + 1)
	if c.negative >= 0 {
		s.series.Negative = append([]float64(nil), missing...)
	}
	for i, r := range rows {
		o := &s.series.Observations[r.place-s.first]
		o.Label = strings.TrimSpace(r.row.Cells[c.time].Text)
		o.Value = values[i]
		if further[0][i] != nil {
			o.Size = *further[0][i]
		}
		if n := further[1][i]; n != nil {
			s.series.Negative[r.place-s.first] = *n
		}
		for k := range c.controls {
			if x := further[2+k][i]; x != nil {
				o.Controls[k] = *x
			}
		}
	}
	return s.checkGaps(rows, values)
}

// blank makes room for every period and returns as many missing numbers.
func (s *seriesFile) blank(n int) []float64 {
	missing := make([]float64, n)
	s.series.Observations = make([]causal.Observation, n)
	for i := range missing {
		missing[i] = math.NaN()
		o := &s.series.Observations[i]
		o.Label = s.axis.label(s.first + i)
		for range s.series.Controls {
			o.Controls = append(o.Controls, math.NaN())
		}
	}
	return missing
}

// checkGaps refuses more than one period in a row without a value, between the first and the last that have one.
func (s *seriesFile) checkGaps(rows []seriesRow, values []*float64) error {
	last := -1
	for i, r := range rows {
		if values[i] == nil {
			continue
		}
		if last >= 0 && r.place-rows[last].place > 2 {
			return s.refuse("gap_long", r.line, "", base.T("Vor %s fehlen %s Perioden; mehr als eine darf nicht fehlen.", "%[2]s periods are missing before %[1]s; not more than one may be missing.",
				s.series.Observations[r.place-s.first].Label, r.place-rows[last].place-1))
		}
		last = i
	}
	if last < 0 {
		return s.refuse("series_empty", 0, "", base.T("Die Reihe hat keinen Wert.", "The series has no value."))
	}
	return nil
}

// place is the index of the first affected period.
func (s *seriesFile) place(at string) (int, error) {
	st, err := readStamp(at)
	if err != nil {
		return 0, base.Fail(base.Usage, "at_unreadable", base.T("--at „%s“ ist keine Periode.", "--at “%s” is not a period.", at)).
			WithHint(base.T("Erwartet wird ein Jahr, JJJJ-Qn, JJJJ-MM, JJJJ-Wnn oder ein Datum.", "Expected is a year, YYYY-Qn, YYYY-MM, YYYY-Wnn or a date."))
	}
	n := len(s.series.Observations)
	first, last := s.series.Observations[0].Label, s.series.Observations[n-1].Label
	if !s.axis.takes(st) {
		return 0, base.Fail(base.Refused, "at_other_grain", base.T("--at %s ist eine Periode anderer Länge als die der Reihe (%s bis %s).", "--at %s is a period of another length than those of the series (%s to %s).", at, first, last)).
			At(base.Place{File: s.path})
	}
	if i := s.axis.place(st.from) - s.first; i >= 0 && i < n {
		return i, nil
	}
	return 0, base.Fail(base.Refused, "at_outside", base.T("--at %s liegt nicht in der Reihe; sie reicht von %s bis %s.", "--at %s does not lie in the series; it goes from %s to %s.", at, first, last)).
		At(base.Place{File: s.path})
}
