package profile

import (
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/value"
)

// Reading is how the texts of a file are to be read, decided over the whole file.
type Reading struct {
	Orders    map[byte]value.Order // by separator
	Open      bool                 // the whole file allows both orders of day and month
	Mixed     bool                 // some dates speak for one order, some for the other
	Example   string               // an open date
	Marks     map[string]byte      // decimal mark by column
	MixedMark []string             // columns in which some numbers need a point and some a comma
	File      byte                 // decimal mark of most numbers of the file
}

// Name returns dmy, mdy or "" of the order that the numeric dates of the file have.
func (r Reading) Name() string {
	for _, o := range r.Orders {
		if o == value.MonthFirst {
			return "mdy"
		}
	}
	for _, o := range r.Orders {
		if o == value.DayFirst {
			return "dmy"
		}
	}
	return ""
}

// Read decides. dates is the user's word: dmy, mdy, or "" (ymd means the same, for dates that say their order
// themselves). Only the columns for which relevant is true make an open order a question; nil means all.
func (p *Profile) Read(dates, delimiter string, relevant func(name string) bool) Reading {
	r := Reading{Orders: map[byte]value.Order{}, Marks: map[string]byte{}}
	p.readDates(&r, dates, relevant)
	p.readMarks(&r, delimiter)
	return r
}

func (p *Profile) readDates(r *Reading, dates string, relevant func(string) bool) {
	forms := map[byte]*Order{}
	asked := map[byte]bool{}
	for i := range p.Columns {
		c := &p.Columns[i]
		if !c.Dated() {
			continue
		}
		for sep, o := range c.Dates.Forms {
			f := forms[sep[0]]
			if f == nil {
				f = &Order{}
				forms[sep[0]] = f
			}
			f.Day, f.Month, f.Open = f.Day+o.Day, f.Month+o.Month, f.Open+o.Open
			if f.Example == "" {
				f.Example = o.Example
			}
			asked[sep[0]] = asked[sep[0]] || relevant == nil || relevant(c.Name)
		}
	}
	all := Order{}
	for _, f := range forms {
		all.Day, all.Month = all.Day+f.Day, all.Month+f.Month
	}
	for sep, f := range forms {
		order, known := decideOrder(*f, all, dates)
		r.Orders[sep] = order
		if f.Open > 0 && r.Example == "" {
			r.Example = f.Example
		}
		if dates == "" && f.Day > 0 && f.Month > 0 {
			r.Mixed = true
			known = min(f.Day, f.Month)*20 <= max(f.Day, f.Month)
		}
		if !known && f.Open > 0 && asked[sep] {
			r.Open = true
			r.Example = f.Example
		}
	}
}

func decideOrder(f, all Order, dates string) (o value.Order, known bool) {
	switch {
	case dates == "dmy":
		return value.DayFirst, true
	case dates == "mdy":
		return value.MonthFirst, true
	case f.Day != f.Month:
		return pick(f.Day > f.Month), true
	case all.Day != all.Month:
		return pick(all.Day > all.Month), true
	}
	return value.DayFirst, false
}

func pick(day bool) value.Order {
	if day {
		return value.DayFirst
	}
	return value.MonthFirst
}

// Dated says whether the column holds dates: nearly all of its values can be read so.
func (c *Column) Dated() bool {
	return c.Dates.Count > 0 && c.Dates.Count*10 >= c.Dates.Tried*9 && c.Dates.Tried > 0
}

// Numeric says whether the column holds numbers: nearly all of its values can be read so.
func (c *Column) Numeric() bool {
	n := c.Numbers
	return n.Tried > 0 && max(n.Point, n.Comma, n.OnlyPoint+n.OnlyComma+n.Open+n.Whole)*10 >= n.Tried*9
}

func (p *Profile) readMarks(r *Reading, delimiter string) {
	point, comma := int64(0), int64(0)
	for i := range p.Columns {
		if c := &p.Columns[i]; c.Numeric() {
			point, comma = point+c.Numbers.OnlyPoint, comma+c.Numbers.OnlyComma
		}
	}
	r.File = '.'
	if comma > point || comma == point && delimiter == ";" {
		r.File = ','
	}
	for i := range p.Columns {
		c := &p.Columns[i]
		n := c.Numbers
		mark := r.File
		switch {
		case c.Kind == format.Number:
			mark = '.'
		case n.OnlyPoint > n.OnlyComma:
			mark = '.'
		case n.OnlyComma > n.OnlyPoint:
			mark = ','
		}
		if n.OnlyPoint > 0 && n.OnlyComma > 0 && c.Numeric() {
			r.MixedMark = append(r.MixedMark, c.Name)
		}
		r.Marks[c.Name] = mark
	}
}
