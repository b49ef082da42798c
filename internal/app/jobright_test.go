package app_test

import (
	"encoding/json"
	"testing"
)

// What a proposal is worth knows who asked for it, and this person stops and repeats it, whatever else they may. Other
// jobs are stopped by who began them and by those who write what is measured.
func TestAProposalBelongsToWhoAskedForIt(t *testing.T) {
	a := open(t, t.TempDir())
	leader, officer := signIn(t, a, "leader@example.com", "leader"), signIn(t, a, "officer@example.com", "officer")
	member := signIn(t, a, "member@example.com", "member")
	officer.make("initiative", map[string]any{"title": "Portal", "start": "2099-01-01", "end": "2099-03-31", "budget": euro("10000.00"), "benefit": rangeOf(5, 5, 5), "cost": rangeOf(10, 10, 10)})
	var info struct{ ID string }
	leader.want(200, "POST", "/roadmap/proposal", map[string]any{"quarters": 2}, &info)
	var worth struct{ Objective *float64 }
	leader.await(info.ID, &worth)
	if worth.Objective == nil || *worth.Objective != 15000 {
		t.Fatalf("%+v", worth)
	}
	type shown struct {
		ID, Kind, State string
		Output          json.RawMessage
	}
	outputs := func(b *browser) (listed, got shown) {
		t.Helper()
		var list struct{ Items []shown }
		b.want(200, "GET", "/jobs", nil, &list)
		for _, j := range list.Items {
			if j.ID == info.ID {
				listed = j
			}
		}
		b.want(200, "GET", "/jobs/"+info.ID, nil, &got)
		return listed, got
	}
	if listed, got := outputs(leader); len(listed.Output) == 0 || len(got.Output) == 0 {
		t.Errorf("%+v %+v", listed, got)
	}
	if listed, got := outputs(officer); listed.State != "done" || got.State != "done" || listed.Output != nil || got.Output != nil {
		t.Errorf("%+v %+v", listed, got)
	}
	member.want(404, "GET", "/jobs/"+info.ID, nil, nil)
	member.want(404, "POST", "/jobs/"+info.ID+"/cancel", nil, nil)
	officer.want(403, "POST", "/jobs/"+info.ID+"/cancel", nil, nil)
	officer.want(403, "POST", "/jobs/"+info.ID+"/repeat", nil, nil)
	leader.want(409, "POST", "/jobs/"+info.ID+"/cancel", nil, nil) // it has ended
	var again struct{ ID string }
	leader.want(200, "POST", "/jobs/"+info.ID+"/repeat", nil, &again)
	leader.await(again.ID, &worth)
}
