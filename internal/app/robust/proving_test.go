package robust

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What stands to be signed in an instance of proof: effects whose closings are proposed, and plans that are proposed.
const toClose, toPlan = 3, 3

// proof is a template of a data folder in which a controller has something to sign.
type proof struct {
	template string
	staff    map[string]person
	papers   []paper // in the order in which they are signed
}

// paper is something to sign: a closing of an effect, or a plan.
type paper struct {
	kind, id string
	version  int
}

func (p paper) path() string {
	if p.kind == "closing" {
		return "/closings/" + p.id + "/sign"
	}
	return "/effect_plans/" + p.id + "/sign"
}

// command is how the command line signs it.
func (p paper) command() []string {
	if p.kind == "closing" {
		return []string{"closing", "sign", p.id}
	}
	return []string{"effect", "plan", "sign", p.id}
}

// monthly writes orders of one value for each of n months from January 2019 on, which falls by a fifth after three years.
func monthly(t testing.TB, path string, months int) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("order_id;time;net\n")
	for m := range months {
		value := 100 + 4*math.Sin(float64(m*m%13)) + 2*math.Cos(float64(m*7%11))
		if m >= 36 {
			value -= 20
		}
		first := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, m, 0)
		for i, day := range []time.Time{first, first.AddDate(0, 0, 2), first.AddDate(0, 0, 26), first.AddDate(0, 1, -1)} {
			fmt.Fprintf(&b, "%s-%d;%s;%.2f\n", first.Format("0601"), i, day.Format("2006-01-02"), value)
		}
	}
	return write(t, path, b.String())
}

// proving plans before the facts of the last year are there, loads them, and has everything proposed.
func proving(t testing.TB) *proof {
	t.Helper()
	dir := folder(t)
	p := &proof{template: filepath.Join(dir, "t")}
	must(t, "import", monthly(t, filepath.Join(dir, "vorher.csv"), 36), "--data", p.template, "--table", "orders")
	s := serve(t, p.template)
	p.staff = people(t, s, "officer@example.com", "controller@example.com")
	var plans []paper
	for i := range toClose {
		plan := p.plan(s, fmt.Sprintf("Wirkung %d", i), "2022-01-01")
		s.ask(p.staff["controller"], 200, "POST", plan.path(), fmt.Sprint(plan.version), map[string]any{}, nil)
		plans = append(plans, plan)
	}
	s.stop()
	must(t, "import", monthly(t, filepath.Join(dir, "nachher.csv"), 48), "--data", p.template, "--table", "orders", "--overlap", "replace")
	s = serve(t, p.template)
	for i, plan := range plans {
		var c struct {
			ID      string
			Version int
			Verdict string
		}
		s.ask(p.staff["officer"], 201, "POST", "/closings", "", map[string]any{"plan": plan.id}, &c)
		if c.Verdict != "belegt" {
			t.Fatalf("%+v", c)
		}
		p.papers = append(p.papers, paper{"closing", c.ID, c.Version})
		if i < toPlan {
			p.papers = append(p.papers, p.plan(s, fmt.Sprintf("Plan %d", i), "2023-01-01"))
		}
	}
	s.settled()
	if status := s.stop(); status != 0 {
		t.Fatal(status, s.errs)
	}
	return p
}

// plan drafts a plan for an initiative of its own and proposes it.
func (p *proof) plan(s *server, title, first string) paper {
	s.t.Helper()
	var i struct{ ID string }
	s.ask(p.staff["officer"], 201, "POST", "/records/initiative", "", map[string]any{"title": title, "metrics": []string{"average_order_value"}}, &i)
	var plan struct {
		ID      string
		Version int
	}
	s.ask(p.staff["officer"], 201, "POST", "/records/effect_plan", "", map[string]any{"title": title, "initiative": i.ID, "metric": "average_order_value", "grain": "month",
		"first_affected": first, "periods_after": 12, "scale": "plain", "expected": -20, "band": 1, "benefit_class": "cash",
		"value_per_unit": map[string]any{"min": 900, "likely": 1000, "max": 1100}, "currency": "EUR", "primary": true, "minimum_sample": 0}, &plan)
	s.ask(p.staff["officer"], 200, "POST", "/effect_plans/"+plan.ID+"/propose", fmt.Sprint(plan.Version), map[string]any{}, &plan)
	return paper{"effect_plan", plan.ID, plan.Version}
}

// signed tells which papers carry a signature, and checks that every signed closing has exactly one entry of the ledger
// and that there is no other.
func (p *proof) signed(t testing.TB, s *server) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	var ledger struct {
		Entries []struct {
			Closing, Sort string
			Live          bool
			Hash          string
		}
	}
	s.ask(p.staff["controller"], 200, "GET", "/ledger", "", nil, &ledger)
	entries := map[string]int{}
	for _, e := range ledger.Entries {
		entries[e.Closing]++
		if e.Sort != "contribution" || !e.Live || len(e.Hash) != 64 {
			t.Errorf("%+v", e)
		}
	}
	for _, x := range p.papers {
		if x.kind == "closing" {
			var c struct {
				Status, Hash string
				Steps        []struct{ Step string }
			}
			s.ask(p.staff["controller"], 200, "GET", "/closings/"+x.id, "", nil, &c)
			out[x.id] = c.Status == "signed"
			if want := map[string]int{"signed": 1, "proposed": 0}; entries[x.id] != want[c.Status] || c.Status == "signed" != (len(c.Hash) == 64) || len(c.Steps) != 1+want[c.Status] {
				t.Errorf("closing %s: %+v with %d entries of the ledger", x.id, c, entries[x.id])
			}
			delete(entries, x.id)
			continue
		}
		var plan struct {
			State string
			Value struct {
				Class    string
				SignedBy string `json:"signed_by"`
			}
		}
		s.ask(p.staff["controller"], 200, "GET", "/records/effect_plan/"+x.id, "", nil, &plan)
		out[x.id] = plan.State == "approved"
		if out[x.id] != (plan.Value.SignedBy != "") || out[x.id] != (plan.Value.Class != "") || !out[x.id] && plan.State != "proposed" {
			t.Errorf("plan %s: %+v", x.id, plan)
		}
	}
	if len(entries) > 0 {
		t.Errorf("entries of the ledger without a closing: %v", entries)
	}
	return out
}
