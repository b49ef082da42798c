package field_test

import (
	"bytes"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

func TestDocumentsThatAreNone(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing": "", "a list": "[]", "a text": `"x"`, "null": "null", "two values": "{} {}", "a name twice": `{"a":1,"a":2}`, "a name twice inside": `{"a":{"b":1,"b":2}}`,
		"cut off": `{"a":`, "no number": `{"a":NaN}`, "infinite": `{"a":Infinity}`, "too large": `{"a":1e999}`, "no UTF-8": "{\"a\":\"\xff\"}", "a comma too many": `{"a":1,}`,
		"deep": strings.Repeat(`{"a":`, 9) + "1" + strings.Repeat("}", 9), "a bottomless list": `{"a":` + strings.Repeat("[", 1_000_000), "closed too often": `{}}`, "a bracket": "]",
	} {
		if _, err := field.Decode([]byte(raw)); !base.IsKind(err, base.Usage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"text":"x","rows":[{"range":{"min":1,"likely":2,"max":3}}]}`, `{"a":[[[]]]}`, `{"money":{"amount":"1.00","currency":"EUR"}}`, `{"text":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := field.Decode(raw)
		if err != nil {
			if !base.IsKind(err, base.Usage) {
				t.Fatal(err)
			}
			return
		}
		clean, errs := check(doc)
		if len(errs) > 0 {
			return
		}
		first, err := field.Canonical(fields, clean)
		if err != nil {
			t.Fatal(err)
		}
		again, err := field.Decode(first)
		if err != nil {
			t.Fatal(err)
		}
		clean, errs = check(again)
		second, err := field.Canonical(fields, clean)
		if err != nil || len(errs) > 0 || !bytes.Equal(first, second) {
			t.Fatalf("%s\n%s %v", first, second, errs)
		}
	})
}

// Any text is read as a value of every type, or refused in words; what was read and passes is written and read alike.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1.234,5 Stück", "24.11.2026 – 25.11.2026", "a | b\nc \\| d ⏎ e | 1,5", "10 / 20 / 40", "12,50 €", "Müller; Söhne", `x\`, "offen; erledigt", "Ja", "33,3 %"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i := range fields {
			one := &fields[i]
			for _, lang := range []base.Lang{base.German, base.English} {
				v, err := one.Of().Parse(one, s, people{lang})
				if err != nil {
					continue
				}
				var e field.Errors
				v = one.Of().Check(one, v, one.Name, &e)
				if len(e.List()) > 0 || v == nil {
					continue
				}
				text := one.Of().Text(one, v, people{lang})
				again, err := one.Of().Parse(one, text, people{lang})
				if err != nil {
					t.Fatalf("%s: %q was read as %v and written as %q: %v", one.Name, s, v, text, err)
				}
				if again = one.Of().Check(one, again, one.Name, &e); one.Of().Text(one, again, people{lang}) != text {
					t.Fatalf("%s: %q, then %v", one.Name, text, again)
				}
			}
		}
	})
}
