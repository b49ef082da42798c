package intake

import (
	"bytes"
	"slices"

	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
)

// disarm keeps spreadsheet programs from reading a refused value as a formula: an apostrophe goes before it, which rearm
// takes away when the file comes back. Numbers with a sign stay as they are.
func disarm(v []byte) []byte {
	if !formula(v) || signed(v) {
		return v
	}
	return append([]byte{'\''}, v...)
}

// rearm undoes disarm.
func rearm(v []byte) []byte {
	if len(v) > 0 && v[0] == '\'' && formula(v) {
		return v[1:]
	}
	return v
}

// formula says whether a value begins as formulas do; apostrophes before it do not count, so that disarm can be undone.
func formula(v []byte) bool {
	v = bytes.TrimLeft(v, "'")
	return len(v) > 0 && bytes.IndexByte([]byte("=+-@\t\r"), v[0]) >= 0
}

// signed says whether a value is a sign and digits.
func signed(v []byte) bool {
	return len(v) > 1 && (v[0] == '-' || v[0] == '+') && len(bytes.Trim(v[1:], "0123456789.,")) == 0
}

// returned says whether a file holds refused rows that Lotse gave out.
func returned(columns []format.Column) bool {
	for _, own := range mapping.OwnColumns {
		if !slices.ContainsFunc(columns, func(c format.Column) bool { return c.Name == own }) {
			return false
		}
	}
	return true
}

// rearmed are the columns of such a file under the names that they had.
func rearmed(columns []format.Column) []format.Column {
	columns = slices.Clone(columns)
	for i := range columns {
		columns[i].Name = string(rearm([]byte(columns[i].Name)))
	}
	return columns
}
