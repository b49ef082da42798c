// Package operation describes use cases once: name, kind, permission, input, output and the function that runs them.
// Transports render the description: rest makes a route and an OpenAPI entry of it, the permission test walks it.
// What an operation does belongs to the package that declares it; who may do it belongs to package auth.
package operation

import (
	"context"
	"net/http"
	"reflect"

	"lotse.dev/lotse/internal/base"
)

// Kind is the sort of a use case.
type Kind uint8

// The kinds. Only queries are safe to repeat without thought; commands change state; a job answers with the job that
// it started; a stream reads or writes raw bytes.
const (
	Query Kind = iota
	Command
	Job
	Stream
)

// Permission names what a person must be allowed to do; package auth holds the one table from roles to permissions.
type Permission string

// Def describes one operation. Method and Path are those of REST, path relative to /api/v1, parameters as {name}.
// ID is the stable snake_case operation id. MaxBody is the limit of the request body in bytes, 0 for 1 MiB.
type Def struct {
	ID         string
	Kind       Kind
	Method     string
	Path       string
	Tag        string
	Summary    base.Text
	Permission Permission
	Public     bool // answers without sign-in: sign-in and one-time links only
	MaxBody    int64
	Status     int  // of success, 0 for 200 (204 when the output is struct{})
	Throttled  bool // rate limited by caller: what a stranger could try again and again

	Media []string // content types of a stream's answer, application/octet-stream when there is none

	// Schemas makes JSON schemas by name for bodies that no Go type describes, when the description is asked for; Body
	// and Answer name the ones of this operation.
	Schemas      func() map[string]any
	Body, Answer string
}

// Operation is a described use case, made by New or NewStream.
type Operation interface {
	Describe() Def
}

// Typed is an operation with JSON input and output. In has fields tagged path, query or header and at most one field
// Body with the JSON body; Out is the JSON body of the answer. rest type-switches on Binder.
type Typed[In, Out any] struct {
	Def
	Run func(ctx context.Context, in *In) (*Out, error)
}

// Describe returns the description.
func (t Typed[In, Out]) Describe() Def { return t.Def }

// New makes a typed operation.
func New[In, Out any](def Def, run func(ctx context.Context, in *In) (*Out, error)) Operation {
	return Typed[In, Out]{Def: def, Run: run}
}

// Raw is an operation on raw bytes: upload, download, event stream. Errors it returns before writing are rendered by rest.
type Raw struct {
	Def
	Run     Handler
	In, Out reflect.Type // what the OpenAPI document says of parameters and answer, nil for raw bytes
}

// Handler reads a request and writes its answer. An error that comes before the first written byte is rendered.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Describe returns the description.
func (r Raw) Describe() Def { return r.Def }

// NewStream makes a raw operation.
func NewStream(def Def, run Handler) Operation {
	return Raw{Def: def, Run: run}
}
