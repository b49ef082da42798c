package record_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
)

func turn(t *testing.T, s *record.Store, kind, id string, step func(*record.Batch, *record.Def, string, int, string) (record.Doc, error)) (record.Doc, error) {
	t.Helper()
	var out record.Doc
	err := s.Write(t.Context(), func(b *record.Batch) (err error) {
		out, err = step(b, def(t, s, kind), id, record.AnyVersion, "anna")
		return err
	})
	return out, err
}

func remove(t *testing.T, s *record.Store, kind, id string) {
	t.Helper()
	if _, err := turn(t, s, kind, id, (*record.Batch).Delete); err != nil {
		t.Fatal(kind, id, err)
	}
}

func try(t *testing.T, s *record.Store, kind, id string, doc map[string]any) string {
	t.Helper()
	err := s.Write(t.Context(), func(b *record.Batch) error {
		_, err := b.Put(def(t, s, kind), id, record.AnyVersion, doc, "anna")
		return err
	})
	var e *base.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	var at []string
	for _, f := range e.Fields {
		at = append(at, f.Field)
	}
	return e.Code + " " + strings.Join(at, " ")
}

// A record that others point at stays, and the refusal names them; a reference to nothing is refused at its place.
func TestReferencesHold(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	example(t, s)
	_, err := turn(t, s, "person", "anna", (*record.Batch).Delete)
	if code(err) != "still_referenced" || !strings.Contains(err.Error(), "Rechnungseingänge prüfen") {
		t.Error(err)
	}
	_, err = turn(t, s, "person", "bert", (*record.Batch).Delete) // named in a row of a table
	if code(err) != "still_referenced" || !strings.Contains(err.Error(), "Portal bauen") {
		t.Error(err)
	}
	if got := try(t, s, "task", "new", map[string]any{"title": "x", "owner": "nobody", "after": []any{"one", "none"}, "steps": []any{map[string]any{"title": "a"}, map[string]any{"title": "b", "who": "sales"}}}); got != "invalid_fields owner after steps[1].who" {
		t.Error(got)
	}
	remove(t, s, "task", "two")
	remove(t, s, "person", "bert")
	if _, err := turn(t, s, "task", "two", (*record.Batch).Restore); code(err) != "invalid_fields" || !strings.Contains(fmt.Sprint(errFields(err)), "steps[0].who") {
		t.Error("a task came back that points at somebody who is gone", err)
	}
	if _, err := turn(t, s, "person", "bert", (*record.Batch).Restore); err != nil {
		t.Fatal(err)
	}
	if _, err := turn(t, s, "task", "two", (*record.Batch).Restore); err != nil {
		t.Fatal(err)
	}
	links, err := s.Backlinks(t.Context(), "task", "one")
	if err != nil || fmt.Sprint(links) != "[{task two after}]" {
		t.Error(links, err)
	}
	for i := range 7 {
		keep(t, s, "task", fmt.Sprint("more", i), map[string]any{"title": fmt.Sprint("Mehr ", i), "owner": "anna"})
	}
	if _, err = turn(t, s, "person", "anna", (*record.Batch).Delete); !strings.Contains(err.Error(), "(8)") || !strings.Contains(err.Error(), "…") {
		t.Error(err)
	}
	if _, err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func errFields(err error) []base.FieldError {
	var e *base.Error
	errors.As(err, &e)
	return e.Fields
}

func TestCirclesAreRefused(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	for _, id := range []string{"a", "b", "c"} {
		keep(t, s, "unit", id, map[string]any{"name": id})
		keep(t, s, "task", id, map[string]any{"title": id})
	}
	keep(t, s, "unit", "b", map[string]any{"name": "b", "parent": "a"})
	keep(t, s, "unit", "c", map[string]any{"name": "c", "parent": "b"})
	keep(t, s, "task", "b", map[string]any{"title": "b", "after": []any{"a"}})
	keep(t, s, "task", "c", map[string]any{"title": "c", "after": []any{"a", "b"}})
	for got, want := range map[string]string{
		try(t, s, "unit", "a", map[string]any{"name": "a", "parent": "a"}):          "invalid_fields parent",
		try(t, s, "unit", "a", map[string]any{"name": "a", "parent": "c"}) + " ":    "invalid_fields parent ",
		try(t, s, "task", "a", map[string]any{"title": "a", "after": []any{"c"}}):   "invalid_fields after",
		try(t, s, "task", "a", map[string]any{"title": "a again"}) + "  ":           "<nil>  ",
		try(t, s, "task", "d", map[string]any{"title": "d", "after": []any{"d"}}):   "invalid_fields after",
		try(t, s, "task", "e", map[string]any{"title": "e", "after": []any{"c"}}):   "<nil>",
		try(t, s, "unit", "b", map[string]any{"name": "b", "parent": "c"}) + "    ": "invalid_fields parent    ",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestUniqueValues(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	keep(t, s, "unit", "a", map[string]any{"name": "Vertrieb"})
	if got := try(t, s, "unit", "b", map[string]any{"name": "VERTRIEB"}); got != "invalid_fields name" {
		t.Error(got)
	}
	keep(t, s, "unit", "a", map[string]any{"name": "vertrieb"}) // its own value is no other's
	remove(t, s, "unit", "a")
	keep(t, s, "unit", "b", map[string]any{"name": "Vertrieb"})
	if _, err := turn(t, s, "unit", "a", (*record.Batch).Restore); code(err) != "invalid_fields" {
		t.Error(err)
	}
	long := strings.Repeat("x", 400)
	keep(t, s, "unit", "c", map[string]any{"name": long + "1"})
	keep(t, s, "unit", "d", map[string]any{"name": long + "2"})
}

func TestComputedFieldsAreTheKindsOwn(t *testing.T) {
	s, _ := registers(t, t.TempDir())
	if got := try(t, s, "task", "x", map[string]any{"title": "x", "double": 4.0}); got != "invalid_fields double" {
		t.Error(got)
	}
	d := keep(t, s, "task", "x", map[string]any{"title": "x", "number": 4.0, "managed": "by its domain"})
	if d.Value["double"] != 8.0 || d.Value["managed"] != "by its domain" {
		t.Error(d.Value)
	}
	if again := keep(t, s, "task", "x", map[string]any{"title": "  x ", "number": 4.0, "managed": "by its domain"}); again.Version != 1 {
		t.Error("nothing changed and yet there is version", again.Version)
	}
	if got := try(t, s, "task", "../x", map[string]any{"title": "x"}); got != "invalid_fields id" {
		t.Error(got)
	}
}

// Erased content is nowhere: not in the record, its versions, its keys or its words; it does not come back.
func TestErasureTakesEverything(t *testing.T) {
	s, db := registers(t, t.TempDir())
	keep(t, s, "person", "x", map[string]any{"name": "Geheimrat", "note": "Geheimnis"})
	keep(t, s, "person", "x", map[string]any{"name": "Geheimrat Meier"})
	if err := s.Erase(t.Context(), "person", "x", "anna"); code(err) != "not_deleted" {
		t.Error(err)
	}
	remove(t, s, "person", "x")
	if err := s.Erase(t.Context(), "person", "x", "anna"); err != nil {
		t.Fatal(err)
	}
	var left int
	err := db.Read().QueryRow(`SELECT (SELECT count(*) FROM record WHERE lower(payload || keys) LIKE '%geheim%') + (SELECT count(*) FROM record_history WHERE payload IS NOT NULL OR salt IS NOT NULL) +
		(SELECT count(*) FROM record_text WHERE record_text MATCH 'geheim*')`).Scan(&left)
	if err != nil || left != 0 {
		t.Error(left, err)
	}
	if _, err := turn(t, s, "person", "x", (*record.Batch).Restore); code(err) != "erased" {
		t.Error(err)
	}
	if err := s.Erase(t.Context(), "person", "x", "anna"); code(err) != "not_deleted" {
		t.Error(err)
	}
	if _, err := s.At(t.Context(), def(t, s, "person"), "x", 1); code(err) != "version_not_found" {
		t.Error(err)
	}
	if n, err := s.Verify(t.Context()); err != nil || n != 4 {
		t.Error(n, err)
	}
	if page, err := s.Find(t.Context(), def(t, s, "person"), record.Query{Scope: all, Deleted: true, Limit: 10}); err != nil || len(page.Items) != 1 {
		t.Error(page, err)
	}
}
