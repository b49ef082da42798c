package metric

import (
	"context"
	"fmt"
	"math/big"

	"lotse.dev/lotse/internal/base"
)

// Rows is a streamed answer to a statement. Values are nil, string, int64, float64, bool, time.Time or *big.Rat.
type Rows interface {
	Next() bool
	Values() []any
	Err() error
	Close() error
}

// Runner runs statements; it is what the engine wants of others.
type Runner interface {
	Run(ctx context.Context, s Statement) (Rows, error)
}

// cellKey is one period and value of the dimension.
type cellKey struct {
	slot int
	dim  string
}

// cell is what the statement says of one point.
type cell struct {
	n, hits     int64
	total, part *big.Rat
	deviation   float64
	missing     int64 // things without a member
	negative    int64
	ranks       map[int64]float64
	low, high   string // currencies
}

// collect reads the rows of the plan's statement.
func (p *Plan) collect(rows Rows) (map[cellKey]*cell, error) {
	defer rows.Close()
	cells := map[cellKey]*cell{}
	slots := make(map[int]int, len(p.Slots))
	for i, s := range p.Slots {
		slots[p.number(s)] = i
	}
	for rows.Next() {
		row := map[string]any{}
		for i, v := range rows.Values() {
			row[p.columns[i]] = v
		}
		slot, ok := slots[int(integer(row[periodColumn]))]
		if !ok {
			return nil, fmt.Errorf("no period has the number %v", row[periodColumn])
		}
		key := cellKey{slot, text(row[dimColumn])}
		if cells[key] == nil {
			if len(cells) >= MaxPoints {
				return nil, tooManyPoints()
			}
			cells[key] = &cell{ranks: map[int64]float64{}}
		}
		cells[key].read(row)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return cells, nil
}

// read takes what a row has; columns that a measure does not need are nil.
func (c *cell) read(row map[string]any) {
	c.n, c.hits = integer(row[numberColumn]), integer(row[hitsColumn])
	c.total, c.part, c.deviation = rational(row[totalColumn]), rational(row[partColumn]), float(row[deviationColumn])
	c.missing, c.negative = integer(row[missingColumn]), integer(row[negativeColumn])
	c.low, c.high = text(row[lowCurrency]), text(row[highCurrency])
	if rank, ok := row[rankColumn]; ok {
		c.ranks[integer(rank)] = float(row[valueColumn])
	}
}

func tooManyPoints() error {
	return base.Fail(base.TooLarge, "too_many_points", base.T("Die Antwort hätte mehr als %s Werte.", "The answer would have more than %s values.", MaxPoints)).
		WithHint(base.T("Wählen Sie eine längere Zeiteinheit, eine andere Dimension oder einen Filter.",
			"Choose a longer period length, another dimension or a filter."))
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func integer(v any) int64 {
	switch x := v.(type) {
	case int64:
		return x
	case int32:
		return int64(x)
	case float64:
		return int64(x)
	case *big.Rat:
		f, _ := x.Float64()
		return int64(f)
	}
	return 0
}

func float(v any) float64 {
	switch x := v.(type) {
	case float64:
		return x
	case int64:
		return float64(x)
	case *big.Rat:
		f, _ := x.Float64()
		return f
	}
	return 0
}

// rational reads a sum, nil where there was nothing to add.
func rational(v any) *big.Rat {
	switch x := v.(type) {
	case *big.Rat:
		return x
	case float64:
		return new(big.Rat).SetFloat64(x)
	case int64:
		return new(big.Rat).SetInt64(x)
	}
	return nil
}
