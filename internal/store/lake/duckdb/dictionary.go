package duckdb

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base/fact"
)

// A stage keeps the frequent texts of a column once and codes instead of them, which makes sorting several times
// lighter. A column with more different texts than these limits keeps the later ones as they are.
const (
	maxEntries    = 10_000
	maxEntryBytes = 1 << 20
)

// coder turns the texts of one column into codes from 0.
type coder struct {
	codes map[string]int32
	texts []string
	bytes int
	full  bool
}

func newCoder() *coder { return &coder{codes: map[string]int32{}} }

// code is the code of a text, −1 when the column has too many.
func (c *coder) code(text []byte) int32 {
	if n, ok := c.codes[string(text)]; ok {
		return n
	}
	if c.full || len(c.texts) == maxEntries || c.bytes+len(text) > maxEntryBytes {
		c.full = true
		return -1
	}
	n := int32(len(c.texts))
	t := string(text)
	c.codes[t], c.texts, c.bytes = n, append(c.texts, t), c.bytes+len(t)
	return n
}

// split fills codes and rest from the texts of a column: each row has its value in one of them, or in none.
func (c *coder) split(src, codes, rest *fact.Vector, rows int) {
	codes.Valid, codes.Ints = codes.Valid[:0], codes.Ints[:0]
	rest.Valid, rest.Texts = rest.Valid[:0], rest.Texts[:0]
	for i := range rows {
		n, text := int32(-1), []byte(nil)
		if src.Valid[i] {
			if n = c.code(src.Texts[i]); n < 0 {
				text = src.Texts[i]
			}
		}
		codes.Valid, codes.Ints = append(codes.Valid, n >= 0), append(codes.Ints, int64(n))
		rest.Valid, rest.Texts = append(rest.Valid, src.Valid[i] && n < 0), append(rest.Texts, text)
	}
}

// expression is the SQL that turns a code column and a rest column back into the text.
func (c *coder) expression(code, rest string) string {
	if len(c.texts) == 0 {
		return rest
	}
	quoted := make([]string, len(c.texts))
	for i, t := range c.texts {
		quoted[i] = textLiteral(t)
	}
	text := "list_extract([" + strings.Join(quoted, ", ") + "], " + code + " + 1)"
	if c.full {
		return "coalesce(" + text + ", " + rest + ")"
	}
	return text
}

// textLiteral writes any text as SQL. A statement ends at a NUL, so that one is written as a character code.
func textLiteral(s string) string {
	if !strings.ContainsRune(s, 0) {
		return quote(s)
	}
	return "(" + strings.ReplaceAll(quote(s), "\x00", "' || chr(0) || '") + ")"
}

// dictionary reads the names of the activity numbers from a file, nil when it has none.
func dictionary(ctx context.Context, c *conn, path string) ([]string, error) {
	st, err := c.stream(ctx, 0, "SELECT decode(value) FROM parquet_kv_metadata("+quote(path)+") WHERE decode(key) = "+quote(activityKey))
	if err != nil {
		return nil, err
	}
	defer st.close()
	n, err := st.next()
	if err != nil || n == 0 {
		return nil, err
	}
	var names []string
	return names, json.Unmarshal(st.columns[0].bytes(0), &names)
}

// column names inside a stage: positions, so that no name of a source can clash.
func valueColumn(i int) string { return "c" + strconv.Itoa(i) }

func codeColumn(i int) string { return "d" + strconv.Itoa(i) }
