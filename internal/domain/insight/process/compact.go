package process

import (
	"context"
	"encoding/json"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/job"
)

// compactKind is the kind of the job that merges the files of an event log, so that a pass reads one sorted file
// instead of sorting several each time. Its key is the process, as that of the derivation, which waits for it.
const compactKind = "compact"

// submitCompact asks for a merge when a process was loaded in several parts.
func (s *Service) submitCompact(ctx context.Context, process, by string) error {
	info, err := s.lake.Dataset(ctx, events(process))
	if base.IsKind(err, base.NotFound) || err == nil && info.Loads < 2 {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.jobs.Submit(ctx, job.Request{
		Kind: compactKind, Key: process, By: by, Input: deriveInput{Process: process},
		Title: base.T("Dateien zusammenfassen: %s", "Merge files: %s", process),
	})
	return err
}

func (s *Service) runCompact(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var in deriveInput
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	run.Progress(base.T("Dateien zusammenfassen", "Merging files"), 0, 0)
	err := s.lake.Compact(ctx, events(in.Process))
	if base.IsKind(err, base.NotFound) {
		return nil, nil // the process was deleted while this waited
	}
	return nil, err
}
