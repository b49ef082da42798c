package operation

import (
	"context"
	"errors"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Binder is an operation that can register itself as a typed route. rest hands it the described huma operation.
type Binder interface {
	Operation
	Bind(api huma.API, op huma.Operation)
}

// Bind registers the operation: input is checked against its schema before Run sees it. Pitfalls of the schema:
// a body field is required unless its json tag has omitempty or it is tagged required:"false"; parameters cannot be
// pointers (the zero value means absent); unknown body fields are refused; an embedded struct must be exported, which
// Bind checks, because its parameters would silently stay empty.
func (t Typed[In, Out]) Bind(api huma.API, op huma.Operation) {
	in := reflect.TypeFor[In]()
	for i := range in.NumField() {
		if f := in.Field(i); f.Anonymous && !f.IsExported() {
			panic("operation " + t.ID + ": embed an exported type instead of " + f.Type.String())
		}
	}
	if reflect.TypeFor[Out]() == reflect.TypeFor[struct{}]() {
		huma.Register(api, op, func(ctx context.Context, in *In) (*struct{}, error) {
			_, err := t.Run(ctx, in)
			return nil, err
		})
		return
	}
	type answer struct{ Body *Out }
	huma.Register(api, op, func(ctx context.Context, in *In) (*answer, error) {
		out, err := t.Run(ctx, in)
		if err != nil {
			return nil, err
		}
		if out == nil {
			return nil, errors.New("operation " + t.ID + " answered nothing")
		}
		return &answer{Body: out}, nil
	})
}

// NewStreamOf is NewStream whose parameters (fields of In tagged path, query or header, and a field Body) and JSON
// answer (Out, struct{} for raw bytes) are described in the OpenAPI document. Parameters are checked against their schema
// before Run, which reads the request itself.
func NewStreamOf[In, Out any](def Def, run Handler) Operation {
	return Raw{Def: def, Run: run, In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out]()}
}
