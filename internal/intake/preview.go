package intake

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base/fact"
)

// preview keeps the first rows of a table as text and hands all rows on.
type preview struct {
	out  Preview
	next fact.Sink
	loc  *time.Location
}

const previewRows = 20

func newPreview(s fact.Schema, zone string) *preview {
	p := &preview{out: Preview{Columns: []string{}, Rows: [][]string{}}, loc: time.UTC}
	if loc, err := time.LoadLocation(zone); err == nil {
		p.loc = loc
	}
	for _, c := range s {
		p.out.Columns = append(p.out.Columns, c.Name)
	}
	return p
}

// Write takes what it needs and passes the batch on.
func (p *preview) Write(b *fact.Batch) error {
	for i := 0; i < b.Rows && len(p.out.Rows) < previewRows; i++ {
		row := make([]string, len(b.Schema))
		for c := range b.Schema {
			row[c] = cellText(b, c, i, p.loc)
		}
		p.out.Rows = append(p.out.Rows, row)
	}
	if p.next == nil {
		return nil
	}
	return p.next.Write(b)
}

// cellText writes a value for people and programs alike: times in the zone, numbers with a point.
func cellText(b *fact.Batch, c, row int, loc *time.Location) string {
	v := &b.Columns[c]
	if !v.Valid[row] {
		return ""
	}
	switch b.Schema[c].Type {
	case fact.Text:
		return string(v.Texts[row])
	case fact.Double:
		return strconv.FormatFloat(v.Floats[row], 'g', -1, 64)
	case fact.Decimal:
		return decimalText(v.Ints[row])
	case fact.Boolean:
		return strconv.FormatBool(v.Ints[row] == 1)
	case fact.Time:
		return time.UnixMicro(v.Ints[row]).In(loc).Format("2006-01-02 15:04:05.999999")
	case fact.Date:
		return time.Unix(v.Ints[row]*86400, 0).UTC().Format(time.DateOnly)
	}
	return strconv.FormatInt(v.Ints[row], 10)
}

func decimalText(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	whole, frac := n/fact.DecimalScale, n%fact.DecimalScale
	s := sign + strconv.FormatInt(whole, 10)
	if frac == 0 {
		return s
	}
	f := strconv.FormatInt(fact.DecimalScale+frac, 10)[1:]
	for f[len(f)-1] == '0' {
		f = f[:len(f)-1]
	}
	return s + "." + f
}

// valueText writes a value of the lake.
func valueText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case time.Time:
		return x.Format(time.RFC3339Nano)
	case *big.Rat:
		s := strings.TrimRight(x.FloatString(6), "0")
		return strings.TrimSuffix(s, ".")
	}
	return fmt.Sprint(v)
}
