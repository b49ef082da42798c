package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/lake"
)

// wizard walks a file as the wizard does: upload, analysis, proposal.
func (h *house) wizard(path string) (*intake.Analysis, string) {
	h.t.Helper()
	f, err := os.Open(path)
	h.must(err)
	defer f.Close()
	u, err := h.in.Receive(h.ctx, filepath.Base(path), f)
	h.must(err)
	h.must(h.run("analysis", map[string]any{"upload": u.ID}, new(any)))
	return h.analyse(u.ID), u.ID
}

// proposed are the fields, people and columns left out of a proposal.
func proposed(a *intake.Analysis) (fields, people, skipped string) {
	var f, p, s []string
	for _, g := range a.Mapping {
		switch g.Field {
		case mapping.Keep:
		case mapping.Skip:
			s = append(s, g.Column)
		default:
			f = append(f, g.Field+"="+g.Column)
		}
		if g.Person {
			p = append(p, g.Column)
		}
	}
	slices.Sort(f)
	slices.Sort(p)
	slices.Sort(s)
	return strings.Join(f, " "), strings.Join(p, " "), strings.Join(s, " ")
}

// said are the codes of the checks of a dry run that are no matter of course.
func said(out *intake.DryRun) string {
	var codes []string
	for _, c := range out.Checks {
		if c.Code != "fields_found" && c.Code != "time_precision" && c.Code != "dates" {
			codes = append(codes, c.Code)
		}
	}
	return strings.Join(codes, " ")
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s\n got %v\nwant %v", what, got, want)
	}
}

// A new user's files, as systems export them, are proposed right without a touch: table, header, every field, people,
// what to leave out, the order of day and month; what is loaded has the sum and the first time that a person reads off.
func TestExportsOfKnownSystems(t *testing.T) {
	for _, e := range exports() {
		t.Run(e.name, func(t *testing.T) {
			h := newHouse(t)
			a, id := h.wizard(makeExport(t, e))
			fields, people, skipped := proposed(a)
			equal(t, "table", a.Proposal.Table, e.table)
			equal(t, "header", a.Format.HeaderRow, e.header)
			equal(t, "fields", fields, e.fields)
			equal(t, "people", people, e.people)
			equal(t, "left out", skipped, e.skipped)
			equal(t, "order of the dates", a.Format.Dates.Order, e.dates)
			if a.Format.HeaderReason.De == "" || a.Format.HeaderReason.En == "" {
				t.Error("no reason for the header")
			}
			out := &intake.DryRun{}
			h.must(h.run("dry_run", map[string]any{"upload": id, "plan": a.Plan, "by": "cli"}, out))
			equal(t, "verdict", out.Verdict, e.verdict)
			equal(t, "checks", said(out), e.says)
			plan := a.Plan
			plan.AllowRefused = "all"
			if e.verdict == "unusable" {
				return
			}
			done := &intake.Loaded{}
			h.must(h.run("load", map[string]any{"upload": id, "plan": plan, "by": "cli"}, done))
			equal(t, "rows", done.RowsLoaded, e.loaded)
			h.figures(t, lake.Dataset{Table: plan.Table, Process: plan.Process}, e)
		})
	}
}

func (h *house) figures(t *testing.T, d lake.Dataset, e export) {
	t.Helper()
	at := "time"
	if d.Table == mapping.Tickets {
		at = "opened_at"
	}
	equal(t, "first time", h.query(d, `SELECT strftime(min("`+at+`") AT TIME ZONE 'Europe/Berlin', '%Y-%m-%d %H:%M:%S') FROM t`)[0], e.first)
	if d.Table == mapping.Orders {
		equal(t, "sum", h.query(d, `SELECT CAST(sum(net) AS VARCHAR) FROM t`)[0], e.sum)
		equal(t, "currency", h.query(d, `SELECT string_agg(DISTINCT currency) FROM t`)[0], "EUR")
	}
}
