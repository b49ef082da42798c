package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
)

// How often a job is asked for: quickly at first, then more seldom.
const (
	firstPoll = 15 * time.Millisecond
	lastPoll  = 400 * time.Millisecond
)

// WaitJob follows a job to its end, shows its progress to a person at a terminal, and reads its output into out
// unless nil. A failed job comes back as its error; when ctx ends the job is cancelled.
func (e *Env) WaitJob(ctx context.Context, id string, out any) error {
	shows := !e.JSON && isTerminal(e.Err)
	for pause := firstPoll; ; pause = min(pause*3/2, lastPoll) {
		var info job.Info
		if err := e.Call(ctx, http.MethodGet, "/jobs/"+id, nil, &info); err != nil {
			if ctx.Err() != nil {
				e.cancelJob(id)
			}
			return err
		}
		if shows {
			e.showProgress(info)
		}
		switch info.State {
		case job.Done:
			if out == nil {
				return nil
			}
			return json.Unmarshal(info.Output, out)
		case job.Failed:
			return info.Failure()
		case job.Cancelled:
			return base.Fail(base.Unavailable, "job_cancelled", base.T("Der Vorgang wurde abgebrochen.", "The job was cancelled."))
		case job.Interrupted:
			return base.Fail(base.Unavailable, "job_interrupted", base.T("Der Vorgang wurde unterbrochen und kann wiederholt werden.",
				"The job was interrupted and can be repeated.")).
				WithHint(base.T("Geben Sie den Befehl noch einmal.", "Give the command again."))
		}
		select {
		case <-ctx.Done():
			e.cancelJob(id)
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// cancelJob stops a job whose command was interrupted and waits until it has let go.
func (e *Env) cancelJob(id string) {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	if e.Call(ctx, http.MethodPost, "/jobs/"+id+"/cancel", nil, nil) == nil {
		e.WaitJob(ctx, id, nil)
	}
}

func (e *Env) showProgress(info job.Info) {
	line := info.Phase.In(e.Lang)
	if info.Total > 0 {
		line += fmt.Sprintf(" %d %%", info.Done*100/info.Total)
	} else if info.Done > 0 {
		line += " " + base.FormatInt(info.Done, e.Lang)
	}
	if info.EndedAt != nil {
		line = ""
	}
	fmt.Fprintf(e.Err, "\r\033[K%s", line)
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// waitActive waits for the jobs that a change has started, such as deriving cases anew, so that the next command sees
// what follows from it. Who may not see jobs does not wait.
func (e *Env) waitActive(ctx context.Context) error {
	var list job.List
	err := e.Call(ctx, http.MethodGet, "/jobs?limit=500", nil, &list)
	if base.IsKind(err, base.Forbidden) {
		return nil
	}
	for _, info := range list.Items {
		if err == nil && info.Kind == "derive" && (info.State == job.Queued || info.State == job.Running) {
			err = e.WaitJob(ctx, info.ID, nil)
		}
	}
	return err
}
