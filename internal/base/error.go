package base

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of failure an Error is. Transports translate it once: rest to an HTTP status, cli to an exit
// status (contract.md: 1 failed, 2 wrong use, 3 not found, 4 refused input, 5 no permission).
type Kind uint8

// The kinds of failure.
const (
	Internal        Kind = iota // a defect or a broken machine: 500, exit 1; detail goes to the log only
	Usage                       // the call itself is malformed: 400, exit 2
	NotFound                    // what was named does not exist: 404, exit 3
	Refused                     // the input was understood and is not acceptable: 422, exit 4
	Conflict                    // somebody was faster, or something points here: 409 (412 for a stale version), exit 4
	TooLarge                    // a limit on size, depth, time or rows was reached: 413, exit 4
	Unauthenticated             // nobody is signed in: 401, exit 5
	Forbidden                   // the person may not do this: 403, exit 5
	Unavailable                 // try again later: busy, locked, disk full, shutting down: 503, exit 1
)

var kindNames = [...]string{"internal", "usage", "not_found", "refused", "conflict", "too_large", "unauthenticated", "forbidden", "unavailable"}

// String is the kind's stable snake_case name.
func (k Kind) String() string { return kindNames[k] }

// ParseKind reads what String wrote; anything else is Internal.
func ParseKind(name string) Kind {
	for k, have := range kindNames {
		if have == name {
			return Kind(k)
		}
	}
	return Internal
}

// Place says where in an input an error is. Zero fields are unknown.
type Place struct {
	File   string `json:"file,omitempty"`
	Line   int64  `json:"line,omitempty" doc:"first line is 1"`
	Column string `json:"column,omitempty" doc:"column name, or number when it has none"`
}

// FieldError is one field of an input that does not pass, by its JSON path.
type FieldError struct {
	Field string `json:"field"`
	Text  Text   `json:"text"`
}

// Error is the one error type that crosses a package border on purpose. Text says what is wrong, Hint what to do.
type Error struct {
	Kind   Kind
	Code   string // stable snake_case name for programs
	Text   Text
	Hint   Text
	Place  Place
	Fields []FieldError
	Cause  error // for the log, never shown
}

// Fail makes an Error. Code is a stable snake_case name.
func Fail(kind Kind, code string, text Text) *Error {
	return &Error{Kind: kind, Code: code, Text: text}
}

// WithHint adds what the user can do.
func (e *Error) WithHint(hint Text) *Error { e.Hint = hint; return e }

// At adds the place.
func (e *Error) At(p Place) *Error { e.Place = p; return e }

// Because adds the cause for the log.
func (e *Error) Because(err error) *Error { e.Cause = err; return e }

// Error renders everything in English for logs.
func (e *Error) Error() string {
	s := e.Code + ": " + e.Render(English)
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Render writes what, where and what to do in a language, without the cause.
func (e *Error) Render(l Lang) string {
	var b strings.Builder
	b.WriteString(e.Text.In(l))
	if e.Place.File != "" || e.Place.Line > 0 || e.Place.Column != "" {
		b.WriteString(" (" + e.Place.render(l) + ")")
	}
	for _, f := range e.Fields {
		b.WriteString("\n  ")
		if f.Field != "" {
			b.WriteString(f.Field + ": ")
		}
		b.WriteString(f.Text.In(l))
	}
	if !e.Hint.IsZero() {
		b.WriteString("\n" + e.Hint.In(l))
	}
	return b.String()
}

func (p Place) render(l Lang) string {
	var parts []string
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Line > 0 {
		parts = append(parts, T("Zeile %s", "line %s", fmt.Sprint(p.Line)).In(l))
	}
	if p.Column != "" {
		parts = append(parts, T("Spalte %s", "column %s", p.Column).In(l))
	}
	return strings.Join(parts, ", ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// AsError returns err as an Error; anything foreign becomes an Internal one that keeps it as cause. nil stays nil.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Fail(Internal, "internal", T("Interner Fehler. Die Einzelheiten stehen im Protokoll.",
		"Internal error. The details are in the log.")).Because(err)
}

// IsKind says whether err is an Error of a kind.
func IsKind(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}
