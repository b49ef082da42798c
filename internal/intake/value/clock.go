package value

import (
	"bytes"
	"strconv"
)

// clockAndZone reads what follows a date: time of day, fraction, am or pm, zone.
func clockAndZone(b []byte, m *Moment) bool {
	switch {
	case b[0] == 'T' || b[0] == 't' || b[0] == ' ':
		b = bytes.TrimLeft(b[1:], " ")
	case b[0] == ',':
		b = bytes.TrimLeft(b[1:], " ")
	case b[0] == 'Z' || b[0] == '+':
		return zone(b, m)
	default:
		return false
	}
	if len(b) == 0 {
		return false
	}
	h, i := digits(b, 0)
	if i == 0 || i > 2 || i >= len(b) {
		return false
	}
	if b[i] != ':' && b[i] != '.' {
		return hourOnly(b[i:], h, m)
	}
	sep := b[i]
	mi, j := digits(b, i+1)
	if j-i-1 != 2 {
		return false
	}
	i = j
	s, micro := 0, int64(0)
	if i < len(b) && b[i] == sep && i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9' {
		if s, j = digits(b, i+1); j-i-1 != 2 {
			return false
		}
		i = j
		if i+1 < len(b) && (b[i] == '.' || b[i] == ',') && b[i+1] >= '0' && b[i+1] <= '9' {
			micro, i = fraction(b, i+1)
		}
	}
	return m.setClock(h, mi, s, micro) && rest(b[i:], h, m)
}

func hourOnly(b []byte, h int, m *Moment) bool {
	return m.setClock(h, 0, 0, 0) && len(bytes.TrimLeft(b, " ")) >= 2 && half(bytes.TrimLeft(b, " ")) && rest(b, h, m)
}

func (m *Moment) setClock(h, mi, s int, micro int64) bool {
	if h > 24 || mi > 59 || s > 60 || h == 24 && (mi > 0 || s > 0) {
		return false
	}
	m.Clock = true
	m.Micro = int64(h)*3_600_000_000 + int64(mi)*60_000_000 + int64(s)*1_000_000 + micro
	return true
}

// fraction reads the digits of a second at i as microseconds; further digits are cut.
func fraction(b []byte, i int) (micro int64, next int) {
	scale := int64(100_000)
	for next = i; next < len(b) && b[next] >= '0' && b[next] <= '9'; next++ {
		micro += int64(b[next]-'0') * scale
		scale /= 10
	}
	return micro, next
}

func half(b []byte) bool {
	return len(b) >= 2 && (b[0]|0x20 == 'a' || b[0]|0x20 == 'p') && b[1]|0x20 == 'm'
}

// rest reads am or pm, "Uhr" and the zone behind a time of day.
func rest(b []byte, h int, m *Moment) bool {
	b = bytes.TrimLeft(b, " ")
	if half(b) {
		if h < 1 || h > 12 {
			return false
		}
		if b[0]|0x20 == 'p' && h < 12 {
			m.Micro += microsPerDay / 2
		} else if b[0]|0x20 == 'a' && h == 12 {
			m.Micro -= microsPerDay / 2
		}
		b = bytes.TrimLeft(b[2:], " ")
	}
	if bytes.HasPrefix(b, []byte("Uhr")) {
		b = bytes.TrimLeft(b[3:], " ")
	}
	return len(b) == 0 || zone(b, m)
}

// zone reads Z, UTC, GMT, CET, CEST, MEZ, MESZ or an offset.
func zone(b []byte, m *Moment) bool {
	m.Zoned = true
	switch string(b) {
	case "Z", "z", "UTC", "GMT":
		return true
	case "CET", "MEZ":
		m.Offset = 3600
		return true
	case "CEST", "MESZ":
		m.Offset = 7200
		return true
	}
	b = bytes.TrimPrefix(b, []byte("GMT"))
	b = bytes.TrimPrefix(b, []byte("UTC"))
	if len(b) < 3 || b[0] != '+' && b[0] != '-' {
		return false
	}
	h, i := digits(b[:3], 1)
	mi := 0
	if i != 3 {
		return false
	}
	tail := bytes.TrimPrefix(b[3:], []byte(":"))
	if len(tail) > 0 {
		var ok bool
		if mi, ok = num(tail[:min(2, len(tail))]); !ok || len(tail) != 2 && len(tail) != 5 {
			return false
		}
	}
	if h > 18 || mi > 59 {
		return false
	}
	m.Offset = h*3600 + mi*60
	if b[0] == '-' {
		m.Offset = -m.Offset
	}
	return true
}

// ParseCompact reads forms that could be plain numbers as well: 20201231, 20201231235959, seconds or milliseconds since
// 1970 between 1990 and 2100. They count as times only where a column is known to hold times.
func ParseCompact(b []byte) (m Moment, ok bool) {
	switch len(b) {
	case 8, 12, 14:
		y, ok1 := num(b[0:4])
		mo, ok2 := num(b[4:6])
		d, ok3 := num(b[6:8])
		m = Moment{Year: y, A: mo, B: d}
		if _, exists := m.Civil(Given); !ok1 || !ok2 || !ok3 || !exists || y < 1900 || y > 2100 {
			return m, false
		}
		if len(b) == 8 {
			return m, true
		}
		h, ok1 := num(b[8:10])
		mi, ok2 := num(b[10:12])
		s := 0
		if len(b) == 14 {
			s, ok3 = num(b[12:14])
		}
		return m, ok1 && ok2 && ok3 && m.setClock(h, mi, s, 0)
	case 10, 13:
		n, err := strconv.ParseInt(string(b), 10, 64)
		if err != nil {
			return m, false
		}
		if len(b) == 10 {
			n *= 1000
		}
		if n < 631_152_000_000 || n > 4_102_444_800_000 {
			return m, false
		}
		days := n / 86_400_000
		return Moment{Year: 1970, A: 1, B: 1 + int(days), Clock: true, Zoned: true, Micro: n % 86_400_000 * 1000, Sep: 'e'}, true
	}
	return m, false
}
