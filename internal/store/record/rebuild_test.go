package record_test

import (
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// noteBefore and noteAfter are a kind before and after somebody changed the flags of its fields.
type noteBefore struct {
	Title  string       `json:"title,omitempty" de:"Titel" en:"Title" lo:"heading,required"`
	Salary string       `json:"salary,omitempty" de:"Gehalt" en:"Salary"`
	Level  *float64     `json:"level,omitempty" de:"Stufe" en:"Level"`
	Who    field.Person `json:"who,omitempty" de:"Wer" en:"Who"`
	Where  field.Ref    `json:"where,omitempty" de:"Wo" en:"Where" lo:"to=unit"`
}

type noteAfter struct {
	Title  string       `json:"title,omitempty" de:"Titel" en:"Title" lo:"heading,required"`
	Salary string       `json:"salary,omitempty" de:"Gehalt" en:"Salary" lo:"private"`
	Level  *float64     `json:"level,omitempty" de:"Stufe" en:"Level" lo:"index"`
	Who    field.Person `json:"who,omitempty" de:"Wer" en:"Who" lo:"owner"`
	Where  field.Ref    `json:"where,omitempty" de:"Wo" en:"Where" lo:"team,to=unit"`
}

func noteKind[T any]() *record.Def {
	return record.Kind[T]{Name: "note", Title: base.T("Die Notiz", "The note"), One: base.T("Notiz", "Note"), Many: base.T("Notizen", "Notes")}.Def()
}

func openWith(t *testing.T, dir string, note *record.Def) (*record.Store, *database.DB) {
	t.Helper()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	s := record.NewStore(db, base.FixedClock(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)))
	if err := s.Register(t.Context(), units.Def(), persons.Def(), note); err != nil {
		t.Fatal(err)
	}
	return s, db
}

// A field that becomes private leaves the search, one that becomes owner or team opens its records to those people: from
// the next start on, for what was written before.
func TestChangedFlagsHoldForOldRecords(t *testing.T) {
	dir := t.TempDir()
	s, db := openWith(t, dir, noteKind[noteBefore]())
	keep(t, s, "unit", "sales", map[string]any{"name": "Vertrieb"})
	keep(t, s, "person", "anna", map[string]any{"name": "Anna"})
	for _, id := range []string{"a", "b", "gone"} {
		keep(t, s, "note", id, map[string]any{"title": "Notiz " + id, "salary": "Tariflohn", "level": 3.0, "who": "anna", "where": "sales"})
	}
	remove(t, s, "note", "gone")
	seen := func(s *record.Store, scope record.Scope, search string) int {
		t.Helper()
		page, err := s.Find(t.Context(), def(t, s, "note"), record.Query{Scope: scope, Search: search, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Items)
	}
	owner, team := record.Scope{Persons: []string{"anna"}}, record.Scope{Teams: []string{"sales"}}
	if seen(s, all, "Tariflohn") != 2 || seen(s, owner, "") != 0 || seen(s, team, "") != 0 {
		t.Fatal("the old rules")
	}
	db.Close()
	s, db = openWith(t, dir, noteKind[noteAfter]())
	if seen(s, all, "Tariflohn") != 0 || seen(s, all, "Notiz") != 2 || seen(s, owner, "") != 2 || seen(s, team, "") != 2 {
		t.Error("the new rules do not hold for old records:", seen(s, all, "Tariflohn"), seen(s, all, "Notiz"), seen(s, owner, ""), seen(s, team, ""))
	}
	if page, err := s.Find(t.Context(), def(t, s, "note"), record.Query{Scope: all, Limit: 10, Where: []record.Condition{{Field: "level", Op: "eq", Values: []string{"3"}}}}); err != nil || len(page.Items) != 2 {
		t.Error("the new index", page, err)
	}
	if _, err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := turn(t, s, "note", "gone", (*record.Batch).Restore); err != nil || seen(s, owner, "") != 3 {
		t.Error("what was deleted comes back by the old rules", err)
	}
	db.Close()
	s, db = openWith(t, dir, noteKind[noteBefore]()) // and back
	defer db.Close()
	if seen(s, all, "Tariflohn") != 3 || seen(s, owner, "") != 0 {
		t.Error("the first rules came back and do not hold")
	}
	if _, err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
