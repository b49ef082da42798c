// Package job runs background work that survives a restart: each job is a row of the state database with kind, key,
// input, progress and outcome. A job of a key never runs twice at once. Work that a restart interrupted is shown as
// broken off and can be repeated. What a job does belongs to the package that registers its kind.
package job

import (
	"context"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
)

// State of a job.
type State string

// The states. Interrupted is a job that was running when the process ended.
const (
	Queued      State = "queued"
	Running     State = "running"
	Done        State = "done"
	Failed      State = "failed"
	Cancelled   State = "cancelled"
	Interrupted State = "interrupted"
)

// Info is a job as the API shows it.
type Info struct {
	ID        string          `json:"id"`
	Kind      string          `json:"kind"`
	Key       string          `json:"key"`
	Title     base.Text       `json:"title"`
	State     State           `json:"state"`
	Phase     base.Text       `json:"phase"`
	Done      int64           `json:"done" doc:"units done in this phase"`
	Total     int64           `json:"total" doc:"units of this phase, 0 when unknown"`
	CreatedBy string          `json:"created_by"`
	CreatedAt time.Time       `json:"created_at"`
	StartedAt *time.Time      `json:"started_at"`
	EndedAt   *time.Time      `json:"ended_at"`
	Error     *Problem        `json:"error"`
	Output    json.RawMessage `json:"output,omitempty"`
}

// Problem is how a job failed.
type Problem struct {
	Kind   string            `json:"kind" doc:"sort of failure: internal, usage, not_found, refused, conflict, too_large, forbidden or unavailable"`
	Code   string            `json:"code"`
	Text   base.Text         `json:"text"`
	Hint   base.Text         `json:"hint"`
	Place  base.Place        `json:"place"`
	Fields []base.FieldError `json:"fields"`
}

// Run is handed to the function that does the work.
type Run interface {
	ID() string
	// Progress reports how far the phase is; it is cheap and may be called for every batch. total 0 means unknown.
	Progress(phase base.Text, done, total int64)
}

// Func does the work of one kind. It returns when ctx ends; its output is kept as JSON.
type Func func(ctx context.Context, run Run, input json.RawMessage) (output any, err error)

// Request asks for a job. Of one Key only one job runs at a time; a second waits. Once says that the work looks at what
// is there when it begins: while a job with the same kind, key and input waits, that one goes behind the others and
// answers for this request too.
type Request struct {
	Kind  string
	Key   string
	Title base.Text
	By    string
	Input any
	Once  bool
}

// Manager is what packages that start or register jobs need.
type Manager interface {
	Register(kind string, f Func)
	Private(kind string)
	Submit(ctx context.Context, r Request) (Info, error)
	Get(ctx context.Context, id string) (Info, error)
	Wait(ctx context.Context, id string) (Info, error)
}
