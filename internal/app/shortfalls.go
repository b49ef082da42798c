package app

import (
	"context"

	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/domain/strategy"
)

// proofs hands what effect plans say to the gates and to the early warning of those who plan.
type proofs struct{ *effectplan.Service }

// Shortfalls are the effects that stay short of their plan.
func (p proofs) Shortfalls(ctx context.Context, initiatives []string) ([]strategy.Shortfall, error) {
	list, err := p.Service.Shortfalls(ctx, initiatives)
	out := make([]strategy.Shortfall, len(list))
	for i, s := range list {
		out[i] = strategy.Shortfall(s)
	}
	return out, err
}
