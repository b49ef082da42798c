package catalogue_test

import (
	"testing"

	"lotse.dev/lotse/internal/domain/insight/catalogue"
)

// An own metric belongs to its process however the letters of the name are composed and spaced.
func TestOwnMetricNamesItsProcessInAnyForm(t *testing.T) {
	h := open(t)
	kept := "\u00fcber alles"
	h.load(t, process(kept), "time", eventSchema, someEvents())
	own := catalogue.Own{Name: "x", Title: "X", Process: " u\u0308ber \u00a0alles", From: "Angebot", To: "Rechnung", Statistic: "median"}
	made, err := h.metrics.Create(officer(t), &catalogue.CreateInput{Body: own})
	if err != nil || made.Process != kept {
		t.Fatalf("%+v %v", made, err)
	}
	if r := h.ask(t, catalogue.QueryInput{Name: "x", Process: own.Process}); *r.Points[0].Value != 3*86400 {
		t.Errorf("median of 2 and 4 days: %+v", r)
	}
	if used, err := h.metrics.UsedBy(t.Context(), process(kept)); err != nil || len(used) != 1 {
		t.Errorf("what hangs on the process: %v %v", used, err)
	}
}
