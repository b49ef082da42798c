package laketest

import (
	"fmt"
	"math/big"
	"sort"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base/fact"
)

// dec is a decimal value in millionths.
type dec int64

// day is a date value.
type day int64

// write hands rows to a sink in one batch; the line of a row is its position from 2 on, as below a header.
func write(sink fact.Sink, s fact.Schema, rows ...[]any) error {
	b := fact.NewBatch(s)
	for i, row := range rows {
		b.StartRow(int64(i) + 2)
		for c, v := range row {
			put(b, c, v)
		}
	}
	return sink.Write(b)
}

func put(b *fact.Batch, c int, v any) {
	switch x := v.(type) {
	case nil:
		b.AppendNull(c)
	case string:
		b.AppendText(c, []byte(x))
	case int:
		b.AppendInt(c, int64(x))
	case float64:
		b.AppendFloat(c, x)
	case dec:
		b.AppendInt(c, int64(x))
	case day:
		b.AppendInt(c, int64(x))
	case bool:
		n := int64(0)
		if x {
			n = 1
		}
		b.AppendInt(c, n)
	case time.Time:
		b.AppendInt(c, x.UnixMicro())
	default:
		panic(fmt.Sprintf("laketest: value %T", v))
	}
}

// text writes an answer so that two can be compared: a line per row, sorted unless order counts.
func text(rows [][]any, ordered bool) string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		parts := make([]string, len(row))
		for c, v := range row {
			switch x := v.(type) {
			case nil:
				parts[c] = "∅"
			case time.Time:
				parts[c] = x.Format(time.RFC3339Nano)
			case *big.Rat:
				parts[c] = x.RatString()
			default:
				parts[c] = fmt.Sprint(x)
			}
		}
		lines[i] = strings.Join(parts, " | ")
	}
	if !ordered {
		sort.Strings(lines)
	}
	return strings.Join(lines, "\n")
}

// at is an instant on a day of January 2026, UTC.
func at(dayOfMonth, hour int) time.Time {
	return time.Date(2026, time.January, dayOfMonth, hour, 0, 0, 0, time.UTC)
}
