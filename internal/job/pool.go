package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// workers is how many jobs run at once; the machine for small companies has two cores.
const workers = 2

// kept is how many ended jobs stay in the list.
const kept = 500

// Pool is the Manager of one instance: it keeps jobs in the state database and runs two at a time.
type Pool struct {
	db    *database.DB
	clock base.Clock
	log   *slog.Logger

	mu      sync.Mutex
	kinds   map[string]Func
	private map[string]bool // kinds whose input and output concern nobody but who started them
	queue   []waiting
	active  map[string]*active
	ended   map[string]chan struct{} // of jobs of this process that have not ended yet
	unsaved map[string]*outcome      // of ended jobs whose row could not be written
	started bool
	closed  bool
	closing chan struct{}
	group   sync.WaitGroup
}

type waiting struct{ id, kind, key, input string }

// New makes the manager of an instance. Kinds are registered before Start.
func New(db *database.DB, clock base.Clock, log *slog.Logger) *Pool {
	return &Pool{db: db, clock: clock, log: log, kinds: map[string]Func{}, private: map[string]bool{}, active: map[string]*active{}, ended: map[string]chan struct{}{},
		unsaved: map[string]*outcome{}, closing: make(chan struct{})}
}

// Register says what work of a kind is.
func (p *Pool) Register(kind string, f Func) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kinds[kind] = f
}

// Private says that jobs of a kind hold what only the person who started one may read: others see that it is there, and
// neither what came out nor how it failed, and do not stop or repeat it.
func (p *Pool) Private(kind string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.private[kind] = true
}

// Start marks what an earlier process left running as interrupted and goes on with what was waiting.
func (p *Pool) Start(ctx context.Context) error {
	err := p.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE job SET state = ?, ended_at = ? WHERE state = ?`, Interrupted, database.Stamp(p.clock()), Running)
		return err
	})
	if err != nil {
		return err
	}
	rows, err := p.db.Read().QueryContext(ctx, `SELECT id, kind, key, input FROM job WHERE state = ? ORDER BY id`, Queued)
	if err != nil {
		return err
	}
	defer rows.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for rows.Next() {
		var w waiting
		if err := rows.Scan(&w.id, &w.kind, &w.key, &w.input); err != nil {
			return err
		}
		if _, known := p.ended[w.id]; !known {
			p.queue = append(p.queue, w)
			p.ended[w.id] = make(chan struct{})
		}
	}
	p.started = true
	p.next()
	return rows.Err()
}

// Submit keeps a job and runs it when a worker and its key are free.
func (p *Pool) Submit(ctx context.Context, r Request) (Info, error) {
	input, err := json.Marshal(r.Input)
	if err != nil {
		return Info{}, err
	}
	now := p.clock()
	w := waiting{id: base.NewID(now), kind: r.Kind, key: r.Key, input: string(input)}
	if r.Once {
		if id := p.postpone(w); id != "" {
			return p.Get(ctx, id)
		}
	}
	if err := p.accept(w); err != nil {
		return Info{}, err
	}
	err = p.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.Exec(`DELETE FROM job WHERE id IN (SELECT id FROM job WHERE ended_at IS NOT NULL
			ORDER BY id DESC LIMIT -1 OFFSET ?)`, kept); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO job(id, kind, key, title, state, phase, input, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?)`,
			w.id, w.kind, w.key, encode(keepText(r.Title)), Queued, encode(twoTongues{}), w.input, r.By, database.Stamp(now))
		return err
	})
	p.mu.Lock()
	if err != nil {
		close(p.ended[w.id])
		delete(p.ended, w.id)
		p.mu.Unlock()
		return Info{}, err
	}
	p.queue = append(p.queue, w)
	p.next()
	p.mu.Unlock()
	return p.Get(ctx, w.id)
}

// postpone moves a waiting job that does the same work behind all others and answers its id, "" when there is none.
func (p *Pool) postpone(w waiting) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.queue, func(q waiting) bool { return q.kind == w.kind && q.key == w.key && q.input == w.input })
	if i < 0 || p.closed {
		return ""
	}
	same := p.queue[i]
	p.queue = append(slices.Delete(p.queue, i, i+1), same)
	return same.id
}

func (p *Pool) accept(w waiting) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return base.Fail(base.Unavailable, "shutting_down", base.T("Lotse wird gerade beendet.", "Lotse is shutting down."))
	}
	if p.kinds[w.kind] == nil {
		return errors.New("job: no work registered for kind " + w.kind)
	}
	p.ended[w.id] = make(chan struct{})
	return nil
}

// next starts waiting jobs whose key is free while workers are; p.mu is held.
func (p *Pool) next() {
	for i := 0; p.started && !p.closed && len(p.active) < workers && i < len(p.queue); {
		w := p.queue[i]
		if p.keyBusy(w.key) {
			i++
			continue
		}
		p.queue = slices.Delete(p.queue, i, i+1)
		a := newActive(w, p.kinds[w.kind])
		p.active[w.id] = a
		p.group.Go(func() { p.run(a) })
	}
}

