package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/store/record"
)

// Word forms of both languages, umlauts in every spelling, beginnings of words.
func TestSearchFindsWordsInTheirForms(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	keep(t, s, "task", "a", map[string]any{"title": "Rechnungseingänge der Firma Müller", "text": "Straßenverkehr, monatlich geprüft"})
	keep(t, s, "task", "b", map[string]any{"title": "Invoices of customers", "stage": "later", "tags": []any{"Qualität"}, "steps": []any{map[string]any{"title": "Verträge sichten"}}})
	for q, want := range map[string]string{
		"Rechnungseingang": "a", "rechnungseingänge": "a", "Rechnungs": "a", "Müller": "a", "Mueller": "a", "muller": "a", "MÜLLER": "a", "Mu\u0308ller": "a", "Strassenverkehr": "a", "geprüft müller": "a",
		"prüfung": "", "invoice": "b", "INVOICES": "b", "customer": "b", "invoicing": "b", "später": "b", "later": "b", "Qualitat": "b", "Vertrag": "b", "müller invoices": "", "eingang": "", "": "", "!?": "",
	} {
		hits, err := s.Search(t.Context(), q, map[string]record.Scope{"task": all}, 10)
		if err != nil {
			t.Fatal(q, err)
		}
		var got []string
		for _, h := range hits {
			got = append(got, h.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %q", q, got, want)
		}
	}
}

// A word of the heading counts more than one of the text; a changed record is found by its new words only.
func TestSearchFollowsTheRecord(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	keep(t, s, "task", "text", map[string]any{"title": "Etwas anderes", "text": "Portal"})
	keep(t, s, "task", "title", map[string]any{"title": "Portal"})
	find := func(q string) string {
		hits, err := s.Search(t.Context(), q, map[string]record.Scope{"task": all}, 10)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(hits)
	}
	if got := find("portal"); got != "[{task title Portal} {task text Etwas anderes}]" {
		t.Error(got)
	}
	keep(t, s, "task", "title", map[string]any{"title": "Website"})
	if got := find("portal") + find("website"); got != "[{task text Etwas anderes}][{task title Website}]" {
		t.Error(got)
	}
	remove(t, s, "task", "title")
	if got := find("website"); got != "[]" {
		t.Error(got)
	}
	if _, err := turn(t, s, "task", "title", (*record.Batch).Restore); err != nil {
		t.Fatal(err)
	}
	if got := find("website"); got != "[{task title Website}]" {
		t.Error(got)
	}
	if _, err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSearchKeepsToWhatOneMaySee(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	example(t, s)
	keep(t, s, "task", "secret", map[string]any{"title": "Aufgabe", "secret": "Verborgenes"})
	for _, c := range []struct {
		q     string
		scope map[string]record.Scope
		want  []string
	}{
		{"Geheimsache", map[string]record.Scope{"person": all, "task": all}, nil}, {"Verborgenes", map[string]record.Scope{"person": all, "task": all}, nil},
		{"prüfen", map[string]record.Scope{"task": {Persons: []string{"anna"}}}, []string{"one"}}, {"prüfen", map[string]record.Scope{"task": {Teams: []string{"inside"}}}, []string{"one"}},
		{"prüfen", map[string]record.Scope{"task": {Persons: []string{"bert"}, Teams: []string{"sales"}}}, nil}, {"prüfen", map[string]record.Scope{"task": {}}, nil},
		{"Portal", map[string]record.Scope{"task": {Persons: []string{"bert"}}}, nil}, // a step of a table owns nothing
		{"Vertrieb", map[string]record.Scope{"task": all}, nil}, {"Vertrieb", map[string]record.Scope{"unit": all}, []string{"sales"}}, {"Vertrieb", nil, nil},
	} {
		hits, err := s.Search(t.Context(), c.q, c.scope, 10)
		var got []string
		for _, h := range hits {
			got = append(got, h.ID)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s in %v finds %v, want %v %v", c.q, c.scope, got, c.want, err)
		}
	}
	page, err := s.Find(t.Context(), def(t, s, "task"), record.Query{Search: "verborgenes", Scope: all, Limit: 10})
	if err != nil || len(page.Items) != 0 {
		t.Error(page, err)
	}
}
