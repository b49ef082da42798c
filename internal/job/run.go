package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

var (
	errCancelled = errors.New("cancelled by a person")
	errShutdown  = errors.New("the process ends")
)

// every is the least time between two writes of progress.
const every = time.Second

// active is a job at work.
type active struct {
	waiting
	work Func
	ctx  context.Context
	stop context.CancelCauseFunc

	mu          sync.Mutex
	phase       base.Text
	done, total int64
	written     time.Time
	save        func(a *active)
}

func newActive(w waiting, work Func) *active {
	a := &active{waiting: w, work: work}
	a.ctx, a.stop = context.WithCancelCause(context.Background())
	return a
}

// ID is the job's id.
func (a *active) ID() string { return a.id }

// Progress keeps how far the phase is; the row is written at most once a second.
func (a *active) Progress(phase base.Text, done, total int64) {
	a.mu.Lock()
	a.phase, a.done, a.total = phase, done, total
	due := time.Since(a.written) >= every
	if due {
		a.written = time.Now()
	}
	a.mu.Unlock()
	if due && a.save != nil {
		a.save(a)
	}
}

func (a *active) progress() (phase base.Text, done, total int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.phase, a.done, a.total
}

// run does one job from its first row to its last.
func (p *Pool) run(a *active) {
	defer a.stop(nil)
	a.save = p.saveProgress
	ctx := context.Background() // the row is written even when the work was stopped
	err := p.setState(ctx, a.id, Running, `, started_at = ?`, database.Stamp(p.clock()))
	var output any
	if err == nil {
		output, err = a.do()
	}
	o := p.outcomeOf(a, output, err)
	if err := p.saveOutcome(ctx, a.id, o); err != nil {
		p.log.Warn("job state not written yet", "job", a.id, "kind", a.kind, "error", err)
		p.keepOutcome(a.id, o)
	}
	p.mu.Lock()
	delete(p.active, a.id)
	p.mu.Unlock()
	p.end(a.id)
	p.mu.Lock()
	p.next()
	p.mu.Unlock()
}

// do runs the work; a panic is a failed job, not a dead server.
func (a *active) do() (output any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if a.work == nil {
		return nil, errors.New("no work registered for kind " + a.kind)
	}
	return a.work(a.ctx, a, json.RawMessage(a.input))
}

// outcomeOf decides how a job ended.
func (p *Pool) outcomeOf(a *active, output any, err error) *outcome {
	o := &outcome{state: Done, at: p.clock()}
	o.phase, o.done, o.total = a.progress()
	if err == nil {
		o.de, o.en, err = encodeOutput(output)
	}
	switch cause := context.Cause(a.ctx); {
	case err == nil:
	case errors.Is(cause, errShutdown):
		o.state = Interrupted
	case errors.Is(cause, errCancelled):
		o.state = Cancelled
	default:
		e := base.AsError(database.Translate(err))
		if e.Kind == base.Internal {
			p.log.Error("job failed", "job", a.id, "kind", a.kind, "error", err)
		}
		o.state, o.problem = Failed, sql.NullString{String: keepProblem(e), Valid: true}
	}
	return o
}

func (p *Pool) saveProgress(a *active) {
	phase, done, total := a.progress()
	err := p.setState(context.Background(), a.id, Running, `, phase = ?, done = ?, total = ?`, encode(keepText(phase)), done, total)
	if err != nil {
		p.log.Warn("job progress not written", "job", a.id, "error", err)
	}
}

func (p *Pool) end(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.ended[id]; c != nil {
		close(c)
		delete(p.ended, id)
	}
}
