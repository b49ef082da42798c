package operation

import (
	"context"
	"net/http"
)

type headerKey struct{}

// WithHeader puts the header of the answer into a context; transports do this.
func WithHeader(ctx context.Context, h http.Header) context.Context {
	return context.WithValue(ctx, headerKey{}, h)
}

// AddHeader adds to the header of the answer, for cookies and entity tags. Transports without headers ignore it.
func AddHeader(ctx context.Context, name, value string) {
	if h, ok := ctx.Value(headerKey{}).(http.Header); ok {
		h.Add(name, value)
	}
}
