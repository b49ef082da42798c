package assumption_test

import (
	"testing"

	"lotse.dev/lotse/internal/base"
)

// A process has one handling time for an activity, however the letters of its name are composed and spaced.
func TestNameIsKeptInOneForm(t *testing.T) {
	s := service(t)
	typed, kept := " u\u0308ber \u00a0alles", "\u00fcber alles"
	r, err := s.PutHandlingTime(t.Context(), survey(typed, "x"), 0, "anna")
	if err != nil || r.Value.Process != kept {
		t.Fatalf("%+v %v", r.Value, err)
	}
	if _, err := s.PutHandlingTime(t.Context(), survey(kept, "x"), 0, "bea"); !base.IsKind(err, base.Conflict) {
		t.Error(err)
	}
	for _, name := range []string{typed, kept} {
		if list, err := s.HandlingTimes(t.Context(), name); err != nil || len(list) != 1 {
			t.Errorf("%q: %+v %v", name, list, err)
		}
	}
	if again, err := s.PutHandlingTime(t.Context(), survey(typed, "x"), r.Version, "bea"); err != nil || again.ID != r.ID {
		t.Errorf("%+v %v", again, err)
	}
}
