package process

import (
	"math/big"
	"time"

	"lotse.dev/lotse/internal/base/fact"
)

// appendValue adds a value of a lake row to a batch; nil and a value of another type are empty.
func appendValue(b *fact.Batch, column int, v any) {
	t := b.Schema[column].Type
	switch x := v.(type) {
	case string:
		if t == fact.Text {
			b.AppendText(column, []byte(x))
			return
		}
	case float64:
		if t == fact.Double {
			b.AppendFloat(column, x)
			return
		}
	case int64:
		if t != fact.Text && t != fact.Double {
			b.AppendInt(column, x)
			return
		}
	case bool:
		if t == fact.Boolean {
			b.AppendInt(column, boolInt(x))
			return
		}
	case time.Time:
		switch t {
		case fact.Time:
			b.AppendInt(column, x.UnixMicro())
			return
		case fact.Date:
			b.AppendInt(column, int64(x.Unix()/86400))
			return
		}
	case *big.Rat:
		if t == fact.Decimal {
			scaled := new(big.Rat).Mul(x, big.NewRat(fact.DecimalScale, 1))
			b.AppendInt(column, new(big.Int).Quo(scaled.Num(), scaled.Denom()).Int64())
			return
		}
	}
	b.AppendNull(column)
}

// shown is a value of a lake row as JSON carries it: a decimal as text, so that no digit is lost.
func shown(v any) any {
	if r, ok := v.(*big.Rat); ok {
		return r.FloatString(6)
	}
	return v
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func whole(v any) int64 {
	switch x := v.(type) {
	case int64:
		return x
	case float64:
		return int64(x)
	case *big.Rat:
		return new(big.Int).Quo(x.Num(), x.Denom()).Int64()
	}
	return 0
}

func truth(v any) bool {
	b, _ := v.(bool)
	return b
}

// wholePtr, floatPtr, boolPtr and timePtr keep unknown apart from zero.
func wholePtr(v any) *int64 {
	if v == nil {
		return nil
	}
	n := whole(v)
	return &n
}

func floatPtr(v any) *float64 {
	switch x := v.(type) {
	case float64:
		return &x
	case int64:
		f := float64(x)
		return &f
	}
	return nil
}

func boolPtr(v any) *bool {
	if b, ok := v.(bool); ok {
		return &b
	}
	return nil
}

func timePtr(v any) *time.Time {
	if t, ok := v.(time.Time); ok {
		t = t.UTC()
		return &t
	}
	return nil
}
