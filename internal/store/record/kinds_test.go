package record_test

import (
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// unit, person and task are registers as a domain declares them.
type unit struct {
	Name   string    `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required,unique"`
	Parent field.Ref `json:"parent,omitempty" de:"Über" en:"Above" lo:"to=unit"`
}

type person struct {
	Name string `json:"name,omitempty" de:"Name" en:"Name" lo:"heading,required"`
	Note string `json:"note,omitempty" de:"Notiz" en:"Note" lo:"private"`
}

type task struct {
	Title   string         `json:"title,omitempty" de:"Titel" en:"Title" lo:"heading,required"`
	Text    field.Markdown `json:"text,omitempty" de:"Text" en:"Text"`
	Secret  string         `json:"secret,omitempty" de:"Geheim" en:"Secret" lo:"private"`
	Number  *float64       `json:"number,omitempty" de:"Zahl" en:"Number" lo:"index"`
	Cost    *field.Money   `json:"cost,omitempty" de:"Kosten" en:"Cost"`
	Due     field.Date     `json:"due,omitempty" de:"Termin" en:"Due" lo:"index"`
	Done    *bool          `json:"done,omitempty" de:"Fertig" en:"Done"`
	Stage   field.Choice   `json:"stage,omitempty" de:"Stand" en:"Stage" options:"later=später|later;now=jetzt|now;done=fertig|done"`
	Tags    field.Choices  `json:"tags,omitempty" de:"Wörter" en:"Tags"`
	Owner   field.Person   `json:"owner,omitempty" de:"Wer" en:"Who" lo:"owner,index"`
	Unit    field.Ref      `json:"unit,omitempty" de:"Einheit" en:"Unit" lo:"team,to=unit"`
	After   field.Refs     `json:"after,omitempty" de:"Nach" en:"After" lo:"to=task"`
	Effort  *field.Range   `json:"effort,omitempty" de:"Aufwand" en:"Effort"`
	Steps   []step         `json:"steps,omitempty" de:"Schritte" en:"Steps"`
	Managed string         `json:"managed,omitempty" de:"Verwaltet" en:"Managed" lo:"managed"`
	Double  *float64       `json:"double,omitempty" de:"Doppelt" en:"Double" lo:"computed"`
}

type step struct {
	Title string       `json:"title,omitempty" de:"Titel" en:"Title" lo:"required"`
	Who   field.Person `json:"who,omitempty" de:"Wer" en:"Who"`
}

var (
	units   = record.Kind[unit]{Name: "unit", Title: base.T("Die Einheit", "The unit"), One: base.T("Einheit", "Unit"), Many: base.T("Einheiten", "Units")}
	persons = record.Kind[person]{Name: "person", Title: base.T("Die Person", "The person"), One: base.T("Person", "Person"), Many: base.T("Personen", "Persons")}
	tasks   = record.Kind[task]{Name: "task", Title: base.T("Die Aufgabe", "The task"), One: base.T("Aufgabe", "Task"), Many: base.T("Aufgaben", "Tasks"), Approval: true,
		Compute: func(t *task) {
			t.Double = nil
			if t.Number != nil {
				double := 2 * *t.Number
				t.Double = &double
			}
		}}
)

var all = record.Scope{All: true}

// registers opens a store with the three registers in a folder.
func registers(t testing.TB, dir string) (*record.Store, *database.DB) {
	t.Helper()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	s := record.NewStore(db, base.FixedClock(at))
	if err := s.Register(t.Context(), units.Def(), persons.Def(), tasks.Def()); err != nil {
		t.Fatal(err)
	}
	return s, db
}

func def(t testing.TB, s *record.Store, kind string) *record.Def {
	t.Helper()
	d, ok := s.Def(kind)
	if !ok {
		t.Fatal(kind)
	}
	return d
}

// keep writes a document and answers its version.
func keep(t testing.TB, s *record.Store, kind, id string, doc map[string]any) record.Doc {
	t.Helper()
	var out record.Doc
	err := s.Write(t.Context(), func(b *record.Batch) (err error) {
		out, err = b.Put(def(t, s, kind), id, record.AnyVersion, doc, "anna")
		return err
	})
	if err != nil {
		t.Fatal(kind, id, err)
	}
	return out
}

// example fills a store: two units, two persons, three tasks, some with several versions.
func example(t testing.TB, s *record.Store) {
	t.Helper()
	keep(t, s, "unit", "sales", map[string]any{"name": "Vertrieb"})
	keep(t, s, "unit", "inside", map[string]any{"name": "Innendienst", "parent": "sales"})
	keep(t, s, "person", "anna", map[string]any{"name": "Anna Müller", "note": "Geheimsache"})
	keep(t, s, "person", "bert", map[string]any{"name": "Bert Weiß"})
	keep(t, s, "task", "one", map[string]any{"title": "Rechnungseingänge prüfen", "owner": "anna", "unit": "inside", "number": 1.0})
	keep(t, s, "task", "two", map[string]any{"title": "Portal bauen", "text": "Für alle Kunden", "after": []any{"one"}, "steps": []any{map[string]any{"title": "Planen", "who": "bert"}}})
	keep(t, s, "task", "one", map[string]any{"title": "Rechnungseingänge prüfen", "owner": "anna", "unit": "inside", "number": 2.0})
	keep(t, s, "task", "three", map[string]any{"title": "Aufräumen"})
}
