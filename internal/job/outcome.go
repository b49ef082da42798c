package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// outcome is how a job ended. Where the row cannot be written, because the disk is full, it is kept in memory, so that
// nobody waits for ever, and written later.
type outcome struct {
	state       State
	at          time.Time
	phase       base.Text
	done, total int64
	problem     sql.NullString // as kept
	de, en      sql.NullString // output
}

// retry is how often an outcome that could not be written is tried again.
const retry = 2 * time.Second

func (p *Pool) saveOutcome(ctx context.Context, id string, o *outcome) error {
	return p.setState(ctx, id, o.state, `, ended_at = ?, phase = ?, done = ?, total = ?, problem = ?, output_de = ?, output_en = ?`,
		database.Stamp(o.at), encode(keepText(o.phase)), o.done, o.total, o.problem, o.de, o.en)
}

// keepOutcome holds what could not be written and tries again until it is or the pool closes; after that a start finds
// the job interrupted.
func (p *Pool) keepOutcome(id string, o *outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unsaved[id] = o
	if !p.closed {
		p.group.Go(func() { p.saveLater(id, o) })
	}
}

func (p *Pool) saveLater(id string, o *outcome) {
	tick := time.NewTicker(retry)
	defer tick.Stop()
	for {
		select {
		case <-p.closing:
			p.saveOutcome(context.Background(), id, o)
			return
		case <-tick.C:
		}
		if p.saveOutcome(context.Background(), id, o) == nil {
			p.mu.Lock()
			delete(p.unsaved, id)
			p.mu.Unlock()
			return
		}
	}
}

// show lays the outcome over a row that does not know it yet.
func (o *outcome) show(info *Info, l base.Lang) {
	info.State, info.EndedAt, info.Phase, info.Done, info.Total = o.state, &o.at, o.phase, o.done, o.total
	if o.problem.Valid {
		var k keptProblem
		if json.Unmarshal([]byte(o.problem.String), &k) == nil { // written by keepProblem
			info.Error = k.problem()
		}
	}
	output := o.de
	if l == base.English {
		output = o.en
	}
	if output.Valid {
		info.Output = json.RawMessage(output.String)
	}
}

// Failure is why a job did not come to its end, as an error.
func (i Info) Failure() error {
	p := i.Error
	if p == nil {
		return base.Fail(base.Internal, "internal", base.T("Der Vorgang ist gescheitert.", "The job failed."))
	}
	err := base.Fail(base.ParseKind(p.Kind), p.Code, p.Text).WithHint(p.Hint).At(p.Place)
	err.Fields = p.Fields
	return err
}
