package rest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// Problem is the JSON body of every error.
type Problem struct {
	Code      string            `json:"code" doc:"stable snake_case name"`
	Text      base.Text         `json:"text" doc:"what is wrong"`
	Hint      base.Text         `json:"hint" doc:"what to do"`
	Place     *base.Place       `json:"place,omitempty"`
	Fields    []base.FieldError `json:"fields"`
	Reference string            `json:"reference" doc:"finds the request in the log"`

	status int
}

// statuses is the one table from the kind of an error to the status of the answer.
var statuses = map[base.Kind]int{
	base.Internal:        http.StatusInternalServerError,
	base.Usage:           http.StatusBadRequest,
	base.NotFound:        http.StatusNotFound,
	base.Refused:         http.StatusUnprocessableEntity,
	base.Conflict:        http.StatusConflict,
	base.TooLarge:        http.StatusRequestEntityTooLarge,
	base.Unauthenticated: http.StatusUnauthorized,
	base.Forbidden:       http.StatusForbidden,
	base.Unavailable:     http.StatusServiceUnavailable,
}

// Codes whose status is finer than that of their kind.
var codeStatuses = map[string]int{
	"stale_version":   http.StatusPreconditionFailed,
	"version_missing": http.StatusPreconditionRequired,
	"too_many":        http.StatusTooManyRequests,
	"wrong_method":    http.StatusMethodNotAllowed,
}

// Error makes Problem an error that huma writes as it is.
func (p *Problem) Error() string { return p.Code }

// GetStatus is the status of the answer.
func (p *Problem) GetStatus() int { return p.status }

// problem translates an error for the outside; what nobody foresaw goes to the log only.
func problem(ctx context.Context, log *slog.Logger, err error) *Problem {
	e := translate(err)
	p := &Problem{Code: e.Code, Text: e.Text, Hint: e.Hint, Fields: e.Fields, Reference: reference(ctx), status: statuses[e.Kind]}
	if e.Place != (base.Place{}) {
		place := e.Place
		p.Place = &place
	}
	if p.Fields == nil {
		p.Fields = []base.FieldError{}
	}
	if s, fine := codeStatuses[e.Code]; fine {
		p.status = s
	}
	if p.status >= http.StatusInternalServerError {
		level := slog.LevelError
		if e.Kind != base.Internal {
			level = slog.LevelWarn // the machine, not a defect
		}
		log.Log(ctx, level, "request failed", "reference", p.Reference, "code", e.Code, "error", err)
	}
	base.Localize(p, base.LangOf(ctx))
	return p
}

func translate(err error) *base.Error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tooLarge(large.Limit).Because(err)
	case errors.Is(err, context.DeadlineExceeded):
		return base.Fail(base.Unavailable, "time_limit", base.T("Die Antwort dauert zu lange und wurde abgebrochen.",
			"The answer takes too long and was stopped.")).
			WithHint(base.T("Wählen Sie einen kürzeren Zeitraum oder weniger Daten.", "Choose a shorter period or less data.")).Because(err)
	case errors.Is(err, context.Canceled):
		return base.Fail(base.Unavailable, "cancelled", base.T("Die Anfrage wurde abgebrochen.", "The request was cancelled.")).Because(err)
	}
	return base.AsError(database.Translate(err))
}

func tooLarge(limit int64) *base.Error {
	return base.Fail(base.TooLarge, "body_too_large", base.T("Die Anfrage ist größer als erlaubt (%s Byte).",
		"The request is larger than allowed (%s bytes).", limit))
}

// writeProblem answers with an error.
func writeProblem(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	p := problem(r.Context(), log, err)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Del("Content-Length")
	w.Header().Set("Cache-Control", "no-store")
	if p.status == http.StatusServiceUnavailable || p.status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "5")
	}
	w.WriteHeader(p.status)
	json.NewEncoder(w).Encode(p)
}

