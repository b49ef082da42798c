package lake

import (
	"hash/crc32"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// SQLName is the dataset's name in the catalogue, so what programs that open the lake beside Lotse write in SQL:
// events_<process>, cases_<process>, orders, tickets, or t_<name> for a free table. Only a–z, 0–9 and _ occur; a name
// that loses letters on the way gets a short checksum, so that two processes never share a table.
func (d Dataset) SQLName() string {
	switch {
	case d.Process != "":
		return d.Table + "_" + slug(d.Process)
	case d.Table == "orders" || d.Table == "tickets":
		return d.Table
	default:
		return "t_" + slug(d.Table)
	}
}

// Name is the one way a name of a process or table is written: composed letters (NFC), no white space around it, single
// spaces within. Whoever takes a name from outside asks with it.
func Name(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// maxSlug bounds the letters of a name inside a table and folder name.
const maxSlug = 60

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

func slug(name string) string {
	low := umlauts.Replace(strings.ToLower(norm.NFC.String(name)))
	var b strings.Builder
	lossy := low != strings.ToLower(name)
	for _, r := range norm.NFD.String(low) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '.':
			b.WriteByte('_')
			lossy = true
		default:
			lossy = true
		}
	}
	s := b.String()
	if len(s) > maxSlug {
		s, lossy = s[:maxSlug], true
	}
	if lossy || strings.ToLower(name) != name {
		s = strings.Trim(s+"_"+strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(name))), 36), "_")
	}
	return s
}

// String is the way people read a dataset: its table, with the process where there is one.
func (d Dataset) String() string {
	if d.Process == "" {
		return d.Table
	}
	return d.Table + "/" + d.Process
}
