package profile

import (
	"bytes"

	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/value"
)

// hopeless is after how many values without any success a kind is no longer tried.
const hopeless = 2000

// mail says whether a value is an e-mail address.
func mail(v []byte) bool {
	at := bytes.IndexByte(v, '@')
	host := v[at+1:]
	return at > 0 && bytes.IndexByte(host, '.') > 0 && bytes.IndexByte(host, '@') < 0 && !bytes.ContainsAny(v, " \t\n,;:/")
}

// classify counts what one value may be.
func (c *Column) classify(v []byte, kind format.Kind) {
	if len(v) > 5 && bytes.IndexByte(v[1:], '@') >= 0 && mail(v) {
		c.Mails++
		return
	}
	if value.WideMarker(v) {
		c.Wide++
	}
	switch len(v) {
	case 1:
		if v[0] == '0' || v[0] == '1' {
			c.Bits++
		} else if _, ok := value.Bool(v, false); ok {
			c.Words++
		}
	case 2, 3, 4, 5, 6:
		if _, ok := value.Bool(v, false); ok {
			c.Words++
			return
		}
	}
	if n := &c.Numbers; n.Tried < hopeless || n.Point+n.Comma > n.Tried/4 {
		n.Tried++
		if n.add(v, kind) && len(v) < 8 {
			return
		}
	}
	if d := &c.Dates; d.Tried < hopeless || d.Count+d.Compact > d.Tried/4 {
		d.Tried++
		d.add(v)
	}
}

func (n *Numbers) add(v []byte, kind format.Kind) bool {
	s := value.ShapeOf(v)
	if kind == format.Number {
		s.Comma = s.Comma && !s.Mark // written by a program, not by a person: the mark is a point
	}
	if !s.Point && !s.Comma {
		return false
	}
	if s.Point {
		n.Point++
	}
	if s.Comma {
		n.Comma++
	}
	mark := byte('.')
	switch {
	case s.Whole:
		n.Whole++
		if s.Zero {
			n.Zero++
		}
	case s.Point && !s.Comma:
		n.OnlyPoint++
	case s.Comma && !s.Point:
		n.OnlyComma++
		mark = ','
	case s.Mark:
		n.Open++
	}
	if s.Exponent {
		n.Exponent++
	}
	n.Decimals, n.Digits = max(n.Decimals, s.Decimals), max(n.Digits, s.Digits)
	if !s.Mark || s.Point != s.Comma {
		n.note(v, mark)
	}
	return true
}

func (n *Numbers) note(v []byte, mark byte) {
	micro, _, ok := value.Decimal(v, mark)
	if !ok {
		return
	}
	f := float64(micro) / 1e6
	if n.Known == 0 || f < n.Min {
		n.Min = f
	}
	if n.Known == 0 || f > n.Max {
		n.Max = f
	}
	n.Known++
}

func (d *Dates) add(v []byte) {
	m, ok := value.ParseMoment(v)
	if !ok {
		if c, ok := value.ParseCompact(v); ok {
			d.Compact++
			d.span(c)
		}
		return
	}
	day, dayOK := m.Civil(value.DayFirst)
	month, monthOK := day, dayOK
	if m.Numeric {
		month, monthOK = m.Civil(value.MonthFirst)
	}
	if !dayOK && !monthOK {
		return
	}
	d.Count++
	if m.Clock {
		d.Clock++
	}
	if m.Zoned {
		d.Zoned++
	}
	d.extend(0, day, dayOK)
	d.extend(1, month, monthOK)
	if !m.Numeric {
		d.Given++
		return
	}
	d.form(m, dayOK, monthOK, v)
}

func (d *Dates) form(m value.Moment, dayOK, monthOK bool, v []byte) {
	if d.Forms == nil {
		d.Forms = map[string]*Order{}
	}
	o := d.Forms[string(m.Sep)]
	if o == nil {
		o = &Order{}
		d.Forms[string(m.Sep)] = o
	}
	switch {
	case dayOK && monthOK && m.A == m.B: // the same day either way
	case dayOK && monthOK:
		o.Open++
		if o.Example == "" {
			o.Example = Shown(v)
		}
	case dayOK:
		o.Day++
	default:
		o.Month++
	}
}

func (d *Dates) span(m value.Moment) {
	if day, ok := m.Civil(value.Given); ok && m.Sep != 'e' {
		d.extend(0, day, true)
		d.extend(1, day, true)
	}
}

func (d *Dates) extend(i, day int, ok bool) {
	if !ok {
		return
	}
	first := d.First[i] == 0 && d.Last[i] == 0
	if first || day < d.First[i] {
		d.First[i] = day
	}
	if first || day > d.Last[i] {
		d.Last[i] = day
	}
}
