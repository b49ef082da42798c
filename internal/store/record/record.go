// Package record is the kernel of all registers: typed, versioned records with optimistic locking and an append-only
// history that is one hash chain per record. A kind is one value; what a kind means belongs to the domain folder that
// declares it.
package record

import (
	"time"

	"lotse.dev/lotse/internal/base"
)

// Kind describes a register. Name is stable snake_case; Validate gathers all field errors of a value.
type Kind[T any] struct {
	Name     string
	Title    base.Text
	Validate func(v *T) []base.FieldError
}

// Record is one version of a kept value.
type Record[T any] struct {
	ID        string    `json:"id"`
	Version   int       `json:"version"`
	Value     T         `json:"value"`
	UpdatedAt time.Time `json:"updated_at"`
	UpdatedBy string    `json:"updated_by"`
	Deleted   bool      `json:"deleted,omitempty"`
}

// Entry is one step of a record's history.
type Entry[T any] struct {
	Version int       `json:"version"`
	Action  string    `json:"action" enum:"create,update,delete,restore"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Value   T         `json:"value"`
	Hash    string    `json:"hash"`
}
