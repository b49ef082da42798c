package period

// Span is one period of a split; Cut says that a border of the question lies inside the whole period, so that the
// span is only a part of it.
type Span struct {
	Period
	Cut bool
}

// Count returns how many spans Split makes of [from, to), without making them.
func (c Calendar) Count(g Grain, from, to Date) int {
	if from >= to {
		return 0
	}
	first, last := c.Floor(g, from), c.Floor(g, to-1)
	switch g {
	case Week:
		return int(last-first)/7 + 1
	case Day:
		return int(last-first) + 1
	}
	months := last.monthNumber() - first.monthNumber()
	return months/map[Grain]int{Month: 1, Quarter: 3, Year: 12}[g] + 1
}

// Split cuts the days from (included) to to (excluded) into periods of a grain.
func (c Calendar) Split(g Grain, from, to Date) []Span {
	spans := make([]Span, 0, c.Count(g, from, to))
	for at := from; at < to; {
		whole := c.Of(g, at)
		part := Period{From: max(whole.From, from), To: min(whole.To, to)}
		spans = append(spans, Span{Period: part, Cut: part != whole})
		at = whole.To
	}
	return spans
}

func (d Date) monthNumber() int {
	y, m, _ := d.Civil()
	return 12*y + int(m)
}
