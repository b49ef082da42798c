package job

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
)

// started says whether the one who asks started a job; the operator at the machine stands for everybody.
func started(ctx context.Context, info *Info) bool {
	p := auth.From(ctx)
	return p.CLI || p.ID != "" && info.CreatedBy == p.By()
}

func (p *Pool) isPrivate(kind string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.private[kind]
}

// shown is a job as the one who asks may see it.
func (p *Pool) shown(ctx context.Context, info Info) Info {
	if p.isPrivate(info.Kind) && !started(ctx, &info) {
		info.Phase, info.Error, info.Output = base.Text{}, nil, nil
	}
	return info
}

// visible answers a job to those who started it and to those who read what is measured.
func (p *Pool) visible(ctx context.Context, in *ByID) (*Info, error) {
	info, err := p.Get(ctx, in.ID)
	if err == nil && !started(ctx, &info) && !auth.From(ctx).May(auth.FactsRead) {
		err = notFound()
	}
	if err != nil {
		return nil, err
	}
	info = p.shown(ctx, info)
	return &info, nil
}

// steered does something to a job for those who started it, or where it is nobody's own for those who write what is
// measured.
func (p *Pool) steered(do func(ctx context.Context, id string) (Info, error)) func(ctx context.Context, in *ByID) (*Info, error) {
	return func(ctx context.Context, in *ByID) (*Info, error) {
		info, err := p.visible(ctx, in)
		if err != nil {
			return nil, err
		}
		if !started(ctx, info) && (p.isPrivate(info.Kind) || !auth.From(ctx).May(auth.FactsWrite)) {
			return nil, base.Fail(base.Forbidden, "not_yours", base.T("Diesen Vorgang hat eine andere Person begonnen.", "Another person started this job.")).
				WithHint(base.T("Abbrechen und wiederholen kann ihn, wer ihn begonnen hat.", "Who started it can cancel and repeat it."))
		}
		return answer(do(ctx, in.ID))
	}
}
