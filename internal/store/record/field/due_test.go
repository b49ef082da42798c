package field_test

import (
	"testing"

	"lotse.dev/lotse/internal/store/record/field"
)

type dated struct {
	State field.Choice `json:"state,omitempty" de:"Stand" en:"State" options:"open=offen|open;done=erledigt|done"`
	Day   field.Date   `json:"day,omitempty" de:"Tag" en:"Day" lo:"due,ended=state:done"`
	Steps []struct {
		Due  field.Date `json:"due,omitempty" de:"Bis" en:"Due" lo:"starts,done=done"`
		Done field.Date `json:"done,omitempty" de:"Am" en:"On"`
	} `json:"steps,omitempty" de:"Schritte" en:"Steps"`
}

// A tag says what a day is for people; a tag that names what there is not is a defect of the program.
func TestDueSaysWhatADayIs(t *testing.T) {
	f := field.Of[dated]()
	if d := f[1].Due; d == nil || d.Starts || d.Ended != "state" || len(d.EndedBy) != 1 || d.EndedBy[0] != "done" {
		t.Errorf("%+v", d)
	}
	if d := f[2].Fields[0].Due; d == nil || !d.Starts || d.Done != "done" {
		t.Errorf("%+v", d)
	}
	for name, of := range map[string]func(){
		"no such field": func() {
			field.Of[struct {
				Day field.Date `json:"day,omitempty" de:"Tag" en:"Day" lo:"due,done=gone"`
			}]()
		},
		"no such value": func() {
			field.Of[struct {
				State field.Choice `json:"state,omitempty" de:"Stand" en:"State" options:"open=offen|open"`
				Day   field.Date   `json:"day,omitempty" de:"Tag" en:"Day" lo:"due,ended=state:shut"`
			}]()
		},
		"no date": func() {
			field.Of[struct {
				Day string `json:"day,omitempty" de:"Tag" en:"Day" lo:"due"`
			}]()
		},
		"not managed": func() {
			field.Of[struct {
				Day string `json:"day,omitempty" de:"Tag" en:"Day" lo:"versioned"`
			}]()
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("taken")
				}
			}()
			of()
		})
	}
}