// fromHuma translates what huma found in a request, or an error that an operation returned, into ours.
func fromHuma(status int, message string, errs []error) error {
	var fields []base.FieldError
	body := false
	for _, err := range errs {
		var detailer huma.ErrorDetailer
		if !errors.As(err, &detailer) {
			return err
		}
		d := detailer.ErrorDetail()
		body = body || strings.HasPrefix(d.Location, "body")
		fields = append(fields, base.FieldError{Field: strings.TrimPrefix(d.Location, "body."), Text: fieldText(d.Message)})
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		return tooLarge(limitIn(message))
	case http.StatusInternalServerError:
		return errors.New(message)
	case http.StatusUnprocessableEntity:
		kind := base.Refused
		if !body { // a parameter that does not fit is a wrong call, not a refused input
			kind = base.Usage
		}
		e := base.Fail(kind, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
		e.Fields = fields
		return e
	}
	e := base.Fail(base.Usage, "malformed_request", base.T("Die Anfrage ist nicht lesbar.", "The request cannot be read."))
	e.Fields = fields
	return e.Because(errors.New(message))
}

func limitIn(message string) int64 {
	_, after, _ := strings.Cut(message, "limit=")
	digits, _, _ := strings.Cut(after, " ")
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}

// fieldText says in both languages what huma says in English.
func fieldText(en string) base.Text {
	for _, t := range [][2]string{
		{"unexpected property", "unbekanntes Feld"},
		{"expected required property", "fehlt"},
		{"required", "fehlt"},
		{"expected length >= ", "zu kurz, mindestens "},
		{"expected length <= ", "zu lang, höchstens "},
		{"expected array length >= ", "zu wenige Einträge, mindestens "},
		{"expected array length <= ", "zu viele Einträge, höchstens "},
		{"expected number >= ", "zu klein, mindestens "},
		{"expected number <= ", "zu groß, höchstens "},
		{"expected number > ", "zu klein, größer als "},
		{"expected number < ", "zu groß, kleiner als "},
		{"expected value to be one of ", "erlaubt ist eines von "},
		{"expected string to be RFC 3339 date-time", "ist kein Zeitpunkt"},
		{"expected string to be RFC 3339 date", "ist kein Datum"},
		{"expected boolean", "ja oder nein erwartet"},
		{"expected integer", "ganze Zahl erwartet"},
		{"expected number", "Zahl erwartet"},
		{"expected string", "Text erwartet"},
		{"expected array", "Liste erwartet"},
		{"expected object", "Angaben mit Namen erwartet"},
		{"invalid integer", "ganze Zahl erwartet"},
		{"invalid", "ungültig"},
	} {
		if rest, ok := strings.CutPrefix(en, t[0]); ok {
			if strings.HasSuffix(t[0], " ") {
				return base.Text{De: t[1] + strings.Trim(rest, `"`), En: en}
			}
			return base.Text{De: t[1], En: en}
		}
	}
	return base.Text{De: "ungültig: " + en, En: en}
}

// KindOf is the way back from the status of an answer to the kind of its error.
func KindOf(status int) base.Kind {
	switch status {
	case http.StatusPreconditionFailed:
		return base.Conflict
	case http.StatusPreconditionRequired, http.StatusMethodNotAllowed:
		return base.Usage
	case http.StatusTooManyRequests:
		return base.Unavailable
	}
	for kind, s := range statuses {
		if s == status {
			return kind
		}
	}
	return base.Internal
}

// ReadProblem reads an error of the API back.
func ReadProblem(status int, body io.Reader) error {
	var p struct {
		Code, Reference string
		Text, Hint      base.Text
		Place           base.Place
		Fields          []base.FieldError
	}
	if err := json.NewDecoder(io.LimitReader(body, 1<<20)).Decode(&p); err != nil || p.Code == "" {
		return fmt.Errorf("answer %d %s", status, http.StatusText(status))
	}
	e := base.Fail(KindOf(status), p.Code, p.Text).WithHint(p.Hint).At(p.Place)
	e.Fields = p.Fields
	return e
}