func (p *Pool) keyBusy(key string) bool {
	for _, a := range p.active {
		if key != "" && a.key == key {
			return true
		}
	}
	return false
}

// Get answers a job with its progress of this moment.
func (p *Pool) Get(ctx context.Context, id string) (Info, error) {
	info, err := scan(ctx, p.db.Read().QueryRowContext(ctx, selectJob+` WHERE id = ?`, id))
	if err != nil {
		return info, err
	}
	p.overlay(ctx, &info)
	return info, nil
}

// List answers the newest jobs, newest first, at most limit.
func (p *Pool) List(ctx context.Context, limit int) ([]Info, error) {
	rows, err := p.db.Read().QueryContext(ctx, selectJob+` ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Info{}
	for rows.Next() {
		info, err := scan(ctx, rows)
		if err != nil {
			return nil, err
		}
		p.overlay(ctx, &info)
		out = append(out, info)
	}
	return out, rows.Err()
}

func (p *Pool) overlay(ctx context.Context, info *Info) {
	p.mu.Lock()
	a, o := p.active[info.ID], p.unsaved[info.ID]
	p.mu.Unlock()
	if o != nil {
		o.show(info, base.LangOf(ctx))
		return
	}
	if a != nil && info.State == Running {
		info.Phase, info.Done, info.Total = a.progress()
	}
}

// Wait returns when the job has ended in any way, or with the error of ctx.
func (p *Pool) Wait(ctx context.Context, id string) (Info, error) {
	p.mu.Lock()
	ended := p.ended[id]
	p.mu.Unlock()
	if ended != nil {
		select {
		case <-ended:
		case <-ctx.Done():
			return Info{}, ctx.Err()
		}
	}
	return p.Get(ctx, id)
}

// Cancel stops a job: at once while it waits, as soon as its work notices while it runs. An ended job answers
// Conflict/job_ended.
func (p *Pool) Cancel(ctx context.Context, id string) (Info, error) {
	p.mu.Lock()
	if a := p.active[id]; a != nil {
		a.stop(errCancelled)
		p.mu.Unlock()
		return p.Get(ctx, id)
	}
	i := slices.IndexFunc(p.queue, func(w waiting) bool { return w.id == id })
	if i < 0 {
		p.mu.Unlock()
		if _, err := p.Get(ctx, id); err != nil {
			return Info{}, err
		}
		return Info{}, base.Fail(base.Conflict, "job_ended", base.T("Der Vorgang ist schon zu Ende.", "The job has ended already."))
	}
	p.queue = slices.Delete(p.queue, i, i+1)
	p.mu.Unlock()
	err := p.setState(ctx, id, Cancelled, `, ended_at = ?`, database.Stamp(p.clock()))
	p.end(id)
	if err != nil {
		return Info{}, err
	}
	return p.Get(ctx, id)
}

// Repeat starts the same work again; only ended jobs can be repeated.
func (p *Pool) Repeat(ctx context.Context, id, by string) (Info, error) {
	old, err := p.Get(ctx, id)
	if err != nil {
		return Info{}, err
	}
	if old.EndedAt == nil {
		return Info{}, base.Fail(base.Conflict, "job_not_ended", base.T("Der Vorgang läuft noch.", "The job is still running."))
	}
	var input string
	if err := p.db.Read().QueryRowContext(ctx, `SELECT input FROM job WHERE id = ?`, id).Scan(&input); err != nil {
		return Info{}, err
	}
	return p.Submit(ctx, Request{Kind: old.Kind, Key: old.Key, Title: old.Title, By: by, Input: json.RawMessage(input)})
}

// StopAll cancels everything that waits or runs and returns when nothing runs any more.
func (p *Pool) StopAll(ctx context.Context) error {
	p.mu.Lock()
	ids := make([]string, 0, len(p.ended))
	for id := range p.ended {
		ids = append(ids, id)
	}
	p.mu.Unlock()
	slices.Sort(ids)
	slices.Reverse(ids) // waiting ones first, so that none of them starts
	for _, id := range ids {
		if _, err := p.Cancel(ctx, id); err != nil && !base.IsKind(err, base.Conflict) {
			return err
		}
	}
	for _, id := range ids {
		if _, err := p.Wait(ctx, id); err != nil && !base.IsKind(err, base.NotFound) {
			return err
		}
	}
	return nil
}

// Close stops running jobs, which then show as interrupted, and waits for them. Waiting ones stay for the next start.
func (p *Pool) Close() {
	p.mu.Lock()
	if !p.closed {
		close(p.closing)
	}
	p.closed = true
	for _, a := range p.active {
		a.stop(errShutdown)
	}
	p.mu.Unlock()
	p.group.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, c := range p.ended {
		close(c)
		delete(p.ended, id)
	}
}
