package catalogue

import (
	"context"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/lake"
)

// dialect is the SQL of the embedded engine.
var dialect = metric.DuckDB{}

// source is the dataset that a metric reads, as the engine wants it; without rows its relation has no columns.
type source struct {
	lake     Lake
	info     lake.Info
	process  string
	relation metric.Relation
	env      metric.Env // the view's, with what holds for the process
	remarks  base.Remarks
}

// source finds the dataset of a metric. A metric of a process needs one: the own metric's, the named one, or the only
// one there is.
func (s *Service) source(ctx context.Context, v *view, e entry, process string) (*source, error) {
	process, err := v.processOf(e, process)
	if err != nil {
		return nil, err
	}
	src := &source{lake: s.lake, process: process, env: v.env, relation: metric.Relation{Name: e.Table}}
	src.env.EndActivities, _ = v.rules.Ends(process)
	info, ok := v.dataset(e.Table, process)
	if !ok {
		if _, events := v.dataset(metric.Events, process); events && e.Table == metric.Cases {
			src.remarks.Add("cases_missing", base.T("Die Vorgänge dieses Prozesses werden gerade abgeleitet.", "The cases of this process are being derived."))
		}
		src.info.Dataset = lake.Dataset{Table: e.Table, Process: process}
		return src, nil
	}
	src.info = info
	src.relation.Schema, src.relation.Rows, src.relation.Last, src.relation.Spans = v.marked(info), info.Rows, info.Last, spans(info)
	if log, ok := v.dataset(metric.Events, process); ok && e.Table == metric.Cases { // derived rows are as old as their events
		src.info.Last, src.info.Loads, src.info.LoadedAt = log.Last, log.Loads, log.LoadedAt
	}
	if e.Table != metric.Cases { // derived rows have no line in a file
		src.relation.Position = []string{"_load", "_row"}
	}
	return src, src.findPending(ctx, e, v.rules.Rules(process))
}

// spans are the instants between which the columns of a dataset lie.
func spans(info lake.Info) map[string]metric.Span {
	out := make(map[string]metric.Span, len(info.Spans))
	for column, s := range info.Spans {
		out[column] = metric.Span(s)
	}
	return out
}

// ruled are the columns of cases that depend on the rules of the settings and are read as they were derived.
var ruled = []string{"manual_steps"}

// findPending looks whether the cases were derived by the rules that hold now.
func (s *source) findPending(ctx context.Context, e entry, rules string) error {
	reads := slices.ContainsFunc(e.Columns(), func(name string) bool { return slices.Contains(ruled, name) })
	if e.Table != metric.Cases || !reads || !s.relation.Schema.Has("rules") {
		return nil
	}
	rows, err := s.Run(ctx, metric.Statement{SQL: "SELECT min(rules) FROM cases"})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if derived, _ := rows.Values()[0].(string); derived != rules {
			s.relation.Pending = ruled
		}
	}
	return rows.Err()
}

// marked is the schema of a dataset; columns that cases copied from events name people where the originals do.
func (v *view) marked(info lake.Info) fact.Schema {
	schema := slices.Clone(info.Schema)
	log, ok := v.dataset(metric.Events, info.Process)
	if info.Table != metric.Cases || !ok {
		return schema
	}
	for i, c := range schema {
		for _, name := range []string{c.Name, strings.TrimPrefix(c.Name, "case_")} {
			if at := log.Schema.Index(name); at >= 0 && log.Schema[at].Person {
				schema[i].Person = true
			}
		}
	}
	return schema
}

func (v *view) processOf(e entry, named string) (string, error) {
	if !e.PerProcess() {
		return "", nil
	}
	all, named := v.processes(), lake.Name(named)
	switch {
	case e.Process != "" && named != "" && named != e.Process:
		return "", base.Fail(base.Usage, "other_process", base.T("Diese Kennzahl gehört zum Prozess „%s“.", "This metric belongs to the process “%s”.", e.Process))
	case e.Process != "":
		return e.Process, nil
	case named != "":
		if _, ok := v.dataset(metric.Events, named); ok {
			return named, nil
		}
		return "", base.Fail(base.NotFound, "process_not_found", base.T("Den Prozess „%s“ gibt es nicht.", "There is no process “%s”.", named)).
			WithHint(namesHint(all))
	case len(all) > 1:
		return "", base.Fail(base.Usage, "process_needed", base.T("Es gibt mehrere Prozesse. Nennen Sie den gemeinten (--process).",
			"There are several processes. Name the one you mean (--process).")).WithHint(namesHint(all))
	case len(all) == 1:
		return all[0], nil
	}
	return "", nil
}

func namesHint(names []string) base.Text {
	if len(names) == 0 {
		return base.T("Laden Sie zuerst ein Ereignisprotokoll.", "Load an event log first.")
	}
	list := strings.Join(names, ", ")
	return base.T("Es gibt: %s.", "There is: %s.", list)
}

// Run runs a statement of the engine over the dataset, at the state that its description is of.
func (s *source) Run(ctx context.Context, st metric.Statement) (metric.Rows, error) {
	return s.lake.Query(ctx, lake.Query{SQL: st.SQL, Args: st.Args, Snapshot: s.info.Snapshot,
		Tables: map[string]lake.Dataset{s.relation.Name: s.info.Dataset}})
}

// age is how long ago the last row happened, nil without rows.
func (s *source) age(now time.Time) *int64 {
	if s.info.Last.IsZero() {
		return nil
	}
	seconds := int64(now.Sub(s.info.Last) / time.Second)
	return &seconds
}

// until is the last instant of the data, nil without rows.
func (s *source) until() *time.Time {
	if s.info.Last.IsZero() {
		return nil
	}
	at := s.info.Last.UTC()
	return &at
}
