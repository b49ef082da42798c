package field_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

func check(doc map[string]any) (map[string]any, []base.FieldError) {
	var e field.Errors
	clean := field.Check(fields, doc, "", false, &e)
	return clean, e.List()
}

// Whatever passes is read again from its own text in both languages, alone and inside a table.
func TestTextAndParseLoseNothing(t *testing.T) {
	for i := range fields {
		f := &fields[i]
		t.Run(f.Name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				clean, _ := check(map[string]any{f.Name: anyValue(r, f)})
				v := clean[f.Name]
				if v == nil {
					return
				}
				for _, lang := range []base.Lang{base.German, base.English} {
					text := f.Of().Text(f, v, people{lang})
					parsed, err := f.Of().Parse(f, text, people{lang})
					if err != nil {
						r.Fatalf("%v is written as %q, which is not read: %v", v, text, err)
					}
					var e field.Errors
					if again := f.Of().Check(f, parsed, "", &e); len(e.List()) > 0 || !reflect.DeepEqual(again, v) {
						r.Fatalf("%v is written as %q and read as %v %v", v, text, again, e.List())
					}
				}
			})
		})
	}
}

// What Check returns passes again unchanged, has one way of being written, and is read back the same.
func TestTheCanonicalFormIsStable(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		doc := anyDoc(r, fields)
		doc["text"] = "x" + anyText(false).Draw(r, "required")
		clean, errs := check(doc)
		if len(errs) > 0 {
			return
		}
		first, err := field.Canonical(fields, clean)
		if err != nil {
			r.Fatal(err)
		}
		back, err := field.Decode(first)
		if err != nil {
			r.Fatalf("%s: %v", first, err)
		}
		again, errs := check(back)
		second, err := field.Canonical(fields, again)
		if err != nil || len(errs) > 0 || !bytes.Equal(first, second) {
			r.Fatalf("%s\n%s\n%v %v", first, second, errs, err)
		}
		for i := range fields {
			f := &fields[i]
			if _, err := json.Marshal(f.Of().Key(f, clean[f.Name])); err != nil {
				r.Fatal(err)
			}
		}
	})
}

// Nothing from outside brings Check down, and what it refuses it names by a path.
func TestNonsenseIsRefusedWithAPath(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		doc := map[string]any{}
		for range rapid.IntRange(0, 8).Draw(r, "fields") {
			doc[rapid.SampledFrom(append(fieldNames(), "stranger", "")).Draw(r, "name")] = anyJSON(r, 0)
		}
		clean, errs := check(doc)
		for _, e := range errs {
			if e.Text.De == "" || e.Text.En == "" || e.Field == "" && doc[""] == nil {
				_, there := doc[""]
				if !there {
					r.Fatal(e)
				}
			}
		}
		for name := range clean {
			if _, ok := field.Find(fields, name); !ok {
				r.Fatal(name)
			}
		}
	})
}

func fieldNames() []string {
	out := make([]string, len(fields))
	for i := range fields {
		out[i] = fields[i].Name
	}
	return out
}

func TestPeopleWriteNumbersInTheirWay(t *testing.T) {
	for _, c := range []struct {
		lang base.Lang
		text string
		want float64
		ok   bool
	}{
		{base.German, "1.234,5", 1234.5, true}, {base.German, "1234,5", 1234.5, true}, {base.German, "−7", -7, true}, {base.German, " 12 ", 12, true},
		{base.German, "1.5", 0, false}, {base.German, "1234.567", 0, false}, {base.German, "1,2,3", 0, false}, {base.German, "0x10", 0, false},
		{base.German, "inf", 0, false}, {base.German, "NaN", 0, false}, {base.German, "", 0, false}, {base.German, "1 234,5", 1234.5, true}, {base.German, "1'234", 1234, true},
		{base.German, "1 2", 0, false}, {base.German, "1_000", 0, false}, {base.German, "--1", 0, false}, {base.German, "1.", 0, false}, {base.German, "1,5E-7", 1.5e-7, true},
		{base.English, "1,234.5", 1234.5, true}, {base.English, "1.5", 1.5, true}, {base.English, "1,5", 0, false}, {base.English, "1e999", 0, false},
	} {
		n, err := field.ParseNumber(c.text, c.lang)
		if (err == nil) != c.ok || n != c.want {
			t.Errorf("%q in %s: %v %v", c.text, c.lang, n, err)
		}
	}
}

// Sums at the end of the range keep their cents; a third decimal is refused.
func TestAmountsKeepTheirCents(t *testing.T) {
	f, _ := field.Find(fields, "money")
	for text, want := range map[string]string{"9.999.999.999.999,99": "9999999999999.99", "1.234,5 USD": "1234.50", "-0,50 €": "-0.50", "3": "3.00", "1,500": "1.50", "1,005": "", "10.000.000.000.000,00": ""} {
		v, err := f.Of().Parse(f, text, people{base.German})
		if want == "" {
			if err == nil {
				t.Errorf("%s was read as %v", text, v)
			}
			continue
		}
		if m, _ := v.(map[string]any); err != nil || m["amount"] != want {
			t.Errorf("%s was read as %v %v", text, v, err)
		}
	}
}

func TestAllErrorsComeAtOnce(t *testing.T) {
	_, errs := check(map[string]any{"bounded": 11.0, "date": "2026-02-30", "choice": "never", "money": map[string]any{"amount": "1,5", "currency": "EUR", "note": 1.0},
		"period": map[string]any{"from": "2026-01-02", "to": "2026-01-02"}, "range": map[string]any{"min": 3.0, "likely": 2.0, "max": 1.0}, "stranger": true, "percent": "x",
		"rows": []any{map[string]any{"number": "x"}, 7.0, map[string]any{"period": map[string]any{"to": "2026-01-02"}}}, "long": "a\x00b", "words": []any{"a;b"}, "reference": "../x", "hours": -1.0})
	var got []string
	for _, e := range errs {
		got = append(got, e.Field)
	}
	want := "stranger text long bounded percent hours money.note money.amount date period.to choice words reference range.min range.max rows[0].number rows[1] rows[2].period.from"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

// 200 errors are said; what comes behind does not bring anything down.
func TestABookOfErrorsIsCutShort(t *testing.T) {
	rows := []any{}
	for range 500 {
		rows = append(rows, map[string]any{"range": map[string]any{"min": "x", "likely": 1.0, "max": 2.0}, "number": "x"})
	}
	if _, errs := check(map[string]any{"rows": rows}); len(errs) != 200 {
		t.Fatal(len(errs))
	}
	if _, errs := check(map[string]any{"text": "x", strings.Repeat("n", 1<<20): 1.0}); len(errs) != 1 || len(errs[0].Field) > 100 {
		t.Fatal(len(errs))
	}
}
