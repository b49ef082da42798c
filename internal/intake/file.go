package intake

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/intake/pseudonym"
)

// FileOptions are how a file is read without an instance. Plan.Table is events unless given; columns that Plan.Mapping
// does not name are recognised.
type FileOptions struct {
	Plan  convert.Plan
	Names bool      // keep names of people; otherwise they become pseudonyms of a key that is thrown away
	Now   time.Time // for remarks on the future; zero leaves them out
}

// FileReport is what reading a file found.
type FileReport struct {
	Mapping     []mapping.Entry
	RowsRead    int64
	RowsUsable  int64
	RowsRefused int64
	Refused     []convert.Refused
	Remarks     base.Remarks
}

// OpenFile looks at a file and returns the schema of its rows and a function that streams them; fill may be called
// several times. The file is refused as by a load: damaged, required columns missing, dates that can be read both
// ways, and more refused rows than Plan.AllowRefused (default none; that is only known after fill).
func OpenFile(ctx context.Context, path string, o FileOptions) (fact.Schema, func(fact.Sink) (*FileReport, error), error) {
	if o.Plan.Table == "" {
		o.Plan.Table = mapping.Events
	}
	if o.Plan.Table == mapping.Events && o.Plan.Process == "" {
		o.Plan.Process = proposedProcess(path)
	}
	o.Plan, o.Plan.Auto = o.Plan.Named(), true
	src, err := format.Find(path, filepath.Base(path))
	if err != nil {
		return nil, nil, err
	}
	x, err := examine(ctx, src, o.Plan, givenCase(o.Plan), nil)
	if err != nil {
		return nil, nil, err
	}
	l, x, err := settle(ctx, src, x, o.Plan, settings{now: o.Now}.context())
	if err != nil {
		return nil, nil, format.InFile(err, src.Name)
	}
	if err := l.DatesQuestion(); err != nil {
		return nil, nil, format.InFile(err, src.Name)
	}
	fill := func(sink fact.Sink) (*FileReport, error) {
		r, _, err := openTable(ctx, src, o.Plan)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		run := convert.Options{Sink: sink}
		if !o.Names {
			run.Names = pseudonym.Throwaway()
		}
		rep, err := convert.Run(ctx, l, r, run)
		if err != nil {
			return nil, err
		}
		out := &FileReport{Mapping: l.Mapping, RowsRead: rep.RowsRead, RowsUsable: rep.RowsUsable, RowsRefused: rep.RowsRefused, Refused: rep.Sample, Remarks: rep.Remarks(l, x.Profile)}
		return out, refusedTooMany(rep, o.Plan.AllowRefused, src.Name)
	}
	return l.Schema, fill, nil
}

// givenCase is the column that a plan maps to case_id, "" for none.
func givenCase(p convert.Plan) string {
	for _, e := range p.Mapping {
		if e.Field == "case_id" {
			return e.Column
		}
	}
	return ""
}

// version matches what says when or how often a file was written: a day, a month, a time, "v2", "v1.3", "(1)", "final".
var version = regexp.MustCompile(`(?i)(^|[ _.-]+)(\d{4}[-_.]?(0[1-9]|1[0-2])([-_.]?[0-3]\d)?([T _-]?[0-2]\d[-_:.]?[0-5]\d([-_:.]?[0-5]\d)?Z?)?|\d{1,2}[-_.]\d{1,2}[-_.]\d{4}|v\d+([._]\d+)*|\(\d+\)|final|kopie|copy)($|[ _.-])`)

// proposedProcess is the name that a file suggests for its process: without dates and versions, which the next file has others of.
func proposedProcess(path string) string {
	name := processName(path)
	for {
		shorter := strings.Trim(version.ReplaceAllString(name, "$1$8"), " _.-")
		if shorter == name || shorter == "" {
			return name
		}
		name = shorter
	}
}

// processName makes a name of a process from that of a file.
func processName(path string) string {
	name := filepath.Base(path)
	for {
		ext := filepath.Ext(name)
		switch strings.ToLower(ext) {
		case ".gz", ".csv", ".xes", ".xlsx", ".txt", ".tsv", ".xml":
			name = strings.TrimSuffix(name, ext)
			continue
		}
		break
	}
	if name == "" {
		return "prozess"
	}
	return name
}
