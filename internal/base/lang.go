package base

import "context"

type langKey struct{}

// WithLang puts the language of the caller into a context.
func WithLang(ctx context.Context, l Lang) context.Context {
	return context.WithValue(ctx, langKey{}, l)
}

// LangOf is the language of the caller, German when none was set.
func LangOf(ctx context.Context) Lang {
	l, _ := ctx.Value(langKey{}).(Lang)
	return l
}
