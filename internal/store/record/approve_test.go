package record_test

import (
	"testing"

	"lotse.dev/lotse/internal/store/record"
)

// decide takes one step and answers its code, "" when it went through.
func decide(t *testing.T, s *record.Store, id, step, by, note string) (record.Doc, string) {
	t.Helper()
	doc, err := s.Decide(t.Context(), def(t, s, "task"), id, record.AnyVersion, record.Decision{Step: step, By: by, Note: note})
	if err != nil {
		return doc, code(err)
	}
	return doc, ""
}

// Who writes or proposes does not approve, however many versions lie between; what was approved stays readable.
func TestTwoPersons(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	change := func(by, title string) {
		t.Helper()
		err := s.Write(t.Context(), func(b *record.Batch) error {
			_, err := b.Put(def(t, s, "task"), "x", record.AnyVersion, map[string]any{"title": title}, by)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	step := func(step, by, note, want string) record.Doc {
		t.Helper()
		doc, got := decide(t, s, "x", step, by, note)
		if got != want {
			t.Fatalf("%s by %s: %q, want %q", step, by, got, want)
		}
		return doc
	}
	change("anna", "eins")
	step("approve", "carl", "", "wrong_state")
	step("propose", "bert", "", "")
	step("propose", "bert", "", "wrong_state")
	step("approve", "anna", "", "two_persons") // wrote it
	step("approve", "bert", "", "two_persons") // proposed it
	step("refuse", "anna", "nein", "two_persons")
	step("refuse", "carl", "", "invalid_fields") // without a reason
	if doc := step("refuse", "carl", "zu teuer", ""); doc.State != record.Refused {
		t.Fatal(doc.State)
	}
	change("dora", "zwei")
	step("propose", "dora", "", "")
	step("approve", "anna", "", "two_persons") // wrote an earlier version that nobody approved
	first := step("approve", "carl", "", "")
	if first.State != record.Approved || first.ApprovedVersion != first.Version {
		t.Fatal(first)
	}
	change("carl", "drei")
	doc, err := s.Lookup(t.Context(), def(t, s, "task"), "x", all)
	if err != nil || doc.State != "" || doc.ApprovedVersion != first.Version {
		t.Fatal(doc, err)
	}
	if old, err := s.At(t.Context(), def(t, s, "task"), "x", doc.ApprovedVersion); err != nil || old["title"] != "zwei" {
		t.Fatal(old, err)
	}
	step("propose", "dora", "", "")
	step("withdraw", "dora", "", "")
	step("propose", "dora", "", "")
	step("approve", "carl", "", "two_persons")
	step("approve", "anna", "", "") // her versions were approved before
	remove(t, s, "task", "x")
	step("propose", "dora", "", "record_not_found")
	back, err := turn(t, s, "task", "x", (*record.Batch).Restore)
	if err != nil || back.State != "" {
		t.Fatal("what comes back is approved again by somebody", back.State, err)
	}
	if _, got := decide(t, s, "x", "dance", "carl", ""); got != "no_approval" {
		t.Error(got)
	}
	if _, err := s.Decide(t.Context(), def(t, s, "unit"), "x", record.AnyVersion, record.Decision{Step: "propose", By: "anna"}); code(err) != "record_not_found" {
		t.Error(err)
	}
	if _, err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// Approval is of what was seen: another version in between is a conflict.
func TestApprovalOfAStaleVersion(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	keep(t, s, "task", "x", map[string]any{"title": "eins"})
	proposed, got := decide(t, s, "x", "propose", "bert", "")
	if got != "" {
		t.Fatal(got)
	}
	keep(t, s, "task", "x", map[string]any{"title": "zwei"})
	_, err := s.Decide(t.Context(), def(t, s, "task"), "x", proposed.Version, record.Decision{Step: "approve", By: "carl"})
	if code(err) != "stale_version" {
		t.Error(err)
	}
}
