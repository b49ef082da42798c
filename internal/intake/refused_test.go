package intake_test

import (
	"strings"
	"testing"

	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
)

// In a row with another number of fields no position is known: where the file has names nothing of it is kept, and the
// reason says so; without names, or with a recorded purpose, it is kept as it is.
func TestShiftedRowsKeepNoNames(t *testing.T) {
	good := "V1;prüfen;13.11.2025 08:00;Meier\nV2;prüfen;14.11.2025 08:00;Meier\n"
	shifted := "V3;prüfen;Rest;15.11.2025 08:00;Schulz\nV4;Schulz\n"
	skip := events("p")
	skip.Mapping = []mapping.Entry{{Column: "Sachbearbeiter", Field: mapping.Skip}}
	purpose := events("p")
	purpose.Purposes = []convert.Purpose{{Column: "Sachbearbeiter", Purpose: "Einsatzplanung"}}
	for _, c := range []struct {
		name, last string
		plan       convert.Plan
		kept       bool
	}{
		{"loaded as pseudonyms", "Sachbearbeiter", events("p"), false},
		{"left out", "Sachbearbeiter", skip, false},
		{"with a purpose", "Sachbearbeiter", purpose, true},
		{"no people", "Stufe", events("p"), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			c.plan.AllowRefused = "all"
			file := write(t, "daten.csv", "Vorgang;Schritt;Zeit;"+c.last+"\n"+good+shifted+"V5;prüfen;gestern;Schulz\n")
			out := h.mustLoad(file, c.plan)
			if out.RowsLoaded != 2 || out.RowsRefused != 3 {
				t.Fatalf("%+v", out)
			}
			kept := h.refused(out.Load)
			if got := strings.Contains(kept, "Schulz"); got != c.kept {
				t.Errorf("name kept: %t\n%s", got, kept)
			}
			for i, r := range out.Refused[:2] {
				if r.Line != int64(4+i) || strings.Contains(r.Reason.De, "nicht aufgehoben") == c.kept || strings.Contains(r.Reason.De+r.Value, "Schulz") {
					t.Errorf("%+v", r)
				}
			}
			if !c.kept && (!strings.Contains(kept, "V5;prüfen;gestern;P-") || strings.Contains(kept, "V3")) {
				t.Errorf("kept:\n%s", kept)
			}
			again, err := h.load(write(t, "unverbessert.csv", kept), c.plan)
			if err != nil && codeOf(err) != "no_rows" || err == nil && again.RowsLoaded != 0 {
				t.Errorf("not corrected and loaded all the same: %+v %v", again, err)
			}
		})
	}
}
