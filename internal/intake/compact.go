package intake

import (
	"context"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/lake"
)

// compactKind is the kind of the job that merges the files of a table and lets old snapshots go.
const compactKind = "compact"

// When a table is merged (docs/decisions/0009). A pass over an event log sorts the rows of several files each time, so
// two are enough; other tables are only read, and there it is the number of small files that costs.
const (
	eventFiles = 2
	otherFiles = 8
	smallFile  = 64 << 20 // bytes of a file on average from which on merging gains nothing
)

// keptFor is how long an earlier state of the lake can be asked.
const keptFor = 30 * 24 * time.Hour

// piledUp says whether a table lies in so many files that merging them is worth it.
func piledUp(i lake.Info) bool {
	if i.Table == mapping.Events {
		return i.Files >= eventFiles
	}
	return i.Files >= otherFiles && i.Bytes/int64(i.Files) < smallFile
}

// compactKey lets the derivation of a process, whose key is its name, wait for its merged events.
func compactKey(d lake.Dataset) string {
	if d.Table == mapping.Events {
		return d.Process
	}
	return compactKind + ":" + d.Table
}

// submitCompact asks for a merge when files have piled up and answers its job, "" for none.
func (s *Service) submitCompact(ctx context.Context, d lake.Dataset, by string) (string, error) {
	info, err := s.Lake.Dataset(ctx, d)
	if base.IsKind(err, base.NotFound) || err == nil && !piledUp(info) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	started, err := s.Jobs.Submit(ctx, job.Request{Kind: compactKind, Key: compactKey(d), By: by, Input: d, Once: true,
		Title: base.T("Dateien zusammenfassen: %s", "Merge files: %s", datasetTitle(d))})
	return started.ID, err
}

func (s *Service) runCompact(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var d lake.Dataset
	if err := json.Unmarshal(input, &d); err != nil {
		return nil, err
	}
	run.Progress(base.T("Dateien zusammenfassen", "Merging files"), 0, 0)
	if err := s.Lake.Compact(ctx, d); err != nil && !base.IsKind(err, base.NotFound) { // deleted while this waited
		return nil, err
	}
	return nil, s.expireFacts(ctx)
}

// expireFacts lets the snapshots go that are older than keptFor and that nothing pins, with the files only they show.
func (s *Service) expireFacts(ctx context.Context) error {
	var pinned []int64
	if s.Pinned != nil {
		var err error
		if pinned, err = s.Pinned(ctx); err != nil {
			return err
		}
	}
	_, err := s.Lake.Expire(ctx, s.Clock().Add(-keptFor), pinned...)
	return err
}
