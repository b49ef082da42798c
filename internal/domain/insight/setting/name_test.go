package setting_test

import (
	"slices"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
)

// A process is the same one however the letters of its name are composed and spaced.
func TestNameIsSetInAnyForm(t *testing.T) {
	s := service(t)
	typed, kept := " u\u0308ber \u00a0alles", "\u00fcber alles"
	v := setting.Default()
	v.EndActivities = []setting.ProcessEnds{{Process: typed, Activities: []string{"pay"}}}
	v.AutomaticActivities = []setting.ProcessActivity{{Process: typed, Activity: "match"}}
	v.Sections = []setting.Section{{Process: typed, Section: "end", Activities: []string{"pay"}}}
	a, err := s.Put(t.Context(), v, 0, "anna")
	if err != nil {
		t.Fatal(err)
	}
	ends, _ := a.Value.Ends(kept)
	automatic, _ := a.Value.Automatic(kept)
	if !slices.Equal(ends, []string{"pay"}) || !slices.Equal(automatic, []string{"match"}) || len(a.Value.SectionsOf(kept)) != 1 {
		t.Errorf("%+v", a.Value)
	}
	v.EndActivities = append(v.EndActivities, setting.ProcessEnds{Process: kept, Activities: []string{"send"}})
	v.AutomaticActivities = append(v.AutomaticActivities, setting.ProcessActivity{Process: kept, Activity: "match"})
	v.Sections = append(v.Sections, setting.Section{Process: kept, Section: "end", Activities: []string{"send"}})
	if _, err := s.Put(t.Context(), v, 1, "anna"); len(base.AsError(err).Fields) != 3 {
		t.Errorf("the same process twice: %v", err)
	}
}
