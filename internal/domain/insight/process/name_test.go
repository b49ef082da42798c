package process_test

import (
	"testing"

	"lotse.dev/lotse/internal/domain/insight/process"
)

// A process answers to its name however the letters are composed and spaced.
func TestNameIsAskedInAnyForm(t *testing.T) {
	h := open(t)
	h.load(t, "\u00fcber alles", columnsWithout("lifecycle"), orders())
	h.derive(t, " u\u0308ber  alles")
	for _, name := range []string{"\u00fcber alles", "u\u0308ber alles", " \u00fcber \u00a0alles"} {
		s, err := h.process.Summary(t.Context(), name, process.Filter{})
		if err != nil || s.Cases != 3 || s.Remarks.Has("cases_stale") {
			t.Errorf("%q: %+v %v", name, s, err)
		}
	}
}
