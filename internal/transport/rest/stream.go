package rest

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"syscall"

	"lotse.dev/lotse/internal/operation"
)

func statusText(status int) string { return strconv.Itoa(status) }

// stream serves a raw operation under its own limit of the body; it has no time limit.
func stream(w http.ResponseWriter, r *http.Request, x operation.Raw) error {
	limit := x.MaxBody
	if limit == 0 {
		limit = defaultBody
	}
	if limit > 0 {
		if r.ContentLength > limit {
			return tooLarge(limit)
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
	}
	return x.Run(w, r)
}

// left says whether an answer broke off because its reader went away, which is no failure of the program.
func left(err error) bool {
	return errors.Is(err, io.ErrClosedPipe) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}

// failStream renders an error when nothing was written yet, otherwise it cuts the connection, so that no reader takes
// half an answer for a whole one.
func failStream(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) {
	if began(w) {
		if !errors.Is(err, r.Context().Err()) && !left(err) {
			log.ErrorContext(r.Context(), "answer broken off", "reference", reference(r.Context()), "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	w.Header().Del("Content-Disposition")
	w.Header().Del("Content-Encoding")
	writeProblem(w, r, log, err)
}
