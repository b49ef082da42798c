package metric

import (
	"context"
	"fmt"
)

// Ask takes a question through everything: bounds, passes, statement, answer.
func Ask(ctx context.Context, d Definition, q Question, r Relation, e Env, dialect Dialect, run Runner) (*Answer, error) {
	b, err := FindBounds(ctx, d, r, e, dialect, run)
	if err != nil {
		return nil, fmt.Errorf("bounds of %s: %w", d.Name, err)
	}
	p, err := Prepare(d, q, r, e, b, dialect)
	if err != nil {
		return nil, err
	}
	if !p.NeedsRows() {
		return p.assemble(nil)
	}
	rows, err := run.Run(ctx, p.Statement)
	if err != nil {
		return nil, fmt.Errorf("query of %s: %w", d.Name, err)
	}
	cells, err := p.collect(rows)
	if err != nil {
		return nil, fmt.Errorf("rows of %s: %w", d.Name, err)
	}
	if err := p.countUnderWay(ctx, run); err != nil {
		return nil, fmt.Errorf("open things of %s: %w", d.Name, err)
	}
	return p.assemble(cells)
}
