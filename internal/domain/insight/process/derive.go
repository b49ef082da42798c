package process

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/mining"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/lake"
)

// deriveKind is the kind of the job that derives the cases of a process; its key is the process.
const deriveKind = "derive"

// deriveInput is the input of the job.
type deriveInput struct {
	Process string `json:"process"`
}

// derived is what the job answers.
type derived struct {
	Process string `json:"process"`
	Cases   int64  `json:"cases"`
}

// deriveRequest asks for the cases of a process to be derived anew, after its events or the rules changed.
func deriveRequest(process, by string) job.Request {
	return job.Request{
		Kind: deriveKind, Key: process, By: by, Input: deriveInput{Process: process}, Once: true,
		Title: base.T("Vorgänge ableiten: %s", "Derive cases: %s", process),
	}
}

// Changed derives the cases of an event log anew whose rows changed, and answers the job that does, "" for any other
// table.
func (s *Service) Changed(ctx context.Context, d lake.Dataset, by string) (job string, err error) {
	if d.Table != "events" {
		return "", nil
	}
	info, err := s.jobs.Submit(ctx, deriveRequest(d.Process, by))
	return info.ID, err
}

// CatchUp derives the cases of every process that a killed program left behind its events or rules.
func (s *Service) CatchUp(ctx context.Context) error {
	all, err := s.lake.Datasets(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Table != "events" || d.Rows == 0 {
			continue
		}
		v, err := s.view(ctx, d.Process)
		if err != nil {
			return err
		}
		if v.cases != nil && !v.lagging && !v.otherRules {
			continue
		}
		if _, err := s.jobs.Submit(ctx, deriveRequest(d.Process, "lotse")); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) runDerive(ctx context.Context, run job.Run, input json.RawMessage) (any, error) {
	var in deriveInput
	if err := json.Unmarshal(input, &in); err != nil {
		return nil, err
	}
	n, err := s.Derive(ctx, in.Process, func(done int64) {
		run.Progress(base.T("Vorgänge ableiten", "Deriving cases"), done, 0)
	})
	if err == nil && s.after != nil {
		run.Progress(base.T("Befunde berechnen", "Computing findings"), n, n)
		err = s.after(ctx)
	}
	return derived{Process: in.Process, Cases: n}, err
}

// AfterDerive asks to be called by every job that derives cases, once they are there. It is called before the first job.
func (s *Service) AfterDerive(f func(context.Context) error) { s.after = f }

// settingsChanged derives the processes anew whose automatic or end activities changed.
func (s *Service) settingsChanged(ctx context.Context, before, after setting.Settings, by string) error {
	all, err := s.lake.Datasets(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Table != "events" || !setting.RulesDiffer(before, after, d.Process) {
			continue
		}
		if _, err := s.jobs.Submit(ctx, deriveRequest(d.Process, by)); err != nil {
			return err
		}
	}
	return nil
}

// Derive writes the cases of a process from its events in one pass and answers how many there are. A process without
// events loses its cases. progress, which may be nil, is told the number of cases written so far.
func (s *Service) Derive(ctx context.Context, process string, progress func(done int64)) (int64, error) {
	release, err := take(ctx, s.deriving)
	if err != nil {
		return 0, err
	}
	defer release()
	v, err := s.view(ctx, process)
	if base.IsKind(err, base.NotFound) {
		return 0, s.dropCases(ctx, process)
	}
	if err != nil {
		return 0, err
	}
	attributes := attributesOf(v.events.Schema)
	schema := append(fact.Schema{}, caseColumns...)
	for _, a := range attributes {
		schema = append(schema, a.column)
	}
	var written int64
	_, err = s.lake.Derive(ctx, cases(process), schema, func(sink fact.Sink) error {
		written, err = s.fill(ctx, v, attributes, schema, sink, progress)
		return err
	})
	return written, err
}

func (s *Service) dropCases(ctx context.Context, process string) error {
	err := s.lake.Drop(ctx, cases(process), nil)
	if base.IsKind(err, base.NotFound) {
		return nil
	}
	return err
}

// fill walks the native pass and the attributes of the cases, which SQL brings in the same order, in step.
func (s *Service) fill(ctx context.Context, v *view, attributes []attribute, schema fact.Schema, sink fact.Sink, progress func(int64)) (int64, error) {
	src, err := s.open(ctx, v, Filter{})
	if err != nil {
		return 0, err
	}
	defer src.Close()
	rows, err := s.attributeRows(ctx, v, attributes)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	w := newCaseWriter(src.Activities(), v, schema, sink)
	var written int64
	_, err = mining.Analyse(ctx, src, mining.Options{Case: func(f *mining.CaseFacts) error {
		if !rows.Next() {
			return outOfStep(rows.Err())
		}
		row := rows.Values()
		if err := w.row(f, text(row[0]), row[1], row[2:]); err != nil {
			return err
		}
		if written++; written%fact.BatchRows == 0 && progress != nil {
			progress(written)
		}
		return nil
	}})
	if err != nil {
		return written, err
	}
	if rows.Next() {
		return written, outOfStep(nil)
	}
	if err := rows.Err(); err != nil {
		return written, err
	}
	return written, w.flush()
}

// outOfStep reports a defect: the event stream and the SQL over the same snapshot disagree about the cases.
func outOfStep(cause error) error {
	if cause != nil {
		return cause
	}
	return fmt.Errorf("process: events and cases out of step")
}

// attributeQuery is what to select of each case: its id, the number of manual steps, and the attributes. An attribute that
// differs between the rows of a case, which a log should not do, gives its least value.
func attributeQuery(v *view, attributes []attribute) (string, []any) {
	manual, args := manualSteps(v)
	columns := []string{"case_id", manual}
	for _, a := range attributes {
		columns = append(columns, "min("+quote(a.source)+")")
	}
	return "SELECT " + strings.Join(columns, ", "), args
}

// manualSteps is the SQL that counts the manual steps of a case: events whose automatic is no, where the column is
// empty or missing by the activities set as automatic; NULL when neither tells of some event.
func manualSteps(v *view) (string, []any) {
	rule, set := v.settings.Automatic(v.process)
	var options []string
	var args []any
	if v.events.Schema.Has("automatic") {
		options = append(options, "automatic")
	}
	if set {
		options = append(options, "activity IN ("+marks(len(rule))+")")
		for _, a := range rule {
			args = append(args, a)
		}
	}
	if len(options) == 0 {
		return "CAST(NULL AS BIGINT)", nil
	}
	automatic := "coalesce(" + strings.Join(options, ", ") + ")"
	sql := "CASE WHEN count(*) = count(" + automatic + ") THEN count(*) FILTER (WHERE NOT " + automatic + ") END"
	return sql, append(append([]any{}, args...), args...)
}
