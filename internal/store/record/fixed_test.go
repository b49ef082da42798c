package record_test

import (
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// pledge is a register whose records are fixed for good once approved.
type pledge struct {
	Title    string       `json:"title,omitempty" de:"Titel" en:"Title" lo:"heading,required"`
	SignedBy field.Person `json:"signed_by,omitempty" de:"Unterschrieben von" en:"Signed by" lo:"managed"`
	Length   *float64     `json:"length,omitempty" de:"Länge" en:"Length" lo:"computed"`
}

var pledges = record.Kind[pledge]{Name: "pledge", Title: base.T("Die Zusage", "The pledge"), One: base.T("Zusage", "Pledge"), Many: base.T("Zusagen", "Pledges"),
	Approval: true, FixedOnceApproved: true, Compute: func(p *pledge) { n := float64(len(p.Title)); p.Length = &n }}

// Until the approval a record changes like any other; afterwards no door changes, deletes or proposes it again, and the
// approval itself can say who signed in the same version.
func TestFixedOnceApproved(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	if err := s.Register(t.Context(), pledges.Def()); err != nil {
		t.Fatal(err)
	}
	d := def(t, s, "pledge")
	keep(t, s, "person", "carl", map[string]any{"name": "Carl"})
	keep(t, s, "pledge", "x", map[string]any{"title": "eins"})
	keep(t, s, "pledge", "x", map[string]any{"title": "zwei"})
	if _, err := turn(t, s, "pledge", "x", (*record.Batch).Delete); err != nil {
		t.Fatal(err)
	}
	if _, err := turn(t, s, "pledge", "x", (*record.Batch).Restore); err != nil {
		t.Fatal(err)
	}
	decide := func(step, by string, set map[string]any) (record.Doc, error) {
		return s.Decide(t.Context(), d, "x", record.AnyVersion, record.Decision{Step: step, By: by, Set: set})
	}
	if _, err := decide("propose", "anna", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := decide("approve", "carl", map[string]any{"signed_by": "nobody"}); err == nil || code(err) != "invalid_fields" {
		t.Fatal("a signature that points nowhere:", err)
	}
	signed, err := decide("approve", "carl", map[string]any{"signed_by": "carl"})
	if err != nil || signed.Value["signed_by"] != "carl" || signed.Version != signed.ApprovedVersion || signed.Value["title"] != "zwei" {
		t.Fatal(signed, err)
	}
	if links, err := s.Backlinks(t.Context(), "person", "carl"); err != nil || len(links) != 1 {
		t.Error("the signature is no link", links, err)
	}
	refused := func(door string, err error) {
		t.Helper()
		if code(err) != "fixed_once_approved" {
			t.Errorf("%s: %v", door, err)
		}
	}
	for _, doc := range []map[string]any{{"title": "drei", "signed_by": "carl"}, {"title": "eins"}} {
		if got := try(t, s, "pledge", "x", doc); got != "fixed_once_approved " {
			t.Error(doc, got)
		}
	}
	_, err = turn(t, s, "pledge", "x", (*record.Batch).Delete)
	refused("delete", err)
	_, err = record.Put(t.Context(), s, pledges, "x", record.AnyVersion, pledge{Title: "typed"}, "anna")
	refused("typed change", err)
	refused("typed delete", record.Delete(t.Context(), s, pledges, "x", record.AnyVersion, "anna"))
	for _, step := range []string{"propose", "withdraw", "refuse", "approve"} {
		if _, err := decide(step, "dora", nil); code(err) != "wrong_state" && code(err) != "invalid_fields" {
			t.Errorf("%s: %v", step, err)
		}
	}
	if same := keep(t, s, "pledge", "x", map[string]any{"title": "zwei", "signed_by": "carl"}); same.Version != signed.Version {
		t.Error("what changes nothing is no change", same)
	}
	if now, err := s.Lookup(t.Context(), d, "x", all); err != nil || now.Version != signed.Version || now.State != record.Approved {
		t.Error(now, err)
	}
	if _, err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
