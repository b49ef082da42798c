package field_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/store/record/field"
)

func key(t *testing.T, name string, v any) any {
	t.Helper()
	f, ok := field.Find(fields, name)
	if !ok {
		t.Fatal(name)
	}
	return f.Of().Key(f, v)
}

// DIN 5007-1: umlauts sort as their base letters, ß as ss; case does not count.
func TestTextSortsAsPeopleSort(t *testing.T) {
	want := []string{"Aal", "Ähre", "Apfel", "ärger", "Maß", "Masse", "Ofen", "Öl", "Zug"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int { return strings.Compare(key(t, "text", a).(string), key(t, "text", b).(string)) })
	if !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestKeysOfEachClass(t *testing.T) {
	for _, c := range []struct {
		name string
		v    any
		want any
	}{
		{"text", "Müller & Söhne", "muller & sohne"}, {"yes_no", false, "no"}, {"number", 0.0, 0.0}, {"money", map[string]any{"amount": "-12.34", "currency": "EUR"}, -12.34},
		{"date", "2026-01-31", "2026-01-31"}, {"period", map[string]any{"from": "2026-01-01"}, "2026-01-01"}, {"choices", []any{"a", "b"}, []string{"a", "b"}},
		{"range", map[string]any{"min": 1.0, "likely": 2.0, "max": 3.0}, 2.0}, {"rows", []any{map[string]any{}, map[string]any{}}, 2.0}, {"text", nil, nil}, {"rows", []any{}, nil},
	} {
		if got := key(t, c.name, c.v); fmt.Sprintf("%T%v", got, got) != fmt.Sprintf("%T%v", c.want, c.want) {
			t.Errorf("%s %v: %v", c.name, c.v, got)
		}
	}
	if long := key(t, "long", strings.Repeat("ä", 5000)).(string); len(long) != 5000 {
		t.Error("a filter must find what stands at the end of a long text", len(long))
	}
}

// A struct that cannot be a kind stops the program when it starts, not a user later.
func TestDefectsOfAStructPanic(t *testing.T) {
	for name, of := range map[string]func(){
		"no omitempty": func() {
			field.Of[struct {
				A string `json:"a" de:"A" en:"A"`
			}]()
		},
		"one language": func() {
			field.Of[struct {
				A string `json:"a,omitempty" de:"A"`
			}]()
		},
		"a name for SQL": func() {
			field.Of[struct {
				A string `json:"a'b,omitempty" de:"A" en:"A"`
			}]()
		},
		"an unknown rule": func() {
			field.Of[struct {
				A string `json:"a,omitempty" de:"A" en:"A" lo:"requred"`
			}]()
		},
		"a choice without options": func() {
			field.Of[struct {
				A field.Choice `json:"a,omitempty" de:"A" en:"A"`
			}]()
		},
		"an option twice": func() {
			field.Of[struct {
				A field.Choice `json:"a,omitempty" de:"A" en:"A" options:"a=A|A;b=A|B"`
			}]()
		},
		"a private column of a table": func() {
			field.Of[struct {
				A []struct {
					B string `json:"b,omitempty" de:"B" en:"B" lo:"private"`
				} `json:"a,omitempty" de:"A" en:"A"`
			}]()
		},
		"a reference to nothing": func() {
			field.Of[struct {
				A field.Ref `json:"a,omitempty" de:"A" en:"A"`
			}]()
		},
		"a type that is none": func() {
			field.Of[struct {
				A int `json:"a,omitempty" de:"A" en:"A"`
			}]()
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error(name)
				}
			}()
			of()
		}()
	}
}
