package lake_test

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/store/lake"
)

func TestSQLName(t *testing.T) {
	for d, want := range map[lake.Dataset]string{
		{Table: "orders"}: "orders", {Table: "tickets"}: "tickets", {Table: "stock"}: "t_stock",
		{Table: "events", Process: "einkauf"}: "events_einkauf", {Table: "cases", Process: "einkauf"}: "cases_einkauf",
	} {
		if got := d.SQLName(); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	plain := regexp.MustCompile(`^[a-z0-9_]{1,90}$`)
	rapid.Check(t, func(r *rapid.T) {
		a, b := rapid.String().Draw(r, "a"), rapid.String().Draw(r, "b")
		x, y := lake.Dataset{Table: "events", Process: a + "x"}.SQLName(), lake.Dataset{Table: "events", Process: b + "x"}.SQLName()
		if !plain.MatchString(x) {
			r.Fatalf("%q becomes %q", a, x)
		}
		if a != b && x == y {
			r.Fatalf("%q and %q are both %q", a, b, x)
		}
	})
}

func TestName(t *testing.T) {
	for in, want := range map[string]string{
		"Einkauf": "Einkauf", " Gro\u0308ße ": "Größe", "a \t\u00a0\n b": "a b", "": "", " ": "", "\u1e9b\u0323": "\u1e9b\u0323",
	} {
		if got := lake.Name(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		once := lake.Name(rapid.String().Draw(r, "name"))
		if twice := lake.Name(once); twice != once {
			r.Fatalf("%q, then %q", once, twice)
		}
	})
}
