// Package lake keeps facts: immutable, sorted Parquet files under the data folder and a DuckLake catalogue in the
// state database that says which file is valid from which snapshot to which. Loads come in and are undone in one
// transaction with their load record; questions are asked in SQL over named datasets. What a column means and where
// rows come from belongs to others.
package lake

import (
	"context"
	"database/sql"
	"time"

	"lotse.dev/lotse/internal/base/fact"
)

// Dataset names one fact table of the lake. Table is events, cases, orders, tickets or the name of a free table;
// Process is set for events and cases only. Its name in SQL and in the catalogue is SQLName.
type Dataset struct {
	Table   string `json:"table"`
	Process string `json:"process,omitempty"`
}

// Overlap says what happens to rows of a new load that equal rows of earlier loads.
type Overlap string

// The choices of contract.md. OverlapAsk refuses the load when there are any.
const (
	OverlapAsk     Overlap = ""
	OverlapReplace Overlap = "replace"
	OverlapSkip    Overlap = "skip"
	OverlapAdd     Overlap = "add"
)

// Info describes a dataset at a snapshot.
type Info struct {
	Dataset
	Schema   fact.Schema
	Rows     int64
	Bytes    int64
	Loads    int
	Files    int       // in which the visible rows lie
	First    time.Time // earliest and latest value of the time column, zero when there is none
	Last     time.Time
	Spans    map[string]Span // of the columns of instants, where the statistics of the files tell them
	LoadedAt time.Time
	Snapshot int64
}

// Span is the first and the last of some instants, both zero when there are none.
type Span struct{ First, Last time.Time }

// With is the span of both.
func (s Span) With(o Span) Span {
	if s.First.IsZero() || !o.First.IsZero() && o.First.Before(s.First) {
		s.First = o.First
	}
	if o.Last.After(s.Last) {
		s.Last = o.Last
	}
	return s
}

// LoadMeta is what the intake says of a load when it begins.
type LoadMeta struct {
	ID       int64 // number of the load record in the state database
	Dataset  Dataset
	Schema   fact.Schema
	Time     string // name of the column whose days make the window of OverlapReplace: time, opened_at, "" when none
	Overlap  Overlap
	Replaces int64          // load that this one replaces as a whole (--replace), 0 for none
	Zone     *time.Location // whose days make that window, nil for Europe/Berlin
}

// Committed tells what a commit did.
type Committed struct {
	Snapshot     int64
	Rows         int64 // rows of this load that are visible now
	Overlapping  int64 // rows that equalled earlier ones
	RowsReplaced int64 // rows of earlier loads that are hidden now
}

// Expired tells what an expiry took away.
type Expired struct {
	Snapshots int
	Files     int
	Bytes     int64
}

// Writer takes the rows of one load. Nothing is visible before Commit; Close without Commit removes every trace.
type Writer interface {
	fact.Sink
	// Overlapping sorts what was written and counts rows equal in every mapped column to a visible row of an earlier load.
	Overlapping(ctx context.Context) (int64, error)
	// Commit publishes the load. inTx runs inside the same transaction of the state database, so that load record,
	// job state and catalogue change together or not at all.
	Commit(ctx context.Context, inTx func(tx *sql.Tx) error) (Committed, error)
	Close() error
}

// Rows is a streamed answer. Values of the current row: nil, string, int64, float64, bool, time.Time (UTC), or
// *big.Rat for decimals.
type Rows interface {
	Columns() []string
	Next() bool
	Values() []any
	Err() error
	Close() error
}

// Query is one SELECT over datasets at one snapshot. In SQL, each name of Tables is a relation with the columns of
// its dataset; columns that a dataset lacks do not exist. Args bind to ? in order.
type Query struct {
	SQL      string
	Args     []any
	Tables   map[string]Dataset
	Snapshot int64 // 0 for the current one
}

// Event columns of an EventStream chunk, sorted by case, then in the order of contract.md ("How a log is read").
// Cases come in the bytewise order of case_id, so that a SELECT over cases ORDER BY case_id runs in step with a stream.
// Case and Activity are numbered from 0; Start equals NoTime where there is no start time.
type EventChunk struct {
	Case     []int32
	Activity []int32
	Time     []int64 // microseconds since 1970 UTC
	Start    []int64 // microseconds, NoTime when empty
	Complete []bool  // false for a lifecycle other than complete; nil when the log has no lifecycle
	Begin    []bool  // true for the lifecycle start; nil when the log has no lifecycle
}

// NoTime marks an absent start time.
const NoTime = int64(-1 << 63)

// EventStream delivers a process as chunks; Activities names the activity numbers. Next returns nil at the end.
type EventStream interface {
	Activities() []string
	Next() (*EventChunk, error)
	Close() error
}

// EventFilter restricts a stream to cases. Where is a condition over the columns of the cases dataset, "" for all.
// A subquery of Where may name the process's event rows as events: case_id IN (SELECT case_id FROM events WHERE …).
type EventFilter struct {
	Where string
	Args  []any
}

// Store is the lake of one instance.
type Store interface {
	Begin(ctx context.Context, meta LoadMeta) (Writer, error)
	// Undo hides a load as if it had never been loaded; inTx as in Writer.Commit. Without its last load a dataset, and
	// the cases of an event log with it, does not exist any more.
	Undo(ctx context.Context, load int64, inTx func(tx *sql.Tx) error) (Committed, error)
	// Derive replaces the whole content of a derived dataset.
	Derive(ctx context.Context, d Dataset, schema fact.Schema, fill func(fact.Sink) error) (Committed, error)
	Rename(ctx context.Context, from, to Dataset, inTx func(tx *sql.Tx) error) error
	Drop(ctx context.Context, d Dataset, inTx func(tx *sql.Tx) error) error
	// Compact merges the files of a dataset into one sorted file set; answers do not change.
	Compact(ctx context.Context, d Dataset) error
	// Expire forgets the snapshots older than before, except the newest and those to keep, and deletes the files that
	// only they showed. What an undo can need stays.
	Expire(ctx context.Context, before time.Time, keep ...int64) (Expired, error)
	Datasets(ctx context.Context) ([]Info, error)
	Dataset(ctx context.Context, d Dataset) (Info, error) // NotFound when it does not exist
	Query(ctx context.Context, q Query) (Rows, error)
	Events(ctx context.Context, process string, snapshot int64, f EventFilter) (EventStream, error)
	Snapshot(ctx context.Context) (int64, error)
}
