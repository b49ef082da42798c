package process_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/operation"
)

// end sets the end activities and the automatic ones of a process.
func (h *house) end(t *testing.T, name string, ends, automatic []string) {
	t.Helper()
	v, version, err := h.settings.Get(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v.EndActivities, v.AutomaticActivities = []setting.ProcessEnds{{Process: name, Activities: ends}}, nil
	for _, a := range automatic {
		v.AutomaticActivities = append(v.AutomaticActivities, setting.ProcessActivity{Process: name, Activity: a})
	}
	if _, err := h.settings.Put(t.Context(), v, version, "anna"); err != nil {
		t.Fatal(err)
	}
}

// ask runs an operation by its id, as REST does.
func ask[In, Out any](t *testing.T, h *house, id string, in *In) *Out {
	t.Helper()
	for _, op := range h.process.Operations() {
		if typed, ok := op.(operation.Typed[In, Out]); ok && op.Describe().ID == id {
			out, err := typed.Run(context.WithoutCancel(t.Context()), in)
			if err != nil {
				t.Fatal(id, err)
			}
			return out
		}
	}
	t.Fatal("no operation ", id)
	return nil
}

// lastSQL finds the last activity of each case from the events alone.
const lastSQL = `SELECT case_id, arg_max(activity, (time, _load, _row)) AS last, count(*) AS n FROM events GROUP BY case_id`

// Complete and open cases part the receipt log in two; summary, map, variants, cases and filter chain agree on each part
// with plain SQL over the events.
func TestStateOfCases(t *testing.T) {
	h := open(t)
	name := h.loadLog(t, "receipt.csv.gz")
	end := "T10 Determine necessity to stop indication"
	h.end(t, name, []string{end}, nil)
	total := h.query(t, name, "SELECT count(*) FROM ("+lastSQL+")")[0]
	for state, condition := range map[string]string{"": "TRUE", "all": "TRUE", "complete": "last = '" + end + "'", "open": "last <> '" + end + "'"} {
		f := process.Filtered{ByProcess: process.ByProcess{Process: name}, Filter: process.Filter{State: state}}
		s := ask[process.Filtered, process.Summary](t, h, "process_summary", &f)
		m := ask[process.Filtered, process.Map](t, h, "process_dfg", &f)
		v := ask[process.VariantsInput, process.Variants](t, h, "process_variants", &process.VariantsInput{ByProcess: f.ByProcess, Filter: f.Filter})
		c := ask[process.CasesInput, process.CasePage](t, h, "process_cases", &process.CasesInput{ByProcess: f.ByProcess, Filter: f.Filter,
			CaseOrder: process.CaseOrder{Limit: 10_000}})
		chain := ask[process.Filtered, process.Chain](t, h, "process_filter_chain", &f)
		want := h.query(t, name, fmt.Sprintf("SELECT count(*), CAST(sum(n) AS BIGINT) FROM (%s) WHERE %s", lastSQL, condition))[0]
		sumVariants, ends, openCases := int64(0), int64(0), 0
		for _, x := range v.Variants {
			sumVariants += x.Count
		}
		for _, x := range m.Ends {
			ends += x.Count
		}
		for _, x := range c.Items {
			if !*x.Completed {
				openCases++
			}
		}
		if got := fmt.Sprint(s.Cases, s.Events); got != want || m.Cases != s.Cases || ends != s.Cases || sumVariants != s.Cases || v.Cases != s.Cases || c.Total != s.Cases {
			t.Errorf("%q: summary %s, map %d with %d ends, variants %d, cases %d; plain SQL %s", state, got, m.Cases, ends, sumVariants, c.Total, want)
		}
		if last := chain.Items[len(chain.Items)-1]; last.Cases != s.Cases || fmt.Sprint(chain.Items[0].Cases) != total {
			t.Errorf("%q: chain %+v, all %s", state, chain.Items, total)
		}
		if wantOpen := map[string]int64{"complete": 0, "open": s.Cases}; state != "" && state != "all" && int64(openCases) != wantOpen[state] {
			t.Errorf("%q: %d open cases of %d", state, openCases, s.Cases)
		}
	}
	old, err := h.process.Summary(t.Context(), name, process.Filter{Complete: true})
	if complete, _ := h.process.Summary(t.Context(), name, process.Filter{State: "complete"}); err != nil || old.Cases != complete.Cases {
		t.Errorf("complete=true: %+v, %v", old, err)
	}
	for _, f := range []process.Filter{{State: "open", Complete: true}, {State: "done"}} {
		if _, err := h.process.Summary(t.Context(), name, f); !base.IsKind(err, base.Usage) {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

// Between a change of the rules and the end of the derivation, which is kept back here, no answer follows the old rules:
// what is complete follows the new ones, manual steps are unknown, and a remark says why.
func TestRulesHoldAtOnce(t *testing.T) {
	h := ordered(t)
	h.end(t, "order", []string{"ship"}, []string{"receive"})
	cases := func(f process.Filter) []string {
		page, err := h.process.Cases(t.Context(), "order", f, process.CaseOrder{Sort: "case_id", Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, c := range page.Items {
			manual := "-"
			if c.ManualSteps != nil {
				manual = fmt.Sprint(*c.ManualSteps)
			}
			out = append(out, fmt.Sprint(c.CaseID, " ", *c.Completed, " ", manual))
		}
		s, err := h.process.Summary(t.Context(), "order", f)
		if err != nil || s.Cases != int64(len(out)) || s.Remarks.Has("rules_changed") != page.Remarks.Has("rules_changed") {
			t.Errorf("%+v: summary %+v, %v", f, s, err)
		}
		return append(out, fmt.Sprint(page.Remarks.Has("rules_changed")))
	}
	complete := process.Filter{Complete: true}
	if got, want := cases(complete), []string{"o-1 true 2", "o-2 true 4", "false"}; !slices.Equal(got, want) {
		t.Fatalf("before: %q", got)
	}
	h.jobs.hold = true
	h.end(t, "order", []string{"pack"}, []string{"receive", "pack"})
	if got, want := cases(complete), []string{"o-10 true -", "true"}; !slices.Equal(got, want) {
		t.Errorf("complete while the job is held: %q", got)
	}
	if got, want := cases(process.Filter{State: "open"}), []string{"o-1 false -", "o-2 false -", "true"}; !slices.Equal(got, want) {
		t.Errorf("open while the job is held: %q", got)
	}
	timeline, err := h.process.Timeline(t.Context(), "order", "o-10")
	if err != nil || !*timeline.Completed || timeline.ManualSteps != nil || !timeline.Remarks.Has("rules_changed") {
		t.Errorf("timeline while the job is held: %+v, %v", timeline, err)
	}
	if err := h.jobs.release(t.Context()); err != nil {
		t.Fatal(err)
	}
	// by hand: the column automatic wins where it is filled; pack of o-10, where it is empty, is automatic by the new rule
	if got, want := cases(process.Filter{}), []string{"o-1 false 2", "o-10 true 0", "o-2 false 4", "false"}; !slices.Equal(got, want) {
		t.Errorf("after: %q", got)
	}
}
