package app_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// The roadmap of the demo company shows each of its parts. By hand, for the developers in the first quarter of 2027: the
// portal's 104 days lie in the 334 days from 1 April to 28 February, 59 of them here; the subscription's 36 in 301 days,
// the CRM's 60 in 270, the suppliers' 30 in 302, 90 of each here; the pumps' 40 in 362, 59 of them here.
func TestDemoCompanyRoadmap(t *testing.T) {
	a := demoOn(t)
	o := signIn(t, a, "otto@example.com", "officer")
	var r board
	o.want(200, "GET", "/roadmap", nil, &r)
	if b := r.Budgets; len(b) != 2 || b[0].Year != 2026 || !b[0].Over || b[0].Frame == nil || b[1].Over || b[1].Frame == nil {
		t.Errorf("%+v", b)
	}
	states := map[string]bool{}
	for _, f := range r.Functions {
		for _, q := range f.Quarters {
			states[q.State] = true
			want := 104.*59/334 + 36.*90/301 + 60.*90/270 + 30.*90/302 + 40.*59/362
			if f.Name == "Anwendungsentwicklung" && q.From == "2027-01-01" && (math.Abs(q.Need.Likely-want) > 1e-9 || q.State != "over") {
				t.Errorf("%s %v, want %v", q.State, q.Need.Likely, want)
			}
		}
	}
	if !states["free"] || !states["tight"] || !states["over"] {
		t.Error(states)
	}
	if r.kinds() != "budget capacity capacity order order" {
		t.Errorf("%+v", r.Conflicts)
	}
	if r.Plan == nil || r.Plan.Title != "Fahrplan 2026" {
		t.Fatalf("%+v", r.Plan)
	}
	var off []string
	for _, i := range r.Items {
		if d := i.Deviation; d != nil && d.Any {
			off = append(off, fmt.Sprintf("%s %d %s %v", i.Title, *d.StartDays, d.Cost.Amount, *d.Benefit))
		}
	}
	want := []string{"Warenwirtschaft in der Cloud betreiben 0 15000.00 0", "Selbstbedienungsportal für Werften 0 0.00 -9", "Nachbestellung im Abo 61 0.00 0"}
	if strings.Join(off, "\n") != strings.Join(want, "\n") {
		t.Error(strings.Join(off, "\n"))
	}
}
