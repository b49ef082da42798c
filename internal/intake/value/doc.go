// Package value turns the text of a cell into a typed value: empty markers, numbers with either decimal mark, booleans,
// dates and times in the forms companies write, and local times into instants. It decides nothing about a whole column;
// it says what one text may mean so that package profile can.
package value

import "bytes"

// Trim removes white space and no-break spaces around a value.
func Trim(b []byte) []byte {
	for len(b) > 0 {
		switch {
		case b[0] <= ' ':
			b = b[1:]
		case len(b) > 1 && b[0] == 0xc2 && b[1] == 0xa0:
			b = b[2:]
		default:
			for {
				n := len(b)
				switch {
				case b[n-1] <= ' ':
					b = b[:n-1]
				case n > 1 && b[n-2] == 0xc2 && b[n-1] == 0xa0:
					b = b[:n-2]
				default:
					return b
				}
			}
		}
	}
	return b
}

// Markers are the texts that stand for "no value" in exports, in any column.
var Markers = []string{"?", "-", "–", "NULL", "null", "Null", "NaN", "nan", "n/a", "N/A", "#N/A", "#NV", "<NA>", "NaT", "k.A.", "k. A."}

// wide are further ones that count only where a column holds numbers or times: elsewhere they may be words.
var wide = []string{"--", "---", "...", "..", ".", "x", "NA", "na", "none", "None", "nil", "/", "_"}

var markers, wideMarkers = func() (strict, all map[string]bool) {
	strict, all = map[string]bool{}, map[string]bool{}
	for _, s := range Markers {
		strict[s], all[s] = true, true
	}
	for _, s := range wide {
		all[s] = true
	}
	return strict, all
}()

// Marker says whether a trimmed value is an empty marker in any column.
func Marker(b []byte) bool {
	if len(b) == 0 || len(b) > 5 {
		return false
	}
	switch b[0] {
	case '?', '-', 'N', 'n', '#', 'k', '<', 0xe2:
		return markers[string(b)]
	}
	return false
}

// WideMarker says whether a trimmed value is an empty marker in a column of numbers or times.
func WideMarker(b []byte) bool {
	if len(b) == 0 || len(b) > 5 || b[0] >= '0' && b[0] <= '9' {
		return false
	}
	return wideMarkers[string(b)]
}

// Bool reads yes or no in German and English. 1 and 0 count only when numeric is set.
func Bool(b []byte, numeric bool) (v, ok bool) {
	switch len(b) {
	case 1:
		switch b[0] | 0x20 {
		case 'j', 'y', 't', 'w', 'x':
			return true, b[0] != 'w' && b[0] != 'W'
		case 'n', 'f':
			return false, true
		}
		return b[0] == '1', numeric && (b[0] == '1' || b[0] == '0')
	case 2, 3, 4, 5, 6:
		switch b[0] | 0x20 {
		case 'j', 'y', 't', 'w', 'n', 'f':
		default:
			return false, false
		}
		switch string(bytes.ToLower(b)) {
		case "ja", "yes", "true", "wahr":
			return true, true
		case "nein", "no", "false", "falsch":
			return false, true
		}
	}
	return false, false
}
