package xlsx

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendText appends a text of the workbook, in which _xHHHH_ stands for a character that XML cannot hold or for an
// underscore that only looks like the beginning of one (ECMA-376, 22.9.2.19).
func appendText(out, text []byte) []byte {
	for {
		at := bytes.Index(text, []byte("_x"))
		if at < 0 || len(text) < at+7 {
			return append(out, text...)
		}
		code, err := strconv.ParseUint(string(text[at+2:at+6]), 16, 16)
		if err != nil || text[at+6] != '_' || !utf8.ValidRune(rune(code)) {
			out, text = append(out, text[:at+2]...), text[at+2:]
			continue
		}
		out, text = utf8.AppendRune(append(out, text[:at]...), rune(code)), text[at+7:]
	}
}
