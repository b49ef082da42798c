package cli

import (
	"context"
	"os"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/engine/mining"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

// logFile is an event log read from a file, without an instance.
type logFile struct {
	result  *mining.Result
	remarks base.Remarks
}

// openLogFile reads, sorts and mines a file; what it needs on disk is gone when it returns.
func (e *Env) openLogFile(ctx context.Context, path string, given processFlags) (eventLog, error) {
	plan, err := given.reading.read()
	if err != nil {
		return nil, err
	}
	schema, fill, err := intake.OpenFile(ctx, path, intake.FileOptions{Plan: plan, Names: *given.names, Now: time.Now()})
	if err != nil {
		return nil, err
	}
	var report *intake.FileReport
	sorted, err := duckdb.SortFile(ctx, os.TempDir(), schema, duckdb.Options{}, func(sink fact.Sink) (err error) {
		report, err = fill(sink)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer sorted.Close()
	events, err := sorted.Events(ctx)
	if err != nil {
		return nil, err
	}
	defer events.Close()
	e.useZone(plan.Zone)
	result, err := process.Mine(ctx, events, *given.instances)
	if err != nil {
		return nil, err
	}
	remarks := report.Remarks
	for _, r := range process.LogRemarks(result, *given.instances) {
		remarks.AddLink(r.Code, r.Text, r.Link)
	}
	return &logFile{result: result, remarks: remarks}, nil
}

func (l *logFile) summary(context.Context) (*process.Summary, error) {
	return process.SummaryOf(l.result, l.remarks), nil
}

func (l *logFile) dfg(context.Context) (*process.Map, error) {
	return process.MapOf(l.result, l.remarks), nil
}

func (l *logFile) variants(_ context.Context, top int) (*process.Variants, error) {
	return process.VariantsOf(l.result, top, 0, nil, l.remarks), nil
}
