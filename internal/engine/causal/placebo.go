package causal

import (
	"context"
	"math"
)

// What a date of the time before needs to serve as a placebo, and what the true date has to show against them.
const (
	placeboBefore = 8
	placeboAfter  = 4
	placeboMost   = 0.10 // largest p of the placebo test
	placeboDates  = 9    // fewer cannot reach it
)

// placeboAts are the dates of the time before that can serve: the places in rows at which the false effect begins.
func placeboAts(before []row) []int {
	var out []int
	for i := placeboBefore; i <= len(before)-placeboAfter; i++ {
		out = append(out, i)
	}
	return out
}

// runPlacebo fits the same model, with the correlation of the errors that the whole series shows, at every date of the
// time before; p = (1 + number at least as strong) ÷ (1 + dates). ρ is held because the strength at all dates must be
// measured by one yardstick: with a ρ of its own for each date the short series before give some very small standard
// errors, and the joint rule loses five points of power (docs/decisions/0015).
func (m *terms) runPlacebo(ctx context.Context, u *usable, f *fitted) (*Placebo, error) {
	p := &Placebo{Points: []PlaceboPoint{}, T: known(math.Abs(f.t()))}
	before := u.beforeOnly()
	for _, i := range placeboAts(before) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t, ok := m.lay(before, when{at: before[i].t, until: u.at})
		if !ok {
			continue
		}
		at, ok := t.fitAt(f.rho)
		if !ok {
			continue
		}
		strength := math.Abs(at.t())
		p.Points = append(p.Points, PlaceboPoint{Label: before[i].seen.Label, T: strength})
		if strength >= math.Abs(f.t()) {
			p.Exceeding++
		}
	}
	p.Dates = len(p.Points)
	if p.Dates > 0 {
		p.P = known(float64(1+p.Exceeding) / float64(1+p.Dates))
		p.Floor = known(1 / float64(1+p.Dates))
	}
	return p, nil
}

// known is a pointer to a number, nil for what is none.
func known(x float64) *float64 {
	if !isFinite(x) {
		return nil
	}
	return &x
}
