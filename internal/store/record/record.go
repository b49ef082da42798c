// Package record is the kernel of all registers: typed, versioned records with optimistic locking, references that
// hold, full text and an append-only history that is one hash chain per record, sealed outside the database. A kind is
// one value; what a kind means belongs to the domain folder that declares it, who may do what to package auth.
package record

import (
	"time"
)

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
	Action  string    `json:"action" enum:"create,update,delete,restore,propose,approve,refuse,withdraw"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Note    string    `json:"note,omitempty"`
	Value   T         `json:"value"`
	Hash    string    `json:"hash"`
}

// The states of approval.
const (
	Proposed = "proposed"
	Approved = "approved"
	Refused  = "refused"
)

// Doc is a record of a register in its generic form.
type Doc struct {
	ID              string
	Version         int
	Value           map[string]any
	State           string // of the approval, "" while nothing was proposed
	ApprovedVersion int    // newest approved version, 0 when there is none
	CreatedAt       time.Time
	CreatedBy       string
	UpdatedAt       time.Time
	UpdatedBy       string
	Deleted         bool
}
